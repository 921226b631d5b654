"""A letter to the owner of the data: what is missing, what looks wrong, and what only they can answer."""

from __future__ import annotations

from mlpm_magics.catalogue import knowledge
from mlpm_magics.results import ReadinessReport
from mlpm_magics.views.markdown import escape

_MOST = 15


def letter(report: ReadinessReport) -> str:
    """Markdown; every name that came from the user is escaped.

    Args:
        report: what was found.

    Returns:
        A letter with a list of requests in the order of their urgency, then open questions.
    """
    lines = [
        f"## Request to the owner of {escape(report.table)}",
        f"We looked at {report.rows:,} rows and {len(report.columns):,} columns (as of {report.as_of}) to "
        "see whether a model could learn from them. We would like your help with the following.",
    ]
    asked = [finding for finding in report.findings if finding.severity != "info"]
    if asked:
        lines.append("### Please check or supply")
        lines += [
            f"{i}. {escape(finding.message)} {escape(finding.action)}"
            for i, finding in enumerate(asked[:_MOST], start=1)
        ]
        if len(asked) > _MOST:
            lines.append(f"There are {len(asked) - _MOST} more; we can send the whole report.")
    known = knowledge().data_questions
    still_open = [name for name, answer in report.answers.items() if answer.status == "unknown"]
    if still_open:
        lines.append("### Please tell us")
        lines += [
            f"- {escape(known[name].question)} {escape(known[name].why)}"
            for name in still_open
            if name in known
        ]
    if not asked and not still_open:
        lines.append("We found nothing to ask for. Please tell us before the form of this table changes.")
    lines.append("For each column, please also tell us when it is first known, and who fills it in.")
    return "\n\n".join(lines)
