"""Rows that belong together, and the folds that keep them together."""

from __future__ import annotations

import math
import zlib

import numpy as np

from mlpm_magics.evidence.features import Array, Feature

_MANY_FOLDS_BELOW, _FEW_INPUTS = 2_500, 128  # rows, inputs: with more, each fold takes long to learn from
_WAYS = 4
_FINE = 8


def clusters_of(entity: Array | None, features: list[Feature], rows: int) -> Array:
    """One code per entity, or per set of copies: rows whose inputs are all the same.

    Where inputs are so few and coarse that rows are the same by chance, equal rows are no copies.
    """
    if entity is not None and len(np.unique(entity)) > 1:
        return entity
    if not features:
        return np.arange(rows)
    inputs = np.column_stack([f.values.astype(float) for f in features])
    if not _tell_apart(inputs):
        return np.arange(rows)
    filled = np.ascontiguousarray(np.nan_to_num(inputs, nan=-9e9))
    return np.unique([zlib.crc32(row.tobytes()) for row in filled], return_inverse=True)[1]


def _tell_apart(inputs: Array) -> bool:
    """Whether two rows that have nothing to do with each other hardly ever hold the same."""
    rows, ways = len(inputs), 0.0
    for column in inputs.T:
        levels = np.unique(column[~np.isnan(column)])
        if len(levels) > rows / _FINE and (levels % 1 != 0).mean() > 0.5:
            return True
        ways += math.log(max(1, len(levels)))
    return ways > math.log(_WAYS * rows)


def folds_of(cluster: Array, y: Array, task: str, seed: int, inputs: int) -> Array:
    """The fold of each row: clusters whole, answers spread evenly; ten, or five of a large or wide table."""
    random = np.random.default_rng(seed)
    names, first, inverse = np.unique(cluster, return_index=True, return_inverse=True)
    wanted = 10 if len(y) < _MANY_FOLDS_BELOW and inputs <= _FEW_INPUTS else 5
    folds = max(2, min(wanted, len(names)))
    shuffled = random.permutation(len(names))
    order = shuffled[np.argsort(y[first][shuffled], kind="stable")] if task == "classes" else shuffled
    of_cluster = np.empty(len(names), dtype=np.int64)
    of_cluster[order] = np.arange(len(names)) % folds
    return of_cluster[inverse]
