"""Infinity is the trace of a division by zero.

It turns every average into infinity and stops most programs that learn.

Source: rule of the house.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.readiness.found import Example, Found, Limits, of
from mlpm_magics.table import Table

QUESTION = "high_quality"
WHY = "One infinite number makes every average infinite."
NEEDS = ()
SILENCES = ("outliers",)


@dataclass(frozen=True)
class Measured:
    """Rows with an infinite number."""

    column: str
    infinite: int
    rows: int


def measure(table: Table) -> list[Measured]:
    """Count them."""
    return [Measured(c.name, c.total_infinite, c.total_rows) for c in table.columns if c.total_infinite]


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """Any is a warning."""
    return [
        Found(
            columns=(m.column,),
            severity="warning",
            message=f"`{m.column}` is infinite in {of(m.infinite, m.rows)}.",
            action="Find the division by zero that made it, and decide what the value should be.",
            evidence={"infinite": m.infinite, "rows": m.rows},
            weight=m.infinite / m.rows,
        )
        for m in measured
    ]


def bad() -> Example:
    """Spend per visit, where there was no visit."""
    random = np.random.default_rng(16)
    per_visit = np.where(random.random(1200) < 0.02, np.inf, random.lognormal(3, 1, 1200))
    return Example(pd.DataFrame({"per_visit": per_visit}), ("per_visit",))


def good() -> Example:
    """Large numbers, with gaps."""
    random = np.random.default_rng(16)
    amount = np.where(random.random(1200) < 0.02, np.nan, random.lognormal(30, 1, 1200))
    return Example(pd.DataFrame({"amount": amount}))
