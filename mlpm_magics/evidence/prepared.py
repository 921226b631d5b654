"""From a table to what models can learn from: answers, inputs as numbers, folds that keep like rows together.

Nothing is learned here: categories stay codes until a fold encodes them by what its own training rows say.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from mlpm_magics.errors import InvalidValueError
from mlpm_magics.evidence.features import (
    Array,
    Feature,
    calendar_of,
    days_of,
    features_of,
    level_names,
)
from mlpm_magics.evidence.folds import clusters_of, folds_of
from mlpm_magics.evidence.wording import words_of
from mlpm_magics.results import SetAside
from mlpm_magics.table import Column, Table

__all__ = ["Array", "Feature", "Prepared", "prepare"]

MOST_ROWS = 10_000
FEWEST_ROWS = 30
_MOST_CLASSES = 8
_SKEWED = 3.0
_BINS = 8
_LARGEST = 1e100
_YES = ("true", "yes", "y", "t", "1", "positive")


@dataclass(frozen=True)
class Prepared:
    """A table made ready for measuring.

    Attributes:
        table: the name of the table.
        target: the name of the target.
        task: classes or a number.
        y: class codes (0 … k-1, the most frequent first; of two, 1 is a plain yes or else the rarer), or
            numbers; one per row that is used.
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
        logged: whether `y` is log(1 + value) of a number with a long tail.
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
    logged: bool = False

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

    @functools.cached_property
    def timeless(self) -> Prepared:
        """The same without the inputs made of the time column."""
        return replace(self, features=tuple(f for f in self.features if not f.calendar))

    def part(self, rows: Array, fold: Array) -> Prepared:
        """Only these rows, in folds of their own."""
        return replace(
            self,
            y=self.y[rows],
            features=tuple(replace(f, values=f.values[rows]) for f in self.features),
            entity=None if self.entity is None else self.entity[rows],
            day=None if self.day is None else self.day[rows],
            group=None if self.group is None else self.group[rows],
            cluster=self.cluster[rows],
            fold=fold,
        )


def prepare(table: Table, seed: int = 0, *, rows: Array | None = None, rich: bool = False) -> Prepared:
    """Make a table ready.

    Args:
        table: with a target.
        seed: for the folds, and the rows drawn where there are too many.
        rows: the positions of the rows to use, where they were chosen already (see `usable_rows`).
        rich: whether what comes back in the time column, and the words of free text, are inputs.

    Raises:
        InvalidValueError: where there is nothing to learn: no rows, no second answer, a target of free text.
    """
    target = _predictable(table)
    notes: list[str] = []
    keep = _kept(table, target, seed, notes) if rows is None else rows
    if len(keep) < 2:
        known = f"{len(keep)} row{'' if len(keep) == 1 else 's'}"
        raise InvalidValueError(f"`{target.name}` is filled in {known}, so there is nothing to measure")
    if target.is_identifier:
        notes.append(f"`{target.name}` only numbers the rows, so what tells it may be no answer to anything.")
    y, classes, names, logged = _answers(table, target, keep, notes)
    task: Literal["classes", "number"] = "classes" if table.task == "classes" else "number"
    features, set_aside = features_of(table, keep)
    entity = None if table.entity is None else _codes(table.entity, keep)
    cluster = clusters_of(entity, features, len(y))
    more = [*calendar_of(table, keep), *words_of(table, keep)] if rich else []
    if more:
        parts = " and ".join(f"`{feature.name}`" for feature in more)
        notes.append(f"{parts} {'were inputs' if len(more) > 1 else 'was an input'} too.")
    return Prepared(
        table=table.name,
        target=target.name,
        task=task,
        y=y,
        classes=classes,
        answers=names,
        features=(*features, *more),
        entity=entity,
        day=days_of(table, keep),
        group=_codes(table.groups[0], keep) if table.groups else None,
        cluster=cluster,
        fold=folds_of(cluster, y, task, seed, len(features) + len(more)),
        rows=table.total,
        set_aside=tuple(set_aside),
        notes=tuple(notes),
        seed=seed,
        logged=logged,
    )


def usable_rows(table: Table) -> Array:
    """The positions of the rows whose answer is known.

    Raises:
        InvalidValueError: where the target cannot be predicted.
    """
    return np.flatnonzero(_filled(table, _predictable(table)))


