"""A number or word that stands for "nothing" is taken for a value.

-999 drags the average down, "?" becomes a category, and 1 January 1970 turns everybody into the same age.
Values are taken for placeholders only where they stand apart from the rest or are well known words.

Source: rule of the house (disguised missing values).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.readiness.found import Example, Found, Limits, of
from mlpm_magics.table import Column, Table
from mlpm_magics.table.dates import DAY
from mlpm_magics.table.levels import some_of

QUESTION = "high_quality"
WHY = "What stands for nothing is learned from as if it were something."
NEEDS = ()
SILENCES = ("outliers", "future_timestamps")
_BELOW = (-1, -9, -99, -999, -9999, -99999, -999999)
_ABOVE = (99, 999, 9999, 99999, 999999, 9999999, 99999999, 999999999)
_WORDS = frozenset(
    (
    "n/a", "na", "n.a.", "#n/a", "null", "nan", "?", "??", "???", "-", "--", "---", ".", "..",
    "missing", "tbd", "tba", "xxx", "unk", "undefined", "not available", "no data", "not provided",
    "not known", "#null!", "#div/0!", "#ref!", "#value!", "<na>", "", "nil", "(blank)", "(empty)",
    "blank",
)
)  # fmt: skip
_HONEST = frozenset(("unknown", "not specified", "unspecified"))
_DAYS = (
    "1970-01-01", "1900-01-01", "1899-12-30", "1901-01-01", "1753-01-01", "1111-11-11", "9999-12-31",
    "2999-12-31", "2099-12-31", "0001-01-01",
)  # fmt: skip
_FEWEST, _MOST_WORDS = 3, 20_000
_CONTINUOUS, _SPIKE = 50, 4


@dataclass(frozen=True)
class Measured:
    """Rows that hold a placeholder; `what` kind, and whether it says openly that something is unknown."""

    column: str
    what: str
    rows: int
    filled: int
    honest: bool = False


def measure(table: Table) -> list[Measured]:
    """Numbers at the ends of a column or in a spike, dates that stand apart, and words."""
    measured = []
    for column in table.columns:
        if column.is_identifier or not column.filled:
            continue
        nothing, unknown = _words(column)
        for what, rows in (("number", _numbers(column)), ("date", _dates(column)), ("word", nothing)):
            if rows:
                measured.append(Measured(column.name, what, rows, column.filled))
        if unknown:
            measured.append(Measured(column.name, "word", unknown, column.filled, honest=True))
    return measured


def _numbers(column: Column) -> int:
    if column.kind != "number" or column.spread.distinct < 10:
        return 0
    spread = column.spread
    low, high = spread.lowest[0], spread.highest[-1]
    inner = np.concatenate((spread.lowest, spread.quantiles, spread.highest))
    inner = inner[(inner != low if low in _BELOW else True) & (inner != high if high in _ABOVE else True)]
    if not len(inner):
        return 0
    width = inner.max() - inner.min()
    rows = 0
    for value, gap in ((low, inner.min() - low), (high, high - inner.max())):
        if value not in (*_BELOW, *_ABOVE):
            continue
        count = int(np.count_nonzero(column.finite() == value))
        if count < max(_FEWEST, 0.001 * column.filled):
            continue
        beyond_nature = value < 0 <= inner.min() and count >= 0.002 * column.filled
        a_spike = gap >= 0.05 * width and count >= 0.01 * column.filled and value > 0
        if gap > 0 and (gap >= 0.5 * width or beyond_nature or a_spike):
            rows += count
    return rows + _within(column)


def _within(column: Column) -> int:
    """Rows with -1, -99 or the like, far more than with any other value, with values below and above."""
    quantiles = column.spread.quantiles
    rows = 0
    for code in np.intersect1d(quantiles[1:-1], _BELOW) if column.spread.distinct >= _CONTINUOUS else ():
        if not quantiles[0] < code < quantiles[-1]:
            continue
        values, counts = np.unique(column.finite(), return_counts=True)
        count = int(counts[values == code][0])
        if count >= 0.01 * column.filled and count >= _SPIKE * counts[(values != code) & (values != 0)].max():
            rows += count
    return rows


def _dates(column: Column) -> int:
    if column.dates is None:
        return 0
    days, counts = np.unique(column.dates.filled // DAY, return_counts=True)
    known = np.array(_DAYS, dtype="datetime64[D]").view(np.int64)
    rows = 0
    for at in np.flatnonzero(np.isin(days, known)) if len(days) > 2 else ():
        others = np.delete(days, at)
        alone = np.abs(others - days[at]).min() >= 180
        if counts[at] >= _FEWEST and (alone or counts[at] >= max(10, 20 * np.median(counts))):
            rows += int(counts[at])
    return rows


def _words(column: Column) -> tuple[int, int]:
    """Rows whose text stands for nothing, and rows whose text says that nothing is known."""
    texts = column.texts
    if len(texts) < 3:
        return 0, 0
    counts = column.text_counts
    often = range(len(texts)) if len(texts) <= _MOST_WORDS else np.flatnonzero(counts >= _FEWEST).tolist()
    short = [
        (i, text.strip().casefold())
        for i, text in zip(often, some_of(texts, often), strict=True)
        if isinstance(text, str) and len(text) < 20
    ]
    hits = [(i, word) for i, word in short if word in _WORDS or word in _HONEST]
    if not hits:
        return 0, 0
    codes = sum(len(word) == 2 for _, word in short) > 0.8 * len(short)  # NA may be Namibia
    nothing = sum(int(counts[i]) for i, word in hits if word in _WORDS and not (codes and texts[i] == "NA"))
    return nothing, sum(int(counts[i]) for i, word in hits if word in _HONEST)


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """A number or date spoils its column whatever its share; a word matters where it is frequent."""
    found = []
    for m in measured:
        share = m.rows / m.filled
        serious = m.what != "word" or share >= limits["honest" if m.honest else "caution"]
        stands = "says openly that nothing is known" if m.honest else "stands for nothing"
        found.append(
            Found(
                columns=(m.column,),
                severity="warning" if serious else "info",
                message=f"`{m.column}` holds a {m.what} that {stands} in "
                f"{of(m.rows, m.filled, 'filled rows')}.",
                action="Turn it into a missing value, and ask why nothing is known there.",
                evidence={"placeholders": m.rows, "rows": m.filled, "share": share},
                weight=share,
            )
        )
    return found


def bad() -> Example:
    """-999 for an unknown income."""
    random = np.random.default_rng(18)
    income = np.where(random.random(1500) < 0.04, -999, random.normal(3000, 500, 1500).round())
    return Example(pd.DataFrame({"income": income, "spend": random.normal(size=1500)}), ("income",))


def good() -> Example:
    """999 among prices, Namibia among countries, and balances below zero are values."""
    random = np.random.default_rng(18)
    price = np.append(random.integers(300, 2500, 1490), [999] * 10)
    country = random.choice(["NA", "DE", "PT", "ZA", "BR", "FR", "US"], 1500)
    balance = random.normal(0, 400, 1500).round()
    return Example(pd.DataFrame({"price": price, "country": country, "balance": balance}))
