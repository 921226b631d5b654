"""The inputs: what each column becomes before anything is learned, or why it becomes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from mlpm_magics.errors import shown
from mlpm_magics.results import SetAside
from mlpm_magics.table import Column, Table
from mlpm_magics.table.dates import Dates, read_dates
from mlpm_magics.table.patterns import may_be_private

Array: TypeAlias = npt.NDArray[Any]
_LONGEST_LEVEL, _OFTEN_ENOUGH = 24, 5
_HUGE = 1e30  # trees count in 32 bits
YEAR, WEEK = 365.25, 7.0
ROUNDS = 1.95
_OF_A_DAY = 0.05


@dataclass(frozen=True)
class Feature:
    """One input: numbers with NaN where they are missing, or codes of categories (-1 where missing).

    `column` is the column it was made from; a date makes several features. `levels` names the categories by
    code, for a rule to be written; what is rare or may be personal is only numbered. `calendar`: it was made
    of the time column. `words`: of free text, those of each code (see `wording`); no rule is made of them.
    """

    name: str
    column: str
    values: Array
    is_category: bool = False
    levels: tuple[str, ...] = ()
    calendar: bool = False
    words: Any = None


def features_of(table: Table, keep: Array) -> tuple[list[Feature], list[SetAside]]:
    """The inputs of the rows that are kept, and the columns that make none, with the reason."""
    features: list[Feature] = []
    aside: list[SetAside] = []
    moment = days_of(table, keep)
    for column in table.features:
        made = _made(column, keep, moment, "" if table.time is None else table.time.name)
        if isinstance(made, str):
            aside.append(SetAside(what=column.name, reason=made))
        else:
            features += made
    return features, aside


def days_of(table: Table, keep: Array) -> Array | None:
    """The moment of each row in days since 1970, NaN where unknown; None without a time column."""
    return None if table.moments is None else _days(table.moments, keep)


def calendar_of(table: Table, keep: Array) -> list[Feature]:
    """What comes back in the time column: hour, weekday and month, each where two rounds of it were seen.

    They are known when a decision is made. With less than two rounds a month cannot be told from the days
    that go by, and would be taken for them.
    """
    days = days_of(table, keep)
    if days is None or table.time is None or not np.isfinite(days).any():
        return []
    span = float(np.nanmax(days) - np.nanmin(days))
    whole = np.floor(np.nan_to_num(days)).astype("datetime64[D]")
    parts: dict[str, Array] = {}
    if span >= ROUNDS and np.nanstd(days % 1) > _OF_A_DAY:
        parts["hour"] = np.floor(np.nan_to_num(days) % 1 * 24)
    if span >= ROUNDS * WEEK:
        parts["weekday"] = _weekday(whole)
    if span >= ROUNDS * YEAR:
        parts["month"] = _month(whole)
    made = [
        Feature(
            f"{table.time.name} ({part})",
            table.time.name,
            np.where(np.isnan(days), np.nan, values.astype(float)),
            calendar=True,
        )
        for part, values in parts.items()
    ]
    return [feature for feature in made if not isinstance(_if_it_varies([feature]), str)]


def _days(dates: Dates, keep: Array) -> Array:
    days = np.full(len(dates.valid), np.nan)
    days[dates.valid] = dates.filled / 86_400
    found: Array = days[keep]
    return found


def _made(column: Column, keep: Array, moment: Array | None, time: str) -> list[Feature] | str:
    """The features of a column, or why it has none; `moment`: of each row in days, where there is a time."""
    match column.kind:
        case "nested":
            return "its cells hold values inside values"
        case "empty":
            return "it is empty"
        case _ if column.is_identifier:
            return "it only numbers or names the rows"
        case "number" | "boolean" | "duration":
            values = np.where(column.is_missing, np.nan, column.numbers.astype(float))[keep]
            values = np.clip(np.where(np.isinf(values), np.nan, values), -_HUGE, _HUGE)
            return _if_it_varies([Feature(column.name, column.name, values)])
        case "date" | "text" | "category":
            dates = read_dates(column.plain)
            if dates is not None:
                return _if_it_varies(_date_parts(column, dates, keep, moment, time))
            if column.kind == "text":
                return _if_it_varies(_text_parts(column, keep))
    codes = column.codes[keep].astype(np.int64)
    names = level_names(column, np.bincount(codes[codes >= 0], minlength=1), "category")
    return _if_it_varies([Feature(column.name, column.name, codes, is_category=True, levels=names)])


def _if_it_varies(features: list[Feature]) -> list[Feature] | str:
    varying = [
        f
        for f in features
        if len(np.unique(f.values[~np.isnan(f.values.astype(float))])) > 1
        or 0 < np.isnan(f.values.astype(float)).mean() < 1
    ]
    return varying or "it is the same in every row"


def _date_parts(column: Column, dates: Dates, keep: Array, moment: Array | None, time: str) -> list[Feature]:
    """The day, its month and weekday, and how long after the row's own moment it is."""
    days = np.floor(_days(dates, keep))
    gone = np.isnan(days)
    whole = np.where(gone, 0, days).astype("datetime64[D]")
    parts = {
        column.name: days,
        f"{column.name} (month)": _month(whole),
        f"{column.name} (weekday)": _weekday(whole),
    }
    if moment is not None:
        parts[f"{column.name} (days after {time})"] = days - np.floor(moment)
    return [Feature(name, column.name, np.where(gone, np.nan, v.astype(float))) for name, v in parts.items()]


def _month(days: Array) -> Array:
    found: Array = days.astype("datetime64[M]").astype(np.int64) % 12 + 1
    return found


def _weekday(days: Array) -> Array:
    """0 for a Monday."""
    found: Array = (days.astype(np.int64) + 3) % 7
    return found


def _text_parts(column: Column, keep: Array) -> list[Feature]:
    """Of free text: how long, how many words, how many digits."""
    texts = [str(level) for level in column.plain.levels]
    codes = column.codes[keep]
    measures = {
        "length": np.array([len(text) for text in texts], dtype=float),
        "words": np.array([len(text.split()) for text in texts], dtype=float),
        "digits": np.array([sum(map(str.isdigit, text)) for text in texts], dtype=float),
    }
    return [
        Feature(f"{column.name} ({what})", column.name, np.where(codes < 0, np.nan, values[codes]))
        for what, values in measures.items()
    ]


def level_names(column: Column, counts: Array, word: str) -> tuple[str, ...]:
    """Names of levels; one that is long, rare or may be personal is only numbered."""
    names = []
    for code in range(len(column.counts)):
        name = shown(column.level_name(code) or "", _LONGEST_LEVEL + 1)
        rare = code >= len(counts) or counts[code] < _OFTEN_ENOUGH
        hidden = rare or not name or len(name) > _LONGEST_LEVEL or may_be_private(name)
        names.append(f"{word} {code + 1}" if hidden else name)
    return tuple(names)
