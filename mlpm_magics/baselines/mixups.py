"""What mix-ups cost where there are more than two answers: a price per pair, per answer, or for the rest.

With prices each case is given the answer that is expected to cost least by its chances, as a threshold does
for two answers.

Source: Elkan 2001 (the answer of least expected cost).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from mlpm_magics.baselines.intervals import mean, share
from mlpm_magics.baselines.ladder import Judged
from mlpm_magics.catalogue import find
from mlpm_magics.errors import InvalidValueError, UnknownNameError, shown
from mlpm_magics.evidence.costs import VOLUME, read_costs, volume
from mlpm_magics.evidence.prepared import Array
from mlpm_magics.results import Costs, MixUp, MixUpCosts, PricedMixUps

_TAKEN, _ELSE = " taken for ", "else"
_MOST_SHOWN = 6


def read_prices(given: object) -> Costs | MixUpCosts | None:
    """Costs of two mistakes, or of mix-ups: a mapping that has `mixups`.

    Raises:
        InvalidValueError, UnknownNameError: naming what is wrong.

    Example:
        >>> read_prices({"mixups": {"north taken for south": 20, "else": 5}}).mixups["else"]
        5.0
    """
    if isinstance(given, MixUpCosts):
        return given
    if not isinstance(given, Mapping) or "mixups" not in given:
        return read_costs(given)
    mixups = given["mixups"]
    if not isinstance(mixups, Mapping) or not mixups:
        raise InvalidValueError(
            "is a mapping such as {'north taken for south': 20, 'else': 5}", where="costs, mixups"
        )
    for key in given:
        if key not in ("mixups", *VOLUME):
            allowed = ("mixups", *VOLUME)
            raise UnknownNameError(f"{key!r} is not a cost", where="costs", given=key, allowed=allowed)
    return MixUpCosts(mixups={str(key): _amount(key, mixups[key]) for key in mixups}, **volume(given))


def _amount(key: object, value: object) -> float:
    if isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool):
        number = float(value)
        if 0 <= number < float("inf"):
            return number
    raise InvalidValueError("is a number, 0 or more", where=f"costs, {shown(key, 60)}")


def matrix(costs: MixUpCosts, answers: Sequence[str]) -> Array:
    """The price of each pair: rows are what it was, columns what is said.

    Raises:
        UnknownNameError: an answer that there is not.
        InvalidValueError: a pair that has no price.
    """
    many, places = len(answers), {name: place for place, name in enumerate(answers)}
    found = np.full((many, many), np.nan)
    pairs, missed = {}, {}
    for key, price in costs.mixups.items():
        was, taken, said = key.partition(_TAKEN)
        if taken:
            pairs[(_place(places, was), _place(places, said))] = price
        elif key != _ELSE or _ELSE in places:
            missed[_place(places, key)] = price
    found[:] = costs.mixups.get(_ELSE, np.nan)
    for place, price in missed.items():
        found[place] = price
    for pair, price in pairs.items():
        found[pair] = price
    np.fill_diagonal(found, 0.0)
    if np.isnan(found).any():
        was, said = (answers[int(place)] for place in np.argwhere(np.isnan(found))[0])
        raise InvalidValueError(
            f"what does {shown(was, 40)}{_TAKEN}{shown(said, 40)} cost?",
            where="costs",
            hint="Name it, or all others at once: else",
        )
    return found


def _place(places: Mapping[str, int], name: str) -> int:
    return find(places, name.strip(), "answer", "costs")


def cheapest(chances: Array, prices: Array) -> Array:
    """The answer of each row that is expected to cost least."""
    found: Array = (np.clip(chances, 0.0, None) @ prices).argmin(axis=1)
    return found


def priced_mixups(judged: Judged, chosen: str, costs: MixUpCosts, prices: Array) -> PricedMixUps:
    """What the mix-ups of a rung cost on the test part, against always the one answer that is cheapest.

    Args:
        judged: the tested rungs.
        chosen: the rung whose chances decide.
        costs: as they were named.
        prices: the same by `matrix`.
    """
    names, was = judged.prepared.answers, judged.y.astype(np.int64)
    chances = judged.steps[chosen].predicted
    said = cheapest(chances, prices)
    known = np.bincount(judged.prepared.y[judged.train].astype(np.int64), minlength=len(names))
    always = int((known @ prices).argmin())
    own, without = prices[was, said], prices[was, always]
    cost, saved = mean(own, judged.ways), mean(without - own, judged.ways)
    many = costs.decisions
    likeliest = float(prices[was, chances.argmax(axis=1)].mean()) * many
    unit = f" {costs.unit}" if costs.unit else ""
    amounts = [many * value for value in (cost.effect, *cost.interval, saved.effect, *saved.interval)]
    told = [f"{value:z,.0f}" for value in amounts]
    guess = float(without.mean()) * many
    sentence = (
        f"Each case is given the answer that is expected to cost least. What is mixed up then costs "
        f"{told[0]}{unit} per {costs.period} ({told[1]} to {told[2]}); always saying {names[always]} "
        f"{guess:,.0f}: {told[3]} ({told[4]} to {told[5]}) saved. The likeliest answer would cost "
        f"{likeliest:,.0f}."
    )
    return PricedMixUps(
        costs=costs,
        cost=amounts[0],
        cost_interval=(amounts[1], amounts[2]),
        without=guess,
        saved=amounts[3],
        saved_interval=(amounts[4], amounts[5]),
        likeliest=likeliest,
        sentence=sentence,
        mixups=_dearest(judged, was, said, prices),
    )


def _dearest(judged: Judged, was: Array, said: Array, prices: Array) -> tuple[MixUp, ...]:
    """The pairs that happen, those first that cost most in sum."""
    names = judged.prepared.answers
    pairs, counts = np.unique(np.column_stack([was, said])[was != said], axis=0, return_counts=True)
    order = np.argsort([-count * prices[tuple(pair)] for pair, count in zip(pairs, counts, strict=True)])
    found = []
    for a, b in pairs[order][:_MOST_SHOWN]:
        gap = share((was == a) & (said == b), judged.ways)
        found.append(
            MixUp(
                was=names[a], said=names[b], share=gap.effect, interval=gap.interval, each=float(prices[a, b])
            )
        )
    return tuple(found)
