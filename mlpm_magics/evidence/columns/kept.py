"""What is measured once per table, however many checks ask for it."""

from __future__ import annotations

import functools
import weakref
from collections.abc import Callable
from typing import TypeVar

from mlpm_magics.table import Table

T = TypeVar("T")


def kept_per_table(measure: Callable[[Table], T]) -> Callable[[Table], T]:
    """The measure, whose answer is kept for as long as its table is."""
    kept: weakref.WeakKeyDictionary[Table, T] = weakref.WeakKeyDictionary()

    @functools.wraps(measure)
    def once(table: Table) -> T:
        if table not in kept:
            kept[table] = measure(table)
        return kept[table]

    return once
