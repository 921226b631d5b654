"""How good any model can be with these inputs.

Nearest neighbours among the predictions bound the error that no model can avoid; rows that are alike and
were answered differently bound it for certain.

Source: Cover and Hart 1967 (the bound); Renggli et al., ease.ml/Snoopy 2020-22.
"""

from __future__ import annotations

import math

import numpy as np

from mlpm_magics.evidence.ladder import Ladder
from mlpm_magics.evidence.prepared import Array, Prepared
from mlpm_magics.evidence.words import percent
from mlpm_magics.results import Evidence, Told

TITLE = "Can the accuracy you need be reached?"
NEEDS_RUNG = "linear_scorecard"
_SLACK = 0.02


def measure(ladder: Ladder, required_accuracy: float | None = None) -> Evidence:
    """The range from what is reached now to what the bound allows, held against what is required."""
    prepared = ladder.prepared
    if prepared.task == "number":
        return Evidence(
            criterion="ceiling",
            answer="cannot_tell",
            unit="accuracy",
            text="For a number, how good any model could be is not known.",
            caveat="Say what error is tolerable, and hold the measured error against it.",
        )
    best = ladder.best
    now = float((best.predicted.argmax(axis=1) == prepared.y).mean())
    bound = 1 - _unavoidable(best.predicted, prepared.y, prepared.classes)
    twins = _of_twins(prepared)
    alike = twins < 1 and twins <= bound + _SLACK
    bound = max(now, min(bound, twins))
    words = f"Now {percent(now)} of the answers are right; with these inputs about {percent(bound)} can be."
    if alike:
        words += f" Rows alike in every input were answered differently: of these, {percent(twins)} at most."
    answer: Told = "cannot_tell"
    caveat = "" if required_accuracy is not None else "Say what accuracy is required (required_accuracy)."
    if required_accuracy is not None:
        words += f" Required: {percent(required_accuracy)}."
        if required_accuracy > bound + _SLACK:
            answer = "no"
        elif required_accuracy <= now - _SLACK:
            answer = "yes"
        else:
            caveat = (
                "What is required lies within what may be possible; better inputs or more rows could tell."
            )
    return Evidence(
        criterion="ceiling",
        answer=answer,
        text=words,
        effect=now,
        interval=(now, bound),
        unit="accuracy",
        margin=required_accuracy,
        caveat=caveat,
    )


def _of_twins(prepared: Prepared) -> float:
    """The share of answers that can be right at all, where rows alike in every input get one answer."""
    if not prepared.features:
        return float(np.bincount(prepared.y).max() / prepared.n)
    # NaN equals nothing; as zero with a column of its own it equals itself
    columns = [np.nan_to_num(f.values.astype(float), nan=0.0) for f in prepared.features]
    columns += [np.isnan(f.values.astype(float)) for f in prepared.features]
    groups = np.unique(np.column_stack(columns), axis=0, return_inverse=True)[1].reshape(-1)
    counts = np.zeros((int(groups.max()) + 1, prepared.classes))
    np.add.at(counts, (groups, prepared.y), 1)
    return float(counts.max(axis=1).sum() / prepared.n)


def _unavoidable(predicted: Array, y: Array, classes: int) -> float:
    """A lower bound of the error of any model, from the nearest neighbour in the space of predictions."""
    from sklearn.neighbors import NearestNeighbors

    random = np.random.default_rng(0)
    jittered = predicted + random.normal(scale=1e-9, size=predicted.shape)
    nearest = NearestNeighbors(n_neighbors=2).fit(jittered).kneighbors(jittered, return_distance=False)[:, 1]
    wrong = float((y[nearest] != y).mean())
    worst = (classes - 1) / classes
    return worst * (1 - math.sqrt(max(0.0, 1 - wrong / worst)))
