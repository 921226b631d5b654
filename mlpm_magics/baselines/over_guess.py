"""Whether a model is better than the best guess that needs no model, by an interval; the same for all shapes.

Both are judged on the same cases, so the difference is taken case by case, and cases that belong together
(one entity, one stretch of time) count as one. A model that errs less but may save no money is not called
better: where people said what mistakes cost, money is what they decide on.

Source: Murphy 1988 (a forecast's skill is its error against that of a reference).
"""

from __future__ import annotations

import math
from typing import Literal

import msgspec

from mlpm_magics.catalogue import knowledge
from mlpm_magics.evidence.gaps import Gap
from mlpm_magics.evidence.words import percent
from mlpm_magics.results import BaselineVerdict, OverGuess, Priced, PricedMixUps, Threshold, Told

_VERDICTS: dict[Told, BaselineVerdict] = {
    "yes": "beats_baseline", "no": "no_better", "cannot_tell": "cannot_tell",
}  # fmt: skip
_MEANS: dict[Told, str] = {"yes": "better", "no": "no better", "cannot_tell": "cannot tell yet"}


def over_guess(
    found: Gap,
    *,
    unit: Literal["lower", "higher"],
    margin: float,
    guess: str,
    model: str,
    chosen: bool,
    paid: Threshold | Priced | PricedMixUps | None = None,
) -> OverGuess:
    """The answer, by the interval and by the money.

    Args:
        found: by which share the error is lower, or by how many points of the measure the result is higher.
        unit: which of the two.
        margin: what counts as a difference, in the same unit.
        guess: the title of the best guess.
        model: the title of what is held against it on the test rows; that of the guess where there is no
            model, which tells nothing.
        chosen: whether the model was chosen; where it was not, it is at best "cannot tell".
        paid: what mistakes cost.

    Example:
        >>> titles = {"guess": "the last value", "model": "a weighted sum"}
        >>> over_guess(Gap(0.12, -0.03, 0.25), unit="lower", margin=0.01, chosen=True, **titles).words
        'error 12 % lower than with the best guess (-3 % to 25 %): cannot tell yet'
    """
    least = knowledge().limit("baseline.least_gain")
    by_measure: Told = "cannot_tell"
    if chosen and found.low > 0 and found.effect > least:
        by_measure = "yes"
    elif found.high < max(least, margin) and guess != model:
        by_measure = "no"
    answer, money = by_measure, ""
    if by_measure == "yes" and paid is not None and paid.costs is not None:
        answer, money = _by_money(paid)
    what = "error" if unit == "lower" else "result"
    figure = f"{what} {_amount(found, unit)} than with the best guess {_between(found, unit)}"
    if guess == model:
        figure = "no model was held against the best guess"
    return OverGuess(
        guess=guess,
        model=model,
        unit=unit,
        value=found.effect,
        interval=found.interval,
        answer=answer,
        words=f"{figure}{', ' + money if money else ''}: {_MEANS[answer]}",
        sentence=_sentence(found, unit, by_measure, answer, money, guess, model),
    )


def verdict_of(found: OverGuess) -> BaselineVerdict:
    """What it means for the baseline."""
    return _VERDICTS[found.answer]


def difference(found: OverGuess) -> str:
    """How many points more the result is, where it is one that is higher."""
    points = Gap(found.value, *found.interval)
    return f"{_said(points.effect, found.unit)} points more {_between(points, found.unit)}"


def open_again(found: OverGuess, sentence: str) -> OverGuess:
    """The same where not all was tried: what was not may do better."""
    words = f"{found.words.rpartition(':')[0]}: {_MEANS['cannot_tell']}"
    return msgspec.structs.replace(found, answer="cannot_tell", words=words, sentence=sentence)


def _by_money(paid: Threshold | Priced | PricedMixUps) -> tuple[Told, str]:
    """Whether it saves money, and where that is not sure the amount in words."""
    low, high = paid.saved_interval or (-math.inf, math.inf)
    if low > 0:
        return "yes", ""
    unit = f" {paid.costs.unit}" if paid.costs and paid.costs.unit else ""
    per = f" per {paid.costs.period}" if paid.costs else ""
    amount = f"{paid.saved or 0.0:z,.0f}{unit} saved{per} ({low:z,.0f} to {high:z,.0f})"
    return ("no" if high <= 0 else "cannot_tell"), amount


def _sentence(
    found: Gap, unit: str, by_measure: Told, answer: Told, money: str, guess: str, model: str
) -> str:
    """In full; `answer` is that of the measure and the money together."""
    if guess == model:
        return f"No model was held against {guess}, the best guess without one."
    what = "the error" if unit == "lower" else "the result"
    gain = f"with {model}, {what} is {_amount(found, unit)}"
    between = _between(found, unit)
    best = f"{guess}, the best guess without a model"
    if by_measure == "cannot_tell":
        return f"It cannot be told yet whether a model does better than {best}: {gain} {between}."
    if by_measure == "no":
        return f"No model does better than {best}: {gain} {between}."
    start = f"{gain[0].upper()}{gain[1:]} than with {best} {between}"
    if not money:
        return f"{start}."
    return (
        f"{start}. {'It does not pay' if answer == 'no' else 'Whether it pays cannot be told yet'}: {money}."
    )


def _amount(found: Gap, unit: str) -> str:
    """How much; what is worse than the guess is said the other way round."""
    size = abs(found.effect)
    other = "higher" if unit == "lower" else "lower"
    way = unit if found.effect >= 0 else other
    return f"{_said(size, unit)}{' points' if unit == 'higher' else ''} {way}"


def _between(found: Gap, unit: str) -> str:
    if not (math.isfinite(found.low) and math.isfinite(found.high)):
        return "(too few cases that stand by themselves for an interval)"
    low, high = found.interval if found.effect >= 0 else (-found.high, -found.low)
    return f"({_said(low, unit)} to {_said(high, unit)})"


def _said(share: float, unit: str) -> str:
    if unit == "lower":
        return percent(share)
    shown = 100 * share
    return f"{shown:z.1f}" if abs(shown) < 3 else f"{shown:z.0f}"
