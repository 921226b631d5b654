"""A date centuries away is a slip of the hand.

Year 0202 or 2202 instead of 2022 turns ages and waiting times into nonsense. Old tables full of old dates are
left alone.

Source: rule of the house; limits in `limits.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.readiness.found import Example, Found, Limits, number, of
from mlpm_magics.table import Table
from mlpm_magics.table.dates import DAY
from mlpm_magics.table.plain import Array

QUESTION = "high_quality"
WHY = "One wrong century spoils every age and duration that is computed from it."
NEEDS = ()
_YEAR = 365.25
_FEWEST = 20


@dataclass(frozen=True)
class Measured:
    """Dates that stand apart from all others: how many, and by how many years."""

    column: str
    apart: int
    rows: int
    years: float


def measure(table: Table) -> list[Measured]:
    """Dates beyond the widest hole at either end; at most one in twenty can be a slip."""
    measured = []
    for column in table.columns:
        if column.dates is None or len(column.dates.filled) < _FEWEST:
            continue
        days = np.sort(column.dates.filled // DAY)
        early, late = _beyond(-days[::-1]), _beyond(days)
        apart = early[0] + late[0]
        if apart:
            measured.append(Measured(column.name, apart, len(days), max(early[1], late[1])))
    return measured


def _beyond(days: Array) -> tuple[int, float]:
    """How many of the largest lie beyond the widest hole near the end, and how wide it is in years."""
    most = max(1, len(days) // 20)
    holes = np.diff(days[-most - 1 :])
    bulk = days[-most - 1] - days[len(days) // 20]
    at = int(holes.argmax())
    wide = holes[at] > max(20 * _YEAR, 2 * bulk) or (holes[at] > 20 * _YEAR and holes[at] > bulk)
    return (len(holes) - at, float(holes[at]) / _YEAR) if wide else (0, 0.0)


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """Decades apart from all others."""
    return [
        Found(
            columns=(m.column,),
            severity="warning",
            message=f"{of(m.apart, m.rows, 'dates')} in `{m.column}` lie at least {number(m.years)} years "
            "apart from "
            "all others.",
            action="Look at how they were entered, and correct or blank them.",
            evidence={"apart": m.apart, "rows": m.rows, "years": m.years},
            weight=m.apart / m.rows,
        )
        for m in measured
        if m.years >= limits["years"]
    ]


def bad() -> Example:
    """Four sign-ups in the year 2202."""
    random = np.random.default_rng(26)
    day = pd.Timestamp("2020-01-01") + pd.to_timedelta(random.integers(0, 900, 1500), unit="D")
    table = pd.DataFrame({"signup": day, "spend": random.normal(size=1500)})
    table.loc[:3, "signup"] = pd.Timestamp("2202-02-03")
    return Example(table, ("signup",))


def good() -> Example:
    """Dates of birth over ninety years, and a parish register of the 18th century."""
    random = np.random.default_rng(26)
    birth = pd.Timestamp("1925-01-01") + pd.to_timedelta(random.integers(0, 30_000, 1500), unit="D")
    baptism = np.datetime64("1740-01-01") + random.integers(0, 20_000, 1500).astype("timedelta64[D]")
    baptism = baptism.astype("datetime64[s]")
    return Example(pd.DataFrame({"opened": birth, "baptism": baptism, "spend": random.normal(size=1500)}))
