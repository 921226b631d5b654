"""A row that was typed twice, with a typo or another rounding, is still the same row.

Rows that agree in all but one or two columns, where those differ by a space, a letter or the last digit, are
counted. Rows that agree by nature, because the table is coarse, are left alone: so many are expected by
chance, or most rows that agree in the other columns differ by more than a slip. Rows that are
mostly empty agree in what they lack.

Source: Kapoor and Narayanan 2023 (overlap of training and test data); limits are rules of thumb.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.readiness.found import CannotTellError, Example, Found, Limits, named, of
from mlpm_magics.readiness.rows import expected_twins
from mlpm_magics.table import Column, Table
from mlpm_magics.table.plain import Array, Mask

QUESTION = "high_quality"
WHY = "Such a pair ends up on both sides of a test, and counts twice."
NEEDS = ()
WHOLE_ROWS = True
_MOST_ROWS, _BLOCKS, _FEWEST_COLUMNS, _MOST_DIFFERENT = 200_000, 4, 4, 2
_COINCIDENCE, _NEARLY, _NEAR, _HOUR, _ALIKE, _MOSTLY, _FILLED = 0.01, 0.1, 0.011, 3600, 0.8, 0.5, 0.6
_MIX = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Measured:
    """Rows that are all but equal to another one, and the columns in which they differ most often."""

    rows: int
    near: int
    columns: tuple[str, ...]


def measure(table: Table) -> list[Measured]:
    """Compare neighbours in six orders of the rows, each by half of the columns."""
    if table.is_sample:
        raise CannotTellError(f"near copies show only where all {table.total:,} rows are compared")
    if table.rows > _MOST_ROWS:
        raise CannotTellError(
            f"near copies are looked for in tables of up to {_MOST_ROWS:,} rows; this one has {table.rows:,}"
        )
    columns = [
        c
        for c in table.columns
        if c.kind in ("number", "category", "text", "boolean", "date", "duration")
        and not c.is_identifier
        and (c.distinct or 0) > 1
    ]
    if len(columns) < _FEWEST_COLUMNS or table.rows < 50:
        return []
    one, other = _pairs(columns, table.rows)
    if not len(one):
        return [Measured(table.rows, 0, ())]
    differs = np.stack([_keys(c)[one] != _keys(c)[other] for c in columns])
    count = differs.sum(axis=0)
    filled = sum((~c.is_missing[one] for c in columns), np.zeros(len(one), dtype=np.int64))
    keep = (count >= 1) & (count <= _MOST_DIFFERENT) & (filled >= _FILLED * len(columns))
    one, other, differs = one[keep], other[keep], differs[:, keep]
    slight = np.ones(len(one), dtype=bool)
    for i, column in enumerate(columns):
        at = np.flatnonzero(differs[i])
        if len(at):
            slight[at] &= _slightly(column, one[at], other[at])
    slight &= _mostly(slight, differs)
    one, other, differs = one[slight], other[slight], differs[:, slight]
    if not len(one):
        return [Measured(table.rows, 0, ())]
    share = differs.sum(axis=1)
    chance = np.zeros(len(one))
    for pattern in np.unique(differs, axis=1).T:
        of_it = (differs == pattern[:, None]).all(axis=0)
        same = [c for c, unlike in zip(columns, pattern, strict=True) if not unlike]
        chance[of_it] = expected_twins(same, one[of_it]) * _NEARLY ** int(pattern.sum())
    telling = chance < _COINCIDENCE
    near = len(np.unique(other[telling]))
    most = [columns[i].name for i in np.argsort(-share, kind="stable")[:2] if share[i] > 0.2 * len(one)]
    return [Measured(table.rows, near, tuple(most))]


def _mostly(slight: Mask, differs: Mask) -> Mask:
    """For each pair, whether most pairs that differ in the same columns do so by a slip."""
    _, pattern = np.unique(differs, axis=1, return_inverse=True)
    pattern = pattern.reshape(-1)
    share = np.bincount(pattern, slight) / np.bincount(pattern)
    mostly: Mask = share[pattern] >= _MOSTLY
    return mostly


def _pairs(columns: list[Column], rows: int) -> tuple[Array, Array]:
    """Neighbours that agree in at least half of the columns: two of four blocks, in every choice."""
    keys = np.zeros((_BLOCKS, rows), dtype=np.uint64)
    order = sorted(columns, key=lambda c: -(c.distinct or 0))
    for i, column in enumerate(order):
        mixed = (_keys(column) + np.uint64(i + 1)) * _MIX
        mixed ^= mixed >> np.uint64(29)
        keys[i % _BLOCKS] = (keys[i % _BLOCKS] + mixed) * _MIX
    found = []
    for a in range(_BLOCKS):
        for b in range(a + 1, _BLOCKS):
            both = keys[a] * np.uint64(3) + (keys[b] ^ (keys[b] >> np.uint64(17))) * _MIX
            place = np.argsort(both, kind="stable")
            same = np.flatnonzero(both[place[1:]] == both[place[:-1]])
            found.append(np.stack([place[same], place[same + 1]]))
    every = np.concatenate(found, axis=1)
    every.sort(axis=0)
    if not every.shape[1]:
        return every[0], every[1]
    pairs = np.unique(every[0].astype(np.int64) * rows + every[1])
    return pairs // rows, pairs % rows


def _keys(column: Column) -> Array:
    """64 bits per row that are equal exactly where the values are."""
    values = column.plain.values
    if values is None:
        return column.codes.astype(np.int64).view(np.uint64)
    if values.dtype.kind == "f":
        keys = (values.astype(np.float64) + 0.0).view(np.uint64)
    else:
        keys = values.astype(np.int64, copy=False).view(np.uint64)
    return np.where(column.is_missing, np.uint64(7), keys)


def _slightly(column: Column, one: Array, other: Array) -> Mask:
    """Whether two values that differ do so by a slip: the last digits, a letter, a space, an hour."""
    gone = column.is_missing[one] | column.is_missing[other]
    if column.kind == "boolean":
        return np.zeros(len(one), dtype=bool)
    if column.kind == "date":
        seconds = np.asarray(column.plain.values).astype("datetime64[s]").view(np.int64)
        close: Mask = ~gone & (np.abs(seconds[one] - seconds[other]) <= _HOUR)
        return close
    if column.plain.values is not None:
        values = column.numbers.astype(np.float64)
        x, y = values[one], values[other]
        return ~gone & (np.abs(x - y) <= _NEAR * np.maximum(np.abs(x), np.abs(y)))
    levels, seen = column.plain.levels, {}
    result = np.zeros(len(one), dtype=bool)
    for i, (a, b) in enumerate(zip(column.codes[one].tolist(), column.codes[other].tolist(), strict=True)):
        if a >= 0 and b >= 0:
            if (a, b) not in seen:
                seen[a, b] = _typo(levels[a], levels[b])
            result[i] = seen[a, b]
    return result


def _typo(one: object, other: object) -> bool:
    if type(one) is not str or type(other) is not str:
        return False
    a, b = ("".join(char for char in text.casefold() if char.isalnum())[:200] for text in (one, other))
    if a == b:
        return True
    if any(char.isdigit() for char in a + b) or min(len(a), len(b)) < 4 or abs(len(a) - len(b)) > 2:
        return False
    return difflib.SequenceMatcher(None, a, b, autojunk=False).ratio() >= _ALIKE


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """Enough of them, in share and in number."""
    found = []
    for m in measured:
        share = m.near / m.rows if m.rows else 0.0
        if share < limits["share"] or m.near < limits["fewest"]:
            continue
        where = f", mostly in {named(m.columns)}" if m.columns else ""
        found.append(
            Found(
                m.columns,
                "warning",
                f"{of(m.near, m.rows)} are another row but for a slip in one or two columns{where}.",
                "Ask whether they were entered or exported twice; if so, keep one of each before splitting.",
                {"near": m.near, "rows": m.rows, "share": share},
                min(1.0, 0.3 + share),
            )
        )
    return found


def _table(again: bool) -> pd.DataFrame:
    random = np.random.default_rng(52)
    names = [f"{a} {b}" for a in ("Blue", "Grey", "Long", "Small") for b in ("Harbour", "Garden", "Station")]
    table = pd.DataFrame(
        {
            "place": random.choice(names, 2000),
            "size": random.normal(100, 20, 2000).round(2),
            "visits": random.poisson(40, 2000),
            "stars": random.integers(1, 6, 2000),
            "price": random.lognormal(3, 1, 2000).round(2),
        }
    )
    if not again:
        return table
    copies = table.iloc[:80].copy()
    copies["place"] = copies["place"].str.replace("r", "", n=1) + " "
    copies["size"] = copies["size"].round(0)
    return pd.concat([table, copies], ignore_index=True)


def bad() -> Example:
    """Eighty rows were typed again, with slips in a name and a rounded size."""
    return Example(_table(again=True), ("place", "size"))


def good() -> Example:
    """Names that come back often, and no row typed twice."""
    return Example(_table(again=False))
