"""Drawing results: `views/<result>.py` makes a page of blocks; text, Markdown and HTML render any page."""
