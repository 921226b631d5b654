"""What share of answers, turned at random, makes a class likeliest, given what the inputs tell of it.

A quick model of the inputs that tell something gives each row a score without having seen it; a logistic
curve with a floor is fitted to it. Where two inputs together tell what the model missed, their cells join
it, since what only seems wrong to a poor model is no wrong answer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlpm_magics.evidence.columns.chance import z_for
from mlpm_magics.evidence.columns.quick import Parts, alone, held_out, in_pairs, one_thread
from mlpm_magics.table.plain import Array, Mask

_GRID = (0.0, 0.01, 0.02, 0.03, 0.04, 0.06, 0.08, 0.1, 0.125, 0.15, 0.2, 0.25, 0.3)
_TELLS, _CELL = 3.0, 5


@dataclass(frozen=True)
class Fit:
    """Answers held against a quick model.

    Attributes:
        share: of answers turned at random, as far as that makes the answers likelier.
        surprise: twice the gain in log likelihood over none.
        score: per row, the log odds of the model.
        chance: per row, the chance of the class without the turned answers.
    """

    share: float
    surprise: float
    score: Array
    chance: Array


class Flips:
    """A class, held against a quick model that can be made finer step by step."""

    def __init__(self, made: Parts, positive: Mask, seed: int) -> None:
        """Keep the inputs that tell something of the class: every other only blurs the score."""
        told = alone(made, positive.astype(np.float32)[:, None])[0] > _TELLS
        keep = np.flatnonzero(told).tolist()
        start = np.concatenate(([0], np.cumsum(np.diff(made.start)[keep]))).astype(np.int64)
        self._made = Parts(tuple(made.columns[i] for i in keep), start, made.only(keep))
        self._ones, self._positive, self._seed = self._made.ones, positive, seed
        self.tells = bool(keep)

    def fit(self) -> Fit:
        """Fit the model as it is."""
        with one_thread():
            said = held_out(self._ones, self._positive.astype(np.float32)[:, None], self._seed)[:, 0]
            score = _sharper(self._ones, self._positive, said, self._seed)
        share, surprise, chance = _floor(score, self._positive)
        return Fit(share, surprise, score, chance)

    def finer(self, fit: Fit) -> bool:
        """Whether two inputs together tell what the fit missed; if so, their cells join the model."""
        inputs = len(self._made.columns)
        if inputs < 2:
            return False
        missed = self._positive - (fit.share + (1 - 2 * fit.share) * fit.chance)
        with one_thread():
            errors = in_pairs(self._made, missed[:, None])
        one, other = np.unravel_index(np.argmax(errors), errors.shape)
        if errors[one, other] < z_for(inputs**2, 0.05):
            return False
        parts = (self._made.only([int(i)]).argmax(axis=1) for i in (one, other))
        cell = np.unique(np.stack(list(parts)), axis=1, return_inverse=True)[1].reshape(-1)
        cells = np.eye(int(cell.max()) + 1, dtype=np.float32)[cell]
        self._ones = np.concatenate([self._ones, cells[:, cells.sum(axis=0) >= _CELL]], axis=1)
        return True


def _sharper(ones: Array, positive: Mask, said: Array, seed: int) -> Array:
    """The held-out score as log odds: one more step of a logistic fit, rows held out again."""
    chance = np.clip(said, 0.03, 0.97)
    weight = chance * (1 - chance)
    start = np.log(chance / (1 - chance))
    work = np.clip((positive - chance) / weight, -6, 6)
    more = held_out(ones, work.astype(np.float32)[:, None], seed)[:, 0]
    sharper: Array = start + np.clip(more, -4, 4)
    return sharper


def _floor(score: Array, positive: Mask) -> tuple[float, float, Array]:
    """The share of flips that makes the answers likeliest, twice the gain in log likelihood, chances."""
    best: tuple[float, float, Array] = (-np.inf, 0.0, score)
    none = -np.inf
    for flips in _GRID:
        found, likelihood = _logistic(score, positive, flips)
        if flips == 0.0:
            none = likelihood
        if likelihood > best[0]:
            best = (likelihood, flips, found)
    return best[1], 2 * (best[0] - none), best[2]


def _logistic(score: Array, positive: Mask, flips: float) -> tuple[Array, float]:
    """Fit chance = flips + (1 - 2 flips) / (1 + exp(-a score - b)) by expected steps."""
    a, b = 1.5, 0.0
    x = (score - score.mean()) / (score.std() or 1.0)
    scale = 1 - 2 * flips
    for _ in range(25):
        clean = 1 / (1 + np.exp(-np.clip(a * x + b, -30, 30)))
        chance = np.clip(flips + scale * clean, 1e-9, 1 - 1e-9)
        slope = scale * clean * (1 - clean)
        pull = slope * (positive - chance) / (chance * (1 - chance))
        weight = slope**2 / (chance * (1 - chance)) + 1e-12
        g = np.array([(pull * x).sum(), pull.sum()])
        h = np.array([[(weight * x * x).sum(), (weight * x).sum()], [(weight * x).sum(), weight.sum()]])
        move = np.clip(np.linalg.solve(h + 1e-6 * np.eye(2), g), -2, 2)
        a, b = a + move[0], b + move[1]
        if np.abs(move).max() < 1e-4:
            break
    clean = 1 / (1 + np.exp(-np.clip(a * x + b, -30, 30)))
    chance = np.clip(flips + scale * clean, 1e-9, 1 - 1e-9)
    return clean, float(np.log(np.where(positive, chance, 1 - chance)).sum())
