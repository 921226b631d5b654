"""Where only some cases got an answer, a model learns about those and is asked about all.

A loan that was refused has no repayment. Whether the target is missing is told from the inputs by a quick
model. Rows that are merely too recent to have an answer are left out first.

Source: Wang, Kapoor, Barocas and Narayanan 2023 (selective labels); limits are rules of thumb.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.evidence.columns.chance import z_for
from mlpm_magics.evidence.columns.quick import auc, held_out, one_thread, parts, sample, usable
from mlpm_magics.readiness.found import Example, Found, Limits, named, number, of
from mlpm_magics.table import Table
from mlpm_magics.table.plain import Array, Mask

QUESTION = "unbiased"
WHY = "The model never saw what becomes of the cases that past decisions left out."
NEEDS = ("target",)
_FEWEST = 50


@dataclass(frozen=True)
class Measured:
    """How well the inputs tell whether the target is missing, and which tell it most alone."""

    target: str
    missing: int
    rows: int
    score: float
    lower: float
    strongest: tuple[str, ...]
    certain: float


def measure(table: Table) -> list[Measured]:
    """Tell from the inputs where the target is missing."""
    target = table.target
    if target is None or min(target.missing, target.filled) < _FEWEST:
        return []
    rows = sample(_settled(table), table.seed)
    gone = target.is_missing[rows]
    inputs = [c for c in usable(table.features) if c.kind not in ("date", "text")]
    if min(gone.sum(), (~gone).sum()) < _FEWEST or not inputs:
        return []
    with one_thread():
        made = parts(inputs, rows)
        wanted = gone.astype(np.float32)[:, None]
        said = held_out(made.ones, wanted, table.seed)[:, 0]
    score, error = auc(said, gone)
    singles = []
    for i in range(len(inputs)):
        ones = made.only([i])
        rate = (ones.T @ wanted)[:, 0] / np.maximum(ones.sum(axis=0), 1)
        singles.append(auc(rate[ones.argmax(axis=1)], gone)[0])
    order = np.argsort(-np.array(singles), kind="stable")
    strong = [i for i in order[:2] if singles[i] - 0.5 >= 0.7 * (singles[order[0]] - 0.5)]
    names = tuple(inputs[i].name for i in strong)
    lower = score - z_for(1, 0.01) * error
    top = singles[order[0]]
    return [Measured(target.name, int(gone.sum()), len(rows), score, lower, names, top)]


def _settled(table: Table) -> Mask:
    """Rows old enough to have an answer: those before the last stretch that is all but unanswered."""
    everything: Mask = np.ones(table.rows, dtype=bool)
    if table.target is None or table.moments is None or table.moments.valid.sum() < 10 * _FEWEST:
        return everything
    seconds, valid = table.moments.seconds, table.moments.valid
    edges = np.quantile(seconds[valid], np.linspace(0, 1, 21))
    part = np.clip(np.searchsorted(edges, seconds, side="right") - 1, 0, 19)
    rows = np.bincount(part[valid], minlength=20)
    rate = np.bincount(part[valid & table.target.is_missing], minlength=20) / np.maximum(rows, 1)
    usual = float(np.median(rate[:10]))
    last = 20
    while last > 5 and rate[last - 1] > usual + 0.15:
        last -= 1
    return everything if last == 20 else valid & _before(part, last)


def _before(part: Array, last: int) -> Mask:
    mask: Mask = part < last
    return mask


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """A share that matters, told from the inputs well beyond chance."""
    return [
        Found(
            (*m.strongest, m.target),
            "warning",
            f"Whether `{m.target}` is known follows from {named(m.strongest)}: it is missing in "
            f"{of(m.missing, m.rows)} looked at, and the inputs tell which with a rank accuracy of "
            f"{number(m.score)} (0.5 is guessing).",
            "Ask who decided which cases get an answer; let a few be decided at random, or say for whom the "
            "model is not meant.",
            {"missing": m.missing, "rows": m.rows, "score": m.score, "lower": m.lower},
            min(1.0, 2 * (m.score - 0.5)),
        )
        for m in measured
        if m.missing >= limits["missing"] * m.rows and m.lower > limits["score"]
    ]


def _table(chosen: bool) -> pd.DataFrame:
    random = np.random.default_rng(49)
    rating = random.normal(size=3000)
    approved = rating + random.normal(0, 0.5, 3000) > -0.3
    repaid = np.where(random.random(3000) < 0.8 + 0.05 * np.tanh(rating), "yes", "no").astype(object)
    gone = ~approved if chosen else random.random(3000) < 0.35
    repaid[gone] = None
    return pd.DataFrame({"rating": rating, "approved": approved, "repaid": repaid})


def bad() -> Example:
    """Only who was given a loan could repay it."""
    return Example(_table(chosen=True), ("approved", "repaid"), {"target": "repaid"})


def good() -> Example:
    """As many unknown, but not for any reason in the table."""
    return Example(_table(chosen=False), (), {"target": "repaid"})
