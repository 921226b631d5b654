"""What a check of a design leaves in the project: what breaks in it."""

from __future__ import annotations

import msgspec

from mlpm_magics.errors import shown
from mlpm_magics.lifecycle.fingerprints import digest
from mlpm_magics.lifecycle.parts.design import DesignPart
from mlpm_magics.lifecycle.stamp import Stamp, Step, on_one_line
from mlpm_magics.lifecycle.state import State
from mlpm_magics.results import DesignCheck, Holds

_MOST_NAMED = 5


def record(state: State, report: DesignCheck, stamp: Stamp) -> Step:
    """The state with the check of a design, and what is new in it as a sentence ("" when nothing is)."""
    broken = tuple(name for name, verdict in report.properties.items() if verdict == "broken")
    verdict: Holds = "broken" if broken else "holds" if report.holds else "undecided"
    name = on_one_line(report.name or report.title or "design")
    part = DesignPart(
        name=name,
        verdict=verdict,
        digest=digest(report.design),
        faults=report.faults,
        broken=broken,
        repair=_repair(report),
        when=stamp.when,
        who=stamp.who,
    )
    before = state.design
    if before and msgspec.structs.replace(before, when=stamp.when, who=stamp.who) == part:
        return state, ""
    listed = f" ({', '.join(broken[:_MOST_NAMED])})" if broken else ""
    what = f"Check of the design {shown(name, 60)!r}, {report.faults} going wrong: {verdict}{listed}."
    return msgspec.structs.replace(state, design=part), what


def _repair(report: DesignCheck) -> tuple[str, ...]:
    """The changes of the first repair that can be typed: each of a key, none of them a new part."""
    repairs = (one for broken in report.violations for one in (broken.repair, *broken.others) if one)
    typed = (one.changes for one in repairs if all("." in change.field for change in one.changes))
    return tuple(on_one_line(f"{change.field}={change.after}") for change in next(typed, ()))


def said(report: DesignCheck) -> str:
    """The report in a few words."""
    return f"check of the design {shown(report.name or report.title or 'design', 60)!r}"
