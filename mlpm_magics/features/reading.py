"""From a column of any frame to plain arrays, each row by itself: the same for training and for live use.

What cannot be read is missing, never an error: a number that arrives as text is read, a text where a number
should be is a gap.
"""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from mlpm_magics.errors import UnknownNameError, WrongTypeError
from mlpm_magics.evidence.columns.numerals import number_of
from mlpm_magics.results import PlannedColumn
from mlpm_magics.table.dates import seconds_as
from mlpm_magics.table.door import names_of
from mlpm_magics.table.plain import Array, Plain, plain
from mlpm_magics.table.reading import read
from mlpm_magics.table.words import named

MISSING = "(missing)"
LARGEST = 1e30  # trees count in 32 bits
_YES = {"true": 1.0, "yes": 1.0, "y": 1.0, "t": 1.0, "1": 1.0, "1.0": 1.0}
_NO = {"false": 0.0, "no": 0.0, "n": 0.0, "f": 0.0, "0": 0.0, "0.0": 0.0}
_FLAGS = _YES | _NO


class Rows:
    """Rows to be turned into features: columns found by the names of a plan, in whatever order they stand."""

    def __init__(self, given: object, planned: Iterable[PlannedColumn]) -> None:
        """Find the columns.

        Args:
            given: a pandas frame, or whatever turns into one.
            planned: the columns that are needed.

        Raises:
            WrongTypeError: for what is no table.
            UnknownNameError: for columns that are not there and never had gaps.
        """
        if isinstance(given, np.ndarray):
            raise WrongTypeError("an array has no names of columns", hint="Give the pandas frame itself")
        self.frame = given if isinstance(given, pd.DataFrame) else read(given).frame
        self.count = len(self.frame)
        self._found = _positions(self.frame)
        self._plain: dict[str, Plain] = {}
        gone = [column for column in planned if not self._is_here(column.name)]
        needed = tuple(column.name for column in gone if not column.gaps)
        if needed:
            raise UnknownNameError(
                f"the table has no {named(needed)}, which the plan needs",
                where="features",
                given=needed[0],
                allowed=self._found,
            )
        if gone:
            names = named(tuple(column.name for column in gone))
            verb = "is not in the table; it counts" if len(gone) == 1 else "are not in the table; they count"
            warnings.warn(f"{names} {verb} as missing in every row", UserWarning, stacklevel=4)

    def _is_here(self, name: str) -> bool:
        return name in self._found or name in self.frame.index.names

    def plain(self, name: str) -> Plain:
        """A column as plain arrays; all missing where it is not there."""
        if name not in self._plain:
            if name in self._found:
                values = self.frame.iloc[:, self._found[name]]
            elif name in self.frame.index.names:
                values = pd.Series(self.frame.index.get_level_values(name))
            else:
                values = pd.Series([None] * self.count, dtype=object)
            self._plain[name] = plain(values)
        return self._plain[name]

    def numbers(self, name: str) -> Array:
        """A number per row; see `numbers_in`."""
        return numbers_in(self.plain(name))

    def flags(self, name: str) -> Array:
        """1, 0 or NaN per row; see `flags_in`."""
        return flags_in(self.plain(name))

    def seconds(self, name: str, reading: str) -> Array:
        """Seconds since 1970 per row, NaN where there is no date."""
        return seconds_as(self.plain(name), reading)

    def words(self, name: str) -> list[str]:
        """A text per row; see `words_in`."""
        return words_in(self.plain(name))


def numbers_in(column: Plain) -> Array:
    """A number per row, NaN where there is none; yes and no are 1 and 0, durations are seconds."""
    if column.values is not None and column.form != "date":
        values = np.where(column.missing, np.nan, column.values.astype(np.float64))
        return np.clip(np.where(np.isinf(values), np.nan, values), -LARGEST, LARGEST)
    return np.clip(_by_level(column, _number), -LARGEST, LARGEST)


def flags_in(column: Plain) -> Array:
    """1 for yes, 0 for no, NaN for anything else."""
    if column.values is not None and column.form in ("number", "boolean"):
        values = np.where(column.missing, np.nan, column.values.astype(np.float64))
        return np.where((values == 0) | (values == 1), values, np.nan)
    return _by_level(column, _flag)


def words_in(column: Plain) -> list[str]:
    """A text per row; what is missing is `MISSING`."""
    if column.codes is not None:
        levels = [_text(level) for level in column.levels] or [MISSING]
        return [MISSING if code < 0 else levels[code] for code in column.codes.tolist()]
    if column.values is None:
        return [MISSING] * len(column.missing)
    return [
        MISSING if gone else _text(value)
        for value, gone in zip(column.values.tolist(), column.missing.tolist(), strict=True)
    ]


def _positions(frame: pd.DataFrame) -> dict[str, int]:
    labels: list[object] = list(frame.columns)
    texts = [label for label in labels if isinstance(label, str)]
    if len(texts) == len(labels) == len(set(texts)):
        plainly = {str(label): at for at, label in enumerate(labels)}
    else:
        plainly = {}
    return {**{name: at for at, name in enumerate(names_of(labels))}, **plainly}


def _by_level(column: Plain, read_one: Callable[[object], float]) -> Array:
    """What a function makes of each level, spread over the rows."""
    missing = np.full(len(column.missing), np.nan)
    if column.codes is None:
        return missing
    known = np.array([read_one(level) for level in column.levels] or [np.nan], dtype=np.float64)
    return np.where(column.codes < 0, np.nan, known[np.maximum(column.codes, 0)])


def _number(level: object) -> float:
    if isinstance(level, bool | np.bool_ | int | float | np.integer | np.floating):
        value = float(level)
        return value if np.isfinite(value) else np.nan
    return number_of(level) if isinstance(level, str) else np.nan


def _flag(level: object) -> float:
    return _FLAGS.get(_text(level).lower(), np.nan)


def _text(level: object) -> str:
    """A value as a category: 1, 1.0, "1" and True are the same."""
    if isinstance(level, str):
        return level.strip() or MISSING
    if isinstance(level, bool | np.bool_ | int | np.integer):
        return str(int(level))
    if isinstance(level, float | np.floating):
        return str(int(level)) if np.isfinite(level) and level == int(level) else repr(float(level))
    return level.isoformat() if isinstance(level, dt.date) else str(type(level).__name__)
