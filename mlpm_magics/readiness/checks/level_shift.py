"""A level that jumps from one day to the next and stays there is usually a new unit or a new definition.

Euros become cents, a sensor is exchanged, a form changes. What lies before the jump and after it does not
mean the same. A trend, a season and a spell that passes are not a jump.

Source: Sambasivan and others 2021 (data cascades); Breck and others 2017.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.evidence.columns.quick import ranks
from mlpm_magics.readiness.found import Example, Found, Limits, number
from mlpm_magics.readiness.history import history, step_in
from mlpm_magics.table import Table

QUESTION = "high_quality"
WHY = "One column then holds two different things, and a model mixes them."
NEEDS = ("time",)
_FEWEST = 300


@dataclass(frozen=True)
class Measured:
    """The best step of a column in the order of time, in deviations of its ranks and in standard errors.

    `before` and `after` are medians; `day` is an ordinal.
    """

    column: str
    jump: float
    errors: float
    clean: bool
    before: float
    after: float
    day: int


def measure(table: Table) -> list[Measured]:
    """Look at every number that is no counter; ranks, so that a heavy tail makes no step."""
    measured = []
    of = history(table, _FEWEST)
    for column in table.columns:
        if column.kind != "number" or column is table.time or column is table.entity:
            continue
        if column.is_identifier or column.spread.distinct < 10:
            continue
        values = column.numbers[of.rows].astype(np.float64)
        known = ~column.is_missing[of.rows] & np.isfinite(values)
        values, days = values[known], of.days[known]
        if len(values) < _FEWEST:
            continue
        step = step_in(ranks(values), days)
        later = days >= step.day
        if later.any() and not later.all():
            middle = float(np.median(values[~later])), float(np.median(values[later]))
            day = int(step.day) + 719_163
            measured.append(Measured(column.name, abs(step.jump), step.errors, step.clean, *middle, day))
    return measured


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """A jump that is large, certain, and all there is besides trend and season."""
    found = []
    for m in measured:
        if m.jump < limits["jump"] or m.errors < limits["errors"] or not m.clean:
            continue
        ratio = m.after / m.before if m.before and m.after / m.before > 0 else 0.0
        times = f", {number(max(ratio, 1 / ratio))} times apart" if ratio else ""
        found.append(
            Found(
                (m.column,),
                "warning",
                f"The level of `{m.column}` jumps around {dt.date.fromordinal(m.day).isoformat()} and stays: "
                f"{number(m.jump)} standard deviations (of ranks){times}.",
                "Ask what changed that day (a unit, a sensor, a definition); convert one side, or learn from "
                "one only.",
                {"jump": m.jump, "standard_errors": m.errors, "ratio": ratio},
                min(1.0, m.jump / 2),
            )
        )
    return found


def _table(step: bool) -> pd.DataFrame:
    random = np.random.default_rng(43)
    day = np.sort(random.integers(0, 900, 4000))
    weight = random.lognormal(4, 0.4, 4000) * np.exp(0.3 * np.sin(2 * np.pi * day / 365.25))
    weight *= np.where(day > 500, 2.2, 1.0) if step else 1 + day / 900
    when = pd.Timestamp("2022-01-01") + pd.to_timedelta(day, unit="D")
    return pd.DataFrame({"day": when, "weight": weight, "visits": random.poisson(5, 4000)})


def bad() -> Example:
    """Kilograms become pounds."""
    return Example(_table(step=True), ("weight",), {"time": "day", "as_of": "2024-06-20"})


def good() -> Example:
    """As much growth, but little by little, and a season."""
    return Example(_table(step=False), (), {"time": "day", "as_of": "2024-06-20"})
