"""One measured criterion a file; the folder is the list."""
