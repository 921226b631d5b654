"""Old rows against fresh ones: pieces of time, a small correction per block, and what chance alone loses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlpm_magics.evidence.features import ROUNDS, WEEK, YEAR
from mlpm_magics.evidence.forward import cut_by_time
from mlpm_magics.evidence.gaps import LEVEL, Gap
from mlpm_magics.evidence.prepared import Array

FULL = ROUNDS
_MANY = 3_000
_PIECES, _PHASES = 12, 24
_SHUFFLES = 100
_PENALTY = 8.0

__all__ = ["FULL", "WEEK", "YEAR", "Drift", "Pieces", "blocks_of", "compare", "cut"]


@dataclass(frozen=True)
class Pieces:
    """Rows in pieces of time. A piece belongs to a block; `stratum`: pieces that may be exchanged."""

    of_row: Array
    rows: Array
    block: Array
    stratum: Array
    half: Array


@dataclass(frozen=True)
class Drift:
    """What an old model loses (share of the answer's variation), and how likely that much is by chance."""

    gap: Gap
    by_chance: float
    old_rows_help: float


def blocks_of(rows: int) -> int:
    """Few blocks where rows are few, so that a block can teach something."""
    return 3 if rows < _MANY else 6


def cut(day: Array) -> Pieces | None:
    """Pieces of time: the same half month of several years may be exchanged where there are two years."""
    span = float(day.max() - day.min())
    most = blocks_of(len(day))
    if span >= FULL * YEAR and len(np.unique(day)) >= 2 * _PHASES:
        cycles = int(np.floor(span / YEAR + (1 - FULL / 2)))
        back = (day.max() - day) / YEAR
        rows = np.flatnonzero(back < cycles)
        cycle = cycles - 1 - np.minimum(back[rows].astype(np.int64), cycles - 1)
        phase = np.minimum((back[rows] % 1 * _PHASES).astype(np.int64), _PHASES - 1)
        keys, of_row = np.unique(cycle * _PHASES + phase, return_inverse=True)
        block = keys // _PHASES * min(cycles, most) // cycles
        found = Pieces(of_row, rows, block, keys % _PHASES, keys % 2)
    else:
        of_row = cut_by_time(day, most * _PIECES)
        count = int(of_row.max()) + 1
        if count < 12:
            return None
        blocks = min(most, count // 4)
        block = np.arange(count) * blocks // count
        found = Pieces(
            of_row, np.arange(len(day)), block, np.zeros(count, dtype=np.int64), np.arange(count) % 2
        )
    halves = np.unique(found.block * 2 + found.half)
    return found if len(halves) == 2 * len(np.unique(found.block)) >= 4 else None


def compare(x: Array, left: Array, pieces: Pieces, unit: float, seed: int) -> Drift:
    """The loss of old corrections against fresh ones, with its interval and its chance.

    Args:
        x: rows by inputs, of about unit size.
        left: what the general model leaves over, a column per class (or one).
        pieces: of time.
        unit: the mean squared error that is skill 1.
        seed: for shuffling.
    """
    from scipy.stats import t

    z = np.column_stack([np.ones(len(x)), x])[pieces.rows]
    r = left[pieces.rows]
    count = len(pieces.block)
    grams, sides = np.zeros((count, z.shape[1], z.shape[1])), np.zeros((count, z.shape[1], r.shape[1]))
    sizes = np.bincount(pieces.of_row, minlength=count).astype(float)
    for piece in range(count):
        inside = pieces.of_row == piece
        grams[piece], sides[piece] = z[inside].T @ z[inside], z[inside].T @ r[inside]
    blocks = int(pieces.block.max()) + 1
    cell = pieces.block * 2 + pieces.half

    def loss(order: Array, keep: Array) -> float:
        return (
            _loss(grams[order], sides[order], sizes[order], np.where(keep, pieces.block, -1), blocks) / unit
        )

    every, as_is = np.ones(count, dtype=bool), np.arange(count)
    effect = loss(as_is, every)
    random = np.random.default_rng(seed)
    shuffled = np.array([loss(_exchange(pieces.stratum, random), every) for _ in range(_SHUFFLES)])
    groups = _PIECES
    part = np.arange(count) // 2 % groups
    without = np.array([loss(as_is, part != g) for g in range(groups)])
    spread = float(np.sqrt((groups - 1) / groups * ((without - without.mean()) ** 2).sum()))
    effect -= float(shuffled.mean())
    noise = float(shuffled.std()) + 1e-12
    # near zero the loss is a sum of squares, of which leaving out pieces makes too wide an interval
    share = float(np.clip(effect / (3 * noise), 0, 1))
    half = max(1.645 * noise, share * spread * float(t.ppf((1 + LEVEL) / 2, groups - 1)))
    chance = (1 + int((shuffled - shuffled.mean() >= effect).sum())) / (1 + _SHUFFLES)
    history = _history(grams, sides, sizes, cell, blocks) / unit
    return Drift(Gap(effect, effect - half, effect + half), chance, history)


def _corrections(grams: Array, sides: Array) -> Array:
    penalty = _PENALTY * np.eye(grams.shape[-1])
    found: Array = np.linalg.solve(grams + penalty, sides)
    return found


def _sums(values: Array, cell: Array, cells: int) -> Array:
    total = np.zeros((cells, *values.shape[1:]))
    np.add.at(total, cell[cell >= 0], values[cell >= 0])
    return total


def _errors(beta: Array, gram: Array, side: Array) -> Array:
    """Squared error of corrections, up to the part that is the same for all corrections."""
    bent = (beta * (gram @ beta)).sum(axis=(-1, -2))
    found: Array = bent - 2 * (beta * side).sum(axis=(-1, -2))
    return found


def _loss(grams: Array, sides: Array, sizes: Array, block: Array, blocks: int) -> float:
    """Mean over later blocks and all blocks before them: error of the old less error of the fresh.

    The fresh correction has seen the rows it is tried on; shuffled time has the same advantage and is
    subtracted later.
    """
    gram, side, size = (_sums(v, block, blocks) for v in (grams, sides, sizes))
    beta = _corrections(gram, side)
    total, weight = 0.0, 0.0
    for test in range(1, blocks):
        fresh = float(_errors(beta[test], gram[test], side[test]))
        old = _errors(beta[:test], gram[test], side[test])
        total += float((old - fresh).sum())
        weight += float(size[test]) * len(old)
    return total / max(weight, 1.0)


def _history(grams: Array, sides: Array, sizes: Array, cell: Array, blocks: int) -> float:
    """What learning from all earlier rows too gains over fresh rows only; below 0 old rows do harm."""
    gram, side, size = (_sums(v, cell, 2 * blocks) for v in (grams, sides, sizes))
    gained, weight = 0.0, 0.0
    for block in range(1, blocks):
        for half in (0, 1):
            test = 2 * block + half
            fresh = _corrections(gram[test ^ 1], side[test ^ 1])
            all_of = [*range(2 * block), test ^ 1]
            every = _corrections(gram[all_of].sum(axis=0), side[all_of].sum(axis=0))
            gained += float(_errors(fresh, gram[test], side[test]) - _errors(every, gram[test], side[test]))
            weight += float(size[test])
    return gained / max(weight, 1.0)


def _exchange(stratum: Array, random: np.random.Generator) -> Array:
    order = np.arange(len(stratum))
    for one in np.unique(stratum):
        inside = np.flatnonzero(stratum == one)
        order[inside] = random.permutation(inside)
    return order
