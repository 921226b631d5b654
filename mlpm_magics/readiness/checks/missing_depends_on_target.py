"""Where gaps go with the answer, the gaps themselves tell a story.

Sometimes a value is asked for only after the decision, sometimes people leave it out for a reason. A model
will use the gap, and it will fail when the form changes.

Source: Kapoor and Narayanan 2023 (leakage); AIDRIN 2024.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.evidence.columns.chance import Gap, outcome_codes, widest_gap
from mlpm_magics.readiness.found import Example, Found, Limits, of, percent
from mlpm_magics.table import Table

QUESTION = "unbiased"
WHY = "A model learns from the gap instead of from the value."
NEEDS = ("target",)
_FEWEST = 30


@dataclass(frozen=True)
class Measured:
    """How the missing rate of a column differs between outcomes."""

    column: str
    gap: Gap
    by_class: bool


def measure(table: Table) -> list[Measured]:
    """Compare the share missing between classes, or between quarters of a numeric target."""
    codes = outcome_codes(table)
    gappy = [column for column in table.features if 0 < column.missing < column.rows]
    if codes is None:
        return []
    by_class = table.task == "classes"
    gaps = ((c, widest_gap(c.is_missing, codes, _FEWEST, len(gappy))) for c in gappy)
    return [Measured(column.name, gap, by_class) for column, gap in gaps if gap is not None]


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """The difference must be large, and larger than chance can explain."""
    found = []
    for m in measured:
        difference = m.gap.high_rate - m.gap.low_rate
        if difference < limits["difference"] or m.gap.sure < limits["difference"] / 4:
            continue
        what = "class" if m.by_class else "quarter"
        found.append(
            Found(
                columns=(m.column,),
                severity="warning",
                message=f"`{m.column}` is missing in {of(*m.gap.high)} of one {what} of the target, but "
                "only in "
                f"{of(*m.gap.low)} of another: {percent(difference)[:-2]} percentage points apart.",
                action="Ask when and by whom it is filled in; if that happens after the outcome, leave it "
                "out.",
                evidence={"highest": m.gap.high_rate, "lowest": m.gap.low_rate, "groups": m.gap.groups},
                weight=difference,
            )
        )
    return found


def _table(depends: bool) -> pd.DataFrame:
    random = np.random.default_rng(9)
    left = random.random(2400) < 0.3
    rate = np.where(left, 0.5, 0.1) if depends else np.full(2400, 0.22)
    survey = np.where(random.random(2400) < rate, np.nan, random.normal(size=2400))
    return pd.DataFrame({"survey": survey, "visits": random.poisson(4, 2400), "left": left})


def bad() -> Example:
    """Those who left did not answer the survey."""
    return Example(_table(depends=True), ("survey",), {"target": "left"})


def good() -> Example:
    """As many gaps, but not where people left."""
    return Example(_table(depends=False).drop(columns="visits"), (), {"target": "left"})
