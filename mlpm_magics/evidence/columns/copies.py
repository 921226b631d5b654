"""Columns that part the rows in the very same way, in whatever words or numbers."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.table import Column, Table

_FEWEST, _SCREEN, _AMOUNTS = 50, 5_000, 20


@dataclass(frozen=True)
class Measured:
    """Columns that part the rows in the very same way."""

    columns: tuple[str, ...]
    distinct: int
    rows: int


def measure(table: Table) -> list[Measured]:
    """Columns with the same pattern of equal and different rows; the target is no input."""
    if table.rows < _FEWEST:
        return []
    alike: dict[tuple[int, int], list[Column]] = {}
    for column in table.inputs:
        if (column.distinct or 0) >= 2 and column.kind != "nested" and not column.is_identifier:
            alike.setdefault((column.distinct or 0, column.missing), []).append(column)
    found: list[list[Column]] = []
    for columns in alike.values():
        for some in _parted(columns, _SCREEN) if len(columns) > 1 else ():
            found += [same for same in _parted(some, None) if not _in_another_unit(same)]
    return [Measured(tuple(c.name for c in same), same[0].distinct or 0, table.rows) for same in found]


def _in_another_unit(columns: list[Column]) -> bool:
    """Whether they are amounts that differ by more than their names; that is the matter of other_units."""
    values = [column.plain.values for column in columns if column.kind == "number"]
    if len(values) < len(columns) or (columns[0].distinct or 0) < _AMOUNTS:
        return False
    one, *others = (np.nan_to_num(np.asarray(v, dtype=np.float64)) for v in values if v is not None)
    return not any(np.array_equal(one, other) for other in others)


def _parted(columns: list[Column], rows: int | None) -> list[list[Column]]:
    """The columns that look the same in the first rows (None: in all), two or more together."""
    parts: dict[bytes, list[Column]] = {}
    for column in columns:
        parts.setdefault(_digest(column, rows), []).append(column)
    return [part for part in parts.values() if len(part) > 1]


def _digest(column: Column, rows: int | None) -> bytes:
    """Which rows are equal to which; where nearly all differ, that says nothing, and the values count."""
    digest = hashlib.blake2b(digest_size=16)
    several = column.distinct or 0
    values, mostly_different = column.plain.values, several > column.filled / 2
    if mostly_different and values is not None:
        digest.update(np.where(column.is_missing, 0, column.numbers)[:rows].astype(np.float64).tobytes())
    else:
        digest.update(np.asarray(pd.factorize(column.codes[:rows])[0], dtype=np.int32).tobytes())
    if mostly_different:
        digest.update("\0".join(column.texts[:_SCREEN]).encode("utf-8", "surrogatepass"))
    return digest.digest()
