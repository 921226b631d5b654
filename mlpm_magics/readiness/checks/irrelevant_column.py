"""A column that tells nothing about the target only adds noise, cost and a reason to break.

The column is held against chance alone and together with every other input; it is named only where the other
inputs do tell something and where there are rows enough to have seen a weak influence.

Source: M. Demirbas on a talk by R. Lozano Aguilera (discard features that are not relevant).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from mlpm_magics.evidence.columns.relevance import Measured
from mlpm_magics.evidence.columns.relevance import measure as measure
from mlpm_magics.readiness.found import Example, Found, Limits

QUESTION = "relevant"
WHY = "What tells nothing costs upkeep, and a model may learn its chance pattern."
NEEDS = ("target",)


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """A note: nothing alone, nothing in pairs, and rows enough to rule out more than a weak influence."""
    return [
        Found(
            (m.column,),
            "info",
            m.sentence,
            "Leave it out unless somebody knows why it should matter.",
            {"rows": m.rows, "standard_errors": m.alone, "up_to": m.up_to},
            0.1,
        )
        for m in measured
        if m.beyond(limits)
    ]


def _table(weight: float) -> pd.DataFrame:
    random = np.random.default_rng(42)
    income, shoe, mood = (random.normal(size=4000) for _ in range(3))
    spend = income + mood * np.where(income > 0, 0.5, -0.5) + weight * shoe + random.normal(0, 0.7, 4000)
    return pd.DataFrame({"income": income, "shoe_size": shoe, "mood": mood, "spend": spend})


def bad() -> Example:
    """The size of a shoe does not matter."""
    return Example(_table(0.0), ("shoe_size",), {"target": "spend"})


def good() -> Example:
    """It matters a little, the mood only together with the income, complaints where there are any."""
    frame, random = _table(0.25), np.random.default_rng(7)
    frame["complaints"] = (1 + random.poisson(3.0, 4000)) * (random.random(4000) < 0.13)  # mostly none
    frame["spend"] -= 0.5 * (frame["complaints"] > 0)
    return Example(frame, (), {"target": "spend"})
