"""A column that numbers the rows can only be learned by heart.

A customer number or row number is different in every row, so it says nothing about the next one; if it
grows with time, it can smuggle the date in.

Source: M. Demirbas on a talk by R. Lozano Aguilera (discard features that are not relevant).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.readiness.found import Example, Found, Limits
from mlpm_magics.table import Table

QUESTION = "relevant"
WHY = "What is different in every row cannot say anything about the next one."
NEEDS = ()
SILENCES = (
    "numbers_stored_as_text",
    "outliers",
    "inconsistent_categories",
    "duplicate_columns",
    "redundant_columns",
    "target_leakage",
)


@dataclass(frozen=True)
class Measured:
    """A column with another value in every filled row."""

    column: str
    distinct: int
    rows: int


def measure(table: Table) -> list[Measured]:
    """Columns that number or name the rows; one in a role is meant to."""
    return [
        Measured(c.name, c.filled, c.rows) for c in table.columns if not table.role(c) and c.is_identifier
    ]


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """Always a note: leave it out of the inputs."""
    return [
        Found(
            columns=(m.column,),
            severity="info",
            message=f"`{m.column}` has another value in each of {m.distinct:,} rows: it numbers them.",
            action="Leave it out of the inputs; keep it to find a row again, or name it with --entity.",
            evidence={"distinct": m.distinct, "rows": m.rows},
            weight=0.3,
        )
        for m in measured
    ]


def bad() -> Example:
    """Customer numbers."""
    random = np.random.default_rng(22)
    customer = [f"C-{i:05d}" for i in random.permutation(1500)]
    return Example(pd.DataFrame({"customer": customer, "spend": random.normal(size=1500)}), ("customer",))


def good() -> Example:
    """Different in every row as well: a measured quantity, a salary and a comment."""
    random = np.random.default_rng(22)
    salary = random.permutation(500_000)[:1500] + 20_000
    comment = [f"visit {i} was fine, call again about item {i % 7}" for i in range(1500)]
    return Example(pd.DataFrame({"salary": salary, "weight": random.normal(size=1500), "comment": comment}))
