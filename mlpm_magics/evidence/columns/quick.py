"""A quick additive model in numpy: what the inputs together, and two by two, tell about a column.

Every input is cut into a few parts (quantiles of a number, frequent levels of a category, missing as its own
part), and a ridge regression on those parts is fitted with rows held out in turn. That needs a fraction of a
second for 50 columns and no training library; a seeded sample of at most `MOST_ROWS` rows is looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

import numpy as np

from mlpm_magics.evidence.columns.kept import kept_per_table
from mlpm_magics.table import Column, Table
from mlpm_magics.table.levels import some_of
from mlpm_magics.table.plain import Array, Mask

MOST_ROWS, MOST_COLUMNS = 6_000, 120
_FOLDS, _RIDGE, _PARTS, _LEVELS = 5, 8.0, 6, 20
_MOST_CLASSES = 8


@dataclass(frozen=True)
class Parts:
    """Inputs cut into parts.

    Attributes:
        columns: the inputs.
        start: where the parts of each input begin; one more at the end.
        ones: rows x parts, 1 where a row falls in a part.
    """

    columns: tuple[Column, ...]
    start: Array
    ones: Array

    def only(self, keep: Sequence[int]) -> Array:
        """The parts of some of the inputs."""
        picked = [np.arange(self.start[i], self.start[i + 1]) for i in keep]
        return self.ones[:, np.concatenate(picked)] if picked else self.ones[:, :0]


def sample(known: Mask, seed: int, most: int = MOST_ROWS) -> Array:
    """Positions of at most `most` of the rows that are known, in order."""
    rows = np.flatnonzero(known)
    if len(rows) <= most:
        return rows
    return np.sort(np.random.default_rng(seed).choice(rows, most, replace=False))


def usable(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns that can be cut into parts."""
    return tuple(
        c
        for c in columns
        if c.kind in ("number", "category", "boolean", "duration", "date", "text")
        and not c.is_identifier
        and (c.distinct or 0) + bool(c.missing) > 1
    )[:MOST_COLUMNS]


def cut(column: Column, rows: Array, levels: int = _LEVELS) -> Array:
    """The part each row falls in, from 0; missing is a part of its own."""
    missing = column.is_missing[rows]
    if column.plain.values is not None:
        values = column.numbers[rows].astype(np.float64)
        fine = ~missing & np.isfinite(values)
        if not fine.any():
            return np.unique(missing, return_inverse=True)[1]
        kept = values[fine]
        different = np.unique(kept)
        if len(different) > _PARTS:
            edges = _edges(np.quantile(kept, np.linspace(0, 1, _PARTS + 1)[1:-1]))
            part = np.searchsorted(edges, np.where(fine, values, 0.0), side="right")
        else:
            part = np.searchsorted(different, np.where(fine, values, different[0]))
        part = np.where(fine, part, -1)
    elif column.kind == "text":
        used, place = np.unique(np.maximum(column.codes[rows], 0), return_inverse=True)
        texts = some_of(column.plain.levels, used.tolist())
        length = np.array([len(text) if isinstance(text, str) else 0 for text in texts])[place]
        edges = np.unique(np.quantile(length, [0.25, 0.5, 0.75]))
        part = np.where(missing, -1, np.searchsorted(edges, length, side="right"))
    else:
        codes = column.codes[rows]
        counts = np.bincount(codes[codes >= 0], minlength=1)
        place = np.full(len(counts), levels)
        often = np.argsort(-counts, kind="stable")[:levels]
        place[often] = np.arange(len(often))
        part = np.where(codes >= 0, place[np.maximum(codes, 0)], -1)
    return np.unique(part, return_inverse=True)[1]


def _edges(quantiles: Array) -> Array:
    """Where parts begin; a value that many rows have, such as none at all, is told from all above it."""
    edges, times = np.unique(quantiles, return_counts=True)
    return np.union1d(edges, np.nextafter(edges[times > 1], np.inf))


