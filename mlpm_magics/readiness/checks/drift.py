"""If the inputs look different now, a model of the past is asked about a world it has not seen.

The last months are held against the same months of earlier years, so that a season is no drift. Where no
month was seen twice, only what no season can look like (a jump, a bend) is named, and the rest is left open.
The measure is the population stability index, with the part that chance makes taken off.

Source: industry rule of thumb for the index; Huyen 2022; Breck and others 2017.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.evidence.columns.quick import ranks
from mlpm_magics.readiness.found import CannotTellError, Example, Found, Limits, number, span
from mlpm_magics.readiness.history import History, history, step_in, windows
from mlpm_magics.table import Column, Table
from mlpm_magics.table.plain import Array

QUESTION = "fresh"
WHY = "A model is right where the world looks like its data."
NEEDS = ("time",)
_FEWEST, _PARTS, _LEVELS, _BEND = 100, 8, 12, 5.0
_COUNTER = 0.97


@dataclass(frozen=True)
class Measured:
    """How differently a column is spread now.

    `index`: the stability index less its chance level; `certain`: that in its own standard deviations;
    `apart`: the widest distance of the cumulated shares; `season`: whether a season could look like that.
    """

    column: str
    index: float
    certain: float
    apart: float
    rows: int
    season: bool
    days: float


def measure(table: Table) -> list[Measured]:
    """Compare every number, category and flag; no identifier, no counter, neither target nor entity."""
    of = history(table, 2 * _FEWEST)
    measured = []
    for column in table.features:
        if column.kind not in ("number", "category", "boolean") or column.is_identifier:
            continue
        if column.kind != "number" and (column.distinct or 0) > 200:
            continue
        item = _measure(column, of)
        if item is not None:
            measured.append(item)
    return measured


def _measure(column: Column, of: History) -> Measured | None:
    known = ~column.is_missing[of.rows]
    if column.kind == "number":
        values = column.numbers[of.rows].astype(np.float64)
        known &= np.isfinite(values)
        if known.sum() < 2 * _FEWEST:
            return None
        order = ranks(values[known])
        if abs(float((order * ranks(of.days[known])).mean())) > _COUNTER:
            return None
        edges = np.unique(np.quantile(values[known], np.linspace(0, 1, _PARTS + 1)[1:-1]))
        part = np.searchsorted(edges, values, side="right")
        level = order
    else:
        codes = column.codes[of.rows].astype(np.int64)
        counts = np.bincount(codes[known], minlength=1)
        place = np.full(len(counts), _LEVELS)
        often = np.argsort(-counts, kind="stable")[:_LEVELS]
        place[often] = np.arange(len(often))
        part = place[np.maximum(codes, 0)]
        level = np.empty(0)
    best: tuple[float, float, float, int, int] | None = None
    for old, recent in windows(of):
        there = np.bincount(part[old & known], minlength=_LEVELS + 1)
        here = np.bincount(part[recent & known], minlength=_LEVELS + 1)
        if min(there.sum(), here.sum()) < _FEWEST:
            continue
        tried = (*_index(here, there), int(here.sum()), _most_moved(here, there))
        best = tried if best is None or tried[0] > best[0] else best
    if best is None:
        return None
    season = False
    if not of.season_seen:
        moved = level if len(level) else (part[known] == best[4]).astype(np.float64)
        season = step_in(moved, of.days[known], trend=False, ramps=True).errors < _BEND
    return Measured(column.name, best[0], best[1], best[2], best[3], season, of.span)


def _most_moved(here: Array, there: Array) -> int:
    return int(np.abs(here / here.sum() - there / there.sum()).argmax())


def _index(here: Array, there: Array) -> tuple[float, float, float]:
    used = (here + there) > 0
    here, there = here[used], there[used]
    n, m = here.sum(), there.sum()
    p, q = (here + 0.5) / (n + 0.5 * len(here)), (there + 0.5) / (m + 0.5 * len(there))
    chance = 1 / n + 1 / m
    freedom = max(1, len(here) - 1)
    index = float(((p - q) * np.log(p / q)).sum()) - freedom * chance
    apart = float(np.abs(np.cumsum(here) / n - np.cumsum(there) / m).max())
    return index, index / float(np.sqrt(2 * freedom) * chance), apart


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """A large shift is a warning, a moderate one a note; what may be a season is left open."""
    found, unsure = [], []
    for m in measured:
        if m.index < limits["moderate"] or m.certain < limits["certain"]:
            continue
        if m.season:
            unsure.append(m)
            continue
        serious = m.index >= limits["large"]
        found.append(
            Found(
                (m.column,),
                "warning" if serious else "info",
                f"`{m.column}` is spread {'far' if serious else 'somewhat'} differently in recent rows than "
                f"in older ones (stability index {number(m.index)}, chance taken off; {m.rows:,} recent rows)"
                ".",
                "Ask what changed; learn from recent rows, or test on the latest months only.",
                {"index": m.index, "apart": m.apart, "rows": m.rows},
                min(1.0, m.index),
            )
        )
    if unsure and not found:
        raise CannotTellError(
            f"`{unsure[0].column}` differs between old and recent rows, and {span(unsure[0].days)} are too "
            "short to tell a change from a season"
        )
    return found


def _table(late: float) -> pd.DataFrame:
    random = np.random.default_rng(44)
    day = np.sort(random.integers(0, 1095, 4000))
    warm = 10 * np.sin(2 * np.pi * day / 365.25) + random.normal(0, 4, 4000)
    basket = random.lognormal(3, 0.5, 4000) * np.where(day > 800, 1 + late, 1.0)
    when = pd.Timestamp("2021-01-01") + pd.to_timedelta(day, unit="D")
    return pd.DataFrame({"day": when, "temperature": warm, "basket": basket})


def bad() -> Example:
    """Baskets have become larger in the last year."""
    return Example(_table(0.8), ("basket",), {"time": "day", "as_of": "2024-01-02"})


def good() -> Example:
    """Winter is colder than summer, every year."""
    return Example(_table(0.0), (), {"time": "day", "as_of": "2024-01-02"})
