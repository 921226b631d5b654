"""An answer that hardly ever occurs cannot be learned or tested.

What counts is how many cases of the rare answer there are, not their share: one percent of a million rows is
plenty, one percent of a thousand is ten cases.

Source: rule of thumb (fewer than 50 cases of the rare class), see `limits.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.evidence.columns.chance import wilson
from mlpm_magics.readiness.found import Example, Found, Limits, of, percent, plural
from mlpm_magics.table import Table

QUESTION = "sufficient"
WHY = "A model sees too few of these cases to recognise them, and a test too few to tell whether it does."
NEEDS = ("target",)


@dataclass(frozen=True)
class Measured:
    """Rows per class of the target, the rarest first."""

    column: str
    counts: tuple[int, ...]


def measure(table: Table) -> list[Measured]:
    """Count the classes; a number has none."""
    target = table.target
    if target is None or table.task != "classes" or target.kind == "empty":
        return []
    return [Measured(target.name, tuple(sorted(int(n) for n in target.total_counts if n)))]


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """Judge by the number of cases, and leave tables that are small as a whole to `too_few_rows`."""
    found = []
    for m in measured:
        total = sum(m.counts)
        rare = [n for n in m.counts if n < limits["caution"]]
        small_table = total < 2 * limits["caution"] * len(m.counts)
        if len(m.counts) < 2 or not rare or (small_table and rare[0] >= limits["blocker"]):
            continue
        hardly = len(m.counts) == 2 and rare[0] < limits["blocker"]
        tested = max(1, round(0.3 * rare[0]))
        low, high = wilson(0.7 * tested, tested)
        many = (
            f"{plural(len(rare), 'class', 'classes')} of {len(m.counts)} have"
            if len(rare) > 1
            else "One class has"
        )
        message = (
            f"{many} fewer than {limits['caution']:.0f} rows in `{m.column}`; the rarest has "
            f"{of(rare[0], total)}. "
            f"A test would hold about {tested:,} of them: finding 70 % could then mean anything from "
            f"{percent(low)} to {percent(high)}."
        )
        found.append(
            Found(
                (m.column,),
                "blocker" if hardly else "warning",
                message,
                "Collect more of these cases, join classes that lead to the same action, or treat it as "
                "looking for "
                "the unusual.",
                {"rarest": rare[0], "classes": len(m.counts), "rare_classes": len(rare)},
                1 - rare[0] / total,
            )
        )
    return found


def bad() -> Example:
    """Fifteen frauds in three thousand payments."""
    random = np.random.default_rng(3)
    fraud = np.array(["no"] * 2985 + ["yes"] * 15)
    return Example(
        pd.DataFrame({"fraud": fraud, "amount": random.normal(size=3000)}), ("fraud",), {"target": "fraud"}
    )


def good() -> Example:
    """One percent as well, but of thirty thousand."""
    random = np.random.default_rng(3)
    fraud = np.array(["no"] * 29_700 + ["yes"] * 300)
    return Example(
        pd.DataFrame({"fraud": fraud, "amount": random.normal(size=30_000)}), (), {"target": "fraud"}
    )
