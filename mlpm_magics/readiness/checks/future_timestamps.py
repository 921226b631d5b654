"""A row from the future was not observed.

It is a plan, a wrong clock or a slip in the year; a model that learns from it learns from something that
has not happened.

Source: rule of the house.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.readiness.found import Example, Found, Limits, of, span
from mlpm_magics.table import Table
from mlpm_magics.table.dates import DAY

QUESTION = "fresh"
WHY = "What has not happened yet cannot be learned from."
NEEDS = ("time",)
SILENCES = ("implausible_dates",)
_EPOCH = 719_163


@dataclass(frozen=True)
class Measured:
    """Rows later than the day after the one that counts, and how far the last one is ahead."""

    column: str
    later: int
    rows: int
    ahead: int
    as_of: str


def measure(table: Table) -> list[Measured]:
    """Look at the time column; other dates may well lie ahead. A day is left for time zones."""
    if table.time is None or table.moments is None or not len(table.moments.filled):
        return []
    today = table.as_of.toordinal() - _EPOCH
    days = table.moments.filled // DAY
    later = int(np.count_nonzero(days > today + 1))
    return [Measured(table.time.name, later, len(days), int(days.max()) - today, table.as_of.isoformat())]


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """Any is a warning."""
    return [
        Found(
            columns=(m.column,),
            severity="warning",
            message=f"{of(m.later, m.rows)} of `{m.column}` are later than {m.as_of}, the last by "
            f"{span(m.ahead)}.",
            action="Ask whether these are plans, a wrong clock or slips; leave them out of what is "
            "learned from.",
            evidence={"later": m.later, "rows": m.rows, "days_ahead": m.ahead},
            weight=m.later / m.rows,
        )
        for m in measured
        if m.later
    ]


def _table() -> pd.DataFrame:
    random = np.random.default_rng(25)
    day = pd.Timestamp("2021-01-01") + pd.to_timedelta(random.integers(0, 1100, 1500), unit="D")
    return pd.DataFrame({"day": day, "spend": random.normal(size=1500)})


def bad() -> Example:
    """Nine rows of next year."""
    table = _table()
    table.loc[:8, "day"] = pd.Timestamp("2025-01-06")
    return Example(table, ("day",), {"time": "day", "as_of": "2024-01-10"})


def good() -> Example:
    """All before today; when a contract ends lies ahead, as it should."""
    table = _table()
    table["ends"] = table["day"] + pd.Timedelta(days=400)
    return Example(table, (), {"time": "day", "as_of": "2024-01-10"})
