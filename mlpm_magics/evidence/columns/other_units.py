"""Pairs of columns that are each other in another unit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlpm_magics.evidence.columns import CannotTellError, Limits
from mlpm_magics.table import Column, Table
from mlpm_magics.table.plain import Array, Mask
from mlpm_magics.table.words import named

_FEWEST, _FEWEST_DISTINCT, _MOST_COLUMNS, _SCREEN = 100, 20, 300, 2_000
_NEAR = 0.999


@dataclass(frozen=True)
class Measured:
    """Two columns and the size of their linear correlation over all rows."""

    columns: tuple[str, str]
    correlation: float

    def beyond(self, limits: Limits) -> bool:
        """Whether it is as good as exact; columns that merely go together are two things."""
        return self.correlation >= limits["correlation"]

    @property
    def sentence(self) -> str:
        """The measurement in words."""
        return f"{named(self.columns)} are each other in another unit (correlation {self.correlation:.5f})."


def measure(table: Table) -> list[Measured]:
    """Pairs that look alike on some rows, then measured on all."""
    columns = [
        c for c in table.features
        if c.kind == "number" and c.spread.distinct >= _FEWEST_DISTINCT and c.missing < c.rows / 2
    ]  # fmt: skip
    if len(columns) > _MOST_COLUMNS:
        raise CannotTellError(
            f"pairs are compared up to {_MOST_COLUMNS} numeric columns, there are {len(columns):,}"
        )
    if len(columns) < 2 or table.rows < _FEWEST:
        return []
    step = max(1, table.rows // _SCREEN)
    some = np.stack([_standard(c, slice(None, None, step)) for c in columns])
    known = some != 0
    alike = np.abs(np.stack([_together(some, known, row) for row in some]))
    pairs = np.argwhere(np.triu(alike >= _NEAR, 1))
    return [
        Measured((one.name, two.name), _correlation(one, two))
        for one, two in ((columns[i], columns[j]) for i, j in pairs.tolist())
    ]


def _together(columns: Array, known: Mask, one: Array) -> Array:
    """The correlation of every column with one, over the rows in which both are filled."""
    size = (columns * columns * (one != 0)).sum(axis=1) * (known * one * one).sum(axis=1)
    result: Array = (columns * one).sum(axis=1) / np.sqrt(np.maximum(size, 1e-12))
    return result


def _correlation(one: Column, two: Column) -> float:
    x, y = _standard(one), _standard(two)
    return abs(float(_together(x[None, :], (x != 0)[None, :], y)[0]))


def _standard(column: Column, rows: slice = slice(None)) -> Array:
    """The values with mean 0 and deviation 1; gaps are 0."""
    values = column.numbers[rows].astype(np.float64)
    known = ~column.is_missing[rows] & np.isfinite(values)
    kept = values[known]
    spread = kept.std() if len(kept) else 0.0
    return np.where(known, (values - kept.mean()) / spread, 0.0) if spread else np.zeros(len(values))
