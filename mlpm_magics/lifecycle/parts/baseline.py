"""The last baseline, and how often each hold-out was looked at."""

from __future__ import annotations

from typing import Literal

import msgspec

from mlpm_magics.lifecycle.parts.part import Part, Signed
from mlpm_magics.results.agreed import Side
from mlpm_magics.results.baseline import BaselineVerdict


class MeasuredGain(Part, frozen=True, kw_only=True):
    """A number with its 90 % interval and its unit."""

    value: float
    low: float
    high: float
    unit: str = ""


class HeldLine(Part, frozen=True, kw_only=True):
    """A margin or floor as it was `stated` on the card, the answer, and that in words."""

    answer: Literal["passed", "missed", "cannot_tell"]
    stated: str
    text: str


class BaselinePart(Signed, frozen=True, kw_only=True):
    """What the baseline found, in numbers.

    `beats`: the verdict. `chosen` is the model, `result` its value in the measure of the report, `over` what
    it gains over the best guess, and that in words. `saved`: in the PM's money, per `period`. `line`: on
    which side of the kill line, and in words. `agreed`: the margin and the floor of the card, by field.
    `worse` and `below`: how many groups are served worse, or below the lowest accepted result. `wrong`:
    shares of all cases, by kind of mistake. `roles`: the columns that were named, by role. `card`:
    the digest of what of the card it was held against.
    """

    table: str
    target: str
    rows: int
    beats: BaselineVerdict
    sentence: str
    digest: str
    holdout: str
    split: str
    split_by: str = ""
    chosen: str = ""
    result: MeasuredGain | None = None
    over: MeasuredGain | None = None
    over_text: str = ""
    saved: MeasuredGain | None = None
    period: str = ""
    line: Side | Literal[""] = ""
    line_text: str = ""
    agreed: dict[str, HeldLine] = msgspec.field(default_factory=dict)
    groups: int = 0
    worse: int = 0
    below: int = 0
    floor: float | None = None
    threshold: float | None = None
    priced: Literal["yes", "no"] = "no"
    chances: str = ""
    wrong: dict[str, float] = msgspec.field(default_factory=dict)
    kind: str = ""
    card: str = ""
    roles: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)

    @property
    def gain(self) -> float | None:
        """What is gained over the best guess; in a file from before it was kept, over the simplest."""
        found = self.over or self.result
        return found.value if found else None


class Looked(Signed, frozen=True, kw_only=True):
    """How often a hold-out was looked at, and when last."""

    times: int
