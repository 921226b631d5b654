"""Forward in time: learn from what was, predict what came next; and plain inputs for quick linear models."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass

import numpy as np

from mlpm_magics.evidence.encoding import encode
from mlpm_magics.evidence.gaps import LEVEL, Gap
from mlpm_magics.evidence.prepared import Array, Prepared

FEWEST = 200
_BLOCKS = 8
_FEW_LEVELS = 6
_LEAST_SPAN = 1e-9
_NEAR = 0.9  # correlation of neighbours
_ALIKE = 0.5  # the same, from where a split at random is no proof
_UPS = (0.3, 0.7)


@dataclass(frozen=True)
class Forward:
    """What models explain of later blocks of time that learned from earlier ones only.

    Attributes:
        gap: skill over the better of two guesses: the mean of the past, and the last values before the block.
        within: skill over each block's own mean, once predictions are moved to it: what is told apart within
            a block, whatever the level does.
        guess: which guess was better, in words.
        blocks: how many blocks were predicted.
        way: what forward means, in words.
    """

    gap: Gap
    within: Gap
    guess: str
    blocks: int
    way: str


def forward_signal(prepared: Prepared) -> Forward | None:
    """Hold a linear model and boosted trees against simple guesses, forward in time.

    The interval is over blocks, since rows near each other in time are alike: two random walks that have
    nothing to do with each other then show no signal.

    Returns:
        None with too few rows or moments, and without a time column unless the rows wander (`_wanders`):
        then their order stands for time.
    """
    day, way = prepared.day, "forward in time"
    if day is None:
        if prepared.task != "number" or not _wanders(prepared.y):
            return None
        day, way = np.arange(prepared.n, dtype=float), "along the order of the rows"
    known = np.flatnonzero(np.isfinite(day))
    if len(known) < FEWEST:
        return None
    cut = cut_by_time(day[known], _BLOCKS)
    blocks = int(cut.max()) + 1
    if blocks < 5:
        return None
    rows = known
    order = known[np.argsort(day[known], kind="stable")]
    unit = float(((prepared.one_hot[rows] - prepared.one_hot[rows].mean(axis=0)) ** 2).sum(axis=1).mean())
    answers, errors, within = prepared.one_hot, [], []

    @functools.cache  # the kind is chosen on the block before, whose guesses were made then
    def inputs(block: int) -> tuple[Array, Array]:
        return _standard(prepared, rows[cut < block], rows[cut == block])

    @functools.cache
    def guess_of(block: int, kind: str) -> Array:
        return _guess(prepared, *inputs(block), rows[cut < block], kind)

    for block in range(2, blocks):
        past, now = rows[cut < block], rows[cut == block]
        latest = answers[rows[cut == block - 1]]
        tried = [_squared(latest, guess_of(block - 1, kind)) for kind in _KINDS]
        guessed = guess_of(block, _KINDS[int(np.argmin(tried))])
        model, level = _squared(answers[now], guessed), answers[now].mean(axis=0)
        moved = guessed - guessed.mean(axis=0) + level
        within.append(
            (_squared(answers[now], level) - _squared(answers[now], moved)) / max(unit, _LEAST_SPAN)
        )
        mean = _squared(answers[now], answers[past].mean(axis=0))
        before = order[: len(past)][-max(1, len(past) // 100) :]
        last = _squared(answers[now], answers[before].mean(axis=0))
        errors.append((model, mean, last))
    model_error, mean_error, last_error = np.array(errors).T
    is_mean = mean_error.mean() <= last_error.mean()
    gains = (np.minimum(mean_error, last_error) - model_error) / max(unit, _LEAST_SPAN)
    guess = "the average so far" if is_mean else "the last value"
    return Forward(_over_blocks(gains), _over_blocks(np.array(within), looks=2), guess, len(gains), way)


def alike_in_time(prepared: Prepared) -> bool:
    """Whether rows near each other in time have like answers, so that a split at random proves nothing.

    Without a time column the order of the rows stands for time where they wander.
    """
    if prepared.day is None:
        return prepared.task == "number" and _wanders(prepared.y)
    known = np.flatnonzero(np.isfinite(prepared.day))
    answers = prepared.one_hot[known[np.argsort(prepared.day[known], kind="stable")]]
    answers = answers - answers.mean(axis=0) if len(answers) else answers
    varied = float((answers**2).sum())
    return varied > 0 and float((answers[1:] * answers[:-1]).sum()) > _ALIKE * varied


def _wanders(y: Array) -> bool:
    """Whether each row's number is near the one before, up as often as down: a series, not a sorted table."""
    steps = np.diff(y)
    near = (
        float(np.corrcoef(y[1:], y[:-1])[0, 1]) > _NEAR
        if len(y) > 2 and y[1:].std() and y[:-1].std()
        else False
    )
    ups = float((steps > 0).mean()) if len(steps) else 0.0
    return near and _UPS[0] < ups < _UPS[1]


