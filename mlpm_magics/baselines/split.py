"""Which rows are learned from and which only tested on, and why so, in a sentence.

By time where it is known (the newest part is the test), by entity where rows repeat (no entity on both
sides), else row by row with exact copies on one side. Rows are drawn by what they hold (`content.py`), so
that another run draws the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import numpy as np

from mlpm_magics.baselines.content import content_of
from mlpm_magics.errors import InvalidValueError, shown
from mlpm_magics.evidence.features import Array, features_of
from mlpm_magics.evidence.folds import clusters_of
from mlpm_magics.table import Table

MOST_ROWS = 10_000  # of each part: more hardly changes a figure, and costs minutes
_MOST_DRAWN = 60_000
_LEAST, _MOST = 0.05, 0.95
_ALWAYS_SAME = 0.95


@dataclass(frozen=True)
class Parts:
    """The positions of the rows of both parts in the table, and how they were found.

    `key`: a number per row of the table that its content gives; `notes`: what was left out.
    """

    train: Array
    test: Array
    by: Literal["time", "entity", "rows"]
    asked: str
    sentence: str
    key: Array
    notes: tuple[str, ...]


def read_split(given: object) -> float:
    """The share of rows to learn from, of `70/30`, `0.7` or 0.7.

    Raises:
        InvalidValueError: for anything else, or where a part would be all but empty.

    Example:
        >>> read_split("90/10"), read_split(0.8)
        (0.9, 0.8)
    """
    hint = "For example 70/30, 90/10 or 0.8, the share to learn from"
    text = str(given).strip() if isinstance(given, str | int | float | np.number) else ""
    pair = re.fullmatch(r"(\d{1,3}(?:\.\d+)?)\s*[/:]\s*(\d{1,3}(?:\.\d+)?)", text)
    if pair:
        learn, rest = float(pair[1]), float(pair[2])
        if abs(learn + rest - 100) > 0.5:
            raise InvalidValueError(
                f"the parts of {shown(text)} do not add up to 100", where="split", hint=hint
            )
        share = learn / 100
    else:
        try:
            share = float(text)
        except ValueError:
            share = -1.0
    if not _LEAST <= share <= _MOST:
        raise InvalidValueError(f"{shown(given, 40)!r} is no way to split", where="split", hint=hint)
    return share


def split(
    table: Table, usable: Array, asked: object, seed: int, *, series: bool = False, whole: bool = False
) -> Parts:
    """Part the rows whose answer is known.

    Args:
        table: with its roles.
        usable: positions of the rows whose answer is known.
        asked: the split as typed.
        seed: another seed draws other rows (but not by time).
        series: insist on time, for what only makes sense forward in time; it keeps the whole.
        whole: leave no row out, however many there are.

    Raises:
        InvalidValueError: where a part could not hold what is needed.
    """
    share = read_split(asked)
    if len(usable) < 2:
        some = "no row" if len(usable) == 0 else "only 1 row"
        raise InvalidValueError(
            f"{some} has an answer, so that nothing can be learned and tested", where="target"
        )
    text = asked if isinstance(asked, str) else f"{share:g}"
    key = np.zeros(table.rows, dtype=np.uint64)
    key[usable] = content_of(table.columns, usable, seed)
    notes: list[str] = []
    whole = whole or series
    if len(usable) > _MOST_DRAWN and not whole:
        notes.append(f"{_MOST_DRAWN:,} of {len(usable):,} rows were drawn by what they hold (seed {seed}).")
        usable = np.sort(_first(usable, key, _MOST_DRAWN))
    when = moments_of(table)
    if table.time is not None and when is None:
        notes.append(f"`{table.time.name}` cannot be read as time, so that rows were not split by it.")
    if when is not None and np.isfinite(when.at[usable]).any():
        dated = usable[np.isfinite(when.at[usable])]
        if len(dated) < len(usable):
            notes.append(f"{len(usable) - len(dated):,} rows without a moment were left out.")
        parts = _by_time(table, dated, when.at[dated], share, notes)
        if parts is not None:
            made = Parts(*parts, "time", text, "", key, ())
            return _enough(table, _cut_down(made, table, notes, whole=whole))
        notes.append("All rows have the same moment, so that they could not be split by time.")
    if series:
        raise InvalidValueError(
            "this is forward in time, so a column must say when each row happened", where="time",
            hint="Add --time COLUMN",
        )  # fmt: skip
    train, test = _drawn(table, usable, share, key)
    by: Literal["entity", "rows"] = "entity" if _repeats(table, usable) else "rows"
    return _enough(table, _cut_down(Parts(train, test, by, text, "", key, ()), table, notes, whole=whole))


# --- by time -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Moments:
    """When each row happened: in days where `dated`, else in the column's own steps; NaN where unknown."""

    at: Array
    dated: bool


