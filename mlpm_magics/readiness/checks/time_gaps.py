"""Where a stretch of time is missing, something happened that nobody wrote down.

An outage, a strike, a lost file: what lies before and after may not be comparable. Weekends without rows are
ordinary.

Source: rule of the house; limits in `limits.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.readiness.found import Example, Found, Limits, number, percent, plural, span
from mlpm_magics.table import Table
from mlpm_magics.table.dates import DAY
from mlpm_magics.table.plain import Array

QUESTION = "available"
WHY = "A hole in time hides what happened in it, and breaks everything that counts days."
NEEDS = ("time",)
_FEWEST = 20
_EPOCH = 719_163


@dataclass(frozen=True)
class Measured:
    """Holes in time: how many, the longest and the usual step in days, their share of the history."""

    column: str
    holes: int
    longest: float
    share: float
    usual: float


def measure(table: Table) -> list[Measured]:
    """Steps between neighbouring times of rows, held against the cadence or the usual step."""
    if table.time is None or table.moments is None:
        return []
    seconds = table.moments.filled
    seconds = seconds[seconds < (table.as_of.toordinal() - _EPOCH + 2) * DAY]
    whole_days = not (seconds % DAY).any() or table.cadence is None or table.cadence.days >= 1
    times = np.unique(seconds // DAY * DAY if whole_days else seconds)
    if len(times) < _FEWEST:
        return []
    steps = np.diff(times) / DAY
    usual = table.cadence.days if table.cadence else float(np.median(steps))
    longer = steps > _allowed(usual, steps)
    if whole_days and usual < 5:
        longer &= ~_weekends(times, steps)
    holes = steps[longer]
    if not len(holes):
        return []
    return [
        Measured(table.time.name, len(holes), float(holes.max()), float(holes.sum() / steps.sum()), usual)
    ]


def _allowed(usual: float, steps: Array) -> float:
    """Twice the usual step, or what chance makes once in a thousand tables where rows come now and then."""
    due = max(len(steps) + 1.0, float(steps.sum()) / usual)
    absent = 1 - (len(steps) + 1) / (due + 1)
    by_chance = np.log(1000 * len(steps)) / -np.log(absent) if 0 < absent < 1 else 0.0
    return max(2.0 * usual, usual * float(by_chance))


def _weekends(times: Array, steps: Array) -> Array:
    """Steps over a weekend (with a day off beside it), in data that has hardly a weekend."""
    weekday = (times // DAY + 3) % 7
    has_weekends = np.mean(weekday >= 5) > 0.05
    return (steps <= 4) & (weekday[1:] <= 1) & (not has_weekends)


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """A warning from a share of the history on, or where one hole is many steps long."""
    found = []
    for m in measured:
        serious = m.share >= limits["share"] or m.longest >= limits["steps"] * m.usual
        found.append(
            Found(
                columns=(m.column,),
                severity="warning" if serious else "info",
                message=f"`{m.column}` has {plural(m.holes, 'gap')} without any row, together "
                f"{percent(m.share)} of the "
                f"history; the longest lasts {span(m.longest)}, where a step of {number(m.usual)} is usual.",
                action="Ask what happened then; mark the gap, and do not fill it by guessing.",
                evidence={"gaps": m.holes, "longest_days": m.longest, "share": m.share},
                weight=m.share,
            )
        )
    return found


def bad() -> Example:
    """Seven weeks are missing from three years."""
    random = np.random.default_rng(24)
    day = pd.date_range("2021-01-01", "2023-12-31", freq="D")
    day = day[(day < pd.Timestamp("2022-06-01")) | (day > pd.Timestamp("2022-07-20"))]
    table = pd.DataFrame({"day": day, "sales": random.normal(size=len(day))})
    return Example(table, ("day",), {"time": "day", "as_of": "2024-01-02"})


def good() -> Example:
    """Closed at weekends and on some Mondays."""
    random = np.random.default_rng(24)
    day = pd.bdate_range("2019-01-01", "2023-12-29")
    day = day[~((day.day_name() == "Monday") & (random.random(len(day)) < 0.05))]
    table = pd.DataFrame({"day": day, "sales": random.normal(size=len(day))})
    return Example(table, (), {"time": "day", "as_of": "2023-12-30", "cadence": "1d"})
