"""A column that knows the answer was probably filled in after it.

Where one column alone, by one threshold, by its categories or by being filled, gives nearly every answer, it
is either recorded after the outcome (then it will not be there when it is needed) or the problem needs no
machine learning. Rows that are sorted by the answer give it away through their order.

Source: Kapoor and Narayanan 2023 (leakage).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from mlpm_magics.evidence.columns import alone
from mlpm_magics.evidence.columns.alone import Measured
from mlpm_magics.readiness.found import Example, Found, Limits, percent
from mlpm_magics.table import Table

QUESTION = "relevant"
WHY = "What is known only after the outcome is not there when the model has to decide."
NEEDS = ("target",)
SILENCES = ("missing_depends_on_target", "missing_values", "redundant_columns", "near_constant_column")


def measure(table: Table) -> list[Measured]:
    """Try each input alone, and the order of the rows."""
    order = alone.by_order(table)
    return [*alone.measure(table), *([] if order is None else [order])]


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """Nearly all errors saved by one column is a blocker until somebody has said when it is known."""
    return [
        _sorted(m) if m.column == m.target else _found(m, limits)
        for m in measured
        if m.skill >= (limits["order"] if m.column == m.target else _least(m, limits))
    ]


def _least(m: Measured, limits: Limits) -> float:
    return limits["correlation_caution" if m.straight else "skill_caution"]


def _found(m: Measured, limits: Limits) -> Found:
    beyond = m.skill >= limits["correlation" if m.straight else "skill"]
    return Found(
        columns=(m.column,),
        severity="blocker" if beyond else "warning",
        message=m.sentence,
        action="Ask when it is filled in. If only after the outcome, leave it out; if before, a "
        "simple rule may do.",
        evidence={"skill": m.skill, "right": m.right, "base": m.base},
        weight=m.skill,
    )


def _sorted(m: Measured) -> Found:
    return Found(
        columns=(m.target,),
        severity="info",
        message=f"The rows are sorted by the answer: `{m.target}` is that of the row before in "
        f"{percent(m.right)} of the rows.",
        action="Shuffle the rows before they are parted, and leave out whatever follows their order; a test "
        "on the last rows would see one answer only.",
        evidence={"skill": m.skill, "right": m.right},
        weight=0.3,
    )


def bad() -> Example:
    """What was spent on a card tells who got one."""
    random = np.random.default_rng(36)
    card = random.random(1500) < 0.7
    spent = np.where(card, random.lognormal(4, 1, 1500), 0.0)
    table = pd.DataFrame({"card": card, "spent": spent, "income": random.normal(3 + card, 1)})
    return Example(table, ("spent",), {"target": "card"})


def good() -> Example:
    """A strong input, and many small shops, neither of which gives the answer away."""
    random = np.random.default_rng(36)
    risk = random.normal(size=1500)
    default = risk + random.normal(0, 0.35, 1500) > 0.8
    shop = [f"shop {n}" for n in random.integers(0, 600, 1500)]
    return Example(pd.DataFrame({"default": default, "risk": risk, "shop": shop}), (), {"target": "default"})
