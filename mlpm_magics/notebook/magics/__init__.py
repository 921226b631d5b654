"""notebook/magics."""
