"""If one group is measured less, the model knows less about it.

Gaps that fall on one group make the model guess for that group; the guess is an average of the others.

Source: Suresh and Guttag (measurement bias); AIDRIN 2024.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.evidence.columns.chance import Gap, widest_gap
from mlpm_magics.readiness.found import Example, Found, Limits, of, percent
from mlpm_magics.table import Table

QUESTION = "unbiased"
WHY = "For a group with more gaps, the model guesses from the others."
NEEDS = ("group",)
_FEWEST = 30


@dataclass(frozen=True)
class Measured:
    """How the missing rate of a column differs between the groups of another."""

    column: str
    group: str
    gap: Gap


def measure(table: Table) -> list[Measured]:
    """Compare the share missing between the groups."""
    gappy = [c for c in table.columns if 0 < c.missing < c.rows and c not in table.groups]
    measured = []
    for group in table.groups:
        if group.kind in ("nested", "empty"):
            continue
        for column in gappy:
            gap = widest_gap(column.is_missing, group.codes, _FEWEST, len(gappy) * len(table.groups))
            if gap is not None:
                measured.append(Measured(column.name, group.name, gap))
    return measured


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """The difference must be large, and larger than chance can explain."""
    found = []
    for m in measured:
        difference = m.gap.high_rate - m.gap.low_rate
        if difference < limits["difference"] or m.gap.sure < limits["difference"] / 4:
            continue
        found.append(
            Found(
                columns=(m.column,),
                severity="warning",
                message=f"`{m.column}` is missing in {of(*m.gap.high)} of one group of `{m.group}`, but "
                "only in "
                f"{of(*m.gap.low)} of another: {percent(difference)[:-2]} percentage points apart.",
                action="Ask why this group is measured less, and close the gap at its source before "
                "filling it.",
                evidence={"highest": m.gap.high_rate, "lowest": m.gap.low_rate, "groups": m.gap.groups},
                weight=difference,
            )
        )
    return found


def _table(depends: bool) -> pd.DataFrame:
    random = np.random.default_rng(10)
    region = random.choice(["north", "south"], 2000)
    rate = np.where(region == "south", 0.35, 0.08) if depends else np.full(2000, 0.2)
    income = np.where(random.random(2000) < rate, np.nan, random.normal(size=2000))
    return pd.DataFrame({"region": region, "income": income})


def bad() -> Example:
    """In the south, income is missing four times as often."""
    return Example(_table(depends=True), ("income",), {"group": "region"})


def good() -> Example:
    """As many gaps, evenly spread."""
    return Example(_table(depends=False), (), {"group": "region"})
