"""From few rows, chance looks like a pattern.

With few rows every measured quality of a model swings by several percentage points from one test to the next,
and with more columns than rows can carry, a model finds patterns that are not there.

Source: Google, Introduction to ML Problem Framing (thousands of rows for simple models); limits are rules of
thumb, see `limits.yaml`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.readiness.found import Example, Found, Limits, plural
from mlpm_magics.results import Severity
from mlpm_magics.table import Table

QUESTION = "sufficient"
WHY = "With few rows nobody can tell a good model from a lucky one."
NEEDS = ()
SILENCES = ("short_history",)
_FEWEST_TESTED = 10
_WELL_KNOWN = 30


@dataclass(frozen=True)
class Measured:
    """Rows that can be learned from, how many different ones they are about (0: not told), and the task."""

    rows: int
    columns: int
    labelled: int
    entities: int
    entity: str
    of_number: bool = False


def measure(table: Table) -> Measured:
    """Count rows, answers and entities."""
    target, entity = table.target, table.entity
    labelled = table.total - (0 if target is None or target.missing == table.rows else target.total_missing)
    entities = entity.total_distinct or 0 if entity else 0
    name = entity.name if entity else ""
    return Measured(table.total, len(table.columns), labelled, entities, name, table.task == "number")


def _swing(tested: int, *, of_number: bool) -> tuple[float, str]:
    """How far a measured quality swings, in percent, and in words; errors of a number are taken as normal."""
    swing = 196 * math.sqrt((math.pi / 2 - 1 if of_number else 0.8 * 0.2) / tested)
    if tested < _FEWEST_TESTED:
        return swing, f"a test on 30 % of them would rest on {tested}"
    known = "the usual error would be" if of_number else "80 % right would be"
    unit = "% of it" if of_number else "percentage points"
    return swing, f"in a test on 30 % of them, {known} known only to within ±{swing:.0f} {unit}"


def judge(measured: Measured, limits: Limits) -> list[Found]:
    """An empty table and a handful of rows are blockers; below a thousand, say how far results will swing."""
    m = measured
    if not m.rows or not m.columns:
        size = f"{plural(m.rows, 'row')} and {plural(m.columns, 'column')}"
        return [
            Found((), "blocker", f"The table is empty: {size}.", "Ask for the data.", {"rows": m.rows}, 1.0)
        ]
    if m.labelled >= limits["caution"] and (not m.entities or m.entities >= limits["entities"]):
        return []
    few_entities = m.labelled >= limits["caution"]
    cases = m.entities if few_entities else m.labelled
    severity: Severity = "blocker" if m.labelled < limits["blocker"] else "warning"
    tested = max(1, round(0.3 * cases))
    if few_entities:
        start = f"All {m.rows:,} rows are about {m.entities:,} different values of `{m.entity}`"
        if m.labelled >= _WELL_KNOWN * m.entities:  # a few stations, each seen often: only others are unknown
            severity = "info"
            start += ". For others than these"
    else:
        known = "" if m.labelled == m.rows else " with a known answer"
        start = f"There are only {plural(m.labelled, 'row')}{known}"
    swing, words = _swing(tested, of_number=m.of_number)
    message = f"{start}: {words}."
    return [
        Found(
            (m.entity,) if few_entities else (),
            severity,
            message,
            "Collect more cases, or keep to simple models and report every result with its interval.",
            {"rows": m.labelled, "swing": swing},
            1 - m.labelled / max(m.labelled, limits["caution"]),
        )
    ]


def bad() -> Example:
    """Forty rows."""
    random = np.random.default_rng(2)
    return Example(
        pd.DataFrame({"size": random.normal(size=40), "price": random.normal(size=40)}),
        (),
        {"target": "price"},
    )


def good() -> Example:
    """Two thousand rows."""
    random = np.random.default_rng(2)
    return Example(
        pd.DataFrame({"size": random.normal(size=2000), "price": random.normal(size=2000)}),
        (),
        {"target": "price"},
    )
