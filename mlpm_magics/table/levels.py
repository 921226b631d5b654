"""The distinct texts of a column, of which a large table has millions."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Iterator, Sequence
from typing import Any, overload

import numpy as np
import numpy.typing as npt
import pandas as pd

from mlpm_magics.table.telling import told_apart

MOST_LISTED = 20_000
_AT_ONCE = 50_000
_MUCH = 200_000


class StoredTexts(Sequence[object]):
    """Distinct texts that stay where they are, and become Python's own only where they are asked for."""

    def __init__(self, stored: Any, codes: npt.NDArray[Any], distinct: int) -> None:
        """Wrap a pandas array of strings; nothing is copied.

        Args:
            stored: the column.
            codes: a number per row for its text, in the order of first appearance; -1 where it is missing.
            distinct: how many texts there are.
        """
        self._stored, self._codes, self._distinct = stored, codes, distinct

    @functools.cached_property
    def _rows(self) -> npt.NDArray[Any]:
        """The row in which each text stands first."""
        rows = np.empty(self._distinct, dtype=np.int32 if len(self._codes) < 2**31 else np.int64)
        backwards = self._codes[::-1]
        filled = np.flatnonzero(backwards >= 0)
        rows[backwards[filled]] = len(backwards) - 1 - filled
        return rows

    def __len__(self) -> int:
        """How many."""
        return self._distinct

    @overload
    def __getitem__(self, at: int) -> object: ...

    @overload
    def __getitem__(self, at: slice) -> list[object]: ...

    def __getitem__(self, at: int | slice) -> object:
        """One text, or some as a list."""
        if isinstance(at, slice):
            return self._at(self._rows[at])
        return str(self._stored[int(self._rows[at])])

    def __iter__(self) -> Iterator[object]:
        """All of them, in parts."""
        for begin in range(0, len(self), _AT_ONCE):
            yield from self[begin : begin + _AT_ONCE]

    def some(self, places: Sequence[int]) -> list[object]:
        """The texts at some places."""
        return self._at(self._rows[np.asarray(places, dtype=np.int64)])

    def _at(self, rows: npt.NDArray[Any]) -> list[object]:
        return _listed(self._stored.take(rows))


def coded(texts: Any) -> tuple[npt.NDArray[Any], Sequence[object]]:
    """A number per row for its text, in the order of first appearance (-1: missing), and the distinct texts.

    Args:
        texts: a pandas array of strings, or objects.
    """
    if not isinstance(texts, pd.arrays.ArrowStringArray):
        codes, levels = pd.factorize(texts)
        return short(codes, len(levels)), _listed(levels)
    pyarrow = importlib.import_module("pyarrow")
    stored = pyarrow.chunked_array(texts.__arrow_array__())
    apart = told_apart(stored)
    if apart is not None:
        return apart[0], StoredTexts(texts, *apart)
    encoded = stored.dictionary_encode()
    if isinstance(encoded, pyarrow.ChunkedArray):
        encoded = encoded.combine_chunks()
    distinct = len(encoded.dictionary)
    codes = short(encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False), distinct)
    if distinct <= MOST_LISTED:
        return codes, encoded.dictionary.to_pylist()
    del encoded
    if distinct > _MUCH:
        pyarrow.default_memory_pool().release_unused()  # what telling so many apart took
    return codes, StoredTexts(texts, codes, distinct)


def short(codes: npt.NDArray[Any], distinct: int) -> npt.NDArray[Any]:
    """A copy of codes below `distinct` (-1: missing) in as few bytes as they need."""
    fewest: npt.DTypeLike = np.min_scalar_type(-max(1, distinct))
    return codes.astype(fewest)


def numbered(
    values: npt.NDArray[Any], missing: npt.NDArray[np.bool_], flags: bool = False
) -> npt.NDArray[Any]:
    """A short number per row for its value, in the order of first appearance; -1 where it is missing.

    Args:
        values: one per row, whatever stands where it is missing.
        missing: one flag per row; not all of them.
        flags: whether there are only two values.
    """
    if flags:
        codes, distinct = (values != values[np.argmin(missing)]).astype(np.int8), 2
    else:
        codes, levels = pd.factorize(values)
        distinct = len(levels)
    return short(np.where(missing, -1, codes) if missing.any() else codes, distinct)


def tallied(codes: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Rows per code, those of -1 not counted; in parts, since numpy widens what it counts to eight bytes."""
    distinct = int(codes.max(initial=-1)) + 1
    if distinct > _AT_ONCE:
        return np.bincount(codes[codes >= 0] if (codes < 0).any() else codes)
    counts = np.zeros(distinct + 1, dtype=np.int64)
    for begin in range(0, len(codes), _AT_ONCE):
        counts += np.bincount(codes[begin : begin + _AT_ONCE].astype(np.int64) + 1, minlength=distinct + 1)
    return counts[1:]


def some_of(levels: Sequence[object], places: Sequence[int]) -> list[object]:
    """The levels at some places."""
    return levels.some(places) if isinstance(levels, StoredTexts) else [levels[at] for at in places]


def _listed(levels: Any) -> list[object]:
    listed: list[object] = np.asarray(levels, dtype=object).tolist()
    return listed
