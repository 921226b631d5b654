"""A model card: what is known of a model, and blanks for what only people know; plain Markdown.

Source: Mitchell et al. 2019 (model cards).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mlpm_magics.catalogue import knowledge
from mlpm_magics.evidence.words import percent
from mlpm_magics.results import BaselineReport
from mlpm_magics.views.markdown import escape

_USE = ("goal", "entity", "decision_time", "outcome", "who_acts")  # fields of the problem card
_CHECKED = ("automation", "fallback")
_ENDS = ("retraining", "review_date", "retirement")
_BLANK = "**[to be filled in: {}]**"


def card(report: BaselineReport, said: Mapping[str, str]) -> str:
    """The card, ending with a newline; what the problem card says is filled in."""
    return "\n".join(_lines(report, said)).rstrip() + "\n"


def _lines(report: BaselineReport, said: Mapping[str, str]) -> Iterator[str]:
    rung = report.rung
    kind = family = report.problem_type.replace("_", " ")
    yield f"# Model card: {escape(report.target or kind)} from {escape(report.table)}"
    yield ""
    yield "## What it is"
    what = (
        f"A model that predicts {_said(f'`{report.target}`')}"
        if report.target
        else "A model without a target"
    )
    yield f"- {what} ({kind})."
    if rung is not None:
        yield f"- Kind of model: {escape(rung.title)}{', readable' if rung.readable else ', cannot be read'}."
    yield f"- {_BLANK.format('version, date, who made it, whom to ask')}"
    yield ""
    yield "## What it is for"
    yield from _said_or(said, _USE, "who decides what with it, and for whom")
    yield f"- {_BLANK.format('what it must not be used for')}"
    yield ""
    yield "## Data"
    used = f"{report.used_rows:,} of {report.rows:,} rows and {len(report.used)} columns"
    yield f"- {used} of {escape(report.table)}."
    for item in report.set_aside:
        yield f"- {_said(f'`{item.what}`')} was set aside: {escape(item.reason)}."
    for note in report.notes:
        yield f"- {_said(note)}"
    yield f"- {_BLANK.format('where the data come from, who may use them, and when they were taken')}"
    yield ""
    yield "## Split"
    yield f"- {_said(report.split.sentence)}"
    yield f"- {escape(report.holdout.sentence)} Hold-out `{report.holdout.digest}`."
    yield ""
    yield "## How well it does"
    yield f"- {_said(report.sentence)}"
    yield f"- The measure is the {escape(report.measure)}, with 90 % intervals, on the test part."
    yield ""
    yield "| kind of model | on the test part | figures |"
    yield "| --- | --- | --- |"
    for step in report.ladder:
        figures = ", ".join(f"{name} {value:,.3g}" for name, value in step.figures.items())
        mark = " (chosen)" if step.chosen else ""
        yield f"| {escape(step.title)}{mark} | {_interval(step.value, step.interval)} | {escape(figures)} |"
    if report.calibration is not None:
        yield ""
        yield f"- {escape(report.calibration.sentence)}"
    if report.kill_line is not None:
        yield f"- {escape(report.kill_line.sentence)}"
    for line in report.further_lines:
        yield f"- {_said(line.sentence)}"
    yield ""
    yield "## For whom it does how well"
    if report.slices:
        yield f"- {_said(report.slices_sentence)}"
        for part in report.slices:
            known = (
                "too few rows to tell"
                if part.value is None
                else _interval(part.value, part.interval or (0, 0))
            )
            yield f"- {_said(f'`{part.by}`')} {escape(part.name)}, {part.rows:,} test rows: {known}"
    else:
        yield f"- {_BLANK.format('no group was named, so that none was looked at: which groups matter?')}"
    yield ""
    yield "## When it acts"
    if report.threshold is not None:
        yield f"- {escape(report.threshold.sentence)}"
    priced = report.priced or report.mixed_up
    if priced is not None:
        yield f"- {escape(priced.sentence)}"
    for mistake in report.mistakes:
        low, high = mistake.interval
        kind = knowledge().day_stories[mistake.kind].name.lower()
        yield f"- {percent(mistake.share)} ({percent(low)} to {percent(high)}) of all: {kind}."
    yield from _said_or(said, _CHECKED, "who checks its answers")
    yield f"- {_BLANK.format('how somebody can object')}"
    yield ""
    yield "## Limits"
    if report.pitfalls:
        yield f"- Where {family} goes wrong: {escape('; '.join(report.pitfalls))}."
    yield "- Measured on past rows: what changes since is not in these figures."
    yield f"- {_BLANK.format('harm that a wrong answer can do, and to whom')}"
    yield from _said_or(said, _ENDS, "when it is looked at again, and what ends its use")


def _said_or(said: Mapping[str, str], fields: tuple[str, ...], blank: str) -> Iterator[str]:
    """What the problem card says in these fields, or a blank."""
    titles = knowledge().card_fields
    there = [name for name in fields if name in said]
    yield from (f"- {escape(titles[name].title)}: {escape(said[name])}" for name in there)
    if not there:
        yield f"- {_BLANK.format(blank)}"


def _interval(value: float, interval: tuple[float, float]) -> str:
    value, low, high = (round(100 * number) for number in (value, *interval))
    return f"{value} % ({low} to {high})"


def _said(text: str) -> str:
    """A sentence whose column names stand in backticks."""
    parts = text.split("`")
    if len(parts) % 2 == 0:  # a name with a backtick of its own
        return escape(text)
    return "".join(
        escape(part) if i % 2 == 0 or set(part) & set("<>&|") else f"`{part}`" for i, part in enumerate(parts)
    )
