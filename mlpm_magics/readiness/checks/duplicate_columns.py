"""Two columns that say the same are one.

A copy under another name, or the same thing as a code and as a word, adds nothing and makes every
explanation of a model arbitrary: it may credit either.

Source: M. Demirbas on a talk by R. Lozano Aguilera (discard features that are not relevant).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from mlpm_magics.evidence.columns.copies import Measured
from mlpm_magics.evidence.columns.copies import measure as measure
from mlpm_magics.readiness.found import Example, Found, Limits, named, plural

QUESTION = "relevant"
WHY = "A copy adds nothing, and an explanation may credit the wrong one."
NEEDS = ()
SILENCES = ("redundant_columns",)


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """Always a note: keep one."""
    return [
        Found(
            columns=m.columns,
            severity="info",
            message=f"{named(m.columns)} say the same in all {m.rows:,} rows, in other words or numbers "
            f"({plural(m.distinct, 'different value')} each).",
            action="Keep the one that people understand.",
            evidence={"columns": len(m.columns), "values": m.distinct},
            weight=0.4,
        )
        for m in measured
    ]


def bad() -> Example:
    """A plan as a word and as a code."""
    random = np.random.default_rng(21)
    code = random.integers(0, 4, 1500)
    plan = np.array(["basic", "plus", "pro", "team"])[code]
    table = pd.DataFrame({"plan": plan, "plan_code": code, "spend": random.normal(size=1500)})
    return Example(table, ("plan", "plan_code"))


def good() -> Example:
    """Two columns that mostly agree."""
    random = np.random.default_rng(21)
    home = random.choice(["PT", "ES", "FR"], 1500)
    stay = np.where(random.random(1500) < 0.03, "FR", home)
    return Example(pd.DataFrame({"home": home, "stay": stay, "spend": random.normal(size=1500)}))