def parts(columns: Sequence[Column], rows: Array, levels: int = _LEVELS) -> Parts:
    """Cut some columns, at some rows."""
    cuts = [cut(column, rows, levels) for column in columns]
    widths = [int(part.max()) + 1 if len(part) else 0 for part in cuts]
    start = np.concatenate(([0], np.cumsum(widths))).astype(np.int64)
    ones = np.zeros((len(rows), int(start[-1])), dtype=np.float32)
    for part, first in zip(cuts, start, strict=False):
        ones[np.arange(len(rows)), part + first] = 1
    return Parts(tuple(columns), start, ones)


def outcomes(table: Table, rows: Array) -> Array | None:
    """The target in columns: one per frequent class (0 or 1), or its rank (deviation 1) for a number."""
    target = table.target
    if target is None or not len(rows):
        return None
    if table.task == "classes":
        codes = target.codes[rows]
        counts = np.bincount(codes)
        often = np.argsort(-counts, kind="stable")[:_MOST_CLASSES]
        often = often[counts[often] > 0]
        if len(often) < 2:
            return None
        often = often[1:] if len(often) == 2 else often
        flags: Array = (codes[:, None] == often[None, :]).astype(np.float32)
        return flags
    if table.task == "number" and target.plain.values is not None:
        return ranks(target.numbers[rows].astype(np.float64))[:, None].astype(np.float32)
    return None


def ranks(values: Array) -> Array:
    """Ranks (ties share one) with mean 0 and deviation 1."""
    different, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    middle = np.cumsum(counts) - (counts - 1) / 2
    rank = middle[place] - middle[place].mean()
    return rank / (rank.std() or 1.0) if len(different) > 1 else np.zeros(len(values))


