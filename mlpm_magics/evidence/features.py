"""The inputs: what each column becomes before anything is learned, or why it becomes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from mlpm_magics.errors import shown
from mlpm_magics.results import SetAside
from mlpm_magics.table import Column, Table
from mlpm_magics.table.patterns import may_be_private

Array: TypeAlias = npt.NDArray[Any]
_LONGEST_LEVEL, _OFTEN_ENOUGH = 24, 5
_HUGE = 1e30  # trees count in 32 bits


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


def features_of(table: Table, keep: Array) -> tuple[list[Feature], list[SetAside]]:
    """The inputs of the rows that are kept, and the columns that make none, with the reason."""
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
            values = np.clip(np.where(np.isinf(values), np.nan, values), -_HUGE, _HUGE)
            return _if_it_varies([Feature(column.name, column.name, values)])
        case "date":
            return _if_it_varies(_date_parts(column, keep))
        case "text":
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


def level_names(column: Column, counts: Array, word: str) -> tuple[str, ...]:
    """Names of levels; one that is long, rare or may be personal is only numbered."""
    names = []
    for code in range(len(column.counts)):
        name = shown(column.level_name(code) or "", _LONGEST_LEVEL + 1)
        rare = code >= len(counts) or counts[code] < _OFTEN_ENOUGH
        hidden = rare or not name or len(name) > _LONGEST_LEVEL or may_be_private(name)
        names.append(f"{word} {code + 1}" if hidden else name)
    return tuple(names)
