"""Where a stretch of time is missing, something happened that nobody wrote down.

An outage, a strike, a lost file: what lies before and after may not be comparable. Weekends without rows are
ordinary. Where an entity is named, its own steps are looked at too: what one stopped writing, others hide. An
entity must be far quieter than its own habit, while the table as a whole goes on.

Source: rule of the house; limits in `limits.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator
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
_FEWEST, _MOST_ENTITIES = 20, 2_000
_STEADY, _RARE = 0.8, 0.05  # of its steps: as usual, and longer, for what comes steadily and has a hole
_EPOCH = 719_163


@dataclass(frozen=True)
class Measured:
    """Holes in time: how many, the longest and the usual step in days, their share of the history.

    `entity`: the column in whose single values they are; "" for the table. `entities`: how many of the values
    `looked` at, which are those that come steadily, have one.
    """

    column: str
    holes: int
    longest: float
    share: float
    usual: float
    entity: str = ""
    entities: int = 0
    looked: int = 0


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
    return [*_of_table(table, times, whole_days), *_of_entities(table, whole_days)]


def _of_table(table: Table, times: Array, whole_days: bool) -> Iterator[Measured]:
    """Stretches in which no row of the table lies."""
    steps = np.diff(times) / DAY
    usual = table.cadence.days if table.cadence else float(np.median(steps))
    longer = steps > _allowed(usual, steps)
    if whole_days and usual < 5:
        longer &= ~_weekends(times, steps)
    holes = steps[longer]
    if table.time is not None and len(holes):
        share = float(holes.sum() / steps.sum())
        yield Measured(table.time.name, len(holes), float(holes.max()), share, usual)


def _of_entities(table: Table, whole_days: bool) -> Iterator[Measured]:
    """Stretches in which one entity is silent and others are not.

    Steps are counted in the times that the table has, so that weekends and holes of all are none of one. Only
    entities that come steadily are held against their own habit; who comes now and then has no gaps.
    """
    entity, moments, time = table.entity, table.moments, table.time
    if entity is None or moments is None or time is None or entity.kind in ("nested", "empty"):
        return
    there = moments.valid & (entity.codes >= 0)
    there &= moments.seconds < (table.as_of.toordinal() - _EPOCH + 2) * DAY
    codes = entity.codes[there]
    rows = np.bincount(codes)
    frequent = np.flatnonzero(rows > _FEWEST)
    if len(frequent) < 2:
        return
    tick = DAY if whole_days or table.cadence is None else max(1, round(table.cadence.days * DAY))
    times, place = np.unique(moments.seconds[there] // tick * tick, return_inverse=True)
    some = frequent[np.linspace(0, len(frequent) - 1, min(len(frequent), _MOST_ENTITIES)).astype(int)]
    kept = np.isin(codes, some)
    both = np.unique(codes[kept].astype(np.int64) * len(times) + place[kept])
    code, at = np.divmod(both, len(times))
    holes: list[float] = []
    usual: list[float] = []
    looked, silent, history = 0, 0, 0.0
    for one in np.split(at, np.flatnonzero(np.diff(code)) + 1):
        steps = np.diff(one)
        if len(steps) < _FEWEST:
            continue
        step = float(np.median(steps))
        longer = steps > _allowed(step, steps)
        if (steps <= 1.5 * step).mean() < _STEADY or longer.mean() > _RARE:
            continue
        days = np.diff(times[one]) / DAY
        looked, silent, history = looked + 1, silent + bool(longer.any()), history + float(days.sum())
        holes += days[longer].tolist()
        usual += [float(np.median(days))] if longer.any() else []
    if holes:
        share = sum(holes) / history
        yield Measured(
            time.name, len(holes), max(holes), share, float(np.median(usual)), entity.name, silent, looked
        )


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
    """A warning from a share of the history on, or where one hole is many steps long.

    Of entities, one that paused is a note; a warning is a share of them, or of all their history.
    """
    found = []
    for m in measured:
        serious = m.share >= limits["share"]
        if m.entity:
            serious |= m.entities >= limits["entities"] * m.looked
            serious &= m.longest >= limits["steps"] * m.usual
            where = (
                f"{m.entities:,} of {m.looked:,} values of `{m.entity}` that come steadily "
                f"{'has' if m.entities == 1 else 'have'} {plural(m.holes, 'gap')} in `{m.column}` while "
                f"others go on, together {percent(m.share)} of what they cover"
            )
        else:
            serious |= m.longest >= limits["steps"] * m.usual
            where = (
                f"`{m.column}` has {plural(m.holes, 'gap')} without any row, together {percent(m.share)} of "
                "the history"
            )
        found.append(
            Found(
                columns=(m.column, m.entity) if m.entity else (m.column,),
                severity="warning" if serious else "info",
                message=f"{where}; the longest lasts {span(m.longest)}, where a step of {_step(m.usual)} is "
                "usual.",
                action="Ask what happened then; mark the gap, and do not fill it by guessing.",
                evidence={"gaps": m.holes, "longest_days": m.longest, "share": m.share}
                | ({"entities": m.entities, "looked": m.looked} if m.entity else {}),
                weight=m.share,
            )
        )
    return found


def _step(days: float) -> str:
    """The usual step in words: days, or hours below one."""
    return f"{number(days)} {'day' if days == 1 else 'days'}" if days >= 1 else f"{number(24 * days)} hours"


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
