"""What a project file holds, one noun a file: frozen values with a default for all that may be missing."""
