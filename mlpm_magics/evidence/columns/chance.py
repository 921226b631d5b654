"""What chance alone can do: intervals for shares and their differences, and the widest gap between groups."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from mlpm_magics.table import Table
from mlpm_magics.table.plain import Array, Mask

QUARTERS = 4


def z_for(comparisons: int = 1, error: float = 0.05) -> float:
    """How many standard errors to allow when so many comparisons are made at once (Bonferroni)."""
    return NormalDist().inv_cdf(1 - error / (2 * max(1, comparisons)))


def wilson(count: float, total: float, z: float = 1.96) -> tuple[float, float]:
    """The interval of a share after Wilson.

    Example:
        >>> [round(x, 3) for x in wilson(5, 50)]
        [0.043, 0.214]
    """
    if not total:
        return 0.0, 1.0
    share, square = count / total, z * z / total
    middle = (share + square / 2) / (1 + square)
    half = z * math.sqrt(share * (1 - share) / total + square / (4 * total)) / (1 + square)
    return max(0.0, middle - half), min(1.0, middle + half)


def newcombe(one: tuple[float, float], other: tuple[float, float], z: float = 1.96) -> tuple[float, float]:
    """The interval of a difference of two shares, each as (count, total), after Newcombe.

    Example:
        >>> [round(x, 2) for x in newcombe((56, 70), (48, 80))]
        [0.05, 0.33]
    """
    p, q = one[0] / one[1], other[0] / other[1]
    (p_low, p_high), (q_low, q_high) = wilson(*one, z), wilson(*other, z)
    below = math.hypot(p - p_low, q_high - q)
    above = math.hypot(p_high - p, q - q_low)
    return p - q - below, p - q + above


@dataclass(frozen=True)
class Gap:
    """The widest difference of a rate between two groups.

    Attributes:
        low: (hits, rows) of the group with the lowest rate.
        high: the same of the highest.
        groups: how many groups were large enough to be compared.
        sure: lower end of the interval of the difference, all pairs of groups considered.
    """

    low: tuple[int, int]
    high: tuple[int, int]
    groups: int
    sure: float

    @property
    def low_rate(self) -> float:
        """Rate of the lowest group."""
        return self.low[0] / self.low[1]

    @property
    def high_rate(self) -> float:
        """Rate of the highest group."""
        return self.high[0] / self.high[1]


def widest_gap(hits: Mask, codes: Array, fewest: int, comparisons: int = 1) -> Gap | None:
    """The widest gap in the rate of `hits` between groups of at least `fewest` rows.

    Args:
        hits: one flag per row.
        codes: the group of each row; -1 is left out.
        fewest: smaller groups are not compared.
        comparisons: how many such gaps are looked at in all.
    """
    known = codes >= 0
    rows = np.bincount(codes[known])
    counts = np.bincount(codes[known & hits], minlength=len(rows))
    large = np.flatnonzero(rows >= fewest)
    if len(large) < 2:
        return None
    rates = counts[large] / rows[large]
    low, high = large[int(rates.argmin())], large[int(rates.argmax())]
    pairs = len(large) * (len(large) - 1) // 2
    one, other = (int(counts[high]), int(rows[high])), (int(counts[low]), int(rows[low]))
    sure, _ = newcombe(one, other, z_for(comparisons * pairs))
    return Gap(other, one, len(large), sure)


def outcome_codes(table: Table) -> Array | None:
    """The class of each row, or the quarter of the target it falls in; -1 where the target is missing."""
    target = table.target
    if target is None or target.kind in ("nested", "empty"):
        return None
    if table.task == "classes":
        return target.codes
    if table.task != "number" or target.spread.distinct < QUARTERS:
        return None
    cuts = target.spread.quantiles[[25, 50, 75]]
    quarter = np.searchsorted(cuts, target.numbers.astype(np.float64), side="right")
    return np.where(target.is_missing, -1, quarter).astype(np.int32)
