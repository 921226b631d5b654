"""Numbers and words in one column are two columns.

A column that is mostly numbers with a few words in it was usually typed by hand or joined from two sources; a
program will read all of it as text, or fail.

Source: Sambasivan and others 2021 (data cascades).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.readiness.found import Example, Found, Limits, of
from mlpm_magics.table import Table

QUESTION = "high_quality"
WHY = "What reads one kind of value trips over the other, or drops it in silence."
NEEDS = ()
_WORDS = {"text": "text", "number": "numbers", "boolean": "yes/no", "date": "dates", "duration": "durations",
          "other": "things that are no plain value"}  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """Rows per family of types in a column that has more than one."""

    column: str
    families: tuple[tuple[str, int], ...]
    filled: int


def measure(table: Table) -> list[Measured]:
    """Columns of several families, the most frequent first."""
    return [
        Measured(c.name, tuple(sorted(c.plain.families.items(), key=lambda f: (-f[1], f[0]))), c.filled)
        for c in table.columns
        if len(c.plain.families) > 1
    ]


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """Every mixture is a warning."""
    found = []
    for m in measured:
        (main, _), (other, fewer), *_ = m.families
        found.append(
            Found(
                columns=(m.column,),
                severity="warning",
                message=f"`{m.column}` mixes {_WORDS[main]} with {_WORDS[other]}: the latter in "
                f"{of(fewer, m.filled, 'filled rows')}.",
                action="Decide what the column should hold, and put the rest into a column of its own.",
                evidence={"fewer": fewer, "rows": m.filled, "kinds": len(m.families)},
                weight=fewer / m.filled,
            )
        )
    return found


def bad() -> Example:
    """An invoice column of numbers with a few codes such as C123."""
    random = np.random.default_rng(13)
    invoice: list[object] = list(range(5000, 6500))
    invoice[::50] = [f"C{i}" for i in invoice[::50]]
    return Example(pd.DataFrame({"invoice": invoice, "spend": random.normal(size=1500)}), ("invoice",))


def good() -> Example:
    """Whole numbers, fractions and gaps are one kind."""
    random = np.random.default_rng(13)
    amount: list[object] = [None if i % 60 == 0 else i // 7 if i % 2 else i / 4 for i in range(1500)]
    table = pd.DataFrame({"amount": pd.Series(amount, dtype=object), "spend": random.normal(size=1500)})
    return Example(table)
