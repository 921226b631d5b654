"""A value a hundred times too large is usually a slip of the unit.

Cents among euros, metres among centimetres: such values stand apart from all others, with nothing in
between. A long tail (incomes, waiting times) has no such hole and is left alone.

Source: rule of the house; limits in `limits.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.readiness.found import Example, Found, Limits, number, of
from mlpm_magics.table import Column, Table
from mlpm_magics.table.plain import Array

QUESTION = "high_quality"
WHY = "A few values in the wrong unit outweigh all others in averages and in many models."
NEEDS = ()
_FEWEST, _FEWEST_DISTINCT = 200, 10
_PAIR, _MORE = 3, 1.5
_LIGHT, _WIDE, _WIDER, _SEVERAL = 4.0, 3.0, 5.0, 8

_PARTS_OF_DATE = (
    ("month", 12), ("day", 31), ("week", 53), ("hour", 24), ("minute", 60), ("second", 60), ("quarter", 4),
)  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """Values that stand apart.

    `apart` says how many times farther from the middle than all others they begin (`by_factor`: in powers,
    else in the unit itself); `times` compares their middle with the middle of the column. `surprise`: how
    unlikely so many beyond such a hole are in a tail of powers, as a logarithm.
    """

    column: str
    far: int
    filled: int
    apart: float
    by_factor: bool
    times: float
    surprise: float = 0.0
    below: bool = False


def measure(table: Table) -> list[Measured]:
    """Both ends of every numeric column; identifiers and parts of a date are no quantities."""
    measured = []
    for column in table.columns:
        if column.kind not in ("number", "duration") or column.spread.count < _FEWEST:
            continue
        if column.spread.distinct >= _FEWEST_DISTINCT and not (column.is_identifier or _of_date(column)):
            measured += _measure(column)
    return measured


def _of_date(column: Column) -> bool:
    """Whether the column is called a part of a date or time, and holds whole numbers that can be one."""
    low, high = float(column.spread.lowest[0]), float(column.spread.highest[-1])
    whole = not (column.spread.quantiles % 1).any()
    return (
        whole
        and low >= 0
        and any(high <= most and column.scan.has_word(part) for part, most in _PARTS_OF_DATE)
    )


def _measure(column: Column) -> list[Measured]:
    low, high, quantiles = column.spread.lowest, column.spread.highest, column.spread.quantiles
    found: list[Measured] = []
    if quantiles[75] > quantiles[25]:
        found += _ends(column, low, high, quantiles, by_factor=False)
    if low[0] == 0:
        positive = np.sort(column.finite()[column.finite() > 0]).astype(np.float64)
        if len(positive) < _FEWEST or len(np.unique(positive[:: max(1, len(positive) // 500)])) < 10:
            return found
        tail = max(100, len(positive) // 50)
        low, high = positive[:tail], positive[-tail:]
        quantiles = positive[np.linspace(0, len(positive) - 1, 101).astype(np.int64)]
    if low[0] > 0:
        found += _ends(column, np.log(low), np.log(high), np.log(quantiles), by_factor=True)
    return found


def _ends(column: Column, low: Array, high: Array, quantiles: Array, *, by_factor: bool) -> list[Measured]:
    middle, found = float(quantiles[50]), []
    most = max(1, column.spread.count // 50)
    for distances, typical, below in (
        (high - middle, quantiles[95] - middle, False),
        ((middle - low)[::-1], middle - quantiles[5], True),
    ):
        inner, outer = distances[:-1], distances[1:]
        far = np.arange(len(outer), 0, -1)
        ratio = np.where((inner > 0) & (far <= most), outer / np.where(inner > 0, inner, 1), 0)
        at = int(ratio.argmax())
        heavy = inner[at] > _LIGHT * typical
        if ratio[at] > 1 and not (heavy and not by_factor):
            times = float(np.exp(np.median(outer[at:]))) if by_factor else float(ratio[at])
            apart, beyond = float(ratio[at]), int(far[at])
            found.append(Measured(column.name, beyond, column.filled, apart, by_factor, times, below=below))
    if by_factor:
        found += _hole(column, high, middle, most)
    return found


def _hole(column: Column, high: Array, middle: float, most: int) -> list[Measured]:
    """The hole below many of the highest: in a tail of powers, many beyond a wide one hardly happen."""
    width, far = np.diff(high), np.arange(len(high) - 1, 0, -1)
    enough = (far <= most) & (high[:-1] > middle) & (width >= np.log(_WIDE))
    if not enough.any():
        return []
    at = int(np.where(enough, width * far, 0).argmax())
    beyond = high[at + 1 :]
    if width[at] < np.log(_WIDER) and len(np.unique(beyond)) < _SEVERAL:
        return []
    times = float(np.exp(np.median(beyond) - middle))
    apart = float(beyond[0] - middle) / float(high[at] - middle)
    surprise = float(width[at] * far[at])
    return [Measured(column.name, int(far[at]), column.filled, apart, True, times, surprise)]


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """Far in units, or far and many times in powers."""
    found: list[Found] = []
    for m in sorted(measured, key=lambda m: (m.column, -m.far)):
        needed = limits["apart_by_factor"] if m.by_factor else limits["apart"]
        if m.by_factor and m.far < _PAIR:
            needed *= _MORE
        apart = m.apart >= needed or m.surprise >= limits["surprise"]
        if (
            not apart
            or (m.by_factor and m.times < limits["times"])
            or any(m.column in f.columns for f in found)
        ):
            continue
        how = (
            f"about {number(m.times)} times {'below' if m.below else 'above'} the usual"
            if m.by_factor
            else f"at least {number(m.apart)} times as far from the middle as all others"
        )
        found.append(
            Found(
                columns=(m.column,),
                severity="warning",
                message=f"{of(m.far, m.filled, 'filled rows')} of `{m.column}` stand apart: {how}, with "
                "nothing in between.",
                action="Ask somebody who enters them whether this is a wrong unit, a slip, or true.",
                evidence={"far": m.far, "rows": m.filled, "apart": m.apart},
                weight=m.far / m.filled,
            )
        )
    return found


def bad() -> Example:
    """One price in a hundred was entered in cents."""
    random = np.random.default_rng(17)
    price = random.normal(40, 6, 2000)
    price[::100] *= 100
    return Example(pd.DataFrame({"price": price, "weight": random.normal(size=2000)}), ("price",))


def good() -> Example:
    """Incomes and waiting times have long tails by nature."""
    random = np.random.default_rng(17)
    income, wait = random.lognormal(10, 1.2, 2000), random.pareto(1.3, 2000)
    return Example(pd.DataFrame({"income": income, "wait": wait, "visits": random.poisson(0.3, 2000)}))
