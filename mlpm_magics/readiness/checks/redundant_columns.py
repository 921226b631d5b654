"""Two columns that are each other in another unit are one.

Centimetres and inches, net and gross: one follows from the other, so it adds nothing, and an explanation of
a model may credit either.

Source: M. Demirbas on a talk by R. Lozano Aguilera (discard features that are not relevant).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.readiness.found import CannotTellError, Example, Found, Limits, named
from mlpm_magics.table import Column, Table
from mlpm_magics.table.plain import Array

QUESTION = "relevant"
WHY = "What follows from another column adds nothing, and an explanation may credit the wrong one."
NEEDS = ()
_FEWEST, _FEWEST_DISTINCT, _MOST_COLUMNS, _SCREEN = 100, 20, 300, 2_000
_NEAR = 0.999


@dataclass(frozen=True)
class Measured:
    """Two columns and the size of their linear correlation over all rows."""

    columns: tuple[str, str]
    correlation: float


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
    alike = np.abs(np.stack([(some * row).mean(axis=1) for row in some]))
    pairs = np.argwhere(np.triu(alike >= _NEAR, 1))
    return [
        Measured((one.name, two.name), abs(float((_standard(one) * _standard(two)).mean())))
        for one, two in ((columns[i], columns[j]) for i, j in pairs.tolist())
    ]


def _standard(column: Column, rows: slice = slice(None)) -> Array:
    """The values with mean 0 and deviation 1; gaps are 0."""
    values = column.numbers[rows].astype(np.float64)
    known = ~column.is_missing[rows] & np.isfinite(values)
    kept = values[known]
    spread = kept.std() if len(kept) else 0.0
    return np.where(known, (values - kept.mean()) / spread, 0.0) if spread else np.zeros(len(values))


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """Only what is as good as exact; columns that merely go together are left alone."""
    return [
        Found(
            columns=m.columns,
            severity="info",
            message=f"{named(m.columns)} are each other in another unit (correlation {m.correlation:.5f}).",
            action="Keep the one that people understand.",
            evidence={"correlation": m.correlation},
            weight=0.35,
        )
        for m in measured
        if m.correlation >= limits["correlation"]
    ]


def bad() -> Example:
    """A length in centimetres and, rounded, in inches."""
    random = np.random.default_rng(37)
    cm = random.normal(170, 10, 1500)
    table = pd.DataFrame(
        {"cm": cm.round(2), "inches": (cm / 2.54).round(2), "spend": random.normal(size=1500)}
    )
    return Example(table, ("cm", "inches"))


def good() -> Example:
    """Length and weight go together, and are two things."""
    random = np.random.default_rng(37)
    cm = random.normal(170, 10, 1500)
    return Example(pd.DataFrame({"cm": cm, "weight": cm * 0.6 - 30 + random.normal(0, 1, 1500)}))
