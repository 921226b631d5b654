"""Problems of another shape than their target: a file each, called as its problem type."""
