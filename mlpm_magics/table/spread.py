"""How the finite numbers of a column lie, from one sorted copy of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlpm_magics.table.plain import Array

BINS = 20
_TAIL_SHARE = 0.02


@dataclass(frozen=True)
class Spread:
    """How the finite numbers of a column lie. Units are those of the column.

    Attributes:
        count: finite values.
        distinct: how many different ones.
        lowest: the smallest 2 % (at least 100, ascending).
        highest: the largest 2 % (at least 100, ascending).
        quantiles: 101 of them, for 0 % to 100 %.
        bins: rows in at most 20 bins of equal width.
        mean: the mean.
        deviation: the standard deviation of the rows.
    """

    count: int
    distinct: int
    lowest: Array
    highest: Array
    quantiles: Array
    bins: tuple[int, ...]
    mean: float
    deviation: float


def spread_of(ordered: Array) -> Spread:
    """The spread of finite numbers in ascending order."""
    n = len(ordered)
    if n == 0:
        none = np.empty(0)
        return Spread(0, 0, none, none, none, (), np.nan, np.nan)
    tail = max(100, int(_TAIL_SHARE * n))
    values = ordered.astype(np.float64, copy=False)
    mean, deviation = _moments(values)
    return Spread(
        count=n,
        distinct=1 + int(np.count_nonzero(ordered[1:] != ordered[:-1])),
        lowest=values[:tail].copy(),
        highest=values[-tail:].copy(),
        quantiles=values[np.round(np.linspace(0, n - 1, 101)).astype(np.int64)],
        bins=_bins(values),
        mean=mean,
        deviation=deviation,
    )


def _moments(values: Array) -> tuple[float, float]:
    """Mean and standard deviation, scaled first so that 1e308 does not overflow."""
    scale = float(max(abs(values[0]), abs(values[-1]))) or 1.0
    part = values / scale if scale > 1e100 else values
    mean, deviation = float(part.mean()), float(part.std())
    return (mean * scale, deviation * scale) if scale > 1e100 else (mean, deviation)


def _bins(ordered: Array) -> tuple[int, ...]:
    """Rows in bins of equal width; halves keep the width finite at the ends of the number range."""
    low, high = float(ordered[0]) / 2, float(ordered[-1]) / 2
    if low == high:
        return (len(ordered),)
    bins = min(BINS, 1 + int(np.count_nonzero(ordered[1:] != ordered[:-1])))
    edges = (low + (high - low) * np.linspace(0, 1, bins + 1)[1:-1]) * 2
    places = np.searchsorted(ordered, edges, side="left")
    return tuple(int(n) for n in np.diff(np.concatenate(([0], places, [len(ordered)]))))
