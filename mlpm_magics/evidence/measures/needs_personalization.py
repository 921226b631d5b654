"""Whether the same inputs mean something else for each entity, beyond what the inputs say.

What the best model leaves over is predicted once more per entity, by a level and slopes of its own, drawn to
zero and learned from the entity's other rows (earlier and later ones apart, where there is a time). The gain
counts only where shuffled entities do not show it too.

Source: Google PAIR (personalization as a strength of ML); method: project measurements.
"""

from __future__ import annotations

import numpy as np

from mlpm_magics.evidence.forward import plain_inputs
from mlpm_magics.evidence.gaps import LEVEL, Gap
from mlpm_magics.evidence.ladder import Ladder
from mlpm_magics.evidence.prepared import Array, Prepared
from mlpm_magics.evidence.words import points, unknown
from mlpm_magics.results import Evidence

TITLE = "Do different people need different answers?"
CRITERION = "needs_personalization"
FEWEST = 300
_PARTS = 4
_MOST_SLOPES = 6
_PENALTIES = ((3.0, 1e9), (12.0, 1e9), (60.0, 1e9), (3.0, 12.0), (12.0, 12.0), (12.0, 60.0), (1e9, 1e9))
_PLACEBOS = 10
_CAVEAT = "This holds for entities that are already known; a new one gets the common model."


def measure(ladder: Ladder) -> Evidence:
    """The gain of one small correction per entity over none."""
    prepared = ladder.prepared
    if prepared.entity is None:
        return unknown(
            CRITERION,
            "No entity column was named, so nothing can be said about differences between entities.",
            "Name the column that says whom or what a row is about (entity=…).",
        )
    _, codes, counts = np.unique(prepared.entity, return_inverse=True, return_counts=True)
    trouble = _trouble(prepared, codes, counts)
    if trouble is not None:
        return trouble
    left = prepared.one_hot - ladder.best.predicted
    inputs = np.column_stack([np.ones(prepared.n), plain_inputs(prepared, _MOST_SLOPES)])
    part = parts_of(codes, prepared.day, prepared.seed)
    gain = gains(left, inputs, codes, part) / ladder.unit
    random = np.random.default_rng(prepared.seed)
    placebo = [
        float(gains(left, inputs, shuffled, parts_of(shuffled, prepared.day, prepared.seed)).mean())
        for shuffled in (random.permutation(codes) for _ in range(_PLACEBOS))
    ]
    found = over_entities(gain, codes, np.array(placebo) / ladder.unit)
    margin, answer = ladder.margin, found.against(ladder.margin)
    if answer == "yes" and found.effect <= max(placebo) / ladder.unit:
        answer = "cannot_tell"
    more = points(max(0.0, found.effect))
    text = {
        "yes": f"Entities differ: knowing which one a row is about explains {more} more of the answer.",
        "no": f"One common model does: knowing the entity explains {more} more of the answer.",
        "cannot_tell": "The rows do not tell whether entities need answers of their own.",
    }[answer]
    needed = found.rows_needed(margin, prepared.n) if answer == "cannot_tell" else None
    return Evidence(
        criterion=CRITERION,
        answer=answer,
        text=text,
        effect=found.effect,
        interval=found.interval,
        margin=margin,
        caveat=_CAVEAT if answer != "cannot_tell" else "More rows of each entity would settle it. " + _CAVEAT,
        rows_needed=needed,
    )


def over_entities(gain: Array, codes: Array, placebo: Array) -> Gap:
    """The mean gain beyond shuffled entities; entities are the independent pieces of the interval."""
    from scipy.stats import t

    effect = float(gain.mean())
    sums = np.bincount(codes, weights=gain - effect)
    n = len(sums)
    error = float(np.sqrt((sums**2).sum() * n / (n - 1))) / len(gain)
    half = max(error * float(t.ppf((1 + LEVEL) / 2, n - 1)), 1.645 * float(placebo.std()))
    effect -= min(0.0, float(placebo.mean()))
    return Gap(effect, effect - half, effect + half)


