"""What is written down only after the decision is not there when the model has to decide.

Two signs show in a table: a date that lies after the time of its row, and a column that is filled for one
answer only. Dates that are planned (due, expected, valid until) or follow from the time of the row are known
in advance.

Source: Kapoor and Narayanan 2023 (leakage); deon checklist.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from mlpm_magics.evidence.columns.timing import Measured
from mlpm_magics.evidence.columns.timing import measure as measure
from mlpm_magics.readiness.found import Example, Found, Limits

QUESTION = "available"
WHY = "Such a column helps in every test and is empty on the first live day."
NEEDS = ()
SILENCES = ("missing_depends_on_target",)


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """A share of dates that no clock error explains, or a column all but empty for the other answers."""
    found = []
    action = "Ask when it is filled in; keep what is known at the moment of decision, and leave this out."
    for m in measured:
        if not m.beyond(limits):
            continue
        if m.how == "name":
            found.append(Found((m.column,), "info", m.sentence, action, {"filled": m.counts[0]}, 0.3))
            continue
        evidence = {"share": m.share}
        if m.how == "one_answer":
            evidence = {"filled": m.share, "otherwise": m.rest[0] / m.rest[1]}
        found.append(Found((m.column,), "blocker", m.sentence, action, evidence, 0.6 + 0.4 * m.share))
    return found


def _table(later: bool) -> pd.DataFrame:
    random = np.random.default_rng(47)
    asked = pd.Timestamp("2023-01-01") + pd.to_timedelta(random.integers(0, 360, 2000), unit="D")
    days = pd.to_timedelta(random.integers(3, 60, 2000), unit="D")
    touched = asked + days if later else asked - days
    due = asked + pd.to_timedelta(random.integers(10, 90, 2000), unit="D")
    amount = random.lognormal(5, 1, 2000)
    return pd.DataFrame({"asked": asked, "last_contact": touched, "due_date": due, "amount": amount})


def bad() -> Example:
    """The last contact was after the application."""
    return Example(_table(later=True), ("last_contact",), {"time": "asked", "as_of": "2024-01-01"})


def good() -> Example:
    """The last contact was before it, and when payment is due is known in advance."""
    return Example(_table(later=False), (), {"time": "asked", "as_of": "2024-01-01"})
