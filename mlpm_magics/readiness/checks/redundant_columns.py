"""Two columns that are each other in another unit are one.

Centimetres and inches, net and gross: one follows from the other, so it adds nothing, and an explanation of
a model may credit either.

Source: M. Demirbas on a talk by R. Lozano Aguilera (discard features that are not relevant).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from mlpm_magics.evidence.columns.other_units import Measured
from mlpm_magics.evidence.columns.other_units import measure as measure
from mlpm_magics.readiness.found import Example, Found, Limits

QUESTION = "relevant"
WHY = "What follows from another column adds nothing, and an explanation may credit the wrong one."
NEEDS = ()


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """Only what is as good as exact; columns that merely go together are left alone."""
    return [
        Found(
            columns=m.columns,
            severity="info",
            message=m.sentence,
            action="Keep the one that people understand.",
            evidence={"correlation": m.correlation},
            weight=0.35,
        )
        for m in measured
        if m.beyond(limits)
    ]


def bad() -> Example:
    """A length in centimetres and, rounded, in inches."""
    random = np.random.default_rng(37)
    cm = random.normal(170, 10, 1500)
    table = pd.DataFrame(
        {"cm": cm.round(2), "inches": (cm / 2.54).round(2), "spend": random.normal(size=1500)}
    )
    return Example(table, ("cm", "inches"))


def good() -> Example:
    """Length and weight go together, and are two things."""
    random = np.random.default_rng(37)
    cm = random.normal(170, 10, 1500)
    return Example(pd.DataFrame({"cm": cm, "weight": cm * 0.6 - 30 + random.normal(0, 1, 1500)}))
