"""A group of a few rows cannot be judged, and the model will not have learned it.

How well a model treats a group can only be told from enough cases of it. With fewer than fifty, a rate of
one in five could as well be one in ten or one in three.

Source: knowledge of the house (fewer than 50), see `limits.yaml`; Google PAIR, People + AI Guidebook.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.evidence.columns.chance import wilson
from mlpm_magics.readiness.found import Example, Found, Limits, of, percent, plural
from mlpm_magics.table import Table

QUESTION = "sufficient"
WHY = "A good average can hide that a small group is served badly."
NEEDS = ("group",)


@dataclass(frozen=True)
class Measured:
    """Rows per group of one column."""

    column: str
    counts: tuple[int, ...]


def measure(table: Table) -> list[Measured]:
    """Count each group column; rows whose target is missing do not count."""
    known = np.ones(table.rows, dtype=bool)
    if table.target is not None and table.target.filled:
        known = ~table.target.is_missing
    measured = []
    for column in table.groups:
        if column.kind not in ("nested", "empty"):
            counts = np.bincount(column.codes[known & (column.codes >= 0)], minlength=len(column.counts))
            scale = table.total / table.rows  # of a sample, what the whole table is likely to have
            measured.append(Measured(column.name, tuple(round(int(n) * scale) for n in counts)))
    return measured


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """Name how many groups are too small, how many rows they hold, and what the smallest could tell."""
    found = []
    for m in measured:
        small = [n for n in m.counts if n < limits["fewest"]]
        if not small or len(m.counts) < 2:
            continue
        low, high = wilson(0.2 * min(small), min(small))
        few = f"{plural(len(small), 'group')} of {len(m.counts):,} in `{m.column}`"
        holds = "holds" if len(small) == 1 else "hold"
        found.append(
            Found(
                columns=(m.column,),
                severity="warning",
                message=f"{few} {holds} fewer than {limits['fewest']:.0f} rows, together "
                f"{of(sum(small), sum(m.counts))}; in the smallest ({plural(min(small), 'row')}), a "
                "measured rate "
                f"of 20 % could be anything from {percent(low)} to {percent(high)}.",
                action="Collect more of these groups, join those that are alike, or say that the model is "
                "not for "
                "them.",
                evidence={"groups": len(m.counts), "small": len(small), "smallest": min(small)},
                weight=sum(small) / max(1, sum(m.counts)),
            )
        )
    return found


def bad() -> Example:
    """Twelve of eight hundred come from the islands."""
    random = np.random.default_rng(7)
    region = np.array(["north"] * 400 + ["south"] * 388 + ["islands"] * 12)
    table = pd.DataFrame({"region": region, "spend": random.normal(size=800)})
    return Example(table, ("region",), {"group": "region"})


def good() -> Example:
    """The smallest of three has a hundred and twenty."""
    random = np.random.default_rng(7)
    region = np.array(["north"] * 400 + ["south"] * 280 + ["islands"] * 120)
    return Example(
        pd.DataFrame({"region": region, "spend": random.normal(size=800)}), (), {"group": "region"}
    )
