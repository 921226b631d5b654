"""The one door for user data: columns by position, names to show, roles; nothing copied, nothing changed.

Labels are only for finding a column and for showing it. Two columns of one name, names that are no text and
names that try to be markup are therefore ordinary.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from mlpm_magics.errors import InvalidValueError, UnknownNameError, shown
from mlpm_magics.table.dates import Dates, read_dates, read_numbers
from mlpm_magics.table.engines.lazy import Brought
from mlpm_magics.table.moments import Cadence, read_cadence, read_day
from mlpm_magics.table.patterns import holds_private
from mlpm_magics.table.plain import Array
from mlpm_magics.table.reading import read
from mlpm_magics.table.statistics import Column

LONGEST_NAME = 60
_MOST_NUMERIC_CLASSES = 10
_MOST_CLASSES = 100


@dataclass(frozen=True)
class Table:
    """A table behind the door.

    Attributes:
        name: what the user calls it.
        rows: how many are here; all of them, or the sample of a large table on an engine.
        columns: all of them, in order.
        target: what should be predicted.
        time: when a row happened.
        entity: whom or what it is about.
        groups: groups to be fair to, or to cover.
        reference: a table like those to be served.
        as_of: the day to count from.
        cadence: how often rows should come.
        seed: for whatever is drawn at random.
        total: rows of the whole table.
        engine: where the table stays, for people; "" for a table in memory.
        unanswered: rows of the whole table that have no target, where only others were drawn from.
    """

    name: str
    rows: int
    columns: tuple[Column, ...]
    target: Column | None
    time: Column | None
    entity: Column | None
    groups: tuple[Column, ...]
    reference: Table | None
    as_of: dt.date
    cadence: Cadence | None
    seed: int = 0
    total: int = 0
    engine: str = ""
    unanswered: int = 0

    @property
    def is_sample(self) -> bool:
        """Whether only some of the rows are here."""
        return self.total > self.rows

    def frame(self, rows: Array) -> pd.DataFrame:
        """Some of the rows that are here, by position, with the columns under the names that are shown."""
        return pd.DataFrame({c.name: c.values.iloc[rows].array for c in self.columns}, copy=False)

    @functools.cached_property
    def inputs(self) -> tuple[Column, ...]:
        """Every column but the target."""
        return tuple(column for column in self.columns if column is not self.target)

    @functools.cached_property
    def features(self) -> tuple[Column, ...]:
        """The columns a model would learn from: neither target, entity nor time."""
        return tuple(c for c in self.inputs if c is not self.entity and c is not self.time)

    def column(self, label: object, where: str) -> Column:
        """The column meant, by label, else by the name shown; `where` is what asked for it.

        Raises:
            UnknownNameError: with the nearest name there is.
            InvalidValueError: where several columns are called so.
        """
        found = _among(self.columns, label, where)
        if found is None:
            raise _no_column(self.columns, label, where)
        return found

    def role(self, column: Column) -> str:
        """The role of a column, or ""."""
        named = (("target", self.target), ("time", self.time), ("entity", self.entity))
        return next(
            (role for role, held in named if held is column), "group" if column in self.groups else ""
        )

    @property
    def roles(self) -> dict[str, tuple[str, ...]]:
        """The columns that play a role, by role."""
        found: dict[str, tuple[str, ...]] = {}
        for column in self.columns:
            if role := self.role(column):
                found[role] = (*found.get(role, ()), column.name)
        return found

    @functools.cached_property
    def task(self) -> Literal["classes", "number", "other"]:
        """What a model would predict: one of a few classes, a number, or something else (or nothing)."""
        if self.target is None:
            return "other"
        match self.target.kind:
            case "boolean" | "category" | "mixed":
                return "classes" if self.target.distinct_levels <= _MOST_CLASSES else "other"
            case "number":
                spread = self.target.spread
                whole = all(value == int(value) for value in spread.quantiles)
                few = spread.distinct <= (_MOST_NUMERIC_CLASSES if whole else 2)
                return (
                    "classes"
                    if few and spread.count > 0 and spread.count >= 3 * spread.distinct
                    else "number"
                )
            case "text":
                return "classes" if self.target.distinct_levels <= self.target.filled / 10 else "other"
            case "duration":
                return "number"
        return "other"

    @functools.cached_property
    def moments(self) -> Dates | None:
        """The time column read as dates; None where there is none or it cannot be read."""
        if self.time is None:
            return None
        return read_dates(self.time.plain) or read_numbers(self.time.plain)


def open_table(
    data: object,
    *,
    name: str = "",
    target: object = None,
    time: object = None,
    entity: object = None,
    group: object = None,
    reference: object = None,
    as_of: object = None,
    cadence: object = None,
    seed: int = 0,
    sample_only: bool = False,
) -> Table:
    """Let a table in. See `mlpm_magics.readiness.profile` for what the arguments mean.

    `sample_only`: a random sample of at most 50,000 rows that have a target will do, and nothing need be
    counted over all rows but them.

    Raises:
        MlpmError: for what is no table, a column that is not there, or one column in two roles.
    """
    brought = read(
        data,
        count_by=[target, *(_labels(group))],
        seed=seed,
        sample_of=target if sample_only else None,
    )
    frame, file = brought.frame, brought.file
    columns = _columns(brought, seed)
    given = {"target": [target], "time": [time], "entity": [entity], "group": _several(group, columns)}
    found: dict[str, list[Column]] = {role: [] for role in given}
    taken: dict[int, str] = {}
    for role, labels in given.items():
        for label in labels:
            if label is None:
                continue
            column = _find(frame, columns, label, role, seed)
            if column.position in taken:
                raise InvalidValueError(
                    f"`{column.name}` cannot be both {taken[column.position]} and {role}", where=role
                )
            taken[column.position] = role
            found[role].append(column)
    return Table(
        name=shown(name or file, LONGEST_NAME) or "table",
        rows=len(frame),
        columns=tuple(columns),
        target=next(iter(found["target"]), None),
        time=next(iter(found["time"]), None),
        entity=next(iter(found["entity"]), None),
        groups=tuple(found["group"]),
        reference=None if reference is None else open_table(reference, name="reference", seed=seed),
        as_of=read_day(as_of),
        cadence=read_cadence(cadence),
        seed=seed,
        total=brought.rows,
        engine=brought.engine,
        unanswered=brought.unanswered,
    )


def _columns(brought: Brought, seed: int) -> list[Column]:
    names = names_of(list(brought.frame.columns))
    return [
        Column(i + 1, names[i], label, values, seed, brought.columns.get(str(label)))
        for i, (label, values) in enumerate(brought.frame.items())
    ]


def names_of(labels: list[object]) -> list[str]:
    """The names under which columns are shown: unique, printable, nothing personal in them."""
    wanted = [_name(label) or f"column {i + 1} (no name)" for i, label in enumerate(labels)]
    hidden = [holds_private(name) for name in wanted]  # a file without a header: its first row became names
    wanted = [
        f"column {i + 1} (name hidden)" if hide else name
        for i, (name, hide) in enumerate(zip(wanted, hidden, strict=True))
    ]
    often = Counter(wanted)
    names: list[str] = []
    taken = {name for name, count in often.items() if count == 1}
    for i, name in enumerate(wanted):
        unique = name if often[name] == 1 else f"{name} (column {i + 1})"
        while often[name] > 1 and unique in taken:
            unique += "'"
        taken.add(unique)
        names.append(unique)
    return names


def _name(label: object) -> str:
    parts = label if isinstance(label, tuple) else (label,)
    return " / ".join(shown(part, LONGEST_NAME) for part in parts if not _is_nothing(part)).strip()


def _is_nothing(label: object) -> bool:
    return label is None or (isinstance(label, float) and label != label)


def _several(group: object, columns: list[Column]) -> list[object]:
    """The labels meant by one label or several; a tuple may be either."""
    if isinstance(group, tuple) and any(_same(column.label, group) for column in columns):
        return [group]
    return _labels(group)


def _labels(group: object) -> list[object]:
    if isinstance(group, set | frozenset):
        return sorted(group, key=shown)
    return list(group) if isinstance(group, Iterable) and not isinstance(group, str | bytes) else [group]


def _find(frame: pd.DataFrame, columns: list[Column], label: object, role: str, seed: int) -> Column:
    """The column meant: by label, else by the name shown; the index may play a role too."""
    found = _among(columns, label, role)
    if found is not None:
        return found
    for level in range(frame.index.nlevels):
        if label is not None and _same(frame.index.names[level], label):
            values = frame.index.get_level_values(level)
            columns.append(Column(len(columns) + 1, _name(label), label, pd.Series(values), seed))
            return columns[-1]
    raise _no_column(columns, label, role)


def _among(columns: Sequence[Column], label: object, role: str) -> Column | None:
    same = [column for column in columns if _same(column.label, label)]
    called = [c for c in columns if isinstance(label, str) and label in (c.name, _name(c.label))]
    for hits in ([column for column in same if type(column.label) is type(label)], same, called):
        if len(hits) == 1:
            return hits[0]
        if hits:
            raise InvalidValueError(
                f"{len(hits)} columns are called {shown(label)!r}",
                where=role,
                allowed=[column.name for column in hits],
                hint="Name one of them as written here",
            )
    return None


def _no_column(columns: Sequence[Column], label: object, role: str) -> UnknownNameError:
    return UnknownNameError(
        f"there is no column {shown(label)!r}",
        where=role,
        given=shown(label),
        allowed=[column.name for column in columns],
    )


def _same(one: object, other: object) -> bool:
    try:
        return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)
    except Exception:
        return False
