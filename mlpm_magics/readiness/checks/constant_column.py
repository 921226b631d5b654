"""A column that always says the same says nothing.

It cannot help a model to tell rows apart, and often it shows a filter that somebody set when the table was
made: then the table covers only a part of the world.

Source: M. Demirbas on a talk by R. Lozano Aguilera (discard what is not relevant).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.readiness.found import Example, Found, Limits, of
from mlpm_magics.results import Severity
from mlpm_magics.table import Table

QUESTION = "relevant"
WHY = "What never differs cannot explain a difference."
NEEDS = ()
SILENCES = ("near_constant_column", "duplicate_columns", "redundant_columns", "placeholder_values")
_FEWEST = 10


@dataclass(frozen=True)
class Measured:
    """A column of one value."""

    column: str
    role: str
    filled: int
    rows: int


def measure(table: Table) -> list[Measured]:
    """Columns with one distinct value; where one has gaps, they tell rows apart, unless it is the target."""
    return [
        Measured(c.name, table.role(c), c.total_rows - c.total_missing, c.total_rows)
        for c in table.columns
        if c.total_distinct == 1 and c.filled >= _FEWEST and (not c.total_missing or c is table.target)
    ]


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """A target of one value is a blocker; any other column can be left out."""
    found = []
    for m in measured:
        same = f"`{m.column}` has the same value in {of(m.filled, m.rows)}"
        severity: Severity = "warning" if m.role else "info"
        if m.role == "target":
            message, severity = f"The target {same}: there is nothing to tell apart.", "blocker"
            action = "Ask for cases with another outcome; a table of one outcome only was filtered somewhere."
        else:
            message = f"{same}."
            action = "Leave it out, and ask whether a filter made it so."
        found.append(Found((m.column,), severity, message, action, {"rows": m.rows}))
    return found


def bad() -> Example:
    """Only one country was exported."""
    random = np.random.default_rng(5)
    return Example(pd.DataFrame({"country": ["PT"] * 1200, "spend": random.normal(size=1200)}), ("country",))


def good() -> Example:
    """Five in a hundred come from elsewhere."""
    random = np.random.default_rng(5)
    country = np.where(random.random(1200) < 0.05, "ES", "PT")
    return Example(pd.DataFrame({"country": country, "spend": random.normal(size=1200)}))
