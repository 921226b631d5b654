"""How much better one rung is than another, with an interval that covers.

The interval adds two errors in quadrature: the one over rows, paired and in clusters where rows belong
together, and the corrected resampled one over folds (folds share training rows). Rows alone know nothing of
how a model would differ had it learned from other rows; ten folds alone make an interval that varies by
itself, so from five folds on theirs is taken at the normal quantile: with the t of so few the two together
would be too wide. Skill is a share of the base rate's error, which the table knows no better than the gap, so
the interval is that of a ratio.

`benchmarks/evidence_coverage.py` holds intervals against the gap that models of such tables have on fresh
rows, on average and as fitted; the documentation gives its figures.

Sources: Nadeau and Bengio 2003 (corrected resampled t); Bates, Hastie and Tibshirani 2023 (what is
estimated); Cochran 1977 (the error of a ratio); the quantile: measured, our own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from mlpm_magics.evidence.ladder import Ladder, Step
from mlpm_magics.evidence.prepared import Array
from mlpm_magics.results import Told

LEVEL = 0.90
_FEW_FOLDS = 5
_NOTHING = 1e-12


@dataclass(frozen=True)
class Gap:
    """A difference in skill and its 90 % interval."""

    effect: float
    low: float
    high: float

    @property
    def interval(self) -> tuple[float, float]:
        """Both ends."""
        return (self.low, self.high)

    def against(self, margin: float) -> Told:
        """Yes above the margin, no below it, else it cannot be told."""
        if self.low > margin:
            return "yes"
        return "no" if self.high < margin else "cannot_tell"

    def rows_needed(self, margin: float, rows: int) -> int | None:
        """About how many rows would bring the margin out of the interval; None where a million would not."""
        distance, half = abs(self.effect - margin), (self.high - self.low) / 2
        if distance * 30 < half or half == 0:
            return None
        wanted = rows * (half / distance) ** 2 * 1.1
        return None if wanted > 1e6 else math.ceil(wanted / 100) * 100


def gap(ladder: Ladder, worse: Step, better: Step) -> Gap:
    """The skill of `better` less the skill of `worse`."""
    prepared = ladder.prepared
    gained = (worse.error - better.error) / ladder.unit
    of_unit = gained.mean() * (ladder.base.error / ladder.unit - 1)  # what the error of the unit moves
    return gap_of(gained - of_unit, prepared.cluster, prepared.fold)


def gap_of(differences: Array, cluster: Array, fold: Array, *, with_folds: bool = True) -> Gap:
    """The mean of one difference per row, with its interval, given each row's cluster and fold.

    Args:
        differences: one per row.
        cluster: of each row.
        fold: of each row.
        with_folds: whether the error over folds counts, or that over rows alone.
    """
    effect = float(differences.mean())
    over_folds = _over_folds(differences, fold) if with_folds else 0.0
    half = math.hypot(_over_rows(differences, cluster), over_folds)
    return Gap(effect, effect - half, effect + half)


def agreement(ladder: Ladder, step: Step, *, with_folds: bool = True) -> Gap:
    """The correlation of what a rung predicted with the answers, each taken from its fold's mean.

    It sees less than skill does of how far predictions are off, and more of whether they tell answers apart:
    its square is the skill that the rung would have, were its predictions drawn in as far as is best.
    `with_folds`: see `gap_of`.
    """
    prepared = ladder.prepared
    answers, guess = (_from_mean(v, prepared.fold) for v in (prepared.one_hot, step.predicted))
    of_answers, of_guess = float((answers**2).mean()), float((guess**2).mean())
    if of_guess <= _NOTHING * of_answers:
        return Gap(0.0, 0.0, 0.0)
    answers, guess = answers / math.sqrt(of_answers), guess / math.sqrt(of_guess)
    effect = float((answers * guess).mean())
    rows = answers * guess - effect / 2 * (answers**2 + guess**2)
    each = rows.sum(axis=1) / answers.shape[1]
    around = gap_of(each, prepared.cluster, prepared.fold, with_folds=with_folds)
    half = (around.high - around.low) / 2
    return Gap(effect, effect - half, effect + half)


def _from_mean(values: Array, fold: Array) -> Array:
    counts = np.bincount(fold)
    means = np.column_stack([np.bincount(fold, weights=column) / counts for column in values.T])
    found: Array = values - means[fold]
    return found


def _over_rows(differences: Array, cluster: Array) -> float:
    from scipy.stats import t

    _, codes = np.unique(cluster, return_inverse=True)
    sums = np.bincount(codes, weights=differences - differences.mean())
    n = len(sums)
    if n < 2:
        return math.inf
    error = math.sqrt(float((sums**2).sum()) * n / (n - 1)) / len(differences)
    return error * float(t.ppf((1 + LEVEL) / 2, n - 1))


def _over_folds(differences: Array, fold: Array) -> float:
    from scipy.stats import norm, t

    counts = np.bincount(fold)
    means = np.bincount(fold, weights=differences)[counts > 0] / counts[counts > 0]
    n = len(means)
    if n < 2:
        return math.inf
    variance = float(means.var(ddof=1)) * (1 / n + 1 / (n - 1))
    likely = (1 + LEVEL) / 2
    return math.sqrt(variance) * float(norm.ppf(likely) if n >= _FEW_FOLDS else t.ppf(likely, n - 1))