def _predictable(table: Table) -> Column:
    target = table.target
    hint = "Name a column that holds the answer to predict"
    if target is None:
        raise InvalidValueError("no target was named", where="target", hint=hint)
    if table.task == "other":
        what = f"`{target.name}` is neither classes nor a number"
        if not target.filled:
            what = f"`{target.name}` is empty"
        elif target.dates is not None:
            what = f"`{target.name}` holds dates"
            hint = "Predict the days until then, or whether it comes in time: make that a column"
        elif target.is_identifier:
            what = f"`{target.name}` only numbers or names the rows"
        raise InvalidValueError(what, where="target", hint=hint)
    return target


def _filled(table: Table, target: Column) -> Array:
    filled: Array = ~target.is_missing
    if table.task == "number" and target.numbers.dtype.kind == "f":
        filled = filled & np.isfinite(np.where(target.is_missing, 0, target.numbers))
    return filled


def _binned(feature: Feature) -> tuple[Array, int]:
    if feature.words is not None:
        return np.zeros(len(feature.values), dtype=np.int64), 1
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
    keep = np.flatnonzero(_filled(table, target))
    without = table.unanswered + table.rows - len(keep)
    if without:
        notes.append(f"{without:,} rows without a usable `{target.name}` were left out.")
    if table.total - table.unanswered > table.rows:
        answered = table.total - table.unanswered
        notes.append(f"{table.rows:,} of {answered:,} rows came here, drawn at random.")
    if len(keep) > MOST_ROWS:
        notes.append(f"Measured on {MOST_ROWS:,} of {len(keep):,} rows, drawn at random (seed {seed}).")
        keep = np.sort(np.random.default_rng(seed).choice(keep, MOST_ROWS, replace=False))
    return keep


def _answers(
    table: Table, target: Column, keep: Array, notes: list[str]
) -> tuple[Array, int, tuple[str, ...], bool]:
    if table.task == "number":
        y = target.numbers[keep].astype(float)
        if float(np.abs(y).max()) > _LARGEST:
            raise InvalidValueError(f"`{target.name}` holds numbers over 1e100", hint="Use a larger unit")
        spread = float(y.std())
        if spread == 0:
            raise InvalidValueError(
                f"`{target.name}` is the same in every row, so there is nothing to predict"
            )
        long_tail = bool(y.min() >= 0 and float((((y - y.mean()) / spread) ** 3).mean()) > _SKEWED)
        if long_tail:
            notes.append(f"`{target.name}` has a long tail; it was measured as log(1 + value).")
            y = np.log1p(y)
        return y, 0, (), long_tail
    codes = _codes(target, keep)
    counts = np.bincount(codes)
    order = np.argsort(-counts, kind="stable")
    order = order[counts[order] > 0]
    if len(order) < 2:
        raise InvalidValueError(f"`{target.name}` is the same in every row, so there is nothing to predict")
    if len(order) > _MOST_CLASSES:
        notes.append(f"The {len(order) - _MOST_CLASSES + 1} rarest of {len(order)} classes count as one.")
    if len(order) == 2 and _means_yes(target, order[0]) and not _means_yes(target, order[1]):
        order = order[::-1]
    place = np.zeros(len(counts), dtype=np.int64)
    place[order] = np.minimum(np.arange(len(order)), _MOST_CLASSES - 1)
    shown_names = level_names(target, counts, "answer")
    names = [shown_names[code] if code < len(shown_names) else "no answer" for code in order[:_MOST_CLASSES]]
    if len(order) > _MOST_CLASSES:
        names[-1] = "another answer"
    return place[codes], min(len(order), _MOST_CLASSES), tuple(names), False


def _means_yes(target: Column, code: int) -> bool:
    """Whether an answer is a plain yes; else the rarer of two stands for it."""
    level = target.level_name(code) if code < len(target.counts) else None
    return (level or "").strip().lower() in _YES


def _codes(column: Column, keep: Array) -> Array:
    """Codes of a column; what is missing has one of its own."""
    if column.kind == "nested":
        raise InvalidValueError(f"the cells of `{column.name}` hold values inside values", where=column.name)
    codes = column.codes[keep].astype(np.int64)
    return np.where(codes < 0, codes.max(initial=-1) + 1, codes)
