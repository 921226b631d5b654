"""If the same inputs now lead to another answer, the past teaches the wrong rule.

A quick model learns from all rows; then its errors in recent and in older rows are compared, input by input.
Inputs that are merely spread differently, or answers that became more frequent, make no such difference.

Source: Huyen 2022; CRISP-ML(Q) 2021; limits are rules of thumb, see `limits.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.evidence.columns.chance import z_for
from mlpm_magics.evidence.columns.quick import Learned, held_out, learned, one_thread, z_of
from mlpm_magics.readiness.found import CannotTellError, Example, Found, Limits, number
from mlpm_magics.table import Table
from mlpm_magics.table.dates import DAY
from mlpm_magics.table.plain import Array, Mask

QUESTION = "fresh"
WHY = "A model repeats a rule that no longer holds."
NEEDS = ("target", "time")
WHOLE_ROWS = True
SILENCES = ("label_noise",)  # answers of another rule contradict the old one
_TWO_YEARS = 1.95 * 365.25 * DAY
_FEWEST, _CUTS, _FINE = 150, (0.5, 0.67, 0.8), 24


@dataclass(frozen=True)
class Measured:
    """How much the relation of an input to the target has changed: share of the deviation, and certainty."""

    column: str
    target: str
    size: float
    errors: float
    rows: int


def measure(table: Table) -> list[Measured]:
    """Errors of one model for old and recent rows, by the parts of each input, at three moments."""
    known, target, moments = learned(table), table.target, table.moments
    if known is None or target is None or moments is None:
        return []
    good = moments.valid[known.rows]
    if good.sum() < 2 * _FEWEST:
        raise CannotTellError(f"old and recent rows are compared from {2 * _FEWEST} rows with a time on")
    seconds = moments.seconds[known.rows]
    if np.ptp(seconds[good]) < _TWO_YEARS:
        raise CannotTellError("a season cannot be told from a lasting change in less than two full years")
    rest = known.wanted - known.said
    drag = _inertia(rest[good], seconds[good])
    best: dict[int, tuple[float, float, float]] = {}
    for share in _CUTS:
        at = np.quantile(seconds[good], share)
        recent, old = good & (seconds > at), good & (seconds <= at)
        if min(recent.sum(), old.sum()) < _FEWEST:
            continue
        errors, size = _differ(known.made.ones, known.made.start, rest, old, recent, drag)
        for i in np.flatnonzero(errors > z_for(len(errors) * 3, 0.01)).tolist():
            if size[i] > best.get(i, (0.0,))[0]:
                best[i] = (float(size[i]), float(errors[i]), share)
    measured = []
    for i in sorted(best, key=lambda i: -best[i][0])[:5]:
        at = np.quantile(seconds[good], best[i][2])
        old, recent = good & (seconds <= at), good & (seconds > at)
        made, finer = _finely(known, i, rest, table.seed)
        errors_of, size_of = _differ(made, np.array([0, made.shape[1]]), finer, old, recent, drag)
        name = known.made.columns[i].name
        measured.append(
            Measured(name, target.name, float(size_of[0]), float(errors_of[0]), int(recent.sum()))
        )
    return measured


def _inertia(rest: Array, seconds: Array) -> Array:
    """How many rows weigh as one, per outcome: in a series, each error resembles the one before."""
    left = rest[np.argsort(seconds, kind="stable")]
    left = left - left.mean(axis=0)
    like = (left[1:] * left[:-1]).sum(axis=0) / ((left**2).sum(axis=0) + 1e-12)
    like = np.where(like > 2 / np.sqrt(len(left)), np.minimum(like, 0.99), 0.0)
    inertia: Array = (1 + like) / (1 - like)
    return inertia


def _differ(
    ones: Array, start: Array, rest: Array, old: Mask, recent: Mask, drag: Array
) -> tuple[Array, Array]:
    """Mean errors of old and recent rows in each part, each less its own overall mean."""
    sums, rows, spread = [], [], []
    for mask in (old, recent):
        left = rest[mask] - rest[mask].mean(axis=0)
        sums.append(ones[mask].T @ left)
        rows.append(ones[mask].sum(axis=0).astype(np.float64))
        spread.append(left.var(axis=0) + 1e-12)
    enough = (rows[0] >= 8) & (rows[1] >= 8)
    apart = sums[1] / np.maximum(rows[1], 1)[:, None] - sums[0] / np.maximum(rows[0], 1)[:, None]
    error = spread[1] / np.maximum(rows[1], 1)[:, None] + spread[0] / np.maximum(rows[0], 1)[:, None]
    cells = np.where(enough[:, None], apart**2 / (error * drag), 0.0)
    statistic = np.add.reduceat(cells, start[:-1], axis=0)
    freedom = np.maximum(np.add.reduceat(enough.astype(float), start[:-1]) - 1, 0)[:, None]
    effective = 1 / (1 / recent.sum() + 1 / old.sum())
    size = np.sqrt(np.maximum(0, statistic - freedom) * drag / effective)
    errors = np.where(freedom > 0, z_of(statistic, freedom), -9.0)
    return errors.max(axis=1), size.max(axis=1)


def _finely(known: Learned, i: int, rest: Array, seed: int) -> tuple[Array, Array]:
    """The parts of one input, and errors beyond what finer parts explain: a bent relation is no change."""
    column, ones = known.made.columns[i], known.made.only([i])
    if column.plain.values is not None and (column.distinct or 0) > _FINE:
        values = column.numbers[known.rows].astype(np.float64)
        fine = ~column.is_missing[known.rows] & np.isfinite(values)
        edges = np.unique(np.quantile(values[fine], np.linspace(0, 1, _FINE + 1)[1:-1]))
        part = np.where(fine, np.searchsorted(edges, np.where(fine, values, 0), side="right") + 1, 0)
        finer = np.zeros((len(part), len(edges) + 2), dtype=np.float32)
        finer[np.arange(len(part)), part] = 1
        with one_thread():
            rest = rest - held_out(finer, rest.astype(np.float32), seed)
    return ones, rest


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """Large enough to matter and far beyond chance."""
    return [
        Found(
            (m.column, m.target),
            "warning",
            f"What `{m.column}` says about `{m.target}` has changed: the same values go with other answers "
            f"in recent rows ({number(m.size)} standard deviations of what was left to explain, "
            f"{number(m.errors)} standard errors, {m.rows:,} recent rows).",
            "Ask what changed; learn from recent rows only, and plan to train again and to watch it.",
            {"size": m.size, "standard_errors": m.errors, "rows": m.rows},
            min(1.0, m.size),
        )
        for m in measured
        if m.size >= limits["size"] and m.errors >= limits["errors"]
    ]


def _table(turned: bool) -> pd.DataFrame:
    random = np.random.default_rng(46)
    day = np.sort(random.integers(0, 1095, 5000))
    late = day > 700
    price, reach = random.normal(0.5 * late, 1, 5000), random.normal(size=5000)
    slope = np.where(late, -0.6, 1.2) if turned else 1.2
    bought = random.random(5000) < 1 / (1 + np.exp(-slope * price - 0.5 * reach))
    when = pd.Timestamp("2021-01-01") + pd.to_timedelta(day, unit="D")
    return pd.DataFrame({"day": when, "price": price, "reach": reach, "bought": bought})


def bad() -> Example:
    """A high price used to attract, and now puts off."""
    return Example(
        _table(True), ("price", "bought"), {"target": "bought", "time": "day", "as_of": "2024-01-02"}
    )


def good() -> Example:
    """Prices have risen, and mean what they always meant."""
    return Example(_table(False), (), {"target": "bought", "time": "day", "as_of": "2024-01-02"})
