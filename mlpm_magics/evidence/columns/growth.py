"""What twice the rows would bring: a quick model learned from a quarter, from half and from all of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlpm_magics.evidence.columns.kept import kept_per_table
from mlpm_magics.evidence.columns.quick import learned, one_thread
from mlpm_magics.table import Table
from mlpm_magics.table.plain import Array

_FEWEST, _FOLDS, _RIDGE, _SURE = 800, 5, 8.0, 1.645


@dataclass(frozen=True)
class Growth:
    """What the last doubling of the rows brought, and what the next one would.

    Attributes:
        rows: rows learned from in the end.
        whole: whether these are all rows there are.
        explained: the share of the target's variation that is explained from them, on rows not seen.
        gained: the part of it that came with the last doubling.
        at_least: the lower end of what was gained (one side, 95 %).
        at_most: the upper end.
        next: what the next doubling would bring, if it goes on as it did.
    """

    rows: int
    whole: bool
    explained: float
    gained: float
    at_least: float
    at_most: float
    next: float


@kept_per_table
def growth(table: Table) -> Growth | None:
    """The curve of the quick model; None where there are too few rows, or nothing to learn from. Kept."""
    known = learned(table)
    if known is None or len(known.rows) < _FEWEST:
        return None
    ones, wanted = known.made.ones, known.wanted.astype(np.float64)
    spread = float(((wanted - wanted.mean(axis=0)) ** 2).sum())
    if spread <= 0:
        return None
    with one_thread():
        quarter, half, whole = (_losses(ones, wanted, share, table.seed) for share in (0.25, 0.5, 1.0))
    per_row = (half - whole) * len(wanted) / spread
    gained, error = float(per_row.mean()), float(per_row.std() / np.sqrt(len(per_row)))
    before = float((quarter - half).sum() / spread)
    slows = min(0.9, max(0.25, gained / before)) if before > 0 else 0.5
    return Growth(
        rows=len(wanted),
        whole=len(wanted) >= 0.9 * (table.total - (table.target.total_missing if table.target else 0)),
        explained=1 - float(whole.sum()) / spread,
        gained=gained,
        at_least=gained - _SURE * error,
        at_most=gained + _SURE * error,
        next=max(0.0, gained * slows),
    )


def _losses(ones: Array, wanted: Array, share: float, seed: int) -> Array:
    """The squared error of each row, in a model learned from a share of the rows of the other folds."""
    order = np.random.default_rng(seed).permutation(len(ones))
    losses = np.zeros(len(ones))
    for k in range(_FOLDS):
        tested = order[k::_FOLDS]
        others = np.delete(order, np.s_[k::_FOLDS])
        taken = others[: max(1, int(share * len(others)))]
        x, y = ones[taken].astype(np.float64), wanted[taken]
        centre, middle = y.mean(axis=0), x.mean(axis=0)
        x = x - middle
        weights = np.linalg.solve(x.T @ x + _RIDGE * np.eye(x.shape[1]), x.T @ (y - centre))
        said = (ones[tested] - middle) @ weights + centre
        losses[tested] = ((wanted[tested] - said) ** 2).sum(axis=1)
    return losses
