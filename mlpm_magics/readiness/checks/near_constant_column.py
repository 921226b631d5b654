"""A column in which a handful of rows differ is a coincidence, not a pattern.

Rare flags can be the best input of all, so it is not their share that counts but how many cases they have:
fifty are worth learning from, three are not.

Source: rule of thumb, see `limits.yaml`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from mlpm_magics.evidence.columns.exceptions import Measured
from mlpm_magics.evidence.columns.exceptions import measure as measure
from mlpm_magics.readiness.found import Example, Found, Limits

QUESTION = "relevant"
WHY = "From a few exceptions a model learns an anecdote."
NEEDS = ()
SILENCES = ("outliers", "redundant_columns", "duplicate_columns", "irrelevant_column")


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """Few in share and few in number."""
    return [
        Found(
            columns=(m.column,),
            severity="info",
            message=m.sentence,
            action="Leave it out, unless what is rare in it matters by itself.",
            evidence={"others": m.others, "rows": m.filled},
            weight=1 - m.others / m.filled,
        )
        for m in measured
        if m.beyond(limits)
    ]


def bad() -> Example:
    """Four test accounts in three thousand."""
    random = np.random.default_rng(12)
    is_test = np.zeros(3000, dtype=int)
    is_test[:4] = 1
    return Example(pd.DataFrame({"is_test": is_test, "spend": random.normal(size=3000)}), ("is_test",))


def good() -> Example:
    """Three percent of flags are rare and may matter."""
    random = np.random.default_rng(12)
    flag = (random.random(3000) < 0.03).astype(int)
    return Example(pd.DataFrame({"flag": flag, "spend": random.normal(size=3000)}))
