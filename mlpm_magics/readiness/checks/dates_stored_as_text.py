"""A date written as text has no before and after.

In one clear layout it is quickly converted. In several, or where day and month cannot be told apart, some
dates will be read wrongly without anybody noticing.

Source: rule of the house.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.readiness.found import Example, Found, Limits, of
from mlpm_magics.table import Table
from mlpm_magics.table.dates import Dates

QUESTION = "high_quality"
WHY = "A text has no order in time, and 03/04 is a day in March or in April."
NEEDS = ()
SILENCES = ("numbers_stored_as_text", "inconsistent_categories", "identifier_column")


@dataclass(frozen=True)
class Measured:
    """A text column of dates: rows read and not, layouts, and whether day and month are unclear."""

    column: str
    read: int
    unread: int
    layouts: int
    unclear: bool


def measure(table: Table) -> list[Measured]:
    """Text columns that are dates."""
    measured = []
    for column in table.columns:
        dates: Dates | None = column.dates
        if dates is not None and dates.as_text and column.plain.form == "string":
            read = int(np.count_nonzero(dates.valid))
            measured.append(Measured(column.name, read, dates.unread, len(dates.layouts), dates.either_order))
    return measured


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """One layout is a note; several, an unclear order or texts that are no date are a warning."""
    found = []
    for m in measured:
        parts = [
            f"`{m.column}` holds dates as text: {of(m.read, m.read + m.unread, 'filled rows')} can be read"
        ]
        if m.layouts > 1:
            parts.append(f"they are written in {m.layouts} ways")
        if m.unclear:
            parts.append("day and month cannot be told apart")
        found.append(
            Found(
                columns=(m.column,),
                severity="warning" if m.layouts > 1 or m.unclear or m.unread else "info",
                message=", ".join(parts) + ".",
                action="Convert it to dates in one place, and ask which layout is meant where it is unclear.",
                evidence={"read": m.read, "unread": m.unread, "layouts": m.layouts},
                weight=0.3,
            )
        )
    return found


def bad() -> Example:
    """Sign-up dates as text."""
    random = np.random.default_rng(15)
    days = pd.Timestamp("2023-01-01") + pd.to_timedelta(random.integers(0, 700, 1500), unit="D")
    return Example(
        pd.DataFrame({"signup": days.strftime("%d/%m/%Y"), "spend": random.normal(size=1500)}), ("signup",)
    )


def good() -> Example:
    """Real dates, and part numbers that look like dates."""
    random = np.random.default_rng(15)
    days = pd.Timestamp("2023-01-01") + pd.to_timedelta(random.integers(0, 700, 1500), unit="D")
    part = [f"{a}-{b}-{c}" for a, b, c in random.integers(10, 99, (1500, 3))]
    return Example(pd.DataFrame({"signup": days, "part": part, "spend": random.normal(size=1500)}))
