"""Columns that give the answer away, found before anything is learned from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from mlpm_magics.evidence.prepared import Array, Feature, Prepared

LEAKS, FINE = 0.90, 0.75
_PARTS = 3
_CHECKED_ROWS = 4_000


@dataclass(frozen=True)
class Suspect:
    """A column and how far it alone tells the answer; `how`: by its values, its gaps, or the row order."""

    column: str
    skill: float
    how: str


def suspects(prepared: Prepared) -> list[Suspect]:
    """The skill of each column alone, the highest first.

    A category's group means are exempt: a department that explains the answer is a rule, not a leak; so
    only numbers, dates, yes/no columns and gaps are looked at, and the order of the rows.
    """
    found = [suspect for _, of_one in column_by_column(prepared) for suspect in of_one]
    return sorted(found, key=lambda suspect: -suspect.skill)


def column_by_column(prepared: Prepared) -> Iterator[tuple[str, tuple[Suspect, ...]]]:
    """The same one by one: a column, and its suspect if there is anything to see; last, the row order."""
    rows = np.arange(prepared.n)
    if prepared.n > _CHECKED_ROWS:
        rows = np.sort(np.random.default_rng(prepared.seed).permutation(rows)[:_CHECKED_ROWS])
    part = prepared.cluster[rows] * 2_654_435_761 % 2**32 % _PARTS
    answers = prepared.one_hot[rows]
    features: dict[str, list[Feature]] = {}
    for feature in prepared.timeless.features:
        features.setdefault(feature.column, []).append(feature)
    for column, of_one in features.items():
        tried = [
            Suspect(column, _skill(values, answers, part), how)
            for feature in of_one
            for how, values in _ways(feature, rows)
        ]
        yield column, (max(tried, key=lambda suspect: suspect.skill),) if tried else ()
    if prepared.day is None and prepared.entity is None:
        yield "", (Suspect("", _skill(rows[:, None].astype(float), answers, part), "row order"),)


def leaking(found: Iterable[Suspect]) -> tuple[Suspect, ...]:
    """The columns to set aside: those that give the answer away, and what comes close beside one of them.

    What is known only afterwards seldom comes alone: a sum has its share, and its date.
    """
    columns = [suspect for suspect in found if suspect.column]
    certain = any(suspect.skill > LEAKS for suspect in columns)
    return tuple(suspect for suspect in columns if certain and suspect.skill > FINE)


def _ways(feature: Feature, rows: Array) -> list[tuple[str, Array]]:
    if feature.is_category:
        gone = feature.values[rows] < 0
        return [("gaps", gone[:, None].astype(float))] if 0 < gone.mean() < 1 else []
    values = feature.values[rows]
    gone = np.isnan(values)
    filled = np.where(gone, np.nanmin(values) - 1 if not gone.all() else 0.0, values)
    ways = [("values", filled[:, None])]
    if 0 < gone.mean() < 1:
        ways.append(("gaps", gone[:, None].astype(float)))
    return ways


def _skill(values: Array, answers: Array, part: Array) -> float:
    from sklearn.tree import DecisionTreeRegressor

    error = base = 0.0
    values = np.ascontiguousarray(values, dtype=np.float32)  # what a tree counts in; it need not check again
    answers = np.ascontiguousarray(answers, dtype=np.float64)
    for p in range(_PARTS):
        inside = part == p
        if not inside.any() or inside.all():
            continue
        tree = DecisionTreeRegressor(max_depth=3, min_samples_leaf=5, random_state=0)
        tree.fit(values[~inside], answers[~inside], check_input=False)
        predicted = tree.predict(values[inside], check_input=False)
        error += float(((answers[inside] - predicted.reshape(int(inside.sum()), -1)) ** 2).sum())
        base += float(((answers[inside] - answers[~inside].mean(axis=0)) ** 2).sum())
    return 1 - error / base if base else 0.0
