"""Whether twice the rows would help.

A learning curve at four sizes, the same model at each and the same test rows, looked ahead by one doubling
and no further.

Source: Renggli et al., ease.ml/Snoopy 2020-22 (feasibility before building); looking ahead: heuristic.
"""

from __future__ import annotations

import itertools

import numpy as np

from mlpm_magics.evidence.encoding import encode
from mlpm_magics.evidence.gaps import Gap, gap_of
from mlpm_magics.evidence.ladder import Ladder
from mlpm_magics.evidence.prepared import Array
from mlpm_magics.evidence.words import cannot_tell, little_to_learn, points, told
from mlpm_magics.results import Evidence

TITLE = "Are there enough rows?"
NEEDS_RUNG = "linear_scorecard"
_FOLDS, _FEW = 5, 1_000  # of few rows each has to be tried, of many a part will do
_USUALLY_KEPT, _LEAST_KEPT = 0.5, 0.25  # of the gain of a doubling, by the next: as 1/rows; steeper
_SIZES = (0.125, 0.25, 0.5, 1.0)


def measure(ladder: Ladder) -> Evidence:
    """The gain of the last doubling, and what the one before says about the next."""
    weak = little_to_learn("data_sufficient", ladder)
    if weak is not None:
        return weak
    prepared = ladder.prepared
    errors = [_error(ladder, share) for share in _SIZES]
    rows = ~np.isnan(errors[0])
    gains = [float(np.mean((e - f)[rows])) / ladder.unit for e, f in itertools.pairwise(errors)]
    last = gap_of(
        ((errors[-2] - errors[-1]) / ladder.unit)[rows], prepared.cluster[rows], prepared.fold[rows]
    )
    fade = _fade(gains)
    least = min(fade, _LEAST_KEPT) if last.low > 0 else fade
    ahead = Gap(last.effect * fade, last.low * least, last.high * fade)
    words = (
        f"The last doubling of the rows gained {points(last.effect)} of skill; "
        f"the next may gain about {points(ahead.effect)}."
    )
    match ahead.against(ladder.margin):
        case "yes":
            return told("data_sufficient", "no", ahead, ladder.margin, words)
        case "no":
            return told("data_sufficient", "yes", ahead, ladder.margin, words)
    return cannot_tell("data_sufficient", ahead, ladder.margin, ladder, words)


def _fade(gains: list[float]) -> float:
    """What a doubling keeps of the gain of the one before it, over all that were measured, within bounds."""
    first, last = gains[0], gains[-1]
    if first <= 0 or last <= 0:
        return _USUALLY_KEPT
    return float(np.clip((last / first) ** (1 / (len(gains) - 1)), 0.3, 0.8))


def _error(ladder: Ladder, share: float) -> Array:
    """Errors of the best model with only a share of each fold's training rows; NaN in folds left out."""
    prepared, best = ladder.prepared, ladder.best
    errors = np.full(prepared.n, np.nan)
    step = 1 if prepared.n < _FEW else max(1, prepared.folds // _FOLDS)
    for fold in range(0, prepared.folds, step):
        train, test = ladder.split(fold)
        if share == 1:
            errors[test] = best.error[test]
            continue
        random = np.random.default_rng(prepared.seed + fold)
        some = np.sort(random.permutation(train)[: max(10, int(share * len(train)))])
        x = encode(prepared, some, test)
        predicted = best.rung.predict(prepared, x, prepared.one_hot[some], some, test)
        errors[test] = ((prepared.one_hot[test] - predicted) ** 2).sum(axis=1)
    return errors
