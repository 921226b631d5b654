"""A column in which a handful of rows differ is a coincidence, not a pattern.

Rare flags can be the best input of all, so it is not their share that counts but how many cases they have:
fifty are worth learning from, three are not.

Source: rule of thumb, see `limits.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.readiness.found import Example, Found, Limits, of, plural
from mlpm_magics.table import Table

QUESTION = "relevant"
WHY = "From a few exceptions a model learns an anecdote."
NEEDS = ()
SILENCES = ("outliers", "redundant_columns", "duplicate_columns")
_FEWEST = 200


@dataclass(frozen=True)
class Measured:
    """How many filled rows differ from the most frequent value."""

    column: str
    others: int
    filled: int


def measure(table: Table) -> list[Measured]:
    """Count the exceptions in columns of few values that play no role."""
    measured = []
    for column in table.columns:
        distinct = column.distinct
        if table.role(column) or distinct is None or not 1 < distinct <= 50 or column.filled < _FEWEST:
            continue
        measured.append(Measured(column.name, column.filled - int(column.counts.max()), column.filled))
    return measured


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """Few in share and few in number."""
    return [
        Found(
            columns=(m.column,),
            severity="info",
            message=f"`{m.column}` has the same value in all but {of(m.others, m.filled)}.",
            action=f"Leave it out, unless the {plural(m.others, 'exception')} matter by themselves.",
            evidence={"others": m.others, "rows": m.filled},
            weight=1 - m.others / m.filled,
        )
        for m in measured
        if m.others < limits["exceptions"] and m.others <= limits["share"] * m.filled
    ]


def bad() -> Example:
    """Four test accounts in three thousand."""
    random = np.random.default_rng(12)
    is_test = np.zeros(3000, dtype=int)
    is_test[:4] = 1
    return Example(pd.DataFrame({"is_test": is_test, "spend": random.normal(size=3000)}), ("is_test",))


def good() -> Example:
    """Three percent of flags are rare and may matter."""
    random = np.random.default_rng(12)
    flag = (random.random(3000) < 0.03).astype(int)
    return Example(pd.DataFrame({"flag": flag, "spend": random.normal(size=3000)}))