def moments_of(table: Table) -> Moments | None:
    """The time column as dates, or as plain numbers in order; None where it is neither."""
    if table.moments is not None:
        at = np.full(table.rows, np.nan)
        at[table.moments.valid] = table.moments.filled / 86_400
        return Moments(at, dated=True)
    if table.time is None or table.time.kind not in ("number", "duration"):
        return None
    at = np.where(table.time.is_missing, np.nan, table.time.numbers.astype(float))
    return Moments(np.where(np.isfinite(at), at, np.nan), dated=False)


def _by_time(
    table: Table, rows: Array, at: Array, share: float, notes: list[str]
) -> tuple[Array, Array] | None:
    """Older and newer rows; rows of one moment stay on one side. None where there is one moment only."""
    moments, counts = np.unique(at, return_counts=True)
    if len(moments) < 2:
        return None
    before = np.cumsum(counts)[:-1] / len(rows)
    cut = moments[int(np.argmin(np.abs(before - share))) + 1]
    newer = at >= cut
    train, test = rows[~newer], rows[newer]
    straddling = _learned_by_heart(table, rows, newer)
    if straddling.any() and table.entity is not None:
        kept = ~straddling[~newer]
        notes.append(
            f"{int((~kept).sum()):,} older rows were left out: each `{table.entity.name}` always has the "
            "same answer, so that its older rows would give the newer ones away."
        )
        train = train[kept]
    return train, test


def _learned_by_heart(table: Table, rows: Array, newer: Array) -> Array:
    """Rows of entities on both sides, where an entity's answer hardly ever changes."""
    if table.entity is None or table.task != "classes" or table.target is None:
        return np.zeros(len(rows), dtype=bool)
    who, answer = table.entity.codes[rows], table.target.codes[rows]
    sides = np.unique(np.column_stack([who, newer]), axis=0)[:, 0]
    both = np.unique(sides)[np.unique(sides, return_counts=True)[1] > 1]
    straddling = np.isin(who, both) & (who >= 0)
    if not straddling.any():
        return straddling
    pairs = np.unique(np.column_stack([who, answer])[straddling], axis=0)[:, 0]
    constant = float((np.unique(pairs, return_counts=True)[1] == 1).mean())
    return straddling if constant >= _ALWAYS_SAME else np.zeros(len(rows), dtype=bool)


# --- by entity, or row by row --------------------------------------------------------------------------


def _repeats(table: Table, rows: Array) -> bool:
    if table.entity is None:
        return False
    names = table.entity.codes[rows]
    return len(np.unique(names)) > 1


