"""What a baseline gets wrong: how often, of what kind, what it costs, and some of it told."""

from __future__ import annotations

from typing import Literal

from mlpm_magics.results.evidence import Costs, Volume
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


class MixUpCosts(Volume, frozen=True, kw_only=True):
    """What mix-ups of more than two answers cost, each in `unit`, as they were named.

    A key is `A taken for B` (it was A, the answer is B), `A` (taken for any other) or `else` (all others).
    """

    mixups: dict[str, float]


class MixUp(Value, frozen=True, kw_only=True):
    """It was `was`, the answer is `said`: the share of all rows with its 90 % interval, what one costs."""

    was: str
    said: str
    share: float
    interval: tuple[float, float]
    each: float


class PricedMixUps(Value, frozen=True, kw_only=True):
    """What mix-ups cost per period where each case is given the answer that is expected to cost least.

    `cost` with the chosen rung, `without` with the one answer that is always cheapest, `saved` between them;
    on the test part, with 90 % intervals. `likeliest`: with the likeliest answer instead. `mixups`: those
    that happen, the dearest in sum first.
    """

    costs: MixUpCosts
    cost: float
    cost_interval: tuple[float, float]
    without: float
    saved: float
    saved_interval: tuple[float, float]
    likeliest: float
    sentence: str
    mixups: tuple[MixUp, ...] = ()


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
