"""Where a project file stands beside the notebook, results are written into it; it never costs a result."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from mlpm_magics.errors import MlpmError

if TYPE_CHECKING:
    from mlpm_magics.lifecycle import Project
    from mlpm_magics.lifecycle.recording import Recordable
    from mlpm_magics.results import BaselineReport, DesignCheck, FeaturePlan, FitReport, ReadinessReport

    R = TypeVar("R", FitReport, ReadinessReport, DesignCheck, FeaturePlan, BaselineReport)
else:
    R = TypeVar("R")

FILE = "mlpm.yaml"


def project_here() -> tuple[Project | None, str]:
    """The project of the working folder, or None and why it cannot be used ("" where there is none)."""
    if not Path(FILE).is_file():
        return None, ""
    from mlpm_magics.lifecycle import open_project

    try:
        return open_project(), ""
    except MlpmError as error:
        return None, f"Not recorded: {error}"


def recorded(make: Callable[[Project | None], R]) -> R:
    """A report made with the project of the working folder, recorded in it, with the line that says so.

    Args:
        make: makes the report; it is given the project, or None.

    Raises:
        MlpmError: from `make`, when the fault is not the project's.
    """
    project, line = project_here()
    if project is None:
        report = make(None)
    else:
        try:
            report = make(project)
        except MlpmError as error:
            report, line = make(None), f"Not recorded: {error}"
        else:
            line = _record(project, report)
    if not line:
        return report
    import msgspec

    return msgspec.structs.replace(report, recorded=line)


def _record(project: Project, report: Recordable) -> str:
    try:
        return project.record(report)
    except MlpmError as error:
        return f"Not recorded: {error}"