def _drawn(table: Table, rows: Array, share: float, key: Array) -> tuple[Array, Array]:
    """Whole clusters, the share of each answer alike in both parts."""
    if _repeats(table, rows) and table.entity is not None:
        cluster = table.entity.codes[rows].astype(np.int64)
        nobody = cluster < 0
        cluster[nobody] = cluster.max(initial=0) + 1 + np.arange(int(nobody.sum()))
        own = np.where(nobody, key[rows], content_of([table.entity], rows, table.seed))
    else:
        features, _ = features_of(table, rows)
        cluster = clusters_of(None, features, len(rows))
        own = key[rows]
    _, cluster = np.unique(cluster, return_inverse=True)
    size = np.bincount(cluster)
    first = np.full(len(size), np.iinfo(np.uint64).max, dtype=np.uint64)
    np.minimum.at(first, cluster, own)
    layer = _layers(table, rows, cluster)
    learned = np.zeros(len(size), dtype=bool)
    for value in np.unique(layer):
        of = np.flatnonzero(layer == value)
        of = of[np.argsort(first[of], kind="stable")]
        middle = np.cumsum(size[of]) - size[of] / 2
        chosen = middle <= share * size[of].sum()
        if len(of) > 1:
            chosen[0], chosen[-1] = True, False
        learned[of] = chosen
    return rows[learned[cluster]], rows[~learned[cluster]]


def _layers(table: Table, rows: Array, cluster: Array) -> Array:
    """The answer of each cluster, the rarest where it has several; one layer for a number."""
    clusters = int(cluster.max()) + 1
    if table.task != "classes" or table.target is None:
        return np.zeros(clusters, dtype=np.int64)
    codes = table.target.codes[rows].astype(np.int64)
    counts = np.bincount(codes)
    place = np.empty(len(counts), dtype=np.int64)
    place[np.argsort(-counts, kind="stable")] = np.arange(len(counts))
    rarest = np.zeros(clusters, dtype=np.int64)
    np.maximum.at(rarest, cluster, place[codes])
    return rarest


# --- what is kept, and the sentence --------------------------------------------------------------------


def _first(rows: Array, key: Array, most: int) -> Array:
    return rows[np.argsort(key[rows], kind="stable")[:most]]


def _cut_down(parts: Parts, table: Table, notes: list[str], *, whole: bool) -> Parts:
    sizes = (len(parts.train), len(parts.test))
    most = max(sizes) if whole else MOST_ROWS
    train, test = (np.sort(_first(rows, parts.key, most)) for rows in (parts.train, parts.test))
    if sizes != (len(train), len(test)):
        notes.append(
            f"Learned from {len(train):,} of {sizes[0]:,} rows and tested on {len(test):,} of {sizes[1]:,}, "
            "drawn by what they hold."
        )
    sentence = _sentence(parts, table, sizes)
    return Parts(train, test, parts.by, parts.asked, sentence, parts.key, tuple(notes))


def _sentence(parts: Parts, table: Table, sizes: tuple[int, int]) -> str:
    learn, rest = sizes
    rows = f"{learn:,} rows to learn from, {rest:,} to test on"
    if parts.by == "time" and table.time is not None:
        part = f"{100 * rest / max(1, learn + rest):.0f} %"
        return (
            f"{rows}: the newest {part} by `{table.time.name}`, since a model has to answer for times that "
            "it has not seen."
        )
    alike = " The answers are spread alike over both." if table.task == "classes" else ""
    if parts.by == "entity" and table.entity is not None:
        return (
            f"{rows}: no `{table.entity.name}` is in both, since a model has to answer for those that it has "
            f"not seen.{alike}"
        )
    return f"{rows}: drawn row by row, exact copies on one side, since nobody said when they happened.{alike}"


def _enough(table: Table, parts: Parts) -> Parts:
    for word, rows in (("learn from", parts.train), ("test on", parts.test)):
        if len(rows) < 2:
            some = "no row" if len(rows) == 0 else "1 row"
            raise InvalidValueError(
                f"a split of {shown(parts.asked)} leaves {some} to {word}", where="split",
                hint="Use more rows, or another split",
            )  # fmt: skip
        if table.task == "classes" and table.target is not None:
            kinds = len(np.unique(table.target.codes[rows]))
            if kinds < 2:
                raise InvalidValueError(
                    f"the {len(rows):,} rows to {word} all have the same `{table.target.name}`",
                    where="split",
                    hint="Use more rows, or a split that leaves more of them"
                    + (", or one without time" if parts.by == "time" else ""),
                )
    return parts
