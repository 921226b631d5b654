"""If the answers have shifted, a model of the past expects too many of one kind.

The rate of each class (or the level of a numeric target) in the last months is held against the same months
of earlier years. Where no month was seen twice, only what no season can look like is named.

Source: Huyen 2022; limits are rules of thumb, see `limits.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.evidence.columns.chance import newcombe
from mlpm_magics.evidence.columns.quick import outcomes
from mlpm_magics.readiness.found import CannotTellError, Example, Found, Limits, number, of, span
from mlpm_magics.readiness.history import history, step_in, windows
from mlpm_magics.table import Table

QUESTION = "fresh"
WHY = "A model that learned the old rate is wrong about the new one from the first day."
NEEDS = ("target", "time")
_FEWEST, _BEND, _Z = 100, 5.0, 3.5


@dataclass(frozen=True)
class Measured:
    """A class (or the level, in deviations of ranks) then and now; `sure`: the part of it beyond chance."""

    column: str
    then: tuple[int, int]
    now: tuple[int, int]
    moved: float
    sure: float
    season: bool
    days: float


def measure(table: Table) -> list[Measured]:
    """Compare every frequent class, or the ranks of a number; the one that moved most."""
    target = table.target
    if target is None or table.task == "other" or target.kind in ("nested", "empty"):
        return []
    time = history(table, 2 * _FEWEST)
    known = ~target.is_missing[time.rows]
    if target.plain.values is not None:
        known &= np.isfinite(target.numbers[time.rows].astype(np.float64))
    wanted = outcomes(table, time.rows[known]) if known.sum() >= 2 * _FEWEST else None
    if wanted is None:
        return []
    classes = table.task == "classes"
    tried = []
    for old, recent in windows(time):
        old, recent = old[known], recent[known]
        if min(old.sum(), recent.sum()) < _FEWEST:
            continue
        for values in wanted.T.astype(np.float64):
            then, now = values[old], values[recent]
            moved = float(now.mean() - then.mean())
            if classes:
                counts = (int(then.sum()), len(then)), (int(now.sum()), len(now))
                low, high = newcombe(counts[1], counts[0], _Z)
                sure = max(low, -high, 0.0)
            else:
                counts = (0, len(then)), (0, len(now))
                error = float(np.sqrt(then.var() / len(then) + now.var() / len(now)))
                sure = max(0.0, abs(moved) - _Z * error)
            season = False
            if not time.season_seen:
                season = step_in(values, time.days[known], trend=False, ramps=True).errors < _BEND
            tried.append(Measured(target.name, *counts, moved, sure, season, time.span))
    return [max(tried, key=lambda m: m.sure)] if tried else []


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """Large and beyond chance; what may be a season is left open."""
    found = []
    for m in measured:
        low, high = sorted((m.then[0] / m.then[1], m.now[0] / m.now[1]))
        classes = high > 0
        base = min(low, 1 - high)
        large = abs(m.moved) >= limits["deviations"]
        if classes:
            large = abs(m.moved) >= limits["difference"] or (
                abs(m.moved) >= limits["relative"] * max(base, 0.01) and abs(m.moved) >= 0.02
            )
        if not large or m.sure <= 0:
            continue
        if m.season:
            raise CannotTellError(
                f"`{m.column}` differs between old and recent rows, and {span(m.days)} are too short to tell "
                "a change from a season"
            )
        if classes:
            message = (
                f"One answer of `{m.column}` was given in {of(*m.then)} before and is in {of(*m.now)} of the "
                "recent ones."
            )
            evidence = {"then": m.then[0] / m.then[1], "now": m.now[0] / m.now[1]}
        else:
            message = (
                f"The level of `{m.column}` has moved by {number(abs(m.moved))} standard deviations (of "
                f"ranks) between older and recent rows."
            )
            evidence = {"moved": m.moved}
        action = "Ask what changed; learn from recent rows, and test on the latest months only."
        found.append(Found((m.column,), "warning", message, action, evidence, min(1.0, abs(m.moved))))
    return found


def _table(late: float) -> pd.DataFrame:
    random = np.random.default_rng(45)
    day = np.sort(random.integers(0, 1095, 5000))
    rate = 0.2 + 0.1 * np.sin(2 * np.pi * day / 365.25) + np.where(day > 780, late, 0.0)
    when = pd.Timestamp("2021-01-01") + pd.to_timedelta(day, unit="D")
    visits = random.poisson(5, 5000)
    left = random.random(5000) < rate * (1.5 - 0.1 * visits)
    return pd.DataFrame({"day": when, "visits": visits, "left": left})


def bad() -> Example:
    """Since last spring, more people leave."""
    return Example(_table(0.2), ("left",), {"target": "left", "time": "day", "as_of": "2024-01-02"})


def good() -> Example:
    """Every summer more people leave."""
    return Example(_table(0.0), (), {"target": "left", "time": "day", "as_of": "2024-01-02"})
