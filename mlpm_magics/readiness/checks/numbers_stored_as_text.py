"""Numbers written as text cannot be added up or compared.

Usually a currency sign, a comma or a stray word made the whole column text; a model would then treat 10 and
11 as two names that have nothing in common. Codes that only look like numbers are left alone.

Source: rule of the house; see `limits.yaml`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from mlpm_magics.evidence.columns.numerals import Measured
from mlpm_magics.evidence.columns.numerals import measure as measure
from mlpm_magics.readiness.found import Example, Found, Limits

QUESTION = "high_quality"
WHY = "As text, 9 is larger than 10, and every number is a name of its own."
NEEDS = ()
SILENCES = ("inconsistent_categories", "near_constant_column")


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """Nearly all rows must be numbers, and too many different ones to be names of a few classes."""
    return [
        Found(
            columns=(m.column,),
            severity="warning",
            message=m.sentence,
            action="Turn it into numbers, and look at what is left over before dropping it.",
            evidence={"numbers": m.numbers, "rows": m.filled},
            weight=m.numbers / m.filled,
        )
        for m in measured
        if m.beyond(limits)
    ]


def bad() -> Example:
    """Prices with a currency sign."""
    random = np.random.default_rng(14)
    price = [f"$ {value:,.2f}" for value in random.lognormal(7, 1, 1500)]
    return Example(pd.DataFrame({"price": price, "weight": random.normal(size=1500)}), ("price",))


def good() -> Example:
    """Postal codes and classes that are called 1, 2 and 3 are names."""
    random = np.random.default_rng(14)
    postcode = [f"{value:05d}" for value in random.integers(1000, 99999, 1500)]
    grade = random.choice(["1", "2", "3"], 1500)
    return Example(pd.DataFrame({"postcode": postcode, "grade": grade, "weight": random.normal(size=1500)}))
