"""Inputs as plain numbers, learned on the training rows of one fold only."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from mlpm_magics.evidence.prepared import Array, Feature, Prepared
from mlpm_magics.evidence.wording import scores

_SMOOTHING = 10.0
_OFTEN_MISSING = 0.005
_FEW = 12
_PARTS = 4


@dataclass(frozen=True)
class Encoded:
    """Training and test rows as numbers without gaps; per column its name and the feature it came from."""

    train: Array
    test: Array
    names: tuple[str, ...]
    origin: tuple[int, ...]


def of_rules(prepared: Prepared, x: Encoded) -> Encoded:
    """The columns that a condition can be made of: what words say is none."""
    kept = [at for at, of in enumerate(x.origin) if of < 0 or prepared.features[of].words is None]
    if len(kept) == len(x.origin):
        return x
    if not kept:
        return Encoded(np.zeros((len(x.train), 1)), np.zeros((len(x.test), 1)), ("nothing",), (-1,))
    names, origin = tuple(x.names[at] for at in kept), tuple(x.origin[at] for at in kept)
    return Encoded(x.train[:, kept], x.test[:, kept], names, origin)


def coarse(x: Encoded, places: int) -> Encoded:
    """Columns with more different values than `places` as that many ranges of about equally many rows.

    To a tree, the number of a range is as good as the value: it cuts between them. The ranges come from the
    training rows.
    """
    ordered = np.sort(x.train, axis=0)
    many = np.flatnonzero((np.diff(ordered, axis=0) != 0).sum(axis=0) >= places)
    edges = ordered[np.arange(1, places) * len(ordered) // places]
    train, test = x.train.copy(), x.test.copy()
    for at in many:
        train[:, at] = np.searchsorted(edges[:, at], x.train[:, at])
        test[:, at] = np.searchsorted(edges[:, at], x.test[:, at])
    return replace(x, train=train, test=test)


def encode(prepared: Prepared, train: Array, test: Array) -> Encoded:
    """Fill gaps by the median and mark them; turn categories into the mean answer of their training rows.

    Where a column has many categories, a training row is encoded by the answers of other training rows only
    (four inner parts), so that a category of few rows does not give the answer away.
    """
    answers = prepared.one_hot[train]
    if prepared.task == "classes":
        answers = answers[:, 1:] if prepared.classes > 2 else answers[:, [1]]
    columns: list[tuple[str, int, Array, Array]] = []
    for at, feature in enumerate(prepared.features):
        if feature.words is not None:
            own, told = scores(feature, train, test, answers)
            columns += [(feature.name, at, own[:, k], told[:, k]) for k in range(answers.shape[1])]
        elif feature.is_category:
            columns += _category(feature, at, train, test, answers)
        else:
            columns += _number(feature, at, train, test)
    if not columns:
        columns = [("nothing", -1, np.zeros(len(train)), np.zeros(len(test)))]
    return Encoded(
        np.column_stack([c[2] for c in columns]),
        np.column_stack([c[3] for c in columns]),
        tuple(c[0] for c in columns),
        tuple(c[1] for c in columns),
    )


def _number(feature: Feature, at: int, train: Array, test: Array) -> list[tuple[str, int, Array, Array]]:
    here, there = feature.values[train], feature.values[test]
    gone = np.isnan(here)
    middle = float(np.median(here[~gone])) if not gone.all() else 0.0
    made = [(feature.name, at, np.where(gone, middle, here), np.where(np.isnan(there), middle, there))]
    if gone.mean() > _OFTEN_MISSING:
        made.append((f"{feature.name} is missing", at, gone.astype(float), np.isnan(there).astype(float)))
    return made


def _category(
    feature: Feature, at: int, train: Array, test: Array, answers: Array
) -> list[tuple[str, int, Array, Array]]:
    here, there = feature.values[train] + 1, feature.values[test] + 1  # code 0: missing
    size = int(max(here.max(initial=0), there.max(initial=0))) + 1
    part = np.random.default_rng(at).permutation(len(here)) % _PARTS
    made = []
    for k in range(answers.shape[1]):
        means = _means(here, answers[:, k], size)
        own = means[here]
        if size > _FEW:
            for p in range(_PARTS):
                others = part != p
                own = np.where(others, own, _means(here[others], answers[others, k], size)[here])
        name = feature.name if answers.shape[1] == 1 else f"{feature.name} [{k + 2}]"
        made.append((name, at, own, means[there]))
    return made


def _means(codes: Array, answers: Array, size: int) -> Array:
    """The mean answer per code, drawn to the overall mean where a code has few rows."""
    overall = float(answers.mean())
    counts = np.bincount(codes, minlength=size)
    means: Array = (np.bincount(codes, weights=answers, minlength=size) + _SMOOTHING * overall) / (
        counts + _SMOOTHING
    )
    return means