def held_out(ones: Array, wanted: Array, seed: int = 0, entity: Array | None = None) -> Array:
    """For each row, what a ridge regression says that was fitted without it (nor its entity)."""
    n = len(ones)
    fold = np.random.default_rng(seed).permutation(n) % _FOLDS
    if entity is not None:
        fold = (entity.astype(np.int64) * 2_654_435_761 % 2**32 // 7) % _FOLDS
    grams, sums, means = [], [], []
    for k in range(_FOLDS):
        x, y = ones[fold == k], wanted[fold == k]
        grams.append(x.T @ x)
        sums.append(x.T @ y)
        means.append(y.sum(axis=0))
    gram, total, mean = sum(grams), sum(sums), sum(means)
    said = np.zeros_like(wanted, dtype=np.float64)
    ridge = _RIDGE * np.eye(ones.shape[1])
    for k in range(_FOLDS):
        left = max(1, n - int((fold == k).sum()))
        centre = (mean - means[k]) / left
        inner = (gram - grams[k]).astype(np.float64)
        side = (total - sums[k]) - np.outer(np.diag(inner), centre)
        said[fold == k] = ones[fold == k] @ np.linalg.solve(inner + ridge, side) + centre
    return said


def auc(score: Array, positive: Mask) -> tuple[float, float]:
    """How often a positive row has the higher score, and its standard error (Hanley and McNeil)."""
    n1 = int(positive.sum())
    n0 = len(positive) - n1
    if not n1 or not n0:
        return 0.5, 0.5
    _, place, counts = np.unique(score, return_inverse=True, return_counts=True)
    rank = (np.cumsum(counts) - (counts - 1) / 2)[place]
    a = float((rank[positive].sum() - n1 * (n1 + 1) / 2) / (n1 * n0))
    q1, q2 = a / (2 - a), 2 * a * a / (1 + a)
    spread = (a * (1 - a) + (n1 - 1) * (q1 - a * a) + (n0 - 1) * (q2 - a * a)) / (n1 * n0)
    return a, float(np.sqrt(max(spread, 1e-12)))


def z_of(statistic: Array, freedom: Array) -> Array:
    """How many standard errors a chi-square is above what chance makes (Wilson and Hilferty)."""
    freedom = np.maximum(freedom, 1.0)
    return (np.cbrt(statistic / freedom) - (1 - 2 / (9 * freedom))) / np.sqrt(2 / (9 * freedom))


def alone(made: Parts, rest: Array) -> tuple[Array, Array]:
    """How far the mean of `rest` differs between the parts of each input: in standard errors, and in size.

    Args:
        made: the inputs.
        rest: rows x outcomes.

    Returns:
        Standard errors above chance (the highest of the outcomes), and the share of deviation explained.
    """
    centred = rest - rest.mean(axis=0)
    rows = made.ones.sum(axis=0)
    sums = made.ones.T @ centred.astype(np.float32)
    spread = centred.var(axis=0) + 1e-12
    cells = sums.astype(np.float64) ** 2 / np.maximum(rows, 1)[:, None] / spread
    statistic = np.add.reduceat(cells, made.start[:-1], axis=0)
    freedom = (np.diff(made.start) - 1)[:, None]
    size = np.sqrt(np.maximum(0, statistic - freedom) / len(rest)).max(axis=1)
    return z_of(statistic, freedom).max(axis=1), size


def told_by(table: Table, part: Array) -> float:
    """How far the target differs between the parts of all rows, in standard errors above chance.

    Args:
        table: a table with a target.
        part: per row the part it falls in, from 0; rows below 0 are left out.

    Returns:
        0 where there is no target to be told.
    """
    target = table.target
    if target is None or table.task == "other":
        return 0.0
    known = (part >= 0) & ~target.is_missing
    if target.plain.values is not None:
        known = known & np.isfinite(target.numbers.astype(np.float64))
    rows = sample(known, table.seed)
    wanted = outcomes(table, rows)
    codes = np.unique(part[rows], return_inverse=True)[1] if len(rows) else part[rows]
    if wanted is None or len(np.unique(codes)) < 2:
        return 0.0
    ones = np.eye(int(codes.max()) + 1, dtype=np.float32)[codes]
    return float(alone(Parts((), np.array([0, ones.shape[1]]), ones), wanted)[0][0])


def in_pairs(made: Parts, rest: Array) -> Array:
    """For each two inputs, how far the mean of `rest` differs between their cells, in standard errors."""
    best = np.full((len(made.columns), len(made.columns)), -np.inf)
    for k in range(rest.shape[1]):
        left = (rest[:, k] - rest[:, k].mean()).astype(np.float32)
        sums = made.ones.T @ (made.ones * left[:, None])
        rows = made.ones.T @ made.ones
        enough = rows >= 5
        cells = np.where(enough, sums.astype(np.float64) ** 2 / np.maximum(rows, 1) / (left.var() + 1e-12), 0)
        first = made.start[:-1]
        statistic = np.add.reduceat(np.add.reduceat(cells, first, axis=0), first, axis=1)
        freedom = np.add.reduceat(np.add.reduceat(enough.astype(float), first, axis=0), first, axis=1)
        best = np.maximum(best, z_of(statistic, freedom))
    np.fill_diagonal(best, -np.inf)
    return best


@dataclass(frozen=True)
class Learned:
    """What the inputs tell about the target, on a sample of the rows.

    Attributes:
        rows: positions of the rows.
        made: the inputs in parts.
        wanted: the target in columns (see `outcomes`).
        said: what the quick model says of each row without having seen it.
        errors: standard errors by which each input alone is above chance.
        size: share of the deviation of the target each input alone explains.
        pairs: standard errors by which each pair of inputs tells what the model did not.
    """

    rows: Array
    made: Parts
    wanted: Array
    said: Array
    errors: Array
    size: Array
    pairs: Array


@kept_per_table
def learned(table: Table) -> Learned | None:
    """What the inputs tell about the target; None without one, or inputs. Kept per table."""
    target = table.target
    if target is None or table.task == "other" or target.kind in ("nested", "empty"):
        return None
    known = ~target.is_missing
    if target.plain.values is not None:
        known = known & np.isfinite(target.numbers.astype(np.float64))
    rows = sample(known, table.seed)
    wanted, columns = outcomes(table, rows), usable(table.features)
    if wanted is None or not columns or len(rows) < 50:
        return None
    with one_thread():
        made = parts(columns, rows)
        said = held_out(made.ones, wanted, table.seed)
        errors, size = alone(made, wanted)
        return Learned(rows, made, wanted, said, errors, size, in_pairs(made, wanted - said))


def one_thread() -> AbstractContextManager[object]:
    """Matrix products on one thread: threads that wait cost more than they bring here."""
    from threadpoolctl import threadpool_limits

    limits: AbstractContextManager[object] = threadpool_limits(1)
    return limits
