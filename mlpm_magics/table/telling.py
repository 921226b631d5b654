"""Tells very many short texts apart in little memory: a hash of each is sorted, and what agrees is compared.

Where nearly every text is another, a table of all of them takes three times the memory of one sort, and is
slower. The hash is the same in every process; texts that agree in it are compared, so the answer is exact.
"""

from __future__ import annotations

import importlib
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

_Array: TypeAlias = npt.NDArray[Any]

_FEWEST, _LOOK, _MANY, _LONGEST, _SOME = 100_000, 4_096, 0.5, 64, 0.02
_AT_ONCE = 65_536
_MIX, _SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(29)
_BEGIN = np.uint64(64 - 16)
_MASKS = np.array([(1 << 8 * held) - 1 for held in range(9)], dtype=np.uint64)


def told_apart(texts: Any) -> tuple[_Array, int] | None:
    """A number per row for its text, in the order of first appearance (-1: missing), and how many there are.

    None where a table of the texts is the better way: few rows, few different texts, texts of more than 64
    bytes, or two with the same hash.

    Args:
        texts: a chunked array of pyarrow that holds strings.
    """
    pyarrow = importlib.import_module("pyarrow")
    wide = {pyarrow.string(): np.int32, pyarrow.large_string(): np.int64}.get(texts.type)
    if wide is None or not _FEWEST <= len(texts) < 2**31:
        return None
    if len(texts[:_LOOK].unique()) < _MANY * _LOOK:
        return None
    ends = [_ends(chunk, wide) for chunk in texts.chunks]
    longest = max(int(np.diff(end).max(initial=0)) for end in ends)
    if not 0 < longest <= _LONGEST or any(chunk.buffers()[2].size < 8 for chunk in texts.chunks):
        return None
    parts = [_hashes(*pair, longest) for pair in zip(texts.chunks, ends, strict=True)]
    hashes = parts.pop() if len(parts) == 1 else np.concatenate(parts)
    filled = np.asarray(texts.is_valid())
    rows = repeated(hashes)
    rows = rows[filled[rows]]
    rows = rows[np.argsort(hashes[rows])]
    new = np.append(True, hashes[rows[1:]] != hashes[rows[:-1]])[: len(rows)]
    del hashes
    again = np.flatnonzero(~new)
    for begin in range(0, len(again), _AT_ONCE):
        some = again[begin : begin + _AT_ONCE]
        here, before = (texts.take(pyarrow.array(rows[places])) for places in (some, some - 1))
        if not here.equals(before):
            return None
    return _numbered(rows, new, filled)


def repeated(hashes: _Array) -> _Array:
    """The places of all hashes that occur more than once; all places, where those are many."""
    ordered = np.sort(hashes)
    again = ordered[1:][ordered[1:] == ordered[:-1]]
    del ordered
    if len(again) > _SOME * len(hashes):
        return np.arange(len(hashes))
    if not len(again):
        return np.empty(0, dtype=np.int64)
    beginning = np.zeros(1 << 16, dtype=bool)
    beginning[again >> _BEGIN] = True  # looks most hashes up at once
    found = []
    for begin in range(0, len(hashes), _AT_ONCE):
        part = hashes[begin : begin + _AT_ONCE]
        maybe = np.flatnonzero(beginning[part >> _BEGIN])
        place = np.minimum(np.searchsorted(again, part[maybe]), len(again) - 1)
        found.append(begin + maybe[again[place] == part[maybe]])
    return np.concatenate(found)


def _numbered(rows: _Array, new: _Array, filled: _Array) -> tuple[_Array, int]:
    """Codes by first appearance: a row has its own, but one of `rows` that is not `new` that of the last."""
    first = np.minimum.reduceat(rows, np.flatnonzero(new)) if len(rows) else rows
    leads = filled.copy()
    leads[rows] = False
    leads[first] = True
    codes = np.cumsum(leads, dtype=np.int32)
    codes -= np.int32(1)
    distinct = int(codes[-1]) + 1
    codes[rows] = codes[first][np.cumsum(new) - 1]
    codes[~filled] = -1
    return codes, distinct


def _ends(texts: Any, wide: type) -> _Array:
    """Where each text begins among the bytes of its array, and where the last one ends."""
    offsets: _Array = np.frombuffer(texts.buffers()[1], dtype=wide)
    return offsets[texts.offset : texts.offset + len(texts) + 1]


def _hashes(texts: Any, ends: _Array, longest: int) -> _Array:
    """64 bits per text of one array, from eight of its bytes at a time."""
    held = texts.buffers()[2]
    last = held.size - 8
    words = np.ndarray((last + 1,), dtype="<u8", buffer=held, strides=(1,))
    hashes = np.empty(len(texts), dtype=np.uint64)
    for begin in range(0, len(texts), _AT_ONCE):
        part = ends[begin : begin + _AT_ONCE + 1].astype(np.int64)
        at, left = part[:-1], np.diff(part)
        folded = left.astype(np.uint64) * _MIX  # so that a length does not undo a letter
        for _ in range(0, longest, 8):
            whole = np.minimum(at, last)  # the last texts have fewer than eight bytes after them
            word = words[whole] >> (8 * np.minimum(at - whole, 7)).astype(np.uint64)
            folded ^= word & _MASKS[np.clip(left, 0, 8)]
            folded *= _MIX
            folded ^= folded >> _SHIFT
            at, left = at + 8, left - 8
        hashes[begin : begin + _AT_ONCE] = folded
    return hashes
