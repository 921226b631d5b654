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
from mlpm_magics.table import Column, Table

QUESTION = "relevant"
WHY = "A copy adds nothing, and an explanation may credit the wrong one."
NEEDS = ()
SILENCES = ("redundant_columns",)
_FEWEST, _SCREEN = 50, 5_000


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
        if (column.distinct or 0) >= 2 and column.kind != "nested" and not column.is_identifier:
            alike.setdefault((column.distinct or 0, column.missing), []).append(column)
    found: list[list[Column]] = []
    for columns in alike.values():
        for some in _parted(columns, _SCREEN) if len(columns) > 1 else ():
            found += _parted(some, None)
    return [Measured(tuple(c.name for c in same), same[0].distinct or 0, table.rows) for same in found]


def _parted(columns: list[Column], rows: int | None) -> list[list[Column]]:
    """The columns that look the same in the first rows (None: in all), two or more together."""
    parts: dict[bytes, list[Column]] = {}
    for column in columns:
        parts.setdefault(_digest(column, rows), []).append(column)
    return [part for part in parts.values() if len(part) > 1]


def _digest(column: Column, rows: int | None) -> bytes:
    """Which rows are equal to which; where nearly all differ, that says nothing, and the values count."""
    digest = hashlib.blake2b(digest_size=16)
    mostly_different = (column.distinct or 0) > column.filled / 2
    if mostly_different and column.plain.values is not None:
        digest.update(np.where(column.is_missing, 0, column.numbers)[:rows].astype(np.float64).tobytes())
    else:
        digest.update(np.asarray(pd.factorize(column.codes[:rows])[0], dtype=np.int32).tobytes())
    if mostly_different:
        digest.update("\0".join(column.texts[:_SCREEN]).encode("utf-8", "surrogatepass"))
    return digest.digest()


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
