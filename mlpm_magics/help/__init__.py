"""What `%ml_help` says. Pure functions of the knowledge base."""

from mlpm_magics.help.pages import explain, overview, topics

__all__ = ["explain", "overview", "topics"]
