"""Where the inputs say nothing about the target, no model will.

Each input alone, all inputs together in a quick model that is tested on rows it has not seen, and every two
inputs in a table are held against chance. Signal that is tied to one customer or to a day is looked for too.

Source: Google, Introduction to ML Problem Framing (features must predict); ease.ml/Snoopy 2022; limits are
rules of thumb, see `limits.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.evidence.columns.chance import z_for
from mlpm_magics.evidence.columns.quick import Learned, auc, learned, ranks, z_of
from mlpm_magics.readiness.found import CannotTellError, Example, Found, Limits, number, plural
from mlpm_magics.table import Column, Table

QUESTION = "relevant"
WHY = "No model finds what is not there, and one that seems to has learned chance."
NEEDS = ("target",)
WHOLE_ROWS = True
_FEWEST = 100


@dataclass(frozen=True)
class Measured:
    """How far above chance the inputs are, in standard errors, and what the quick model reaches.

    `score` and `up_to` are a rank accuracy (0.5 is guessing) and the upper end of its interval.
    """

    column: str
    rows: int
    fewest: int
    inputs: int
    surprise: float
    score: float
    up_to: float


def measure(table: Table) -> list[Measured]:
    """Inputs alone, together, two by two; the entity and the time of a row."""
    target, known = table.target, learned(table)
    if target is None or known is None or len(known.rows) < _FEWEST:
        return []
    columns = len(known.made.columns)
    positive = known.wanted > (0.5 if table.task == "classes" else 0.0)
    tries = [auc(known.said[:, k], positive[:, k]) for k in range(known.wanted.shape[1])]
    score, error = max(tries, key=lambda pair: (pair[0] - 0.5) / pair[1])
    strongest = max(
        float(known.errors.max()) - z_for(columns * known.wanted.shape[1], 0.02),
        float(known.pairs.max()) - z_for(max(1, columns**2 // 2) * known.wanted.shape[1], 0.01),
        (score - 0.5) / error - z_for(len(tries), 0.02),
        _outside(table, known),
    )
    counts = positive.sum(axis=0)
    fewest = int(min(counts.min(), len(positive) - counts.max()))
    return [Measured(target.name, len(known.rows), fewest, columns, strongest, score, score + 2 * error)]


def _outside(table: Table, known: Learned) -> float:
    """The same for entity, free levels and time, which no model here has as an input."""
    best = -np.inf
    for column in (table.entity, *table.features):
        if column is not None and column.plain.codes is not None and column.kind in ("category", "text"):
            best = max(best, _by_level(column, known) - 3.3)
    if table.time is not None and table.moments is not None:
        moments = table.moments
        good = moments.valid[known.rows]
        seconds, wanted = moments.seconds[known.rows][good], known.wanted[good]
        if len(seconds) >= _FEWEST:
            order = np.argsort(seconds, kind="stable")
            ordered = wanted[order] - wanted.mean(axis=0)
            spread = (ordered**2).mean(axis=0) + 1e-12
            follow = (ordered[1:] * ordered[:-1]).mean(axis=0) / spread * np.sqrt(len(ordered))
            drift = [abs(float((ranks(seconds) * ordered_k).mean())) for ordered_k in wanted.T]
            best = max(best, float(follow.max()) - 3.5, max(drift) * float(np.sqrt(len(seconds))) - 3.5)
    return float(best)


def _by_level(column: Column, known: Learned) -> float:
    codes = column.codes[known.rows]
    rows = np.bincount(codes[codes >= 0])
    repeated = (codes >= 0) & (rows[np.maximum(codes, 0)] > 1)
    if repeated.sum() < _FEWEST:
        return -np.inf
    level = np.unique(codes[repeated], return_inverse=True)[1]
    wanted = known.wanted[repeated] - known.wanted[repeated].mean(axis=0)
    counts = np.bincount(level)
    best = -np.inf
    for values in wanted.T:
        means = np.bincount(level, values) / counts
        statistic = float((counts * means**2).sum() / (values.var() + 1e-12))
        freedom = max(1, len(counts) - 1)
        if freedom < 0.9 * len(values):  # with few rows a level, chi-square is too sure
            shrink = 1 - freedom / len(values)
            best = max(
                best, float(z_of(np.array(freedom + (statistic - freedom) / shrink**0.5), np.array(freedom)))
            )
    return best


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """A warning only where nothing is above chance and much more than guessing can be ruled out."""
    found = []
    for m in measured:
        if m.surprise > 0:
            continue
        if m.rows < limits["rows"] or m.fewest < limits["fewest"] or m.up_to > limits["up_to"]:
            raise CannotTellError(
                f"whether the inputs tell anything about `{m.column}` cannot be told from {m.rows:,} rows"
            )
        found.append(
            Found(
                (m.column,),
                "warning",
                f"None of {plural(m.inputs, 'input')} tells more about `{m.column}` than chance, alone, two "
                f"by two, or in a quick model: its rank accuracy on {m.rows:,} rows is {number(m.score)} "
                f"(at most {number(m.up_to)}), where guessing has 0.5.",
                "Ask an expert what they look at before they decide, and get that; check that rows and "
                "answers were joined on the right key.",
                {"score": m.score, "up_to": m.up_to, "rows": m.rows, "inputs": m.inputs},
                0.8,
            )
        )
    return found


def _table(signal: float) -> pd.DataFrame:
    random = np.random.default_rng(41)
    inputs = {f"x{i}": random.normal(size=3000) for i in range(5)}
    odd = (inputs["x0"] > 0) != (inputs["x1"] > 0)
    bought = random.random(3000) < np.where(odd, 0.3 + signal, 0.3 - signal)
    return pd.DataFrame({**inputs, "bought": bought})


def bad() -> Example:
    """Five inputs, none of which has anything to do with who bought."""
    return Example(_table(0.0), ("bought",), {"target": "bought"})


def good() -> Example:
    """Each input alone says nothing, two of them together do."""
    return Example(_table(0.2), (), {"target": "bought"})
