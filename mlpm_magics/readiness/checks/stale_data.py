"""Old data describes an old world.

How old is too old depends on how often you decide and how fast things change; where the cadence is known,
three steps of it, otherwise a season.

Source: Observer 2021 on Zillow Offers; rule of thumb (three steps), see `limits.yaml`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.readiness.found import CannotTellError, Example, Found, Limits, span
from mlpm_magics.table import Table
from mlpm_magics.table.dates import DAY

QUESTION = "fresh"
WHY = "A model repeats what was true when its data ended."
NEEDS = ("time",)
_EPOCH = 719_163


@dataclass(frozen=True)
class Measured:
    """Days from the newest row to the day that counts, and the step of the data (`told`: by the user)."""

    column: str
    age: int
    step: float
    told: bool
    words: str
    as_of: str


def measure(table: Table) -> list[Measured]:
    """The age of the newest row; rows from the future do not make a table fresh."""
    if table.time is None or table.moments is None or not len(table.moments.filled):
        raise CannotTellError(f"`{table.time.name if table.time else ''}` cannot be read as dates")
    days = np.unique(table.moments.filled // DAY)
    today = table.as_of.toordinal() - _EPOCH
    past = days[days <= today]
    if not len(past):
        raise CannotTellError(f"every date in `{table.time.name}` is later than {table.as_of.isoformat()}")
    newest = int(past[-1])
    if table.time.whole and isinstance(table.time.whole.high, dt.datetime):
        newest = max(newest, min(today, table.time.whole.high.toordinal() - _EPOCH))
    usual = float(np.median(np.diff(past))) if len(past) > 2 else 1.0
    step = table.cadence.days if table.cadence else usual
    words = table.cadence.words if table.cadence else ""
    told = table.cadence is not None
    return [Measured(table.time.name, today - newest, step, told, words, table.as_of.isoformat())]


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """Older than three steps; where no cadence was told, older than a season as well."""
    found = []
    for m in measured:
        allowed = max(1.0, limits["steps"] * m.step)
        if not m.told:
            allowed = max(allowed, limits["season"])
        if m.age <= allowed:
            continue
        due = f"although a new one should come every {m.words}" if m.told else "and no cadence was named"
        found.append(
            Found(
                columns=(m.column,),
                severity="warning",
                message=f"The newest row, by `{m.column}`, is {span(m.age)} older than {m.as_of}, {due}.",
                action="Ask for the latest data, and what has changed since; then test on the newest part.",
                evidence={"days": m.age, "allowed": allowed},
                weight=1 - allowed / m.age,
            )
        )
    return found


def _table(ends: str) -> pd.DataFrame:
    random = np.random.default_rng(23)
    day = pd.Timestamp(ends) - pd.to_timedelta(random.integers(0, 900, 1500), unit="D")
    return pd.DataFrame({"day": day, "sales": random.normal(size=1500)})


def bad() -> Example:
    """The export ended fourteen months ago."""
    return Example(_table("2023-01-02"), ("day",), {"time": "day", "as_of": "2024-03-01"})


def good() -> Example:
    """The newest row is of yesterday."""
    return Example(_table("2024-02-29"), (), {"time": "day", "as_of": "2024-03-01", "cadence": "1d"})
