"""From a table to what models can learn from: answers, inputs as numbers, folds that keep like rows together.

Nothing is learned here: categories stay codes until a fold encodes them by what its own training rows say.
"""

from __future__ import annotations

import functools
import math
import zlib
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from mlpm_magics.errors import InvalidValueError, shown
from mlpm_magics.results import SetAside
from mlpm_magics.table import Column, Table
from mlpm_magics.table.patterns import may_be_private

Array: TypeAlias = npt.NDArray[Any]
MOST_ROWS = 10_000
FEWEST_ROWS = 30
_MOST_CLASSES = 8
_SKEWED = 3.0
_BINS = 8
_LONGEST_LEVEL, _OFTEN_ENOUGH = 24, 5
_MANY_FOLDS_BELOW = 2_500
_WAYS = 1_000


@dataclass(frozen=True)
class Feature:
    """One input: numbers with NaN where they are missing, or codes of categories (-1 where missing).

    `column` is the column it was made from; a date makes several features. `levels` names the categories by
    code, for a rule to be written; what is rare or may be personal is only numbered.
    """

    name: str
    column: str
    values: Array
    is_category: bool = False
    levels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Prepared:
    """A table made ready for measuring.

    Attributes:
        table: the name of the table.
        target: the name of the target.
        task: classes or a number.
        y: class codes (0 … k-1) or numbers, one per row that is used.
        classes: how many classes; 0 for a number.
        answers: their names, as far as they may be shown.
        features: the inputs.
        entity: codes of the entity per row, or None.
        day: the moment of each row in days, or None; NaN where unknown.
        group: codes per row of the first group, or None.
        cluster: rows that must stay in one fold have one code: of one entity, or exact copies.
        fold: the fold in which each row is tested.
        rows: rows of the whole table.
        set_aside: columns that are not used, and why.
        notes: what was done to the table, in words.
        seed: for everything drawn at random.
    """

    table: str
    target: str
    task: Literal["classes", "number"]
    y: Array
    classes: int
    answers: tuple[str, ...]
    features: tuple[Feature, ...]
    entity: Array | None
    day: Array | None
    group: Array | None
    cluster: Array
    fold: Array
    rows: int
    set_aside: tuple[SetAside, ...]
    notes: tuple[str, ...]
    seed: int

    @property
    def n(self) -> int:
        """Rows that are used."""
        return len(self.y)

    @functools.cached_property
    def folds(self) -> int:
        """How many folds."""
        return int(self.fold.max()) + 1

    @functools.cached_property
    def one_hot(self) -> Array:
        """The answers as columns of 0 and 1, one per class; the number itself as one column."""
        if self.task == "number":
            return self.y[:, None].astype(float)
        return np.eye(self.classes)[self.y]

    @functools.cached_property
    def binned(self) -> tuple[tuple[Array, int], ...]:
        """Per feature the cell of each row and how many cells: categories as they are, numbers in bins.

        The edges of bins come from all rows, the answers play no part in them.
        """
        return tuple(_binned(feature) for feature in self.features)

    def without(self, columns: dict[str, str]) -> Prepared:
        """The same without some columns, by name and with the reason."""
        kept = tuple(f for f in self.features if f.column not in columns)
        gone = tuple(SetAside(what=name, reason=reason) for name, reason in columns.items())
        return replace(self, features=kept, set_aside=self.set_aside + gone)


def prepare(table: Table, seed: int = 0) -> Prepared:
    """Make a table ready.

    Raises:
        InvalidValueError: where there is nothing to learn: no rows, no second answer, a target of free text.
    """
    target = table.target
    if target is None or table.task == "other":
        what = "no target was named" if target is None else f"`{target.name}` is neither classes nor a number"
        raise InvalidValueError(what, where="target", hint="Name a column that holds the answer to predict")
    notes: list[str] = []
    keep = _kept(table, target, seed, notes)
    if len(keep) < 2:
        raise InvalidValueError(
            f"`{target.name}` is filled in {len(keep)} rows, so there is nothing to measure"
        )
    y, classes, names = _answers(table, target, keep, notes)
    task: Literal["classes", "number"] = "classes" if table.task == "classes" else "number"
    features, set_aside = _features(table, keep)
    entity = None if table.entity is None else _codes(table.entity, keep)
    cluster = _clusters(entity, features, y)
    return Prepared(
        table=table.name,
        target=target.name,
        task=task,
        y=y,
        classes=classes,
        answers=names,
        features=tuple(features),
        entity=entity,
        day=_days(table, keep),
        group=_codes(table.groups[0], keep) if table.groups else None,
        cluster=cluster,
        fold=_folds(cluster, y, task, seed),
        rows=table.total,
        set_aside=tuple(set_aside),
        notes=tuple(notes),
        seed=seed,
    )


