"""One page for the people who decide, and the evidence behind it."""

from __future__ import annotations

from typing import ClassVar, Literal

from mlpm_magics.results.card import CardEntry, CardRemark
from mlpm_magics.results.lifecycle import GateState, LogEntry
from mlpm_magics.results.premortem import HazardItem
from mlpm_magics.results.readiness import Answer
from mlpm_magics.results.report import Report, Value

Advice = Literal["go", "go_with_conditions", "not_yet", "stop"]
Light = Literal["good", "caution", "bad", "open"]


class Sign(Value, frozen=True, kw_only=True):
    """One thing that was looked at, how it stands in a word, and in a sentence."""

    title: str
    light: Light
    word: str
    text: str


class PhaseGates(Value, frozen=True, kw_only=True):
    """How many gate criteria of a phase are met, waived, open, and open again."""

    phase: str
    title: str
    state: Literal["done", "now", "ahead"]
    met: int
    waived: int
    open: int
    reopened: int


class DecisionReport(Report, frozen=True, kw_only=True):
    """What a director reads, then the evidence. See `mlpm.decision_report`.

    `advice` follows from what is recorded: `stop` where something recorded says so, `not_yet` where a gate or
    something that was found is open, `go_with_conditions` where something was waived or there are cautions.
    """

    view: ClassVar[str] = "decision"
    schema: ClassVar[str] = "mlpm/decision"

    name: str
    statement: str
    asked: str
    advice: Advice
    sentence: str
    because: tuple[str, ...]
    signs: tuple[Sign, ...]
    gain: str
    gain_interval: tuple[float, float, float] | None
    gain_unit: str
    gates: tuple[PhaseGates, ...]
    risks: tuple[HazardItem, ...]
    unknown: tuple[str, ...]
    decides: str
    card: tuple[CardEntry, ...]
    remarks: tuple[CardRemark, ...]
    criteria: tuple[GateState, ...]
    data: dict[str, Answer]
    figures: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str], ...]
    score: str
    log: tuple[LogEntry, ...]
