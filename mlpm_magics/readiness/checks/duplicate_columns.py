"""Two columns that say the same are one.

A copy under another name, or the same thing as a code and as a word, adds nothing and makes every
explanation of a model arbitrary: it may credit either.

Source: M. Demirbas on a talk by R. Lozano Aguilera (discard features that are not relevant).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.readiness.found import Example, Found, Limits, named, plural
from mlpm_magics.readiness.rows import is_identifier
from mlpm_magics.table import Column, Table

QUESTION = "relevant"
WHY = "A copy adds nothing, and an explanation may credit the wrong one."
NEEDS = ()
SILENCES = ("redundant_columns",)
_FEWEST = 50


@dataclass(frozen=True)
class Measured:
    """Columns that part the rows in the very same way."""

    columns: tuple[str, ...]
    distinct: int
    rows: int


def measure(table: Table) -> list[Measured]:
    """Columns with the same pattern of equal and different rows; the target is no input."""
    if table.rows < _FEWEST:
        return []
    alike: dict[tuple[int, int], list[Column]] = {}
    for column in table.inputs:
        if (column.distinct or 0) >= 2 and column.kind != "nested" and not is_identifier(column):
            alike.setdefault((column.distinct or 0, column.missing), []).append(column)
    found: dict[bytes, list[Column]] = {}
    for columns in alike.values():
        for column in columns if len(columns) > 1 else ():
            found.setdefault(hashlib.blake2b(_pattern(column)).digest(), []).append(column)
    return [
        Measured(tuple(c.name for c in columns), columns[0].distinct or 0, table.rows)
        for columns in found.values()
        if len(columns) > 1
    ]


def _pattern(column: Column) -> bytes:
    """Which rows are equal to which; where nearly all differ, that says nothing, and the values count."""
    if (column.distinct or 0) > column.filled / 2 and column.plain.values is not None:
        return np.where(column.is_missing, 0, column.numbers.astype(np.float64)).tobytes()
    codes, _ = pd.factorize(column.codes)
    return np.asarray(codes, dtype=np.int32).tobytes()


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """Always a note: keep one."""
    return [
        Found(
            columns=m.columns,
            severity="info",
            message=f"{named(m.columns)} say the same in all {m.rows:,} rows, in other words or numbers "
            f"({plural(m.distinct, 'different value')} each).",
            action="Keep the one that people understand.",
            evidence={"columns": len(m.columns), "values": m.distinct},
            weight=0.4,
        )
        for m in measured
    ]


def bad() -> Example:
    """A plan as a word and as a code."""
    random = np.random.default_rng(21)
    code = random.integers(0, 4, 1500)
    plan = np.array(["basic", "plus", "pro", "team"])[code]
    table = pd.DataFrame({"plan": plan, "plan_code": code, "spend": random.normal(size=1500)})
    return Example(table, ("plan", "plan_code"))


def good() -> Example:
    """Two columns that mostly agree."""
    random = np.random.default_rng(21)
    home = random.choice(["PT", "ES", "FR"], 1500)
    stay = np.where(random.random(1500) < 0.03, "FR", home)
    return Example(pd.DataFrame({"home": home, "stay": stay, "spend": random.normal(size=1500)}))
