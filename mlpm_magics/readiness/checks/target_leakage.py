"""A column that knows the answer was probably filled in after it.

Where one column alone, by one threshold or by its categories, gives nearly every answer, it is either
recorded after the outcome (then it will not be there when it is needed) or the problem needs no machine
learning.

Source: Kapoor and Narayanan 2023 (leakage).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from mlpm_magics.evidence.columns.alone import Measured
from mlpm_magics.evidence.columns.alone import measure as measure
from mlpm_magics.readiness.found import Example, Found, Limits

QUESTION = "relevant"
WHY = "What is known only after the outcome is not there when the model has to decide."
NEEDS = ("target",)
SILENCES = ("missing_depends_on_target", "missing_values", "redundant_columns", "near_constant_column")


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """Nearly all errors saved by one column is a blocker until somebody has said when it is known."""
    return [
        Found(
            columns=(m.column,),
            severity="blocker",
            message=m.sentence,
            action="Ask when it is filled in. If only after the outcome, leave it out; if before, a "
            "simple rule may do.",
            evidence={"skill": m.skill, "right": m.right, "base": m.base},
            weight=m.skill,
        )
        for m in measured
        if m.beyond(limits)
    ]


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