def _over_blocks(gains: Array, looks: int = 1) -> Gap:
    """The mean over blocks with its interval, wider where it is one of several looks."""
    from scipy.stats import t

    n = len(gains)
    half = float(gains.std(ddof=1)) / math.sqrt(n) * float(t.ppf(1 - (1 - LEVEL) / 2 / looks, n - 1))
    effect = float(gains.mean())
    return Gap(effect, effect - half, effect + half)


_KINDS = ("linear", "trees")


def _standard(prepared: Prepared, train: Array, test: Array) -> tuple[Array, Array]:
    """The inputs of training and test rows, of about unit size."""
    x = encode(prepared, train, test)
    middle, spread = x.train.mean(axis=0), x.train.std(axis=0) + _LEAST_SPAN
    return np.clip((x.train - middle) / spread, -6, 6), np.clip((x.test - middle) / spread, -6, 6)


def _guess(prepared: Prepared, here: Array, there: Array, train: Array, kind: str) -> Array:
    from sklearn.ensemble import HistGradientBoostingRegressor
    from sklearn.linear_model import Ridge

    answers = prepared.one_hot
    if kind == "linear":
        found: Array = Ridge(alpha=3.0).fit(here, answers[train]).predict(there)
        return found
    columns = range(1, answers.shape[1]) if prepared.classes == 2 else range(answers.shape[1])
    guess = np.zeros((len(there), answers.shape[1]))
    for k in columns:
        model = HistGradientBoostingRegressor(
            max_iter=30, max_leaf_nodes=8, min_samples_leaf=10, early_stopping=False, random_state=0
        )
        guess[:, k] = model.fit(here, answers[train, k]).predict(there)
    if prepared.classes == 2:
        guess[:, 0] = 1 - guess[:, 1]
    return guess


def _squared(answers: Array, guess: Array) -> float:
    return float(((answers - guess) ** 2).sum(axis=1).mean())


# --- shared by the measures over time and per entity -------------------------------------------------------


def cut_by_time(day: Array, parts: int) -> Array:
    """The part (0, 1, …) of each row: parts of about equally many rows; equal moments stay in one part."""
    _, inverse, counts = np.unique(day, return_inverse=True, return_counts=True)
    middle = np.cumsum(counts) - counts / 2
    part = np.minimum((middle * parts / len(day)).astype(np.int64), parts - 1)
    place = np.unique(part, return_inverse=True)[1]
    found: Array = place[inverse]
    return found


def plain_inputs(prepared: Prepared, most: int) -> Array:
    """At most `most` columns of about unit size that know nothing of the answers.

    Numbers as normal scores, frequent categories as flags, then squares and products if there is room.
    """
    columns: list[Array] = []
    numbers: list[Array] = []
    for feature in prepared.features:
        if feature.is_category or len(np.unique(feature.values[:500])) <= 2:
            columns += _flags(feature.values)
            numbers += _flags(feature.values)[:1]
        else:
            scores = _scores(feature.values)
            columns.append(scores)
            numbers.append(scores)
    numbers = numbers[:10]
    if len(columns) < most:
        products = [a * b for i, a in enumerate(numbers) for b in numbers[i:]]
        columns += [p - p.mean() for p in products if p.std() > _LEAST_SPAN]
    columns = [c / (c.std() + _LEAST_SPAN) for c in columns[:most] if c.std() > _LEAST_SPAN]
    return np.column_stack(columns) if columns else np.zeros((prepared.n, 0))


def _scores(values: Array) -> Array:
    gone = np.isnan(values)
    if gone.all():
        return np.zeros(len(values))
    low, middle, high = np.quantile(values[~gone], [0.05, 0.5, 0.95])
    width = (high - low) / 3.29 or float(values[~gone].std()) or 1.0
    scores: Array = np.where(gone, 0.0, np.clip((values - middle) / width, -3, 3))
    centred: Array = scores - scores.mean()
    return centred


def _flags(values: Array) -> list[Array]:
    levels, counts = np.unique(values, return_counts=True)
    common = levels[np.argsort(-counts, kind="stable")][1 : _FEW_LEVELS + 1]
    if len(levels) <= 2:
        common = levels[-1:]
    return [(values == level) - float((values == level).mean()) for level in common]
