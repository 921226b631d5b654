"""A number per row that depends on what the row holds, and on nothing else: not its place, not other rows.

With it the same rows are drawn on every run, in any order of the rows or columns.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from mlpm_magics.evidence.prepared import Array
from mlpm_magics.table import Column

_SIMPLE = (str, np.str_, int, float, bool)


def content_of(columns: Iterable[Column], rows: Array, seed: int) -> Array:
    """One number per row of `rows`, the same wherever the columns hold the same under the same names."""
    total = np.full(len(rows), _mixed(np.array([seed], dtype=np.int64))[0], dtype=np.uint64)
    for column in columns:
        name = pd.util.hash_array(np.array([column.name], dtype=object))[0] | np.uint64(1)
        total = total + _cells(column)[rows] * name
    return _mixed(total)


def _mixed(numbers: Array) -> Array:
    return np.asarray(pd.util.hash_array(numbers), dtype=np.uint64)


def _cells(column: Column) -> Array:
    """One number per cell; what is missing or nested is 0."""
    plain = column.plain
    hashed = np.zeros(column.rows, dtype=np.uint64)
    if plain.codes is not None and len(plain.levels):
        names = np.array([_named(level) for level in plain.levels], dtype=object)
        hashed = pd.util.hash_array(names, categorize=False)[np.maximum(plain.codes, 0)]
    elif plain.values is not None:
        values = plain.values.view(np.int64) if plain.form == "date" else plain.values
        hashed = _mixed(values.astype(np.float64) + 0.0)  # -0.0 and 0.0 are one value
    return np.where(column.is_missing, np.uint64(0), hashed)


def _named(level: object) -> str:
    text = str(level) if type(level) in _SIMPLE else type(level).__name__
    return text.encode("utf-8", "backslashreplace").decode()  # half a character cannot be hashed
