"""Wrong answers teach wrong rules, and they set a limit to every test.

A quick model says how clear each row is without having seen it. On a hard problem, the clearest rows are
nearly all answered as expected; where answers are wrong at random, some of the clearest contradict too. The
share of such answers is estimated, and held against none.

Source: Northcutt, Jiang and Chuang 2021 (confident learning); Sambasivan and others 2021.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.evidence.columns.quick import auc, held_out, learned, one_thread
from mlpm_magics.readiness.found import Example, Found, Limits, percent
from mlpm_magics.table import Table
from mlpm_magics.table.plain import Array, Mask

QUESTION = "high_quality"
WHY = "A model learns the wrong answers too, and a test counts right ones as errors."
NEEDS = ("target",)
_FEWEST, _FEWEST_OF_CLASS = 500, 80
_GRID = (0.0, 0.01, 0.02, 0.03, 0.04, 0.06, 0.08, 0.1, 0.125, 0.15, 0.2, 0.25, 0.3)


@dataclass(frozen=True)
class Measured:
    """The estimated share of wrong answers, how much likelier they make the table, and how clear rows are.

    `score`: how often the model ranks a row of the class above one of the others; `clear`: rows that it finds
    clear; `against`: those among them with the other answer; `rows`: rows looked at.
    """

    column: str
    share: float
    surprise: float
    score: float
    clear: int
    against: int
    rows: int

    @property
    def clean_score(self) -> float:
        """The score without the wrong answers: answers turned at random draw it towards one half."""
        return min(1.0, 0.5 + (self.score - 0.5) / (1 - 2 * self.share))


def measure(table: Table) -> list[Measured]:
    """Each frequent class against all others; the clearest sign is kept."""
    known, target = learned(table), table.target
    if known is None or target is None or table.task != "classes" or len(known.rows) < _FEWEST:
        return []
    measured = []
    for k in range(known.wanted.shape[1]):
        positive = known.wanted[:, k] > 0.5
        if min(positive.sum(), (~positive).sum()) < _FEWEST_OF_CLASS:
            continue
        score = _sharper(known.made.ones, positive, known.said[:, k], table.seed)
        share, surprise, chance = _floor(score, positive)
        clear = np.abs(chance - 0.5) > 0.45
        against = clear & ((chance > 0.5) != positive)
        accuracy = auc(score, positive)[0]
        counts = int(clear.sum()), int(against.sum())
        measured.append(Measured(target.name, share, surprise, accuracy, *counts, len(positive)))
    return sorted(measured, key=lambda m: -m.surprise)[:1]


def _sharper(ones: Array, positive: Mask, said: Array, seed: int) -> Array:
    """The held-out score as log odds: one more step of a logistic fit, rows held out again."""
    chance = np.clip(said, 0.03, 0.97)
    weight = chance * (1 - chance)
    start = np.log(chance / (1 - chance))
    work = np.clip((positive - chance) / weight, -6, 6)
    with one_thread():
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


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """Enough of them, far beyond chance, on a problem clear enough to tell wrong from hard."""
    return [
        Found(
            (m.column,),
            "warning",
            f"About {percent(m.share)} of the answers in `{m.column}` seem wrong, or hang on something that "
            f"is not in the table: of {m.clear:,} rows that are clear from the inputs, {m.against:,} have "
            "another answer, evenly and not only near the border.",
            "Have a second person answer a sample of the contradicting rows, and mend the rule or the entry.",
            {"share": m.share, "clear": m.clear, "against": m.against, "surprise": m.surprise},
            min(1.0, 3 * m.share),
        )
        for m in measured
        if m.share >= limits["share"] and m.surprise >= max(limits["surprise"], limits["per_row"] * m.rows)
        if m.clean_score >= limits["score"] and m.against >= limits["against"]
    ]


def _table(wrong: float, blur: float) -> pd.DataFrame:
    random = np.random.default_rng(51)
    size, age, visits = random.normal(size=4000), random.normal(size=4000), random.poisson(4, 4000)
    likes = size + 0.7 * age + 0.2 * (visits - 4) + random.logistic(0, blur, 4000) > 0
    return pd.DataFrame(
        {"size": size, "age": age, "visits": visits, "ok": likes ^ (random.random(4000) < wrong)}
    )


def bad() -> Example:
    """One answer in eight was clicked wrongly."""
    return Example(_table(0.12, 0.15), ("ok",), {"target": "ok"})


def good() -> Example:
    """As many errors for any model, but because the problem is hard."""
    return Example(_table(0.0, 0.45), (), {"target": "ok"})
