"""Leaving a trait out does not keep it out, if the other columns tell it.

For each group named, a quick model tries to tell it from the inputs, on rows it has not seen. From a rank
accuracy of 0.7 on (0.5 is guessing, whatever the size of the group), the inputs stand in for it.

Source: Obermeyer and others 2019 (a stand-in for need); the limit is a rule of thumb, see `limits.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.readiness.chance import z_for
from mlpm_magics.readiness.found import CannotTellError, Example, Found, Limits, named, number
from mlpm_magics.readiness.quick import Parts, auc, held_out, one_thread, parts, sample, usable
from mlpm_magics.table import Column, Table
from mlpm_magics.table.plain import Array

QUESTION = "unbiased"
WHY = "A model can treat a group differently without ever being shown the group."
NEEDS = ("group",)
_FEWEST, _FEWEST_OF_GROUP, _MOST_GROUPS, _LEVELS, _SAME = 200, 40, 8, 80, 0.995
_BANDS = 4


@dataclass(frozen=True)
class Measured:
    """How well the inputs tell a group: rank accuracy, its lower end, and the inputs that tell most alone."""

    column: str
    score: float
    lower: float
    rows: int
    strongest: tuple[str, ...]
    alone: float


def measure(table: Table) -> list[Measured]:
    """Tell each named group from the other inputs; a copy of the group is no proxy and is left out."""
    measured, few = [], []
    for group in table.groups:
        if group.kind in ("nested", "empty") or (group.distinct or 0) < 2:
            continue
        item = _measure(table, group)
        if item is None:
            few.append(group.name)
        else:
            measured.append(item)
    if few and not measured:
        raise CannotTellError(f"too few rows of each group of `{few[0]}` to tell it from the other columns")
    return measured


def _measure(table: Table, group: Column) -> Measured | None:
    rows = sample(~group.is_missing, table.seed)
    level = _levels(group, rows)
    counts = np.bincount(level)
    tried = [k for k in np.argsort(-counts)[:_MOST_GROUPS] if counts[k] >= _FEWEST_OF_GROUP]
    if len(tried) == 2 and len(counts) == 2:
        tried = tried[1:]
    inputs = [c for c in usable(table.features) if c not in table.groups and c.kind != "text"]
    if len(rows) < _FEWEST or not tried or not inputs:
        return None
    with one_thread():
        made = parts(inputs, rows, _LEVELS)
        wanted = (level[:, None] == np.array(tried)[None, :]).astype(np.float32)
        singles = [_one(made, i, wanted) for i in range(len(inputs))]
        keep = [i for i, best in enumerate(singles) if best < _SAME]
        if not keep:
            return None
        entity = table.entity.codes[rows] if table.entity and table.entity.plain.codes is not None else None
        said = held_out(made.only(keep), wanted, table.seed, entity)
    z = z_for(len(tried))
    scored = [auc(said[:, k], wanted[:, k] > 0) for k in range(len(tried))]
    score, error = max(scored, key=lambda pair: pair[0] - z * pair[1])
    order = sorted(keep, key=lambda i: -singles[i])
    strong = [i for i in order if singles[i] - 0.5 >= 0.6 * (singles[order[0]] - 0.5)][:2]
    names = tuple(inputs[i].name for i in strong)
    return Measured(group.name, score, score - z * error, len(rows), names, singles[order[0]])


def _levels(group: Column, rows: Array) -> Array:
    """The group of each row; a number of many values is cut into bands."""
    if group.kind == "number" and group.spread.distinct > 2 * _MOST_GROUPS:
        values = group.numbers[rows].astype(np.float64)
        edges = np.unique(group.spread.quantiles[[25, 50, 75]])
        return np.searchsorted(edges, values, side="right")
    return np.unique(group.codes[rows], return_inverse=True)[1]


def _one(made: Parts, i: int, wanted: Array) -> float:
    """Rank accuracy of one input alone, each row judged by the other rows of its part."""
    ones = made.only([i])
    part = ones.argmax(axis=1)
    sums, rows = (ones.T @ wanted).astype(np.float64), ones.sum(axis=0).astype(np.float64)
    best = 0.5
    for k in range(wanted.shape[1]):
        base = wanted[:, k].mean()
        said = (sums[part, k] - wanted[:, k] + 2 * base) / (rows[part] + 1)
        best = max(best, auc(said, wanted[:, k] > 0)[0])
    return best


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """Only where even the lower end of the interval is above the limit."""
    return [
        Found(
            (*m.strongest, m.column),
            "warning",
            f"The other columns tell the groups of `{m.column}` apart with a rank accuracy of "
            f"{number(m.score)} (at least {number(m.lower)}; 0.5 is guessing; {m.rows:,} rows); most of it "
            f"comes from {named(m.strongest)}.",
            "Compare outcomes by group; coarsen or leave out what stands in for it; ask for legal advice.",
            {"score": m.score, "lower": m.lower, "alone": m.alone, "rows": m.rows},
            min(1.0, 2 * (m.score - 0.5)),
        )
        for m in measured
        if m.strongest and m.score > limits["score"] and m.lower > limits["score"]
    ]


def _table(tied: float) -> pd.DataFrame:
    random = np.random.default_rng(48)
    origin = random.choice(["a", "b"], 3000, p=[0.85, 0.15])
    home = np.where(origin == "a", random.integers(0, 20, 3000), random.integers(15, 35, 3000))
    home = np.where(random.random(3000) < tied, home, random.integers(0, 35, 3000))
    income = random.lognormal(3, 0.5, 3000) * np.where(origin == "a", 1.1, 1.0)
    return pd.DataFrame({"origin": origin, "postcode": [f"P{n:02d}" for n in home], "income": income})


def bad() -> Example:
    """Where people live tells where they come from."""
    return Example(_table(0.8), ("postcode", "origin"), {"group": "origin"})


def good() -> Example:
    """Hardly a difference in where they live, and a small one in income."""
    return Example(_table(0.1), (), {"group": "origin"})
