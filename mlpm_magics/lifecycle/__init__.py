"""Where is the project, and what is next? Phases with tasks, gates with reasons, kept in one plain file."""

from mlpm_magics.lifecycle.project import Project, open_project, start_project

__all__ = ["Project", "open_project", "start_project"]