def _binned(feature: Feature) -> tuple[Array, int]:
    if feature.is_category:
        codes = feature.values + 1
        return codes, int(codes.max(initial=0)) + 1
    gone = np.isnan(feature.values)
    levels, places = np.unique(feature.values[~gone], return_inverse=True)
    codes = np.zeros(len(gone), dtype=np.int64)
    if len(levels) > _BINS:
        edges = np.unique(np.quantile(feature.values[~gone], np.linspace(0, 1, _BINS + 1)[1:-1]))
        places = np.searchsorted(edges, feature.values[~gone], side="right")
    codes[~gone] = places + 1
    return codes, int(codes.max(initial=0)) + 1


def _kept(table: Table, target: Column, seed: int, notes: list[str]) -> Array:
    filled = ~target.is_missing
    if table.task == "number" and target.numbers.dtype.kind == "f":
        filled &= np.isfinite(np.where(target.is_missing, 0, target.numbers))
    keep = np.flatnonzero(filled)
    if len(keep) < table.rows:
        notes.append(f"{table.rows - len(keep):,} rows without a usable `{target.name}` were left out.")
    if table.total > table.rows:
        notes.append(f"{table.rows:,} of {table.total:,} rows came here, drawn at random.")
    if len(keep) > MOST_ROWS:
        notes.append(f"Measured on {MOST_ROWS:,} of {len(keep):,} rows, drawn at random (seed {seed}).")
        keep = np.sort(np.random.default_rng(seed).choice(keep, MOST_ROWS, replace=False))
    return keep


def _answers(
    table: Table, target: Column, keep: Array, notes: list[str]
) -> tuple[Array, int, tuple[str, ...]]:
    if table.task == "number":
        y = target.numbers[keep].astype(float)
        spread = float(y.std())
        if spread == 0:
            raise InvalidValueError(
                f"`{target.name}` is the same in every row, so there is nothing to predict"
            )
        if y.min() >= 0 and float((((y - y.mean()) / spread) ** 3).mean()) > _SKEWED:
            notes.append(f"`{target.name}` has a long tail; it was measured as log(1 + value).")
            y = np.log1p(y)
        return y, 0, ()
    codes = _codes(target, keep)
    counts = np.bincount(codes)
    order = np.argsort(-counts, kind="stable")
    order = order[counts[order] > 0]
    if len(order) < 2:
        raise InvalidValueError(f"`{target.name}` is the same in every row, so there is nothing to predict")
    if len(order) > _MOST_CLASSES:
        notes.append(f"The {len(order) - _MOST_CLASSES + 1} rarest of {len(order)} classes count as one.")
    place = np.zeros(len(counts), dtype=np.int64)
    place[order] = np.minimum(np.arange(len(order)), _MOST_CLASSES - 1)
    shown_names = _level_names(target, counts, "answer")
    names = [shown_names[code] if code < len(shown_names) else "no answer" for code in order[:_MOST_CLASSES]]
    if len(order) > _MOST_CLASSES:
        names[-1] = "another answer"
    return place[codes], min(len(order), _MOST_CLASSES), tuple(names)


def _level_names(column: Column, counts: Array, word: str) -> tuple[str, ...]:
    """Names of levels; one that is long, rare or may be personal is only numbered."""
    names = []
    for code in range(len(column.counts)):
        name = shown(column.level_name(code) or "", _LONGEST_LEVEL + 1)
        rare = code >= len(counts) or counts[code] < _OFTEN_ENOUGH
        hidden = rare or not name or len(name) > _LONGEST_LEVEL or may_be_private(name)
        names.append(f"{word} {code + 1}" if hidden else name)
    return tuple(names)


