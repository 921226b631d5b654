"""90 % intervals on the test part: shares and ratios over rows that may belong together.

Rows of one entity, and rows near in time, are not independent; an interval is the widest over the ways in
which rows belong together.

Source: Wilson 1927 (shares); the delta method over clusters (ratios).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from mlpm_magics.evidence.gaps import LEVEL, Gap
from mlpm_magics.evidence.prepared import Array

Ways = Sequence[Array]  # per way of belonging together, a code per row


def ratio(over: Array, under: Array, ways: Ways, looks: int = 1) -> Gap:
    """The sum of `over` as a share of the sum of `under`, one of each per row.

    Args:
        over: per row.
        under: per row; their sum is above 0.
        ways: how rows belong together.
        looks: how many such intervals are held against something at once (Bonferroni).
    """
    whole = float(under.sum())
    if whole <= 0:
        return Gap(0.0, -math.inf, math.inf)
    effect = float(over.sum()) / whole
    half = max((_half(over - effect * under, way, looks) for way in ways), default=math.inf) / whole
    return Gap(effect, effect - half, effect + half)


def mean(values: Array, ways: Ways, looks: int = 1) -> Gap:
    """The mean of one number per row."""
    return ratio(values, np.ones(len(values)), ways, looks)


def share(hits: Array, ways: Ways, looks: int = 1) -> Gap:
    """The share of rows with a hit: within 0 and 1, and open where there are few."""
    n = len(hits)
    if n == 0:
        return Gap(0.0, 0.0, 1.0)
    found = float(hits.mean())
    z = _quantile(looks, 10**6)
    half = mean(hits.astype(float), ways, looks)
    width = (half.high - half.low) / 2
    plain = z * math.sqrt(found * (1 - found) / n)
    worth = (
        n * min(1.0, (plain / width) ** 2) if 0 < width < math.inf and plain > 0 else _independent(ways, n)
    )
    middle = (found + z * z / (2 * worth)) / (1 + z * z / worth)
    around = z * math.sqrt(found * (1 - found) / worth + z * z / (4 * worth**2)) / (1 + z * z / worth)
    return Gap(found, max(0.0, middle - around), min(1.0, middle + around))


def _independent(ways: Ways, n: int) -> float:
    """Where all rows are the same, as many as there are clusters."""
    return float(min((len(np.unique(way)) for way in ways), default=n))


def _half(left: Array, way: Array, looks: int) -> float:
    _, codes = np.unique(way, return_inverse=True)
    sums = np.bincount(codes, weights=left)
    n = len(sums)
    if n < 2:
        return math.inf
    return math.sqrt(float((sums**2).sum()) * n / (n - 1)) * _quantile(looks, n - 1)


def _quantile(looks: int, freedom: int) -> float:
    from scipy.stats import t

    return float(t.ppf(1 - (1 - LEVEL) / 2 / max(1, looks), freedom))
