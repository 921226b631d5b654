"""A pattern that was seen once may never come back.

Weekdays, seasons and paydays repeat; a model can tell them from a one-off only after it has seen them at
least twice.

Source: knowledge of the house (fewer than two seasons), see `limits.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.readiness.found import Example, Found, Limits, number, span
from mlpm_magics.table import Table
from mlpm_magics.table.dates import DAY

QUESTION = "sufficient"
WHY = "What repeats can only be learned after it has repeated."
NEEDS = ("time",)


@dataclass(frozen=True)
class Measured:
    """Days from the first to the last row, and steps of the cadence in them (0: no cadence)."""

    column: str
    days: float
    steps: float
    words: str


def measure(table: Table) -> list[Measured]:
    """The length of the history, without its rarest hundredth at either end: a stray date is no history."""
    if table.time is None or table.moments is None or len(table.moments.filled) < 2:
        return []
    ordered = np.sort(table.moments.filled)
    first, last = ordered[int(0.01 * len(ordered))], ordered[int(0.99 * (len(ordered) - 1))]
    days = float(last - first) / DAY
    steps = days / table.cadence.days if table.cadence else 0.0
    return [Measured(table.time.name, days, steps, table.cadence.words if table.cadence else "")]


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """Under a season, or under so many steps, it is a warning; under two years, a note."""
    found = []
    for m in measured:
        few_steps = 0 < m.steps < limits["steps"]
        if m.days >= limits["two_years"] and not few_steps:
            continue
        serious = m.days < limits["season"] or few_steps
        steps = f", {number(m.steps)} steps of {m.words}" if few_steps else ""
        season = "a season" if m.days < limits["season"] else "a yearly pattern"
        found.append(
            Found(
                columns=(m.column,),
                severity="warning" if serious else "info",
                message=f"The history in `{m.column}` covers {span(m.days)}{steps}: {season} cannot be "
                "told from a one-off.",
                action="Ask for older data, or test the model forward in time before trusting it through "
                "a season.",
                evidence={"days": m.days},
                weight=1 - min(1.0, m.days / limits["two_years"]),
            )
        )
    return found


def bad() -> Example:
    """Three weeks."""
    random = np.random.default_rng(8)
    day = pd.Timestamp("2024-05-01") + pd.to_timedelta(random.integers(0, 21, 1500), unit="D")
    table = pd.DataFrame({"day": day, "sales": random.normal(size=1500)})
    return Example(table, ("day",), {"time": "day", "as_of": "2024-05-22"})


def good() -> Example:
    """Three years."""
    random = np.random.default_rng(8)
    day = pd.Timestamp("2021-05-01") + pd.to_timedelta(random.integers(0, 1096, 1500), unit="D")
    table = pd.DataFrame({"day": day, "sales": random.normal(size=1500)})
    return Example(table, (), {"time": "day", "as_of": "2024-05-02"})
