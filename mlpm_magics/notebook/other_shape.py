"""What to type where rows were measured and the project's sentence reads like a problem of another shape."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from mlpm_magics.catalogue import knowledge, modules_in
from mlpm_magics.notebook.magic import Call
from mlpm_magics.table.patterns import holds_private

if TYPE_CHECKING:
    from mlpm_magics.lifecycle import Project
    from mlpm_magics.results import BaselineReport

_NEEDS = {
    "forecasting": ("time", "says when each row happened"),
    "recommendation": ("entity", "says whom it is for"),
}
_OF = {
    "forecasting": "a number",
    "ranking": "a number, or a yes or no",
    "anomaly_detection": "a yes or no",
}


def other_shape(project: Project | None, report: BaselineReport, call: Call, table: object) -> str:
    """What was not asked, and the line that asks it; "" where the sentence reads like what was measured."""
    guessed = project.state.fit.kind if project and project.state.fit else ""
    if guessed == report.problem_type or guessed not in modules_in("mlpm_magics.baselines.shapes"):
        return ""
    kind = knowledge().problem_types[guessed].title.lower()
    reads = f"Your sentence reads like {kind}, and this was measured row by row, as {report.problem_type}."
    if not _fits(guessed, report):
        return f"{reads} For {kind} --target names {_OF[guessed]}; `{report.target}` is none."
    line, instead = call.line, ""
    role, says = _NEEDS.get(guessed, ("", ""))
    if role and getattr(call.options, role) is None:
        found = _only_date(table) if role == "time" else ""
        line += f" --{role} {shlex.quote(found) if found else 'COLUMN'}"
        instead = "" if found else f", COLUMN being the one that {says}"
    if holds_private(line):
        return f"{reads} With --problem-type {guessed} it is measured as {kind}."
    typed = f"%ml_baseline {line} --problem-type {guessed}"
    return f"{reads} As {kind} it is measured by this line{instead}: `{typed}`"


def _fits(shape: str, report: BaselineReport) -> bool:
    """Whether the target is what problems of this shape are about."""
    two = bool(report.yes_means)
    match shape:
        case "forecasting":
            return report.task == "number"
        case "ranking":
            return two or report.task == "number"
        case "anomaly_detection":
            return two
    return True


def _only_date(table: object) -> str:
    """The one column that holds dates; "" where there is none, or several."""
    from mlpm_magics.table import open_table

    dated = [column.name for column in open_table(table).columns if column.dates is not None]
    return dated[0] if len(dated) == 1 else ""
