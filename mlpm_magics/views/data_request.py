"""A letter to the owner of the data: what is missing, what looks wrong, and what only they can answer."""

from __future__ import annotations

import re

from mlpm_magics.catalogue import knowledge
from mlpm_magics.results import ReadinessReport
from mlpm_magics.views import blocks as b
from mlpm_magics.views import text

_MOST = 15
_OPTIONS = re.compile(r" \(--[^)]*\)")  # what to type is of no use to the owner of the data


def letter(report: ReadinessReport) -> str:
    """The letter as plain text, to be pasted into a mail."""
    return text.render(page(report))


def page(report: ReadinessReport) -> b.Page:
    """Requests in the order of their urgency, then open questions."""
    title = f"Request to the owner of {report.table}"
    inside: list[b.Block] = [
        b.Paragraph(
            f"We looked at {report.rows:,} rows and {len(report.columns):,} columns (as of {report.as_of}) "
            "to see whether a model could learn from them. We would like your help with the following."
        )
    ]
    asked = [finding for finding in report.findings if finding.severity != "info"]
    if asked:
        points = tuple(b.Point(b.marked(_OPTIONS.sub("", f"{f.message} {f.action}"))) for f in asked[:_MOST])
        inside.append(b.Section("Please check or supply", (b.Points(points),)))
        if len(asked) > _MOST:
            inside.append(b.Paragraph(f"There are {len(asked) - _MOST} more; we can send the whole report."))
    questions = [
        known
        for name, answer in report.answers.items()
        if answer.status == "unknown" and (known := knowledge().data_questions.get(name))
    ]
    if questions:
        points = tuple(b.Point(f"{question.question} {question.why}") for question in questions)
        inside.append(b.Section("Please tell us", (b.Points(points),)))
    if not asked and not questions:
        inside.append(
            b.Paragraph("We found nothing to ask for. Please tell us before the form of this table changes.")
        )
    inside.append(
        b.Paragraph("For each column, please also tell us when it is first known, and who fills it in.")
    )
    return b.Page(title, (b.Section(title, tuple(inside)),))
