"""What a plan of features leaves in the project: counts, and what only people can answer."""

from __future__ import annotations

from collections import Counter

import msgspec

from mlpm_magics.errors import shown
from mlpm_magics.lifecycle.parts.features import FeaturesPart
from mlpm_magics.lifecycle.stamp import Stamp, Step, named, on_one_line
from mlpm_magics.lifecycle.state import State
from mlpm_magics.results import FeaturePlan


def record(state: State, report: FeaturePlan, stamp: Stamp) -> Step:
    """The state with a plan, and what is new in it as a sentence ("" when nothing is)."""
    part = part_of(report, stamp)
    before = state.features
    if before and msgspec.structs.replace(before, when=stamp.when, who=stamp.who) == part:
        return state, ""
    asked = sum(part.open.values())
    left = f"; {asked} open questions that only people can answer" if asked else ""
    what = (
        f"Plan of features for {shown(part.table, 60)!r}: {part.used} columns used, "
        f"{part.discarded} left out{left}."
    )
    return msgspec.structs.replace(state, features=part), what


def said(report: FeaturePlan) -> str:
    """The report in a few words."""
    return f"plan of features for {shown(report.table, 60)!r}"


def part_of(report: FeaturePlan, stamp: Stamp) -> FeaturesPart:
    """What of a plan is kept."""
    open_, suspicious = Counter[str](), Counter[str]()
    for question in report.open_questions:
        open_[question.about] += len(question.columns) or 1
        suspicious[question.about] += (len(question.columns) or 1) if question.suspicious else 0
    return FeaturesPart(
        table=on_one_line(report.table),
        target=on_one_line(report.target),
        digest=report.fingerprint,
        used=len(report.used),
        discarded=len(report.discarded),
        treatments=dict(Counter(column.treatment for column in report.columns)),
        open=dict(open_),
        suspicious={name: count for name, count in suspicious.items() if count},
        gain=report.gain.answer,
        roles=named(report.roles),
        when=stamp.when,
        who=stamp.who,
    )
