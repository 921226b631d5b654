"""Which rows are alike, and how many would be by coincidence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mlpm_magics.table import Column
from mlpm_magics.table.plain import Array

_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(31))
_NOTHING = np.uint64(0xD6E8FEB86659FD93)


def alike(columns: Sequence[Column], rows: int) -> Array:
    """A number per row that two rows share when they agree in every one of `columns`.

    Found by a hash over all columns, then confirmed value by value.
    """
    folded = np.zeros(rows, dtype=np.uint64)
    for column in columns:
        folded = (folded ^ _keys(column)) * _MIX[0]
        folded ^= folded >> _MIX[2]
        folded *= _MIX[1]
    order = np.argsort(folded, kind="stable")
    new = np.ones(rows, dtype=bool)
    new[1:] = folded[order[1:]] != folded[order[:-1]]
    same = np.flatnonzero(~new)
    if len(same):
        differs = np.zeros(len(same), dtype=bool)
        for column in columns:
            keys = _keys(column)
            differs |= keys[order[same]] != keys[order[same - 1]]
        new[same[differs]] = True
    group = np.empty(rows, dtype=np.int64)
    group[order] = np.cumsum(new) - 1
    return group


def _keys(column: Column) -> Array:
    """64 bits per row that are equal exactly where the values are."""
    values = column.plain.values
    if values is None:
        return column.codes.astype(np.int64).view(np.uint64)
    if values.dtype.kind == "f":
        keys = (values.astype(np.float64) + 0.0).view(np.uint64)
    else:
        keys = values.astype(np.int64, copy=False).view(np.uint64)
    return np.where(column.is_missing, _NOTHING, keys) if column.missing else keys


def expected_twins(columns: Sequence[Column], rows: Array) -> Array:
    """How many other rows would equal each of `rows` by coincidence, if columns were independent."""
    share = np.ones(len(rows))
    for column in columns:
        counts = np.bincount(column.codes.astype(np.int64) + 1)
        share *= counts[column.codes[rows].astype(np.int64) + 1] / column.rows
    return share * (columns[0].rows if columns else 0)