def _codes(column: Column, keep: Array) -> Array:
    """Codes of a column; what is missing has one of its own."""
    if column.kind == "nested":
        raise InvalidValueError(f"the cells of `{column.name}` hold values inside values", where=column.name)
    codes = column.codes[keep].astype(np.int64)
    return np.where(codes < 0, codes.max(initial=-1) + 1, codes)


def _days(table: Table, keep: Array) -> Array | None:
    if table.moments is None:
        return None
    days = np.full(table.rows, np.nan)
    days[table.moments.valid] = table.moments.filled / 86_400
    return days[keep]


# --- the inputs ------------------------------------------------------------------------------------------


def _features(table: Table, keep: Array) -> tuple[list[Feature], list[SetAside]]:
    features: list[Feature] = []
    aside: list[SetAside] = []
    for column in table.features:
        made = _made(column, keep)
        if isinstance(made, str):
            aside.append(SetAside(what=column.name, reason=made))
        else:
            features += made
    return features, aside


def _made(column: Column, keep: Array) -> list[Feature] | str:
    """The features of a column, or why it has none."""
    match column.kind:
        case "nested":
            return "its cells hold values inside values"
        case "empty":
            return "it is empty"
        case _ if column.is_identifier:
            return "it only numbers or names the rows"
        case "number" | "boolean" | "duration":
            values = np.where(column.is_missing, np.nan, column.numbers.astype(float))[keep]
            values = np.where(np.isinf(values), np.nan, values)
            return _if_it_varies([Feature(column.name, column.name, values)])
        case "date":
            return _if_it_varies(_date_parts(column, keep))
        case "text":
            return _if_it_varies(_text_parts(column, keep))
    codes = column.codes[keep].astype(np.int64)
    names = _level_names(column, np.bincount(codes[codes >= 0], minlength=1), "category")
    return _if_it_varies([Feature(column.name, column.name, codes, is_category=True, levels=names)])


def _if_it_varies(features: list[Feature]) -> list[Feature] | str:
    varying = [
        f
        for f in features
        if len(np.unique(f.values[~np.isnan(f.values.astype(float))])) > 1
        or 0 < np.isnan(f.values.astype(float)).mean() < 1
    ]
    return varying or "it is the same in every row"


def _date_parts(column: Column, keep: Array) -> list[Feature]:
    moments = column.plain.values
    if moments is None:
        return []
    days = moments[keep].astype("datetime64[D]")
    gone = column.is_missing[keep] | np.isnat(days)
    month = days.astype("datetime64[M]").astype(np.int64) % 12 + 1
    parts = {
        column.name: days.astype(np.int64),
        f"{column.name} (month)": month,
        f"{column.name} (weekday)": (days.astype(np.int64) + 3) % 7,
    }
    return [Feature(name, column.name, np.where(gone, np.nan, v.astype(float))) for name, v in parts.items()]


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


# --- folds -----------------------------------------------------------------------------------------------


def _clusters(entity: Array | None, features: list[Feature], y: Array) -> Array:
    """One code per entity, or per set of exact copies."""
    if entity is not None:
        return entity
    if not features:
        return np.arange(len(y))
    rows = np.column_stack([f.values.astype(float) for f in features] + [y.astype(float)])
    digests = np.array(
        [zlib.crc32(row.tobytes()) for row in np.ascontiguousarray(np.nan_to_num(rows, nan=-9e9))]
    )
    ways = sum(math.log(len(np.unique(column)) or 1) for column in rows.T)
    if ways < math.log(_WAYS * len(y)):  # few coarse inputs: equal rows are no copies of one another
        return np.arange(len(y))
    return np.unique(digests, return_inverse=True)[1]


def _folds(cluster: Array, y: Array, task: str, seed: int) -> Array:
    """The fold of each row: clusters whole, answers spread evenly."""
    random = np.random.default_rng(seed)
    names, first, inverse = np.unique(cluster, return_index=True, return_inverse=True)
    wanted = 10 if len(y) < _MANY_FOLDS_BELOW else 5
    folds = max(2, min(wanted, len(names)))
    shuffled = random.permutation(len(names))
    order = shuffled[np.argsort(y[first][shuffled], kind="stable")] if task == "classes" else shuffled
    of_cluster = np.empty(len(names), dtype=np.int64)
    of_cluster[order] = np.arange(len(names)) % folds
    return of_cluster[inverse]
