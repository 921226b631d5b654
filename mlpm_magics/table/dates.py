"""Reads cells as dates: real dates, texts in the usual layouts, and (for a time column) whole numbers.

Texts are read once per distinct value, with regular expressions that cannot run away.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from mlpm_magics.table.levels import some_of
from mlpm_magics.table.plain import Array, Mask, Plain, as_date

DAY = 86_400
_LOOK = 200
_NEEDED = 0.9
_EPOCH = dt.date(1970, 1, 1).toordinal()
_MONTHS = {
    name: i + 1
    for i, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    )
}
_UNITS = {
    "years": (1800, 2200),
    "months": (180_001, 220_012),
    "days": (18_000_101, 22_001_231),
    "seconds": (10**8, 4 * 10**9),
    "milliseconds": (10**11, 4 * 10**12),
}
_CLOCK = (
    r"(?:[T ](?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:[.,]\d{1,9})?)?)?"
    r" ?(?P<zone>Z|UTC|[+-]\d{2}:?\d{2})?"
)
_WORD = r"(?P<word>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_LAYOUTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern + _CLOCK, re.IGNORECASE))
    for name, pattern in (
        ("year-month-day", r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
        ("year/month/day", r"(?P<y>\d{4})[/.](?P<m>\d{1,2})[/.](?P<d>\d{1,2})"),
        ("year-month", r"(?P<y>(?:19|20)\d{2})-(?P<m>\d{2})"),
        ("day.month.year", r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})"),
        ("day and month with slashes", r"(?P<p>\d{1,2})[/-](?P<q>\d{1,2})[/-](?P<y>\d{4})"),
        ("day month-name year", r"(?P<d>\d{1,2})[ -]" + _WORD + r"[ ,-]{1,2}(?P<y>\d{4})"),
        ("month-name day year", _WORD + r" (?P<d>\d{1,2}),? (?P<y>\d{4})"),
        ("day.month.year of two digits", r"(?P<d>\d{2})\.(?P<m>\d{2})\.(?P<y>\d{2})"),
        ("day and month with slashes, year of two digits", r"(?P<p>\d{1,2})/(?P<q>\d{1,2})/(?P<y>\d{2})"),
        ("yearmonthday", r"(?P<y>(?:19|20)\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])"),
    )
)


@dataclass(frozen=True)
class Dates:
    """A column read as dates.

    Attributes:
        seconds: seconds since 1970 (UTC) per row; defined where `valid`.
        valid: one flag per row.
        unread: rows that are filled and are no date.
        as_text: whether the cells are texts.
        layouts: how the texts are written; more than one is a mixture.
        either_order: whether day and month cannot be told apart.
        reading: how its cells are read, for `seconds_as`: "date", "day_first", "month_first", or the unit
            of numbers.
    """

    seconds: Array
    valid: Mask
    unread: int
    as_text: bool
    layouts: tuple[str, ...] = ()
    either_order: bool = False
    reading: str = "date"

    @property
    def filled(self) -> Array:
        """The seconds of the rows that have a date."""
        return self.seconds[self.valid]


def read_dates(column: Plain) -> Dates | None:
    """The column as dates; None where fewer than nine in ten filled cells are one."""
    match column.form:
        case "date" if column.values is not None:
            whole = column.values.astype("datetime64[s]").view(np.int64)
            return Dates(whole, ~column.missing, 0, as_text=False)
        case "string" | "level":
            return _texts(column)
    return None


def read_numbers(column: Plain) -> Dates | None:
    """Whole numbers as years (2024), months (202401), days (20240131) or seconds since 1970."""
    if column.form != "number" or column.values is None:
        return None
    valid = ~column.missing & np.isfinite(column.values.astype(np.float64))
    if not valid.any() or (column.values[valid] % 1).any():
        return None
    whole = np.where(valid, column.values, 0).astype(np.int64)
    low, high = int(whole[valid].min()), int(whole[valid].max())
    unit = next((u for u, (least, most) in _UNITS.items() if low >= least and high <= most), None)
    if unit is None:
        return None
    seconds, readable = _counted(whole, unit)
    valid &= readable
    unread = int(np.count_nonzero(~column.missing & ~valid))
    return Dates(seconds, valid, unread, as_text=False, reading=unit)


def seconds_as(column: Plain, reading: str) -> Array:
    """Seconds since 1970 per row, NaN where there is no date; each row is read by itself.

    Args:
        column: dates, texts or numbers, whichever arrived.
        reading: how they were read when they were first seen (`Dates.reading`).
    """
    if column.form == "date" and column.values is not None:
        whole = column.values.astype("datetime64[s]").view(np.int64)
        return np.where(column.missing, np.nan, whole.astype(np.float64))
    if column.codes is not None:
        read = [_one(level, reading) for level in column.levels] or [np.nan]
        return np.where(column.codes < 0, np.nan, np.array(read)[np.maximum(column.codes, 0)])
    if column.form == "number" and column.values is not None and reading in _UNITS:
        return _of_unit(np.where(column.missing, np.nan, column.values.astype(np.float64)), reading)
    return np.full(len(column.missing), np.nan)


def _one(level: object, reading: str) -> float:
    """One cell of a column in which several kinds of cells may stand."""
    if isinstance(level, str):
        hit = _match(level)
        seconds = None if hit is None else _seconds(hit[1], reading != "month_first")
        return np.nan if seconds is None else float(seconds)
    if isinstance(level, np.datetime64 | dt.date):
        return float(np.datetime64(as_date(level), "s").astype(np.int64))
    is_number = isinstance(level, int | float | np.integer | np.floating) and not isinstance(level, bool)
    return float(_of_unit(np.array([level], dtype=np.float64), reading)[0]) if is_number else np.nan


def _of_unit(values: Array, reading: str) -> Array:
    """Whole numbers of a unit as seconds; NaN for what is none, or no date."""
    least, most = _UNITS.get(reading, (1, 0))
    values = np.where(np.isfinite(values), values, np.nan)
    fits = (values >= least) & (values <= most) & (values % 1 == 0)
    counted, readable = _counted(np.where(fits, values, least).astype(np.int64), reading)
    return np.where(fits & readable, counted.astype(np.float64), np.nan)


def _counted(whole: Array, unit: str) -> tuple[Array, Mask]:
    """Whole numbers of a unit as seconds, and where they are a date."""
    ones = np.ones_like(whole)
    match unit:
        case "seconds":
            return whole, np.ones(len(whole), dtype=bool)
        case "milliseconds":
            return whole // 1000, np.ones(len(whole), dtype=bool)
        case "years":
            years, months, days = whole, ones, ones
        case "months":
            years, months, days = whole // 100, whole % 100, ones
        case _:
            years, months, days = whole // 10_000, whole // 100 % 100, whole % 100
    first = (years - 1970).astype("datetime64[Y]").astype("datetime64[M]") + (months - 1)
    seconds: Array = (first.astype("datetime64[D]") + (days - 1)).astype("datetime64[s]").view(np.int64)
    return seconds, (months >= 1) & (months <= 12) & (days >= 1) & (days <= 31)


def _texts(column: Plain) -> Dates | None:
    few = random.Random(0).sample(range(len(column.levels)), min(_LOOK, len(column.levels)))  # noqa: S311
    some = [text for text in some_of(column.levels, few) if type(text) is str]
    if sum(_match(text) is not None for text in some) < _NEEDED * len(few) * 0.9:
        return None
    levels = [level if type(level) is str else "" for level in column.levels]
    found = [_match(text) for text in levels]
    day_first, either = _order([match for _, match in filter(None, found)])
    read = [None if hit is None else _seconds(hit[1], day_first) for hit in found]
    known = np.array([value or 0 for value in read] or [0], dtype=np.int64)
    good = np.array([value is not None for value in read] or [False])
    valid = ~column.missing & good[column.codes]
    filled = int(np.count_nonzero(~column.missing))
    if np.count_nonzero(valid) < _NEEDED * filled:
        return None
    layouts = dict.fromkeys(hit[0] for hit in found if hit is not None)
    return Dates(
        seconds=known[column.codes],
        valid=valid,
        unread=filled - int(np.count_nonzero(valid)),
        as_text=True,
        layouts=tuple(layouts),
        either_order=either,
        reading=_reading(layouts, day_first),
    )


def _reading(layouts: Iterable[str], day_first: bool) -> str:
    """Which of day and month comes first, where that makes a difference."""
    if "day and month with slashes" not in layouts:
        return "date"
    return "day_first" if day_first else "month_first"


def _match(text: str) -> tuple[str, re.Match[str]] | None:
    if not 6 <= len(text) <= 40:
        return None
    for name, pattern in _LAYOUTS:
        found = pattern.fullmatch(text.strip())
        if found is not None:
            return name, found
    return None


def _order(found: list[re.Match[str]]) -> tuple[bool, bool]:
    """Whether the day comes first in dates with slashes, and whether that cannot be told."""
    pairs = [(int(m["p"]), int(m["q"])) for m in found if "p" in m.groupdict()]
    if not pairs:
        return True, False
    first, second = (max(numbers) for numbers in zip(*pairs, strict=True))
    return second <= 12, first <= 12 and second <= 12


def _year(digits: str) -> int:
    """The year; of two digits, the one from 1969 to 2068."""
    return int(digits) + (0 if len(digits) == 4 else 1900 if digits >= "69" else 2000)


def _seconds(found: re.Match[str], day_first: bool) -> int | None:
    part = found.groupdict()
    if "p" in part:
        part["d"], part["m"] = (part["p"], part["q"]) if day_first else (part["q"], part["p"])
    month = _MONTHS[part["word"].lower()] if part.get("word") else int(part["m"])
    try:
        days = dt.date(_year(part["y"]), month, int(part.get("d") or 1)).toordinal() - _EPOCH
    except ValueError:
        return None
    clock = int(part["H"] or 0) * 3600 + int(part["M"] or 0) * 60 + int(part["S"] or 0)
    zone = part["zone"]
    if zone and zone[0] in "+-":
        offset = int(zone[1:3]) * 3600 + int(zone[-2:]) * 60
        clock -= offset if zone[0] == "+" else -offset
    return days * DAY + clock
