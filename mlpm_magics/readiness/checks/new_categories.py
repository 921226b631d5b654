"""A model has nothing to say about a value it has never seen.

Rows of the reference whose category does not occur in this table are counted, and held against what is
ordinary: where many values occur only once, new ones are to be expected.

Source: deon checklist; the expectation after Good and Turing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.readiness.found import Example, Found, Limits, of, percent, plural
from mlpm_magics.table import Column, Table

QUESTION = "representative"
WHY = "For a value it has never seen, a model falls back on the average."
NEEDS = ("reference",)
SILENCES = ("differs_from_reference",)


@dataclass(frozen=True)
class Measured:
    """Values of the reference that are new, the rows that hold them, and the share of rows to be expected."""

    column: str
    values: int
    rows: int
    all_rows: int
    expected: float


def measure(table: Table) -> list[Measured]:
    """Compare the values of category columns of one name."""
    there = {column.name: column for column in table.reference.columns} if table.reference else {}
    return [
        _measure(column, there[column.name])
        for column in table.inputs
        if column.name in there and column.kind == "category" and not column.is_identifier and column.filled
        if there[column.name].kind in ("category", "text")
    ]


def _measure(column: Column, other: Column) -> Measured:
    known = {column.level_name(i) for i, rows in enumerate(column.counts) if rows}
    new = [int(rows) for i, rows in enumerate(other.counts) if rows and other.level_name(i) not in known]
    once = int(np.count_nonzero(column.counts == 1))
    return Measured(column.name, len(new), sum(new), other.filled, once / column.filled)


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """More rows than a hundredth, and twice what is ordinary."""
    return [
        Found(
            columns=(m.column,),
            severity="warning",
            message=f"{plural(m.values, 'value')} of `{m.column}` in the reference, in "
            f"{of(m.rows, m.all_rows)} there, "
            f"never {'occurs' if m.values == 1 else 'occur'} here (about {percent(m.expected)} would be "
            "ordinary).",
            action="Ask what is new, collect cases of it, or decide what happens to such rows.",
            evidence={"values": m.values, "rows": m.rows, "share": m.rows / m.all_rows},
            weight=m.rows / m.all_rows,
        )
        for m in measured
        if m.rows and m.rows / m.all_rows >= max(limits["share"], limits["times"] * m.expected)
    ]


def _table(seed: int, plans: list[str]) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    return pd.DataFrame({"plan": random.choice(plans, 1500), "spend": random.normal(size=1500)})


def bad() -> Example:
    """A plan that was introduced later."""
    return Example(_table(30, ["a", "b"]), ("plan",), {"reference": _table(31, ["a", "b", "b", "c"])})


def good() -> Example:
    """A long tail of shops, some of which come up only once."""
    random = np.random.default_rng(30)
    shop = [[f"shop {n}" for n in random.zipf(1.7, 1500) if n < 10**6][:1400] for _ in range(2)]
    return Example(pd.DataFrame({"shop": shop[0]}), (), {"reference": pd.DataFrame({"shop": shop[1]})})
