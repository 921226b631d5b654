"""How well one column alone gives the target: by one threshold, by its values, or by being filled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mlpm_magics.evidence.columns import Limits
from mlpm_magics.evidence.columns.quick import ranks
from mlpm_magics.table import Column, Table
from mlpm_magics.table.plain import Array
from mlpm_magics.table.words import number, percent

_FEWEST, _FEWEST_OF_CLASS, _MOST_CLASSES = 50, 10, 20
_ROWS_PER_LEVEL = 10
_SCREEN, _SCREEN_PASS = 20_000, 0.6


@dataclass(frozen=True)
class Measured:
    """How well one column alone gives the target.

    `skill`: the share of the errors of a constant guess that it saves; `right` and `base` as shares of rows.
    For a numeric target, `skill` is the size of the correlation, of values or of ranks.
    """

    column: str
    target: str
    how: str
    skill: float
    right: float = 0.0
    base: float = 0.0

    @property
    def straight(self) -> bool:
        """Whether it is a correlation with a number."""
        return self.how == "straight"

    def beyond(self, limits: Limits) -> bool:
        """Whether it is so much that the column gives the answer away."""
        return self.skill >= limits["correlation" if self.straight else "skill"]

    @property
    def sentence(self) -> str:
        """The measurement in words."""
        if self.straight:
            return (
                f"`{self.column}` is `{self.target}` in another unit or nearly so (correlation "
                f"{number(self.skill)})."
            )
        return (
            f"`{self.column}` alone, {self.how}, gives `{self.target}` in {percent(self.right)} of the rows, "
            f"where always guessing the most frequent is right in {percent(self.base)}."
        )


def measure(table: Table) -> list[Measured]:
    """Try each input alone; columns that only number the rows are tried by nobody."""
    target = table.target
    if target is None or target.filled < _FEWEST:
        return []
    inputs = [c for c in table.features if c.kind not in ("nested", "empty") and not c.is_identifier]
    if table.task == "number":
        return [m for column in inputs if (m := _straight(column, target)) is not None]
    if table.task != "classes":
        return []
    rows = np.flatnonzero(~target.is_missing)
    classes, counts = _classes(target, rows)
    if not 2 <= len(counts) <= _MOST_CLASSES or np.sort(counts)[-2] < _FEWEST_OF_CLASS:
        return []
    some = _some(len(rows), table.seed)
    measured = []
    for column in inputs:
        if len(some) < len(rows) and _best(column, rows[some], classes[some])[0] < _SCREEN_PASS:
            continue
        skill, how, right = _best(column, rows, classes)
        measured.append(Measured(column.name, target.name, how, skill, right, counts.max() / len(rows)))
    return measured


def by_order(table: Table) -> Measured | None:
    """How well the order of the rows gives the class; None where it is not a question of classes."""
    target = table.target
    if target is None or table.task != "classes" or table.is_sample or target.filled < _FEWEST:
        return None
    rows = np.flatnonzero(~target.is_missing)
    classes, counts = _classes(target, rows)
    if not 2 <= len(counts) <= _MOST_CLASSES or np.sort(counts)[-2] < _FEWEST_OF_CLASS:
        return None
    changes = int(np.count_nonzero(classes[1:] != classes[:-1]))
    by_chance = len(rows) * (1 - float(((counts / len(rows)) ** 2).sum()))
    skill = 1 - changes / by_chance if by_chance else 0.0
    return Measured(
        target.name, target.name, "by the order of the rows", skill, right=1 - changes / len(rows)
    )


def _classes(target: Column, rows: Array) -> tuple[Array, Array]:
    """The class of each of these rows, from 0 and without gaps, and rows per class."""
    codes = target.codes[rows]
    counts = np.bincount(codes)
    return (np.cumsum(counts > 0) - 1)[codes], counts[counts > 0]


def _some(rows: int, seed: int) -> Array:
    """Places to decide by whether all rows are worth trying; the result itself is always from all."""
    if rows <= 2 * _SCREEN:
        return np.arange(rows)
    return np.sort(np.random.default_rng(seed).choice(rows, _SCREEN, replace=False))


def _best(column: Column, rows: Array, classes: Array) -> tuple[float, str, float]:
    counts = np.bincount(classes)
    wrong = len(rows) - counts.max()
    right, how = max(_ways(column, rows, classes, len(counts)), default=(0.0, ""))
    return (1 - (len(rows) - right) / wrong if wrong else 0.0), how, right / len(rows)


def _ways(column: Column, rows: Array, classes: Array, width: int) -> Iterator[tuple[float, str]]:
    """Right answers by whether it is filled, by its values, and by one threshold."""
    missing = column.is_missing[rows]
    if missing.any():
        yield _by_level(missing.astype(np.int64), classes, width), "by whether it is filled"
    distinct = column.distinct or 0
    if 2 <= distinct <= len(rows) / _ROWS_PER_LEVEL and column.kind != "mixed":
        yield _by_level(column.codes[rows].astype(np.int64) + 1, classes, width), "by its value"
    if column.plain.values is not None and distinct > 2:
        yield _by_threshold(column.numbers[rows], missing, classes, width), "by one threshold"


def _by_level(levels: Array, classes: Array, width: int) -> float:
    """Each row guessed from the other rows of its level, so that rare levels cannot be learned by heart."""
    table = np.bincount(levels * width + classes, minlength=(int(levels.max()) + 1) * width).reshape(
        -1, width
    )
    best, total = table.max(axis=1), table.sum(axis=1)
    return float(best[(best >= 2) & (total > 1)].sum())


def _by_threshold(values: Array, missing: Array, classes: Array, width: int) -> float:
    alone = np.bincount(classes[missing], minlength=width).max() if missing.any() else 0
    values, classes = values[~missing], classes[~missing]
    if len(values) < _FEWEST:
        return 0.0
    order = np.argsort(values, kind="stable")
    values, classes = values[order], classes[order]
    cuts = np.flatnonzero(values[1:] != values[:-1])
    below = np.stack([np.cumsum(classes == k)[cuts] for k in range(width)])
    above = np.bincount(classes, minlength=width)[:, None] - below
    sides = below.max(axis=0) + above.max(axis=0)
    return float(alone + sides.max()) if len(cuts) else 0.0


def _straight(column: Column, target: Column) -> Measured | None:
    """The linear correlation with a numeric target, where both vary."""
    if column.kind not in ("number", "duration") or min(column.spread.distinct, target.spread.distinct) < 10:
        return None
    x, y = column.numbers.astype(np.float64), target.numbers.astype(np.float64)
    both = ~column.is_missing & ~target.is_missing & np.isfinite(x) & np.isfinite(y)
    x, y = x[both], y[both]
    if len(x) < max(_FEWEST, target.filled / 2):
        return None
    some = slice(None, None, max(1, len(x) // _SCREEN))
    size = max(_correlation(x, y), _correlation(ranks(x[some]), ranks(y[some])))
    return Measured(column.name, target.name, "straight", size)


def _correlation(x: Array, y: Array) -> float:
    x, y = x - x.mean(), y - y.mean()
    size = float(np.sqrt((x * x).sum() * (y * y).sum()))
    return abs(float((x * y).sum())) / size if size else 0.0
