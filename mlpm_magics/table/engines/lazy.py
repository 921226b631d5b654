"""Reads a table on an engine: at most four queries, at most 50,000 rows, whatever its size.

A table of at most 50,000 rows comes whole, and everything about it is exact. Of a larger one come aggregates
over all rows and a random sample, on which the checks that look at rows run.
"""

from __future__ import annotations

import datetime as dt
import importlib
import math
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from mlpm_magics.errors import InvalidValueError, WrongTypeError, shown
from mlpm_magics.table.engines.native import ENGINES, Native

MOST_ROWS = 50_000
INSTALL = 'Install it with: pip install "mlpm_magics[engines]"'
_MOST_LEVELS = 1_000


@dataclass(frozen=True)
class Whole:
    """What an engine counted of one column, over all rows. `None`: not counted for this kind of column.

    Attributes:
        rows: rows of the whole table; exact.
        missing: rows without a value, NaN included; exact.
        distinct: about how many different values, never more than there are filled rows.
        infinite: rows with an infinite number; exact.
        low: the smallest finite number or the earliest moment; exact.
        high: the largest, likewise.
        mean: of the finite numbers.
        deviation: their standard deviation.
        levels: rows per value, for a column in a role that has few values; exact.
    """

    rows: int
    missing: int
    distinct: int | None = None
    infinite: int = 0
    low: float | dt.datetime | None = None
    high: float | dt.datetime | None = None
    mean: float | None = None
    deviation: float | None = None
    levels: Mapping[object, int] | None = None


@dataclass(frozen=True)
class Brought:
    """A table as far as it came here.

    Attributes:
        frame: all rows, or a random sample of them.
        rows: how many the whole table has; exact.
        engine: where the table stays, for people; "" for a table in memory.
        columns: per column of a sampled table, what the engine counted; empty where the frame is whole, or a
            sample was all that was wanted.
        file: the name of the file it came from, or "".
        unanswered: rows of the whole table without a target, which the sample was not drawn from; exact.
    """

    frame: pd.DataFrame
    rows: int
    engine: str = ""
    columns: Mapping[str, Whole] = field(default_factory=dict)
    file: str = ""
    unanswered: int = 0


def stays(data: object) -> bool:
    """Whether `data` is a table on an engine (a relation, a lazy frame), told without importing one."""
    kind = type(data)
    match kind.__module__.partition(".")[0]:
        case "duckdb" | "_duckdb":
            return "Relation" in kind.__name__
        case "pyspark":
            return kind.__name__ == "DataFrame" and ".sql." in kind.__module__
        case "polars":
            return kind.__name__ == "LazyFrame"
        case "ibis":
            return hasattr(data, "to_pyarrow") and hasattr(data, "columns")
        case "dask":
            return kind.__name__ == "DataFrame"
    return False


def fetch(
    data: object, *, count_by: Iterable[object] = (), seed: int = 0, sample_of: object = None
) -> Brought:
    """Ask the engine.

    Args:
        data: the table, of a library that narwhals knows.
        count_by: columns whose values are counted over all rows, where they are few: the target and groups.
        seed: for the sample.
        sample_of: the target, where a random sample of the rows that have one is all that is wanted: then
            nothing is counted but rows.

    Raises:
        InvalidValueError: narwhals is not installed, or the engine refused; its message is not shown, since
            it may quote a value.
    """
    try:
        narwhals = importlib.import_module("narwhals")
    except ImportError:
        raise InvalidValueError("reading a table on an engine needs narwhals", hint=INSTALL) from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what engines tell each other
            return _read(narwhals, data, count_by, seed, sample_of)
    except (WrongTypeError, KeyboardInterrupt):
        raise
    except Exception as error:
        raise InvalidValueError(f"the engine could not read the table ({type(error).__name__})") from None


def _read(narwhals: Any, data: Any, count_by: Iterable[object], seed: int, sample_of: object) -> Brought:
    kind = str(narwhals.from_native(data).implementation)
    if kind not in ENGINES:
        raise WrongTypeError(
            f"tables of {shown(kind)} are not read yet", hint="Use .to_pandas() on a part of it"
        )
    engine, native = ENGINES[kind]
    labels = [str(label) for label in data.columns]
    table = native.numbered(data)
    asked = _Asked(narwhals, table)
    if sample_of is not None:
        return _named(_drawn(asked, table, engine, native, _places(table, labels, [sample_of]), seed), labels)
    return _named(_fetch(asked, table, engine, native, _places(table, labels, count_by), seed), labels)


def _places(table: Any, labels: list[str], count_by: Iterable[object]) -> tuple[str, ...]:
    """What the columns to count by are called in the table that is asked."""
    names = [str(name) for name in table.columns]
    return tuple(
        names[labels.index(label)] for label in count_by if isinstance(label, str) and label in labels
    )


def _named(brought: Brought, labels: list[str]) -> Brought:
    """With the names of the user's columns; both orders are the same."""
    columns = dict(zip(labels, brought.columns.values(), strict=False))
    return replace(brought, frame=brought.frame.set_axis(labels, axis=1), columns=columns)


def _fetch(
    asked: _Asked, table: object, engine: str, native: Native, count_by: Sequence[str], seed: int
) -> Brought:
    rows, columns = asked.aggregates()
    if rows <= MOST_ROWS:
        return Brought(asked.frame(), rows, engine)
    names = asked.comparable()
    for name, distinct in zip(names, native.about_distinct(table, names), strict=True):
        columns[name] = replace(columns[name], distinct=min(int(distinct), rows - columns[name].missing))
    few = [n for n in names if n in count_by and (columns[n].distinct or 0) <= _MOST_LEVELS]
    for name, levels in asked.counts(few).items():
        columns[name] = replace(columns[name], levels=levels)
    return Brought(_sample(asked, table, native, rows, seed), rows, engine, columns)


