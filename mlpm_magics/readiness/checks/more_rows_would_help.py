"""Twice the rows would still teach a model something.

A quick model is learned from a quarter, from half and from all of the rows, and tried on others. Where the
last doubling clearly brought something, the next one probably will too; it is drawn one doubling further, no
more.

Source: ease.ml/Snoopy 2022 (is the data enough); limits are rules of thumb, see `limits.yaml`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from mlpm_magics.evidence.columns.growth import Growth, growth
from mlpm_magics.readiness.found import Example, Found, Limits, percent
from mlpm_magics.table import Table

QUESTION = "sufficient"
WHY = "More cases are often cheaper than a cleverer model."
NEEDS = ("target",)
WHOLE_ROWS = True


def measure(table: Table) -> list[Growth]:
    """The curve, where all rows were learned from: of a larger table there are more already."""
    curve = growth(table)
    return [curve] if curve is not None and curve.whole else []


def judge(measured: list[Growth], limits: Limits) -> list[Found]:
    """A note where the gain of the last doubling is sure and the next would matter."""
    return [
        Found(
            (),
            "info",
            f"The last doubling of the rows raised what a quick model explains from "
            f"{percent(max(0.0, m.explained - m.gained))} to {percent(max(0.0, m.explained))}; twice the "
            f"{m.rows:,} rows would probably add about {percent(m.next)} more.",
            "Ask whether more cases can be had, before anybody asks for a cleverer model.",
            {"explained": m.explained, "gained": m.gained, "next": m.next, "rows": m.rows},
            m.next,
        )
        for m in measured
        if m.at_least >= limits["sure"] and m.next >= limits["next"] and m.explained > 0
    ]


def _table(rows: int, inputs: int) -> pd.DataFrame:
    random = np.random.default_rng(61)
    columns = {f"x{i}": random.normal(size=rows) for i in range(inputs)}
    pull = np.sum(list(columns.values()), axis=0) / np.sqrt(inputs)
    return pd.DataFrame({**columns, "sold": pull + random.normal(0, 0.6, rows)})


def bad() -> Example:
    """Forty inputs, each of which matters a little, and 1,200 rows."""
    return Example(_table(1_200, 40), (), {"target": "sold"})


def good() -> Example:
    """Three inputs and 4,000 rows: all there is to learn was learned."""
    return Example(_table(4_000, 3), (), {"target": "sold"})
