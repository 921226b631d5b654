"""What a baseline gets wrong: how often, of what kind, what it costs, and some of it told."""

from __future__ import annotations

from typing import Literal

from mlpm_magics.results.evidence import Costs
from mlpm_magics.results.report import Value

Mistaken = Literal[
    "wrong_yes", "wrong_no", "wrong_answer", "too_high", "too_low", "shown_for_nothing", "left_behind",
    "over_forecast", "under_forecast", "false_alarm", "missed_anomaly", "served_nothing",
]  # fmt: skip


class Mistake(Value, frozen=True, kw_only=True):
    """How often a kind of mistake happens on the test part: its share of all rows, with its 90 % interval."""

    kind: Mistaken
    share: float
    interval: tuple[float, float]


class Priced(Value, frozen=True, kw_only=True):
    """What goes wrong costs per period where no threshold follows from it: for problems of another shape.

    `cost` with the chosen rung, `without` with the best guess that needs no model, `saved` between them; on
    the test part, with 90 % intervals.
    """

    costs: Costs
    cost: float
    cost_interval: tuple[float, float]
    without: float
    saved: float
    saved_interval: tuple[float, float]
    sentence: str


class Story(Value, frozen=True, kw_only=True):
    """One test row that the chosen model got wrong, in facts that at least `alike` rows share.

    `pick`: `typical` or `confident`. `chance`: what the model said, None where it gives none. `answer`: what
    was true, in words. A fact is `column: plain words`; nothing personal is among them.
    """

    kind: Mistaken
    pick: Literal["typical", "confident"]
    facts: tuple[str, ...]
    chance: float | None
    answer: str
    alike: int
