"""Where is the project, and what is next? Phases with tasks, gates with reasons, kept in one plain file."""

from mlpm_magics.lifecycle.deciding import decision_report
from mlpm_magics.lifecycle.foresight import premortem
from mlpm_magics.lifecycle.opening import open_project, start_project
from mlpm_magics.lifecycle.project import Project
from mlpm_magics.lifecycle.roles import people
from mlpm_magics.lifecycle.stories import empathy

__all__ = ["Project", "decision_report", "empathy", "open_project", "people", "premortem", "start_project"]
