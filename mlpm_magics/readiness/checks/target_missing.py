"""Rows without an answer cannot be learned from.

Machine learning turns data and known answers into rules. Where the answer (the target) is missing, the row
teaches nothing; and if it is missing for a reason, the rows that are left tell a lopsided story.

Source: M. Demirbas on a talk by R. Lozano Aguilera (data + answers); Google, Introduction to ML Problem
Framing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.readiness.found import Example, Found, Limits, of
from mlpm_magics.results import Severity
from mlpm_magics.table import Table

QUESTION = "available"
WHY = "A model learns only from rows whose answer is known."
NEEDS = ("target",)
SILENCES = ("missing_values", "constant_column", "rare_class", "mixed_types")


@dataclass(frozen=True)
class Measured:
    """Rows whose target is missing."""

    column: str
    missing: int
    rows: int


def measure(table: Table) -> list[Measured]:
    """How often the target is missing."""
    target = table.target
    return [] if target is None else [Measured(target.name, target.total_missing, table.total)]


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """Nothing known is a blocker; from 5 % on somebody should find out why."""
    found = []
    for m in measured:
        if not m.missing:
            continue
        share = m.missing / m.rows
        if share < limits["note"]:
            continue
        serious = share >= limits["caution"]
        severity: Severity = "blocker" if share >= limits["blocker"] else "warning" if serious else "info"
        missing = f"in all {m.rows:,} rows" if m.missing == m.rows else f"in {of(m.missing, m.rows)}"
        found.append(
            Found(
                (m.column,),
                severity,
                f"The target `{m.column}` is missing {missing}.",
                "Ask why these answers are not known, and whether it happens more often to some cases "
                "than to "
                "others; then collect them or leave the rows out.",
                {"missing": m.missing, "rows": m.rows, "share": share},
                share,
            )
        )
    return found


def bad() -> Example:
    """A third of the answers are not there."""
    random = np.random.default_rng(1)
    paid = pd.Series(random.choice(["yes", "no"], 1500)).where(random.random(1500) < 0.67)
    return Example(
        pd.DataFrame({"paid": paid, "amount": random.normal(size=1500)}), ("paid",), {"target": "paid"}
    )


def good() -> Example:
    """Gaps in an input, none in the target."""
    random = np.random.default_rng(1)
    amount = np.where(random.random(1500) < 0.3, np.nan, random.normal(size=1500))
    paid = random.choice(["yes", "no"], 1500)
    return Example(pd.DataFrame({"paid": paid, "amount": amount}), (), {"target": "paid"})
