"""What was agreed on before a result was there, and on which side of it the result lies."""

from __future__ import annotations

from typing import Literal

from mlpm_magics.results.report import Value

Side = Literal["above", "below", "cannot_tell"]


class KillLine(Value, frozen=True, kw_only=True):
    """The line below which the PM stops, and the measured gain, both in `unit`."""

    line: float
    unit: str
    gain: float
    interval: tuple[float, float]
    answer: Side
    sentence: str


class Agreed(Value, frozen=True, kw_only=True):
    """A line that was agreed on before, and what was measured, with its 90 % interval.

    `line`: what the measure is held against, in its own unit; None where that is not known. `value`: of all
    test rows, or for a floor of the group that is served worst, named in `part`. Where it cannot be told the
    sentence ends with what would settle it.
    """

    role: Literal["kill_line", "margin", "floor"]
    text: str
    measure: str
    answer: Literal["passed", "missed", "cannot_tell"]
    sentence: str
    line: float | None = None
    value: float | None = None
    interval: tuple[float, float] | None = None
    part: str = ""
