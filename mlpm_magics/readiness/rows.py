"""Which rows are alike, and how many would be by coincidence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mlpm_magics.evidence.columns.kept import kept_per_table
from mlpm_magics.table import Column, Table
from mlpm_magics.table.plain import Array
from mlpm_magics.table.telling import repeated

_MIX, _SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(31)
_NOTHING = np.uint64(0xD6E8FEB86659FD93)
_AT_ONCE, _MOST_COUNTED, _NEVER = 65_536, 100_000, 1e-6


def alike(columns: Sequence[Column], rows: int) -> Array:
    """For each row, the position of the first row that agrees with it in every one of `columns`.

    Found by a hash over all columns, then confirmed value by value.
    """
    folded = np.empty(rows, dtype=np.uint64)
    for begin in range(0, rows, _AT_ONCE):
        part = slice(begin, min(rows, begin + _AT_ONCE))
        folded[part] = _folded(columns, part)
    first = np.arange(rows, dtype=np.int32 if rows < 2**31 else np.int64)
    some = repeated(folded)
    if not len(some):
        return first
    some = some[np.argsort(folded[some], kind="stable")]
    new = np.append(True, folded[some[1:]] != folded[some[:-1]])
    same = np.flatnonzero(~new)
    differs = np.zeros(len(same), dtype=bool)
    for column in columns:
        differs |= keys_of(column, some[same]) != keys_of(column, some[same - 1])
    new[same[differs]] = True
    first[some] = some[new][np.cumsum(new) - 1]
    return first


def alike_too(first: Array, columns: Sequence[Column]) -> Array:
    """The same as `alike`, of rows that agree as `first` says (see `alike`) and in `columns` too."""
    some = np.flatnonzero(np.bincount(first)[first] > 1)
    keys = [first[some], *(keys_of(column, some) for column in columns)]
    order = np.lexsort(keys)
    new = np.ones(len(some), dtype=bool)
    new[1:] = np.any([key[order[1:]] != key[order[:-1]] for key in keys], axis=0) if len(some) else True
    rows, finer = some[order], np.arange(len(first))
    finer[rows] = rows[new][np.cumsum(new) - 1]
    return finer


def compared(table: Table) -> tuple[Column, ...]:
    """The inputs in which rows are compared: neither the entity nor what only numbers the rows."""
    return tuple(
        c for c in table.inputs if c is not table.entity and c.kind != "empty" and not c.is_identifier
    )


@kept_per_table
def alike_inputs(table: Table) -> Array:
    """For each row, the position of the first row that agrees with it in every input that is compared."""
    return alike(compared(table), table.rows)


def _folded(columns: Sequence[Column], part: slice) -> Array:
    folded = np.zeros(part.stop - part.start, dtype=np.uint64)
    for column in columns:
        folded ^= keys_of(column, part)
        folded *= _MIX
        folded ^= folded >> _SHIFT
    return folded


def keys_of(column: Column, rows: slice | Array) -> Array:
    """64 bits per row that are equal exactly where the values are."""
    values = column.plain.values
    if values is None:
        return column.short_codes[rows].astype(np.int64).view(np.uint64)
    values = values[rows]
    if values.dtype.kind == "f":
        keys = (values.astype(np.float64, copy=False) + 0.0).view(np.uint64)
    else:
        keys = values.astype(np.int64, copy=False).view(np.uint64)
    return np.where(column.is_missing[rows], _NOTHING, keys) if column.missing else keys


def expected_twins(columns: Sequence[Column], rows: Array) -> Array:
    """How many other rows would equal each of `rows` by coincidence, if columns were independent."""
    twins = np.full(len(rows), float(columns[0].rows if columns else 0))
    for column in sorted(columns, key=lambda c: -(c.distinct or 0)):
        if not len(rows) or twins.max() < _NEVER:
            break  # every further column makes it less
        twins *= _share(column, rows)
    return twins


def _share(column: Column, rows: Array) -> Array:
    """The share of the table that has the value of each of `rows`; of many rows, in every so many-th."""
    values, place = np.unique(keys_of(column, rows), return_inverse=True)
    some = keys_of(column, slice(None, None, max(1, column.rows // _MOST_COUNTED)))
    at = np.searchsorted(values, some)
    at[at == len(values)] = 0
    counts = np.bincount(at[values[at] == some], minlength=len(values)).astype(np.float64)
    return np.maximum(counts, 0.5)[place] / len(some)
