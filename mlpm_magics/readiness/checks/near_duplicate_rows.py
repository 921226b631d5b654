"""A row that was typed twice, with a typo or another rounding, is still the same row.

Rows that agree in all but one or two columns, where those differ by a space, a letter or the last digit, are
counted. Rows that agree by nature, because the table is coarse, are left alone: so many are expected by
chance, or most rows that agree in the other columns differ by more than a slip. Rows that are
mostly empty agree in what they lack.

Of more than 200,000 rows a part is compared, chosen by what the rows hold, so that rows that agree in half of
the columns are both in it or both not; how many there are in all is then estimated, and said to be.

Source: Kapoor and Narayanan 2023 (overlap of training and test data); limits are rules of thumb.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.readiness.found import CannotTellError, Example, Found, Limits, named, of, percent
from mlpm_magics.readiness.rows import expected_twins, keys_of
from mlpm_magics.table import Column, Table
from mlpm_magics.table.plain import Array, Mask

QUESTION = "high_quality"
WHY = "Such a pair ends up on both sides of a test, and counts twice."
NEEDS = ()
WHOLE_ROWS = True
_MOST_ROWS, _BLOCKS, _FEWEST_COLUMNS, _MOST_DIFFERENT = 200_000, 4, 4, 2
_COINCIDENCE, _NEARLY, _NEAR, _HOUR, _ALIKE, _MOSTLY, _FILLED = 0.01, 0.1, 0.011, 3600, 0.8, 0.5, 0.6
_MIX, _AT_ONCE = np.uint64(0x9E3779B97F4A7C15), 65_536


@dataclass(frozen=True)
class Measured:
    """Rows that are all but equal to another one, and the columns in which they differ most often.

    `part`: the share of the rows that was compared, in each order; where it is less than 1, `near` is
    estimated from the `seen`.
    """

    rows: int
    near: int
    columns: tuple[str, ...]
    seen: int = 0
    part: float = 1.0


def measure(table: Table) -> list[Measured]:
    """Compare neighbours in six orders of the rows, each by half of the columns."""
    if table.is_sample:
        raise CannotTellError(f"near copies show only where all {table.total:,} rows are compared")
    columns = [
        c
        for c in table.columns
        if c.kind in ("number", "category", "text", "boolean", "date", "duration")
        and not c.is_identifier
        and (c.distinct or 0) > 1
    ]
    if len(columns) < _FEWEST_COLUMNS or table.rows < 50:
        return []
    part = min(1.0, _MOST_ROWS / table.rows)
    order = sorted(columns, key=lambda c: -(c.distinct or 0))
    one, other = _pairs(order, table.rows, part)
    if not len(one):
        return [Measured(table.rows, 0, ())]
    differs = np.stack([keys_of(c, one) != keys_of(c, other) for c in columns])
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
    seen = len(np.unique(other[telling]))
    near = seen if part == 1 else round(seen * _unseen_too(order, columns, differs[:, telling], part))
    most = [columns[i].name for i in np.argsort(-share, kind="stable")[:2] if share[i] > 0.2 * len(one)]
    return [Measured(table.rows, near, tuple(most), seen, part)]


def _unseen_too(order: list[Column], columns: list[Column], differs: Mask, part: float) -> float:
    """How many near copies stand behind each that was seen: a pair was compared in one order, or in three."""
    if not differs.shape[1]:
        return 1.0
    block = np.array([order.index(column) % _BLOCKS for column in columns])
    unlike = np.array([differs[block == b].any(axis=0) for b in range(_BLOCKS)]).sum(axis=0)
    orders = (_BLOCKS - unlike) * (_BLOCKS - unlike - 1) / 2
    return float((1 / (1 - (1 - part) ** orders)).mean())


def _mostly(slight: Mask, differs: Mask) -> Mask:
    """For each pair, whether most pairs that differ in the same columns do so by a slip."""
    _, pattern = np.unique(differs, axis=1, return_inverse=True)
    pattern = pattern.reshape(-1)
    share = np.bincount(pattern, slight) / np.bincount(pattern)
    mostly: Mask = share[pattern] >= _MOSTLY
    return mostly


def _pairs(order: list[Column], rows: int, part: float) -> tuple[Array, Array]:
    """Neighbours that agree in at least half of the columns: two of four blocks, in every choice.

    Of each choice, the rows are kept whose key falls into the first `part` of all keys.
    """
    keys = np.zeros((_BLOCKS, rows), dtype=np.uint64)
    for begin in range(0, rows, _AT_ONCE):
        some = slice(begin, min(rows, begin + _AT_ONCE))
        for i, column in enumerate(order):
            mixed = (keys_of(column, some) + np.uint64(i + 1)) * _MIX
            mixed ^= mixed >> np.uint64(29)
            keys[i % _BLOCKS, some] = (keys[i % _BLOCKS, some] + mixed) * _MIX
    found = []
    for a in range(_BLOCKS):
        for b in range(a + 1, _BLOCKS):
            both = keys[a] * np.uint64(3) + (keys[b] ^ (keys[b] >> np.uint64(17))) * _MIX
            if part < 1:
                kept = np.flatnonzero(both >> np.uint64(32) < np.uint64(part * 2**32))
                place = kept[np.argsort(both[kept], kind="stable")]
            else:
                place = np.argsort(both, kind="stable")
            same = np.flatnonzero(both[place[1:]] == both[place[:-1]])
            found.append(np.stack([place[same], place[same + 1]]))
    every = np.concatenate(found, axis=1)
    every.sort(axis=0)
    if not every.shape[1]:
        return every[0], every[1]
    pairs = np.unique(every[0].astype(np.int64) * rows + every[1])
    return pairs // rows, pairs % rows


def _slightly(column: Column, one: Array, other: Array) -> Mask:
    """Whether two values that differ do so by a slip: the last digits, a letter, a space, an hour."""
    gone = column.is_missing[one] | column.is_missing[other]
    if column.kind == "boolean":
        return np.zeros(len(one), dtype=bool)
    if column.kind == "date":
        moments = np.asarray(column.plain.values)
        x, y = (moments[rows].astype("datetime64[s]").view(np.int64) for rows in (one, other))
        close: Mask = ~gone & (np.abs(x - y) <= _HOUR)
        return close
    if column.plain.values is not None:
        a, b = (column.numbers[rows].astype(np.float64) for rows in (one, other))
        near: Mask = ~gone & (np.abs(a - b) <= _NEAR * np.maximum(np.abs(a), np.abs(b)))
        return near
    levels, seen = column.plain.levels, {}
    result = np.zeros(len(one), dtype=bool)
    codes = column.short_codes
    for i, pair in enumerate(zip(codes[one].tolist(), codes[other].tolist(), strict=True)):
        if min(pair) >= 0:
            if pair not in seen:
                seen[pair] = _typo(levels[pair[0]], levels[pair[1]])
            result[i] = seen[pair]
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
        if share < limits["share"] or m.seen < limits["fewest"]:
            continue
        where = f", mostly in {named(m.columns)}" if m.columns else ""
        about = f" Estimated from {m.seen:,} of them, in {percent(m.part)} of the rows." if m.part < 1 else ""
        found.append(
            Found(
                m.columns,
                "warning",
                f"{'About ' if about else ''}{of(m.near, m.rows)} are another row but for a slip in one or "
                f"two columns{where}.{about}",
                "Ask whether they were entered or exported twice; if so, keep one of each before splitting.",
                {"near": m.near, "rows": m.rows, "share": share, "seen": m.seen, "part": m.part},
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
