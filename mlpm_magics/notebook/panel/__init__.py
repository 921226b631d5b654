"""What JupyterLab's side panel shows, and the line on which a kernel tells it."""
