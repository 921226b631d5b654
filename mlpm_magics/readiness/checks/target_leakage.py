"""A column that knows the answer was probably filled in after it.

Where one column alone, by one threshold or by its categories, gives nearly every answer, it is either
recorded after the outcome (then it will not be there when it is needed) or the problem needs no machine
learning.

Source: Kapoor and Narayanan 2023 (leakage).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.readiness.found import Example, Found, Limits, number, percent
from mlpm_magics.table import Column, Table
from mlpm_magics.table.plain import Array

QUESTION = "relevant"
WHY = "What is known only after the outcome is not there when the model has to decide."
NEEDS = ("target",)
SILENCES = ("missing_depends_on_target", "missing_values", "redundant_columns", "near_constant_column")
_FEWEST, _FEWEST_OF_CLASS, _MOST_CLASSES = 50, 10, 20
_ROWS_PER_LEVEL = 10
_SCREEN, _SCREEN_PASS = 20_000, 0.8


@dataclass(frozen=True)
class Measured:
    """How well one column alone gives the target.

    `skill`: the share of the errors of a constant guess that it saves; `right` and `base` as shares of rows.
    For a numeric target, `skill` is the size of the linear correlation.
    """

    column: str
    target: str
    how: str
    skill: float
    right: float = 0.0
    base: float = 0.0


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
    classes = np.unique(target.codes[rows], return_inverse=True)[1]
    counts = np.bincount(classes)
    if not 2 <= len(counts) <= _MOST_CLASSES or np.sort(counts)[-2] < _FEWEST_OF_CLASS:
        return []
    measured = []
    for column in inputs:
        some = _some(rows, table.seed)
        if (
            len(some) < len(rows)
            and _best(column, some, classes[np.searchsorted(rows, some)])[0] < _SCREEN_PASS
        ):
            continue
        skill, how, right = _best(column, rows, classes)
        measured.append(Measured(column.name, target.name, how, skill, right, counts.max() / len(rows)))
    return measured


def _some(rows: Array, seed: int) -> Array:
    """Rows to decide by whether all are worth trying; the result itself is always from all."""
    if len(rows) <= 2 * _SCREEN:
        return rows
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
    x, y = x - x.mean(), y - y.mean()
    size = float(np.sqrt((x * x).sum() * (y * y).sum()))
    return Measured(column.name, target.name, "straight", abs(float((x * y).sum())) / size if size else 0.0)


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """Nearly all errors saved by one column is a blocker until somebody has said when it is known."""
    found = []
    for m in measured:
        straight = m.how == "straight"
        if m.skill < limits["correlation" if straight else "skill"]:
            continue
        if straight:
            message = (
                f"`{m.column}` is `{m.target}` in another unit or nearly so (correlation {number(m.skill)})."
            )
        else:
            message = (
                f"`{m.column}` alone, {m.how}, gives `{m.target}` in {percent(m.right)} of the rows, "
                "where always "
                f"guessing the most frequent is right in {percent(m.base)}."
            )
        found.append(
            Found(
                columns=(m.column,),
                severity="blocker",
                message=message,
                action="Ask when it is filled in. If only after the outcome, leave it out; if before, a "
                "simple rule may do.",
                evidence={"skill": m.skill, "right": m.right, "base": m.base},
                weight=m.skill,
            )
        )
    return found


def bad() -> Example:
    """What was spent on a card tells who got one."""
    random = np.random.default_rng(36)
    card = random.random(1500) < 0.7
    spent = np.where(card, random.lognormal(4, 1, 1500), 0.0)
    table = pd.DataFrame({"card": card, "spent": spent, "income": random.normal(3 + card, 1)})
    return Example(table, ("spent",), {"target": "card"})


def good() -> Example:
    """A strong input, and many small shops, neither of which gives the answer away."""
    random = np.random.default_rng(36)
    risk = random.normal(size=1500)
    default = risk + random.normal(0, 0.35, 1500) > 0.8
    shop = [f"shop {n}" for n in random.integers(0, 600, 1500)]
    return Example(pd.DataFrame({"default": default, "risk": risk, "shop": shop}), (), {"target": "default"})
