"""The date to count from and the step in which rows should come."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.errors import InvalidValueError, shown

_UNITS: dict[str, tuple[float, tuple[str, ...]]] = {
    "minute": (1 / 1440, ("min", "minute", "minutes", "t")),
    "hour": (1 / 24, ("h", "hour", "hours", "hourly")),
    "day": (1.0, ("d", "day", "days", "daily")),
    "week": (7.0, ("w", "week", "weeks", "weekly")),
    "month": (30.4375, ("m", "mo", "month", "months", "monthly")),
    "quarter": (91.3125, ("q", "quarter", "quarters", "quarterly")),
    "year": (365.25, ("y", "year", "years", "yearly")),
}


@dataclass(frozen=True)
class Cadence:
    """How often rows should come: so many days (a month is 30.4), and in words."""

    days: float
    words: str


def read_cadence(given: object, where: str = "cadence") -> Cadence | None:
    """A step such as `1d`, `12h`, `1w`, `1m` (a month), `daily`, or a pandas Timedelta.

    Raises:
        InvalidValueError: for anything else, or a step of nothing.

    Example:
        >>> read_cadence("2w")
        Cadence(days=14.0, words='2 weeks')
    """
    if given is None:
        return None
    if isinstance(given, dt.timedelta):
        days = given.total_seconds() / 86_400
        if days > 0:
            return Cadence(days, f"{days:g} days")
    elif isinstance(given, str):
        found = re.fullmatch(r"\s*(\d{1,6}(?:\.\d{1,3})?)?\s*([A-Za-z]+)\s*", given)
        for unit, (days, names) in _UNITS.items():
            if (
                found
                and (found[2] == "M" or found[2].lower() in names)
                and (found[2] != "M" or unit == "month")
            ):
                number = float(found[1] or 1)
                if number > 0:
                    return Cadence(number * days, f"{number:g} {unit}{'' if number == 1 else 's'}")
    raise InvalidValueError(
        f"{shown(given, 40)!r} is not a step in time",
        where=where,
        hint="Write for example 12h, 1d, 1w, 1m (a month) or 1y",
    )


def read_day(given: object) -> dt.date:
    """The day to count from; today where none is given.

    Raises:
        InvalidValueError: for anything that is no date.
    """
    if given is None:
        return dt.date.today()
    try:
        if isinstance(given, str) and re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}.*", given.strip()):
            given = pd.Timestamp(given.strip())
        if given is pd.NaT:
            return _no_day(given)
        if isinstance(given, dt.datetime):
            return given.date()
        if isinstance(given, dt.date):
            return given
        return (
            given.astype("datetime64[s]").item().date()
            if isinstance(given, np.datetime64)
            else _no_day(given)
        )
    except InvalidValueError:
        raise
    except Exception:
        return _no_day(given)


def _no_day(given: object) -> dt.date:
    raise InvalidValueError(
        f"{shown(given, 40)!r} is not a date", where="as_of", hint="Write it as 2026-11-01"
    )
