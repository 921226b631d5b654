"""Leaving a trait out does not keep it out, if the other columns tell it.

For each group named, a quick model tries to tell it from the inputs, on rows it has not seen. From a rank
accuracy of 0.7 on (0.5 is guessing, whatever the size of the group), the inputs stand in for it.

Source: Obermeyer and others 2019 (a stand-in for need); the limit is a rule of thumb, see `limits.yaml`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from mlpm_magics.evidence.columns.stand_ins import Measured
from mlpm_magics.evidence.columns.stand_ins import measure as measure
from mlpm_magics.readiness.found import Example, Found, Limits

QUESTION = "unbiased"
WHY = "A model can treat a group differently without ever being shown the group."
NEEDS = ("group",)


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """Only where even the lower end of the interval is above the limit."""
    return [
        Found(
            (*m.strongest, m.column),
            "warning",
            m.sentence,
            "Compare outcomes by group; coarsen or leave out what stands in for it; ask for legal advice.",
            {"score": m.score, "lower": m.lower, "alone": m.alone, "rows": m.rows},
            min(1.0, 2 * (m.score - 0.5)),
        )
        for m in measured
        if m.beyond(limits)
    ]


def _table(tied: float) -> pd.DataFrame:
    random = np.random.default_rng(48)
    origin = random.choice(["a", "b"], 3000, p=[0.85, 0.15])
    home = np.where(origin == "a", random.integers(0, 20, 3000), random.integers(15, 35, 3000))
    home = np.where(random.random(3000) < tied, home, random.integers(0, 35, 3000))
    income = random.lognormal(3, 0.5, 3000) * np.where(origin == "a", 1.1, 1.0)
    return pd.DataFrame({"origin": origin, "postcode": [f"P{n:02d}" for n in home], "income": income})


def bad() -> Example:
    """Where people live tells where they come from."""
    return Example(_table(0.8), ("postcode", "origin"), {"group": "origin"})


def good() -> Example:
    """Hardly a difference in where they live, and a small one in income."""
    return Example(_table(0.1), (), {"group": "origin"})
