"""What is measured of one column, once: its kind, what is missing, its spread, levels and histogram.

Facts are computed on first use and kept; a sorted copy of the numbers is not. Everything is exact on all
rows; only patterns in texts (`table/patterns.py`) look at a sample, and say so.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any, Literal, cast

import numpy as np
import pandas as pd

from mlpm_magics.table.dates import Dates, read_dates
from mlpm_magics.table.engines.lazy import Whole
from mlpm_magics.table.identity import numbers_rows
from mlpm_magics.table.levels import numbered, tallied
from mlpm_magics.table.patterns import Scan, scan
from mlpm_magics.table.plain import Array, Mask, Plain, plain
from mlpm_magics.table.spread import BINS, Spread, spread_of

Kind = Literal["number", "text", "category", "boolean", "date", "duration", "mixed", "nested", "empty"]
_FEW_LEVELS = 30
_MOST_KEPT = 50_000


class Column:
    """One column of a table: where it stands, what it is called, and its facts."""

    def __init__(
        self,
        position: int,
        name: str,
        label: object,
        values: pd.Series[Any],
        seed: int = 0,
        whole: Whole | None = None,
    ) -> None:
        """Wrap a column; nothing is read yet.

        Args:
            position: from 1, as people count.
            name: unique in its table, printable.
            label: what pandas calls it.
            values: the column; only read.
            seed: for the sample of texts that patterns look at.
            whole: what an engine counted over all rows, where `values` is only a sample of them.
        """
        self.position, self.name, self.label, self.whole = position, name, label, whole
        self.values, self._seed = values, seed
        self._counts: Array | None = None

    def __repr__(self) -> str:
        """The name only: a column never shows what it holds."""
        return f"Column({self.name!r})"

    is_read = False

    def read(self) -> None:
        """Compute what every report needs; afterwards asking for it costs nothing."""
        _ = self.kind, self.distinct, self.histogram, self.dates, self.scan
        self.is_read = True

    # --- what it is -----------------------------------------------------------------------------------

    @functools.cached_property
    def plain(self) -> Plain:
        """The column as plain arrays."""
        return plain(self.values)

    @functools.cached_property
    def dtype(self) -> str:
        """The pandas type, in a word."""
        return str(self.values.dtype).partition("[")[0] or "unknown"

    @functools.cached_property
    def kind(self) -> Kind:
        """What the cells are; strings are a `category` where few of them come back often."""
        match self.plain.form:
            case "string":
                few = self.distinct_levels <= max(_FEW_LEVELS, 0.05 * self.filled)
                return "category" if few and self.distinct_levels < 0.9 * self.filled else "text"
            case "level":
                return "category"
            case form:
                return form

    @property
    def rows(self) -> int:
        """Rows that are here."""
        return len(self.plain.missing)

    @functools.cached_property
    def missing(self) -> int:
        """Rows without a value."""
        return int(np.count_nonzero(self.plain.missing))

    @property
    def filled(self) -> int:
        """Rows with a value."""
        return self.rows - self.missing

    @property
    def is_missing(self) -> Mask:
        """One flag per row."""
        return self.plain.missing

    # --- over the whole table, of which only a sample may be here ---------------------------------------

    @property
    def total_rows(self) -> int:
        """Rows of the whole table."""
        return self.whole.rows if self.whole else self.rows

    @property
    def total_missing(self) -> int:
        """Rows of the whole table without a value."""
        return self.whole.missing if self.whole else self.missing

    @property
    def total_infinite(self) -> int:
        """Rows of the whole table with an infinite number."""
        return self.whole.infinite if self.whole else self.infinite

    @property
    def total_distinct(self) -> int | None:
        """Different values in the whole table; about, where an engine counted them."""
        if self.whole is None or self.distinct is None:
            return self.distinct
        return max(self.distinct, self.whole.distinct or 0)

    @property
    def total_mean(self) -> float:
        """The mean of the finite numbers of the whole table."""
        return self.whole.mean if self.whole and self.whole.mean is not None else self.spread.mean

    @property
    def total_deviation(self) -> float:
        """The standard deviation of the finite numbers of the whole table."""
        counted = self.whole.deviation if self.whole else None
        return self.spread.deviation if counted is None else counted

    @functools.cached_property
    def total_counts(self) -> Array:
        """Rows of the whole table per code, then those of values that the sample missed, if any.

        Estimated from the sample where no engine counted the values.
        """
        if self.whole is None:
            return self.counts
        if self.whole.levels is None:
            return np.round(self.counts * (self.total_rows / max(1, self.rows))).astype(np.int64)
        left = dict(self.whole.levels)
        here = [left.pop(self._level(code), 0) for code in range(len(self.counts))]
        return np.array([*here, *left.values()], dtype=np.int64)

    # --- levels ---------------------------------------------------------------------------------------

    @property
    def distinct_levels(self) -> int:
        """How many different levels a column of strings, categories or mixed cells has."""
        return len(self.plain.levels)

    @property
    def codes(self) -> Array:
        """A number per row for its value, in the order of first appearance; -1 where it is missing.

        Raises:
            TypeError: for a nested column, whose cells are not compared.
        """
        return self.short_codes.astype(np.int32, copy=False)

    @functools.cached_property
    def short_codes(self) -> Array:
        """The same in one byte each where there are few, two where they suffice."""
        if self.plain.codes is not None:
            return self.plain.codes
        if self.plain.form == "empty":
            return np.full(self.rows, -1, dtype=np.int8)
        if self.plain.values is None:
            raise TypeError(f"the cells of {self.name} are not plain values")
        return numbered(self.plain.values, self.is_missing, self.plain.form == "boolean")

    @property
    def counts(self) -> Array:
        """Rows per code (some may be 0); of very many codes they are counted anew each time, not kept."""
        counts = tallied(self.short_codes) if self._counts is None else self._counts
        self._counts = counts if len(counts) <= _MOST_KEPT else None
        return counts

    @functools.cached_property
    def distinct(self) -> int | None:
        """How many different values, missing not counted; None where cells are not compared."""
        match self.plain.form:
            case "nested":
                return None
            case "empty":
                return 0
            case "string" | "level" | "mixed":
                return self.distinct_levels
            case "boolean":
                flags = self.numbers[~self.is_missing] if self.missing else self.numbers
                return int(flags.any()) + int(not flags.all())
        ends = (np.inf, -np.inf) if self.infinite else ()
        return self.spread.distinct + sum(int((self.numbers == end).any()) for end in ends)

    @functools.cached_property
    def texts(self) -> Sequence[str]:
        """The distinct strings; empty for a column of anything else."""
        if self.plain.form == "string":
            return cast(Sequence[str], self.plain.levels)
        if self.plain.form not in ("level", "mixed"):
            return ()
        return [str(level) for level in self.plain.levels if type(level) in (str, np.str_)]

    @functools.cached_property
    def text_counts(self) -> Array:
        """Rows per distinct string of `texts`."""
        if self.plain.form == "string":
            return self.counts
        kept = [i for i, level in enumerate(self.plain.levels) if type(level) in (str, np.str_)]
        return self.counts[kept]

    def level_name(self, code: int) -> str | None:
        """The value behind a code as text, where it is a plain one; for the few labels that may be shown."""
        level = self._level(code)
        simple = type(level) in (str, np.str_, int, float, bool)
        return (f"{level:g}" if type(level) is float else str(level)) if simple else None

    def _level(self, code: int) -> object:
        """The value behind a code."""
        if self.plain.codes is not None:
            return self.plain.levels[code]
        if self.plain.values is None:
            return None
        level = self.plain.values[int(np.argmax(self.codes == code))].item()
        return bool(level) if self.plain.form == "boolean" else level

    # --- numbers --------------------------------------------------------------------------------------

    @property
    def numbers(self) -> Array:
        """The values of a number, boolean, duration or date column per row; undefined where missing."""
        if self.plain.values is None:
            raise TypeError(f"{self.name} does not hold numbers")
        if self.plain.form == "date":
            return self.plain.values.view(np.int64)
        return self.plain.values

    @functools.cached_property
    def infinite(self) -> int:
        """Rows with an infinite number."""
        values = self.plain.values
        return 0 if values is None or values.dtype.kind != "f" else int(np.count_nonzero(np.isinf(values)))

    def finite(self) -> Array:
        """The finite numbers that are not missing, in the order of the rows."""
        values = self.numbers
        keep = ~self.is_missing
        if values.dtype.kind == "f" and self.infinite:
            keep = keep & np.isfinite(values)
        return values if keep.all() else values[keep]

    @functools.cached_property
    def spread(self) -> Spread:
        """How the finite numbers lie; from one sort."""
        return spread_of(np.sort(self.finite()))

    @functools.cached_property
    def histogram(self) -> tuple[int, ...]:
        """Rows in at most 20 bins of equal width, or of the 20 most frequent levels."""
        match self.plain.form:
            case "empty" | "nested":
                return ()
            case "string" | "level" | "mixed" | "boolean":
                rows = self.counts[self.counts > 0]
                most = np.partition(rows, len(rows) - BINS)[-BINS:] if len(rows) > BINS else rows
                return tuple(int(n) for n in np.sort(most)[::-1])
            case _:
                return self.spread.bins

    # --- words ----------------------------------------------------------------------------------------

    @functools.cached_property
    def dates(self) -> Dates | None:
        """The column read as dates, where its cells are dates or texts that look like them."""
        return read_dates(self.plain)

    @functools.cached_property
    def scan(self) -> Scan:
        """What its distinct texts look like: personal data, secrets, hostile content."""
        return scan(self.name, self.plain, self._seed)

    @functools.cached_property
    def is_identifier(self) -> bool:
        """Whether the column only numbers or names the rows."""
        return numbers_rows(self)
