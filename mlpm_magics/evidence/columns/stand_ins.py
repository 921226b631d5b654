"""How well the other columns tell which group a row belongs to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlpm_magics.evidence.columns import CannotTellError, Limits
from mlpm_magics.evidence.columns.chance import z_for
from mlpm_magics.evidence.columns.quick import Parts, auc, held_out, one_thread, parts, sample, usable
from mlpm_magics.table import Column, Table
from mlpm_magics.table.plain import Array
from mlpm_magics.table.words import named, number

_FEWEST, _FEWEST_OF_GROUP, _MOST_GROUPS, _LEVELS, _SAME = 200, 40, 8, 80, 0.995


@dataclass(frozen=True)
class Measured:
    """How well the inputs tell a group: rank accuracy, its lower end, and the inputs that tell most alone."""

    column: str
    score: float
    lower: float
    rows: int
    strongest: tuple[str, ...]
    alone: float

    def beyond(self, limits: Limits) -> bool:
        """Whether even the lower end of the interval is above the limit."""
        return bool(self.strongest) and self.score > limits["score"] and self.lower > limits["score"]

    @property
    def sentence(self) -> str:
        """The measurement in words."""
        return (
            f"The other columns tell the groups of `{self.column}` apart with a rank accuracy of "
            f"{number(self.score)} (at least {number(self.lower)}; 0.5 is guessing; {self.rows:,} rows); "
            f"most of it comes from {named(self.strongest)}."
        )


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
