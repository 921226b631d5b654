"""Whether the same inputs mean something else for each entity, beyond what the inputs say.

What the best model gets wrong is explained once more per entity (a level of its own, and slopes of its own
on the columns where entities differ most), drawn to zero and always predicted from the entity's *other*
rows; the gain is held against the same with shuffled entities.

Source: Google PAIR (personalization as a strength of ML); method: project measurements.
"""

from __future__ import annotations

import numpy as np

from mlpm_magics.evidence.gaps import gap_of
from mlpm_magics.evidence.ladder import Ladder
from mlpm_magics.evidence.prepared import Array, Prepared
from mlpm_magics.evidence.words import cannot_tell, points, told, unknown
from mlpm_magics.results import Evidence

TITLE = "Do different people need different answers?"
_SLOPES = 2
_RIDGES = (1.0, 3.0, 10.0, 30.0, 100.0)
_CAVEAT = "This holds for entities that are already known; new ones get the common model."


def measure(ladder: Ladder) -> Evidence:
    """The gain of one small model per entity over none."""
    prepared = ladder.prepared
    if prepared.entity is None:
        return unknown("needs_personalization", "No entity column was named.", "Name it (entity).")
    _, codes, counts = np.unique(prepared.entity, return_inverse=True, return_counts=True)
    if len(counts) < 5 or float(np.median(counts)) < 2:
        return unknown(
            "needs_personalization",
            "Too few entities come back often enough.",
            "Several rows for each of many entities could tell.",
        )
    if _one_answer_each(prepared, codes, counts):
        return unknown(
            "needs_personalization",
            "Each entity has the same answer in all its rows.",
            "Answers that vary within an entity could tell.",
        )
    residual = prepared.one_hot - ladder.best.predicted
    inputs = _inputs(prepared, residual, codes)
    shuffled = np.random.default_rng(prepared.seed).permutation(codes)
    gain = _gain(residual, inputs, codes) - float(np.mean(_gain(residual, inputs, shuffled)))
    found = gap_of(gain / ladder.unit, prepared.cluster, prepared.fold)
    words = f"Knowing whom a row is about explains {points(max(0.0, found.effect))} more."
    match found.against(ladder.margin):
        case "yes":
            return told("needs_personalization", "yes", found, ladder.margin, words, _CAVEAT)
        case "no":
            return told("needs_personalization", "no", found, ladder.margin, words, _CAVEAT)
    return cannot_tell("needs_personalization", found, ladder.margin, ladder, words)


def _one_answer_each(prepared: Prepared, codes: Array, counts: Array) -> bool:
    for column in prepared.one_hot.T:
        means = np.bincount(codes, weights=column) / counts
        squares = np.bincount(codes, weights=column**2) / counts
        if float(np.max((squares - means**2)[counts > 1], initial=0.0)) > 1e-12:
            return False
    return True


def _inputs(prepared: Prepared, residual: Array, codes: Array) -> Array:
    """A level, and the columns on which the entities' own slopes seem to differ most."""
    numbers = [f.values for f in prepared.features if not f.is_category]
    scored = []
    for values in numbers:
        x = np.nan_to_num((values - np.nanmean(values)) / (np.nanstd(values) or 1.0))
        pulls = np.abs(np.bincount(codes, weights=np.clip(x, -4, 4) * residual[:, -1]))
        scored.append((float((pulls**2).sum()), np.clip(x, -4, 4)))
    scored.sort(key=lambda pair: -pair[0])
    return np.column_stack([np.ones(prepared.n), *(x for _, x in scored[:_SLOPES])])


def _gain(residual: Array, inputs: Array, codes: Array) -> Array:
    """Per row, the squared error less, when it is predicted from the other rows of its entity."""
    before = (residual**2).sum(axis=1)
    gains = [before - _left_out(residual, inputs, codes, ridge) for ridge in _RIDGES]
    return max(gains, key=lambda gain: float(gain.mean()))


def _left_out(residual: Array, inputs: Array, codes: Array, ridge: float) -> Array:
    """Squared errors of a ridge regression per entity, each row left out once (closed form)."""
    order = np.argsort(codes, kind="stable")
    edges = np.flatnonzero(np.diff(codes[order])) + 1
    errors = np.empty(len(codes))
    for rows in np.split(order, edges):
        z, r = inputs[rows], residual[rows]
        hat = z @ np.linalg.solve(z.T @ z + ridge * np.eye(z.shape[1]), z.T)
        left = (r - hat @ r) / (1 - np.diag(hat))[:, None]
        errors[rows] = (left**2).sum(axis=1)
    return errors
