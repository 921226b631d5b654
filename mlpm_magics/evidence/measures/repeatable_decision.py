"""Whether there are enough separate answers to learn from.

Rows of one entity are no separate answers, nor are copies: what counts is the effective number of rows, by
the design effect, and the rows of the rarest class.

Source: Kish 1965 (design effect); limits: heuristic.
"""

from __future__ import annotations

import numpy as np

from mlpm_magics.evidence.ladder import Ladder
from mlpm_magics.evidence.prepared import Prepared
from mlpm_magics.results import Evidence

TITLE = "Is the decision made often enough to learn from?"
_ENOUGH, _TOO_FEW = 100, 20
_ENOUGH_RARE, _TOO_FEW_RARE = 20, 5


def measure(ladder: Ladder) -> Evidence:
    """Count what is separate."""
    prepared = ladder.prepared
    effective = effective_rows(prepared)
    part = effective / prepared.n
    rarest = float(np.bincount(prepared.y).min()) * part if prepared.task == "classes" else effective
    words = f"{prepared.n:,} rows were used"
    if effective < 0.9 * prepared.n:
        why = "many are copies" if prepared.entity is None else "rows of one entity are alike"
        words += f", worth about {effective:,.0f} separate ones, since {why}"
    if prepared.task == "classes":
        words += f"; the rarest answer has {np.bincount(prepared.y).min():,} of them"
    if effective >= _ENOUGH and rarest >= _ENOUGH_RARE:
        return Evidence(
            criterion="repeatable_decision", answer="yes", text=f"{words}.", effect=effective, unit="rows"
        )
    few = effective < _TOO_FEW or rarest < _TOO_FEW_RARE
    return Evidence(
        criterion="repeatable_decision",
        answer="no" if few else "cannot_tell",
        text=f"{words}.",
        effect=effective,
        unit="rows",
        caveat="Collect more answers before measuring again.",
        rows_needed=None if few else _ENOUGH,
    )


def effective_rows(prepared: Prepared) -> float:
    """Rows divided by the design effect of the entity, or where there is none of copies."""
    of = prepared.cluster if prepared.entity is None else prepared.entity
    _, codes, counts = np.unique(of, return_inverse=True, return_counts=True)
    if len(counts) < 2 or len(counts) == prepared.n:
        return float(len(counts)) if len(counts) < 2 else float(prepared.n)
    y = prepared.one_hot
    overall = y.var(axis=0).sum()
    means = np.column_stack([np.bincount(codes, weights=column) / counts for column in y.T])
    within = float(((y - means[codes]) ** 2).sum() / (prepared.n - len(counts)))
    size = float((prepared.n - (counts**2).sum() / prepared.n) / (len(counts) - 1))
    alike = float(np.clip(1 - within / overall, 0, 1)) if overall else 0.0
    return prepared.n / (1 + (size - 1) * alike)
