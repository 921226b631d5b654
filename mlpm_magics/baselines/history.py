"""What is known without a model where there is time: the last answer, and that of a year before.

Both look only at rows with an earlier moment, of the same entity where there is one. They take for granted
that the earlier answer is known by then.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from mlpm_magics.evidence.encoding import Encoded
from mlpm_magics.evidence.prepared import Array, Prepared
from mlpm_magics.evidence.rungs import Rung

_YEAR, _NEAR = 365.25, 16.0  # days
_OFTEN_ENOUGH = 0.5


@dataclass(frozen=True)
class Past:
    """A guess from the past: the answer before each row of a table, NaN where there is none."""

    id: str
    title: str
    before: Array

    def rung(self, rows: Array) -> Rung:
        """The guess as a rung over these rows of the table."""
        return Rung(self.id, self.title, True, True, _looked_up(self.before[rows]))


def past_of(prepared: Prepared, tested: Array, *, dated: bool) -> tuple[Past, ...]:
    """The two guesses, as far as at least half of the tested rows have such a past; none without time."""
    if prepared.day is None:
        return ()
    whose = "" if prepared.entity is None else " of the same one"
    found = []
    ways = [
        ("last_value", f"the last value{whose}", 0.0),
        ("last_year", f"the value{whose} a year before", _YEAR),
    ]
    for name, title, back in ways if dated else ways[:1]:
        before = earlier_answers(prepared, back)
        if np.isfinite(before[tested, 0]).mean() >= _OFTEN_ENOUGH:
            found.append(Past(name, title, before))
    return tuple(found)


def earlier_answers(prepared: Prepared, back: float) -> Array:
    """Per row the mean answer (a column per class) at the latest moment before it, NaN where there is none.

    With `back` days: at the moment nearest to that long ago, within about two weeks.
    """
    answers = prepared.one_hot
    found = np.full(answers.shape, np.nan)
    if prepared.day is None:
        return found
    who = np.zeros(prepared.n, dtype=np.int64) if prepared.entity is None else prepared.entity
    order = np.lexsort((prepared.day, who))
    for rows in np.split(order, np.flatnonzero(np.diff(who[order])) + 1):
        moments, place = np.unique(prepared.day[rows], return_inverse=True)
        if len(moments) < 2:
            continue
        counts = np.bincount(place)[:, None]
        sums = np.column_stack([np.bincount(place, weights=column) for column in answers[rows].T])
        at = np.arange(len(moments)) - 1
        if back:
            at = _nearest(moments, moments - back)
        usable = at >= 0
        means = np.full(sums.shape, np.nan)
        means[usable] = (sums / counts)[at[usable]]
        found[rows] = means[place]
    return found


def _nearest(moments: Array, wanted: Array) -> Array:
    """The place of the moment nearest to each wanted one; -1 where none is near."""
    right = np.clip(np.searchsorted(moments, wanted), 0, len(moments) - 1)
    left = np.maximum(right - 1, 0)
    at = np.where(np.abs(moments[left] - wanted) <= np.abs(moments[right] - wanted), left, right)
    return np.where(np.abs(moments[at] - wanted) <= _NEAR, at, -1)


def _looked_up(before: Array) -> Any:
    """Predicts by what was before; chances are drawn to the base rate by as much as the training rows say."""

    def predict(prepared: Prepared, x: Encoded, answers: Array, train: Array, test: Array) -> Array:
        middle = answers.mean(axis=0)
        pull = 1.0 if prepared.task == "number" else _pull(before[train], answers, middle)
        there = before[test]
        found: Array = np.where(np.isfinite(there), middle + pull * (there - middle), middle)
        return found

    return predict


def _pull(here: Array, answers: Array, middle: Array) -> float:
    """How far the answer before moves the chance: the slope between none and all."""
    filled = np.isfinite(here[:, 0])
    away = (here - middle)[filled]
    if not float((away**2).sum()):
        return 0.0
    return float(np.clip((away * (answers - middle)[filled]).sum() / (away**2).sum(), 0.0, 1.0))
