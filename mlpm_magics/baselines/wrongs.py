"""What goes wrong case by case where a problem has a shape of its own, how often, and what that costs.

No threshold follows from these costs: how many alerts, places or things there are is given, and a forecast
says a number. What can be told is what the mistakes cost against the best guess that needs no model.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from mlpm_magics.baselines.intervals import Ways, mean, ratio, share
from mlpm_magics.baselines.scored import Scores, Tried
from mlpm_magics.catalogue import knowledge
from mlpm_magics.evidence.gaps import Gap
from mlpm_magics.evidence.prepared import Array
from mlpm_magics.results import Costs, Mistake, Mistaken, Priced


@dataclass(frozen=True)
class Wrong:
    """One way to be wrong.

    Attributes:
        kind: which, as `day_stories` tells it.
        side: which of the two costs it has.
        of: from a rung's id to how much of it each case has: 1 or 0, or units of the target.
        hit: the cases of the chosen rung that count as this mistake.
    """

    kind: Mistaken
    side: Literal["wrong_yes", "wrong_no"]
    of: Callable[[str], Array]
    hit: Array


def counted(wrongs: Sequence[Wrong], scores: Scores) -> tuple[Mistake, ...]:
    """How often each happens, of all cases of the test part."""
    found = [(wrong.kind, share(wrong.hit, scores.ways)) for wrong in wrongs]
    return tuple(Mistake(kind=kind, share=gap.effect, interval=gap.interval) for kind, gap in found)


def priced(wrongs: Sequence[Wrong], scores: Scores, costs: Costs | None, more: str = "") -> Priced | None:
    """What all of it costs per period, with the chosen rung and with the best guess that needs no model.

    Args:
        wrongs: what goes wrong.
        scores: the rungs, and how cases belong together.
        costs: what one of each costs; None gives None.
        more: what else follows from the costs, in a sentence.
    """
    if costs is None or not wrongs:
        return None
    chosen, guess = scores.chosen(), scores.trivial()
    own, other = (_paid(wrongs, rung.id, costs) for rung in (chosen, guess))
    cost, saved = mean(own, scores.ways), mean(other - own, scores.ways)
    without = float(other.mean()) * costs.decisions
    cost, saved = (_times(gap, costs.decisions) for gap in (cost, saved))
    return Priced(
        costs=costs,
        cost=cost.effect,
        cost_interval=cost.interval,
        without=without,
        saved=saved.effect,
        saved_interval=saved.interval,
        sentence=" ".join(
            filter(None, (_sentence(wrongs, costs, cost, saved, without, chosen, guess), more))
        ),
    )


def in_front(
    acted: Callable[[str], Array], truth: Array, kinds: tuple[Mistaken, Mistaken], chosen: str
) -> list[Wrong]:
    """The two mistakes of acting on some of the cases: on a no, and not on a yes.

    Args:
        acted: from a rung's id to how much of each case it acts on, from 0 to 1.
        truth: which cases are a yes.
        kinds: acted on a no; not acted on a yes.
        chosen: the rung whose mistakes are counted.
    """
    return [
        Wrong(kinds[0], "wrong_yes", lambda name: acted(name) * ~truth, (acted(chosen) > 0.5) & ~truth),
        Wrong(kinds[1], "wrong_no", lambda name: (1 - acted(name)) * truth, (acted(chosen) <= 0.5) & truth),
    ]


def front_measures(acted: Array, truth: Array, ways: Ways) -> dict[str, Gap]:
    """What a line on the problem card can be about where some cases are acted on.

    Args:
        acted: how much of each case is acted on, from 0 to 1.
        truth: which cases are a yes.
        ways: how cases belong together.
    """
    yes = truth.astype(float)
    if not (yes.any() and acted.any()):
        return {}
    return {
        "precision": ratio(acted * yes, acted, ways),
        "recall": ratio(acted * yes, yes, ways),
        "lift": ratio(acted * yes / acted.mean(), yes, ways),
    }


def _paid(wrongs: Sequence[Wrong], rung: str, costs: Costs) -> Array:
    """The cost of each case."""
    each: Mapping[str, float] = {"wrong_yes": costs.wrong_yes, "wrong_no": costs.wrong_no}
    paid: Array = np.sum([each[wrong.side] * wrong.of(rung) for wrong in wrongs], axis=0)
    return paid


def _times(gap: Gap, many: float) -> Gap:
    return Gap(gap.effect * many, gap.low * many, gap.high * many)


def _sentence(
    wrongs: Sequence[Wrong], costs: Costs, cost: Gap, saved: Gap, without: float, chosen: Tried, guess: Tried
) -> str:
    told = knowledge().day_stories
    unit = f" {costs.unit}" if costs.unit else ""
    each = {"wrong_yes": costs.wrong_yes, "wrong_no": costs.wrong_no}
    prices = " and ".join(f"{each[wrong.side]:,g}{unit} for {told[wrong.kind].one}" for wrong in wrongs)
    start = (
        f"At {prices}, mistakes cost {_round(cost.effect)}{unit} per {costs.period} "
        f"({_round(cost.low)} to {_round(cost.high)}) with {chosen.title}"
    )
    if chosen is guess:
        return f"{start}, which needs no model."
    gain = f"{_round(saved.effect)} ({_round(saved.low)} to {_round(saved.high)})"
    return f"{start}; with {guess.title}, the best guess without a model, {_round(without)}: {gain} saved."


def _round(amount: float) -> str:
    return f"{amount:,.0f}".replace("-0", "0") if abs(amount) < 0.5 else f"{amount:,.0f}"
