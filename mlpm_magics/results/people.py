"""Who is needed, what each decides, and who stands for which gate."""

from __future__ import annotations

from typing import ClassVar

from mlpm_magics.results.report import Report, Value


class Person(Value, frozen=True, kw_only=True):
    """A role that is needed now, and who fills it ("" where nobody is named)."""

    role: str
    title: str
    also: tuple[str, ...]
    name: str
    brings: str
    decides: str
    ask: str
    part: str
    source: str


class GateOwner(Value, frozen=True, kw_only=True):
    """The one role that answers for a gate criterion, and who fills it ("" where nobody is named)."""

    gate: str
    title: str
    phase: str
    role: str
    role_title: str
    name: str
    passed: bool


class PeopleView(Report, frozen=True, kw_only=True):
    """Who is needed in a phase. See `mlpm.people`.

    `raci`: by role, then by phase, R (does it), A (answers for a gate), C (is asked) or I (is told).
    `gaps` are open gate criteria of the phase whose accountable role has nobody.
    """

    view: ClassVar[str] = "people"
    schema: ClassVar[str] = "mlpm/people"

    name: str
    phase: str
    phase_title: str
    sentence: str
    pm_involvement: str
    pm_text: str
    needed: tuple[Person, ...]
    gates: tuple[GateOwner, ...]
    gaps: tuple[GateOwner, ...]
    raci: dict[str, dict[str, str]]
    processes: tuple[str, ...]
    tools: tuple[str, ...]
    happened: str = ""
    source: str = ""
