"""A column that tells nothing about the target only adds noise, cost and a reason to break.

The column is held against chance alone and together with every other input; it is named only where the other
inputs do tell something and where there are rows enough to have seen a weak influence.

Source: M. Demirbas on a talk by R. Lozano Aguilera (discard features that are not relevant).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.readiness.chance import z_for
from mlpm_magics.readiness.found import Example, Found, Limits
from mlpm_magics.readiness.quick import learned
from mlpm_magics.table import Table

QUESTION = "relevant"
WHY = "What tells nothing costs upkeep, and a model may learn its chance pattern."
NEEDS = ("target",)


@dataclass(frozen=True)
class Measured:
    """How far a column alone, and in its best pair, is above chance, in standard errors.

    `up_to` is the largest share of the deviation of the target that it may still explain, and `best` what the
    strongest input explains.
    """

    column: str
    target: str
    rows: int
    alone: float
    paired: float
    up_to: float
    best: float


def measure(table: Table) -> list[Measured]:
    """Hold every number, category and flag against chance."""
    known, target = learned(table), table.target
    if known is None or target is None or len(known.made.columns) < 2:
        return []
    n = len(known.rows)
    width = np.diff(known.made.start)
    limit = z_for(len(known.made.columns) ** 2, 0.05)
    return [
        Measured(
            column.name,
            target.name,
            n,
            float(known.errors[i]),
            float(known.pairs[i].max()) - limit,
            float(np.sqrt((known.size[i] ** 2 * n + 2 * np.sqrt(2 * width[i]) + 4) / n)),
            float(known.size.max()),
        )
        for i, column in enumerate(known.made.columns)
        if column.kind in ("number", "category", "boolean")
        and column not in table.groups
        and width[i] <= 20
        and column.missing < 0.5 * column.rows
    ]


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """A note: nothing alone, nothing in pairs, and rows enough to rule out more than a weak influence."""
    return [
        Found(
            (m.column,),
            "info",
            f"`{m.column}` tells nothing about `{m.target}` beyond chance, alone or with any other input "
            f"({m.rows:,} rows looked at).",
            "Leave it out unless somebody knows why it should matter.",
            {"rows": m.rows, "standard_errors": m.alone, "up_to": m.up_to},
            0.1,
        )
        for m in measured
        if m.alone < limits["errors"]
        and m.paired < 0
        and m.up_to < limits["up_to"]
        and m.best >= limits["others"]
    ]


def _table(weight: float) -> pd.DataFrame:
    random = np.random.default_rng(42)
    income, shoe, mood = (random.normal(size=4000) for _ in range(3))
    spend = income + mood * np.where(income > 0, 0.5, -0.5) + weight * shoe + random.normal(0, 0.7, 4000)
    return pd.DataFrame({"income": income, "shoe_size": shoe, "mood": mood, "spend": spend})


def bad() -> Example:
    """The size of a shoe does not matter."""
    return Example(_table(0.0), ("shoe_size",), {"target": "spend"})


def good() -> Example:
    """It matters a little, and the mood matters only together with the income."""
    return Example(_table(0.25), (), {"target": "spend"})
