"""What was learned here may not hold there.

Each column is compared with the same column of a table like those to be served. The measure is the population
stability index: 0.1 is a moderate shift and 0.25 a large one, once the part that chance makes is taken off.

Source: industry rule of thumb for the index; Algorithmic Impact Assessment.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.readiness.found import CannotTellError, Example, Found, Limits, named, number
from mlpm_magics.table import Column, Table
from mlpm_magics.table.plain import Array

QUESTION = "representative"
WHY = "A model is right where the world looks like its data."
NEEDS = ("reference",)
WHOLE_ROWS = True
_FEWEST, _PARTS = 100, 10


@dataclass(frozen=True)
class Measured:
    """The shift of one column, chance taken off; or columns that only one of the two tables has."""

    columns: tuple[str, ...]
    shift: float
    lacking: str = ""


def measure(table: Table) -> list[Measured]:
    """Compare columns of one name."""
    reference = table.reference
    if reference is None or min(table.rows, reference.rows) < _FEWEST:
        raise CannotTellError(f"a comparison needs at least {_FEWEST} rows on both sides")
    there = {column.name: column for column in reference.columns}
    here = {column.name: column for column in table.columns}
    measured = [
        Measured((name,), shift)
        for name, column in here.items()
        if name in there and (shift := _shift(column, there[name])) is not None
    ]
    roles = (table.target, table.time)
    only_here = tuple(name for name, c in here.items() if name not in there and c not in roles)
    only_there = tuple(name for name in there if name not in here)
    if only_here:
        measured.append(Measured(only_here, 1.0, "the reference"))
    if only_there:
        measured.append(Measured(only_there, 0.0, "this table"))
    return measured


def _shift(column: Column, other: Column) -> float | None:
    if column.is_identifier or min(column.filled, other.filled) < _FEWEST:
        return None
    if column.kind == other.kind == "number":
        edges = np.unique(other.spread.quantiles[_PARTS : 100 : 100 // _PARTS])
        one, two = (np.searchsorted(edges, c.finite(), side="right") for c in (column, other))
        here, there = (np.bincount(parts, minlength=len(edges) + 1) for parts in (one, two))
    elif {column.kind, other.kind} <= {"category", "boolean"}:
        here, there = _levels(column, other)
    else:
        return None
    return _index(here, there)


def _levels(column: Column, other: Column) -> tuple[Array, Array]:
    one, two = (
        Counter({c.level_name(i) or "": int(n) for i, n in enumerate(c.counts) if n}) for c in (column, other)
    )
    often = [name for name, _ in (one + two).most_common(_PARTS * 2)]
    return tuple(  # type: ignore[return-value]
        np.array([c[name] for name in often] + [sum(c.values()) - sum(c[name] for name in often)])
        for c in (one, two)
    )


def _index(here: Array, there: Array) -> float:
    """The index less what chance alone makes of it."""
    n, m = here.sum(), there.sum()
    p, q = (here + 0.5) / (n + 0.5 * len(here)), (there + 0.5) / (m + 0.5 * len(there))
    return float(((p - q) * np.log(p / q)).sum() - (len(here) - 1) * (1 / n + 1 / m))


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """A large shift is a warning, a moderate one a note."""
    found = []
    for m in measured:
        if m.lacking:
            message = f"{named(m.columns)} {'is' if len(m.columns) == 1 else 'are'} not in {m.lacking}."
            action = "A model cannot use a column that will not be there; ask whether it has another name."
        elif m.shift >= limits["moderate"]:
            size = "far" if m.shift >= limits["large"] else "somewhat"
            message = (
                f"`{m.columns[0]}` is spread {size} differently in the reference (stability index "
                f"{number(m.shift)})."
            )
            action = "Ask which of the two looks like those you will serve, and learn from that."
        else:
            continue
        serious = m.shift >= limits["large"]
        found.append(
            Found(
                m.columns,
                "warning" if serious else "info",
                message,
                action,
                {"index": m.shift},
                min(1, m.shift),
            )
        )
    return found


def _table(seed: int, middle: float) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    return pd.DataFrame({"age": random.normal(middle, 10, 1500), "plan": random.choice(["a", "b"], 1500)})


def bad() -> Example:
    """Those served are ten years older."""
    return Example(_table(28, 35), ("age",), {"reference": _table(29, 45)})


def good() -> Example:
    """Two samples of the same people."""
    return Example(_table(28, 35), (), {"reference": _table(29, 35)})