def gains(left: Array, inputs: Array, codes: Array, part: Array) -> Array:
    """Per row, how much less squared error a correction learned from other parts of its entity leaves.

    How strongly corrections are drawn to zero is chosen on parts that neither teach nor test.

    Args:
        left: what the general model leaves over, rows by answers.
        inputs: a column of ones, then inputs of about unit size.
        codes: the entity of each row.
        part: 0 to 3 per row.
    """
    count, width = int(codes.max()) + 1, inputs.shape[1]
    cell = codes * _PARTS + part
    products = (inputs[:, :, None] * inputs[:, None, :]).reshape(len(inputs), -1)
    gram = _sums(products, cell, count * _PARTS).reshape(count, _PARTS, width, width)
    moved = (inputs[:, :, None] * left[:, None, :]).reshape(len(inputs), -1)
    side = _sums(moved, cell, count * _PARTS).reshape(count, _PARTS, width, -1)
    found = np.zeros(len(left))
    for test in range(_PARTS):
        check = (test + 1) % _PARTS
        teach = [p for p in range(_PARTS) if p not in (test, check)]
        errors = []
        for penalty in _PENALTIES:
            beta = _solved(gram[:, teach].sum(axis=1), side[:, teach].sum(axis=1), penalty)
            bent = (beta * (gram[:, check] @ beta)).sum()
            errors.append(float(bent - 2 * (beta * side[:, check]).sum()))
        rest = [p for p in range(_PARTS) if p != test]
        best = _PENALTIES[int(np.argmin(errors))]
        beta = _solved(gram[:, rest].sum(axis=1), side[:, rest].sum(axis=1), best)
        rows = part == test
        guess = np.einsum("np,npk->nk", inputs[rows], beta[codes[rows]])
        found[rows] = (left[rows] ** 2 - (left[rows] - guess) ** 2).sum(axis=1)
    return found


def parts_of(codes: Array, day: Array | None, seed: int) -> Array:
    """Four parts of each entity's rows: stretches of time where there is a time, else at random."""
    random = np.random.default_rng(seed).random(len(codes))
    moment = random if day is None else np.where(np.isnan(day), np.inf, day)
    order = np.lexsort((random, moment, codes))
    counts = np.bincount(codes)
    place = np.arange(len(codes)) - np.repeat(np.cumsum(counts) - counts, counts)
    begin = np.random.default_rng(seed + 1).integers(0, _PARTS, len(counts))
    part = np.empty(len(codes), dtype=np.int64)
    size = np.maximum(counts, _PARTS)[codes[order]]
    part[order] = (place * _PARTS // size + begin[codes[order]]) % _PARTS
    return part


def _solved(gram: Array, side: Array, penalty: tuple[float, float]) -> Array:
    weights = np.full(gram.shape[-1], penalty[1])
    weights[0] = penalty[0]
    if penalty[1] >= 1e9:  # a level only
        beta = np.zeros_like(side)
        beta[:, 0] = side[:, 0] / (gram[:, [0], 0] + penalty[0])
        return beta
    found: Array = np.linalg.solve(gram + np.diag(weights), side)
    return found


def _sums(values: Array, cell: Array, cells: int) -> Array:
    return np.column_stack([np.bincount(cell, weights=column, minlength=cells) for column in values.T])


def _trouble(prepared: Prepared, codes: Array, counts: Array) -> Evidence | None:
    """What stands in the way of an answer."""
    if len(counts) < 2:
        return unknown(CRITERION, "All rows are about one entity.", "Rows of several entities could tell.")
    if float(counts[counts > 1].sum()) < 0.5 * len(codes) or len(counts) < 5:
        what = "too few entities" if len(counts) < 5 else "most entities have one row only"
        return unknown(
            CRITERION,
            f"Differences between entities cannot be seen: {what}.",
            "Several rows for each of many entities could tell.",
        )
    if _one_answer_each(prepared, codes, counts):
        return unknown(
            CRITERION,
            "Nearly every entity has one and the same answer in all its rows, so knowing it is a look-up.",
            "Answers that vary within an entity could tell.",
        )
    if prepared.n < FEWEST:
        short = unknown(CRITERION, f"{prepared.n:,} rows are too few to tell.", "Collect more rows.")
        return Evidence(
            criterion=CRITERION,
            answer=short.answer,
            text=short.text,
            caveat=short.caveat,
            rows_needed=FEWEST,
        )
    return None


def _one_answer_each(prepared: Prepared, codes: Array, counts: Array) -> bool:
    """Whether at least 95 of 100 entities with several rows have one answer throughout."""
    same = np.ones(len(counts), dtype=bool)
    for column in prepared.one_hot.T:
        lowest, highest = np.full(len(counts), np.inf), np.full(len(counts), -np.inf)
        np.minimum.at(lowest, codes, column)
        np.maximum.at(highest, codes, column)
        same &= highest - lowest <= 1e-9 * (1 + np.abs(highest))
    expected = 0.95 if prepared.task == "number" else max(0.95, _same_by_chance(prepared, counts))
    return bool(same[counts > 1].mean() > expected)


def _same_by_chance(prepared: Prepared, counts: Array) -> float:
    """The share of entities that would have one answer throughout if answers fell at random."""
    shares = prepared.one_hot.mean(axis=0)
    return float((shares[None, :] ** counts[counts > 1][:, None]).sum(axis=1).mean())