def _drawn(
    asked: _Asked, table: object, engine: str, native: Native, target: Sequence[str], seed: int
) -> Brought:
    """A sample of the rows that have a target; two queries."""
    rows, answered = asked.answered(target)
    if rows <= MOST_ROWS:
        return Brought(asked.frame(), rows, engine)
    if answered < rows:
        table = asked.with_answer(target)
    return Brought(_sample(asked, table, native, answered, seed), rows, engine, unanswered=rows - answered)


def _sample(asked: _Asked, table: object, native: Native, rows: int, seed: int) -> pd.DataFrame:
    """At most 50,000 of `rows` rows, drawn at random."""
    if rows > MOST_ROWS:
        table = native.sample(table, MOST_ROWS, rows, seed)
    return _Asked(asked.narwhals, table).frame().head(MOST_ROWS).reset_index(drop=True)


class _Asked:
    """A lazy table and the queries put to it; columns go by position, so that no alias meets a name."""

    def __init__(self, narwhals: Any, table: object) -> None:
        self.narwhals, self.lazy = narwhals, narwhals.from_native(table).lazy()
        self.schema: dict[str, Any] = dict(self.lazy.collect_schema())

    def comparable(self) -> list[str]:
        """The columns whose values an engine can tell apart."""
        return [
            n for n, kind in self.schema.items() if not kind.is_nested() and kind != self.narwhals.Unknown
        ]

    def frame(self) -> pd.DataFrame:
        """All rows, here."""
        frame: pd.DataFrame = self.lazy.collect("pyarrow").to_native().to_pandas()
        return frame

    def answered(self, target: Sequence[str]) -> tuple[int, int]:
        """How many rows, and how many of them have a target (all, where its column was not found)."""
        count = [self.narwhals.col(name).count().alias("answered") for name in target]
        asked = self.lazy.select(self.narwhals.len().alias("rows"), *count)
        found: dict[str, int] = asked.collect("pyarrow").to_native().to_pylist()[0]
        return int(found["rows"]), int(found.get("answered", found["rows"]))

    def with_answer(self, target: Sequence[str]) -> object:
        """The rows that have a target, as a table of the engine."""
        return self.lazy.filter(~self.narwhals.col(*target).is_null()).to_native()

    def aggregates(self) -> tuple[int, dict[str, Whole]]:
        """How many rows, and what can be said of every column in the same query."""
        asked = [e for at, (name, kind) in enumerate(self.schema.items()) for e in self._of(at, name, kind)]
        found = self.lazy.select(self.narwhals.len().alias("rows"), *asked).collect("pyarrow").to_native()
        numbers: dict[str, Any] = found.to_pylist()[0]
        rows = int(numbers["rows"])
        return rows, {name: _whole(at, rows, numbers) for at, name in enumerate(self.schema)}

    def counts(self, names: list[str]) -> dict[str, dict[object, int]]:
        """Rows per value of each column, from one query over their combinations."""
        if not names:
            return {}
        grouped = self.lazy.group_by(names).agg(self.narwhals.len().alias("rows of these"))
        found = grouped.collect("pyarrow").to_native().to_pydict()
        rows: list[int] = found.pop("rows of these")
        levels: dict[str, dict[object, int]] = {name: {} for name in names}
        for name, values in found.items():
            for value, count in zip(values, rows, strict=True):
                if value is not None and value == value:
                    levels[name][value] = levels[name].get(value, 0) + int(count)
        return levels

    def _of(self, at: int, name: str, kind: Any) -> list[Any]:
        column = self.narwhals.col(name)
        facts = {"missing": column.null_count()}
        if kind.is_float():
            filled = ~column.is_null() & ~column.is_nan()  # engines differ in whether NaN is a null
            facts["filled"] = filled.cast(self.narwhals.Int64).sum()
            facts["infinite"] = (filled & ~column.is_finite()).cast(self.narwhals.Int64).sum()
            column = self.narwhals.when(column.is_finite()).then(column)
        bounded = kind in (self.narwhals.Date, self.narwhals.Datetime)
        if bounded or kind.is_numeric():
            facts |= {"low": column.min(), "high": column.max()}
        if facts.keys() >= {"low"} and not bounded:
            facts |= {"mean": column.mean(), "deviation": column.std(ddof=0)}
        return [fact.alias(f"{at} {word}") for word, fact in facts.items()]


def _whole(at: int, rows: int, numbers: Mapping[str, Any]) -> Whole:
    filled = numbers.get(f"{at} filled")
    return Whole(
        rows=rows,
        missing=int(numbers[f"{at} missing"]) if filled is None else rows - int(filled),
        infinite=int(numbers.get(f"{at} infinite") or 0),
        low=_bound(numbers.get(f"{at} low")),
        high=_bound(numbers.get(f"{at} high")),
        mean=_number(numbers.get(f"{at} mean")),
        deviation=_number(numbers.get(f"{at} deviation")),
    )


def _bound(value: Any) -> float | dt.datetime | None:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).replace(tzinfo=None) if value.tzinfo else value
    if isinstance(value, dt.date):
        return dt.datetime(value.year, value.month, value.day)
    return _number(value)


def _number(value: Any) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)
