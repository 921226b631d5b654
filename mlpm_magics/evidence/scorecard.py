"""A scorecard of whole points that a person can add up: at most eight columns, each in bands.

Numbers fall into bands by their bins, categories by their value. A penalised logistic regression (for a
number: a ridge) on the bands gives each a weight; the columns that matter most are kept, learned once more,
and their weights rounded to whole points, the least of a column being 0. Of cards that fit equally well the
one with the smallest points is taken. What a total means is learned last.

Source: Ustun and Rudin 2019 (scores in whole points); rounding, eight columns, ten points at most: ours.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from mlpm_magics.evidence.encoding import Encoded
from mlpm_magics.evidence.prepared import Array, Prepared

_MOST_COLUMNS, _LOOKED_AT, _MOST_POINTS = 8, 24, 10
_MOST_LEVELS, _FEWEST_OF_A_LEVEL = 12, 10
_PENALTY = 8.0
_AS_GOOD = 1.005
_LEAST_SPREAD = 1e-9


@dataclass(frozen=True)
class Bands:
    """A feature in bands. `of_code`: the band of each of its bins; `flags`: a row per band, to learn from."""

    at: int
    of_code: Array
    flags: Array

    def of(self, prepared: Prepared, rows: Array) -> Array:
        """The band of each row."""
        found: Array = self.of_code[prepared.binned[self.at][0][rows]]
        return found


@dataclass(frozen=True)
class Card:
    """What was learned: the bands of each column and their points, and what a total means.

    `middle` and `slope` turn a total into the number, or into the logarithm of the odds of a yes.
    """

    bands: tuple[Bands, ...]
    points: tuple[Array, ...]
    middle: float
    slope: float

    def totals(self, prepared: Prepared, rows: Array) -> Array:
        """The points of each row."""
        total = np.zeros(len(rows), dtype=np.int64)
        for bands, points in zip(self.bands, self.points, strict=True):
            total += points[bands.of(prepared, rows)]
        return total

    def meaning(self, prepared: Prepared, totals: Array) -> Array:
        """The number, or the chance of a yes, that totals stand for."""
        line = self.middle + self.slope * totals
        found: Array = line if prepared.task == "number" else 1 / (1 + np.exp(-np.clip(line, -30, 30)))
        return found


def can_be_added_up(prepared: Prepared) -> bool:
    """Whether one total is enough: for a number, and for two answers."""
    return prepared.task == "number" or prepared.classes == 2


def card_of(prepared: Prepared, answers: Array, rows: Array) -> Card:
    """Learn a card from some rows; `answers`: theirs, a column per class or one of numbers."""
    wanted = answers[:, -1]
    if wanted.min() == wanted.max():  # a fold whose rows have one answer only
        return _given_meaning(prepared, (), rows, wanted)
    centred = wanted - wanted.mean()
    made = [_bands(prepared, at, rows) for at, (_, size) in enumerate(prepared.binned) if size > 1]
    tried = [bands for bands in made if len(bands.flags) > 1]
    gains = [_gain(bands.of(prepared, rows), centred) for bands in tried]
    kept = [tried[i] for i in np.sort(np.argsort(gains)[::-1][:_LOOKED_AT])]
    if kept:
        spread = [float(w[b.of(prepared, rows)].std()) for b, w in _weights(prepared, kept, rows, wanted)]
        kept = [kept[i] for i in np.sort(np.argsort(spread)[::-1][:_MOST_COLUMNS])]
    weighed = _weights(prepared, kept, rows, wanted) if kept else []
    widest = max((float(np.ptp(weights)) for _, weights in weighed), default=0.0)
    if widest <= _LEAST_SPREAD:
        return _given_meaning(prepared, (), rows, wanted)
    cards = [
        _given_meaning(prepared, _rounded(weighed, most / widest), rows, wanted)
        for most in range(1, _MOST_POINTS + 1)
    ]
    errors = [
        float(((wanted - card.meaning(prepared, card.totals(prepared, rows))) ** 2).mean()) for card in cards
    ]
    return next(card for card, error in zip(cards, errors, strict=True) if error <= _AS_GOOD * min(errors))


def _rounded(weighed: list[tuple[Bands, Array]], unit: float) -> tuple[tuple[Bands, Array], ...]:
    """Whole points; columns that have none are left out."""
    pointed = [(b, np.round((w - w.min()) * unit).astype(np.int64)) for b, w in weighed]
    return tuple((bands, points) for bands, points in pointed if points.any())


def predict(prepared: Prepared, x: Encoded, answers: Array, train: Array, test: Array) -> Array:
    """As every rung predicts; see `rungs.Rung`."""
    card = card_of(prepared, answers, train)
    meant = card.meaning(prepared, card.totals(prepared, test))
    return meant[:, None] if prepared.task == "number" else np.column_stack([1 - meant, meant])


def _bands(prepared: Prepared, at: int, rows: Array) -> Bands:
    """Numbers in the order of their bins, missing apart; frequent categories each, the rest together."""
    codes, size = prepared.binned[at]
    counts = np.bincount(codes[rows], minlength=size)
    if prepared.features[at].is_category:
        often = np.argsort(-counts, kind="stable")[:_MOST_LEVELS]
        often = np.sort(often[counts[often] >= _FEWEST_OF_A_LEVEL])
        of_code = np.zeros(size, dtype=np.int64)
        of_code[often] = np.arange(1, len(often) + 1)
        return Bands(at, of_code, np.eye(len(often) + 1)[:, 1:])
    if counts[0]:  # band 0: missing
        steps = np.tril(np.ones((size, size)), -1)[:, 1 : size - 1]  # more than each lower bin
        gone = np.eye(size)[:, [0]]
        return Bands(at, np.arange(size), np.column_stack([gone, steps]))
    of_code = np.maximum(np.arange(size) - 1, 0)
    return Bands(at, of_code, np.tril(np.ones((max(size - 1, 1), max(size - 1, 1))), -1)[:, :-1])


def _gain(bands: Array, centred: Array) -> float:
    """What the means of bands explain, less what that many explain by chance."""
    counts = np.bincount(bands)
    used = counts > 0
    sums = np.bincount(bands, weights=centred)[used]
    return float((sums**2 / counts[used]).sum()) - 2 * float(centred.var()) * int(used.sum())


def _weights(prepared: Prepared, kept: list[Bands], rows: Array, wanted: Array) -> list[tuple[Bands, Array]]:
    """The weight of each band of each column, learned together."""
    flags = [bands.flags[bands.of(prepared, rows)] for bands in kept]
    model = _model(prepared).fit(np.column_stack(flags), wanted)
    ends = np.cumsum([bands.flags.shape[1] for bands in kept])
    parts = np.split(np.ravel(model.coef_), ends[:-1])
    return [(bands, bands.flags @ part) for bands, part in zip(kept, parts, strict=True)]


def _model(prepared: Prepared) -> Any:
    from sklearn.linear_model import LogisticRegression, Ridge

    if prepared.task == "number":
        return Ridge(alpha=_PENALTY)
    return LogisticRegression(C=1 / _PENALTY, max_iter=200)


def _given_meaning(
    prepared: Prepared, pointed: tuple[tuple[Bands, Array], ...], rows: Array, wanted: Array
) -> Card:
    card = Card(tuple(b for b, _ in pointed), tuple(p for _, p in pointed), 0.0, 0.0)
    totals = card.totals(prepared, rows).astype(float)
    if prepared.task == "number":
        if totals.std() < _LEAST_SPREAD:
            return replace(card, middle=float(wanted.mean()))
        slope, middle = np.polyfit(totals, wanted, 1)
        return replace(card, middle=float(middle), slope=float(slope))
    share = float(np.clip(wanted.mean(), 1e-6, 1 - 1e-6))
    if totals.std() < _LEAST_SPREAD or len(np.unique(wanted)) < 2:
        return replace(card, middle=math.log(share / (1 - share)))
    model = _model(prepared).fit(totals[:, None], wanted)
    return replace(card, middle=float(model.intercept_[0]), slope=float(model.coef_[0, 0]))
