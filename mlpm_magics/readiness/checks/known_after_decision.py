"""What is written down only after the decision is not there when the model has to decide.

Two signs show in a table: a date that lies after the time of its row, and a column that is filled for one
answer only. Dates that are planned (due, expected, valid until) or follow from the time of the row are known
in advance.

Source: Kapoor and Narayanan 2023 (leakage); deon checklist.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.readiness.chance import wilson
from mlpm_magics.readiness.found import Example, Found, Limits, of, span
from mlpm_magics.table import Column, Table
from mlpm_magics.table.dates import DAY, read_dates

QUESTION = "available"
WHY = "Such a column helps in every test and is empty on the first live day."
NEEDS = ()
SILENCES = ("missing_depends_on_target",)
_FEWEST, _FEWEST_OF_CLASS, _REGULAR = 20, 30, 6
_PLANNED = (
    "due", "planned", "plan", "expected", "expiry", "expires", "expire", "expiration", "scheduled",
    "schedule", "deadline", "promised", "promise", "until", "valid", "renewal", "renew", "maturity", "next",
    "target", "estimated", "estimate", "eta", "forecast", "booked", "appointment", "arrival", "checkin",
    "checkout", "departure", "travel", "term", "contract", "warranty", "start", "requested", "end",
)  # fmt: skip
_LATER = (
    "closed", "closed_at", "resolved", "resolution", "outcome", "cancelled", "canceled", "cancellation",
    "churned", "paid_at", "settled", "settlement", "written_off", "recovered", "collections", "discharged",
    "final_status", "result", "refund", "refunded", "returned",
)  # fmt: skip


_EARLIER = ("previous", "prior", "last", "past", "earlier", "former")


def _sounds_later(column: Column) -> bool:
    """Whether the name speaks of an outcome, and not of an earlier one."""
    return column.scan.has_word(*_LATER) and not column.scan.has_word(*_EARLIER)


@dataclass(frozen=True)
class Measured:
    """Rows of a column whose date lies after their time; or how often it is filled, by answer.

    `how` is "later", "one_answer" or "name"; `typical` is in days.
    """

    column: str
    how: str
    counts: tuple[int, int]
    rest: tuple[int, int] = (0, 1)
    typical: float = 0.0


def measure(table: Table) -> list[Measured]:
    """Dates against the time of their row, gaps against the target, names of inputs."""
    measured = []
    for column in table.features:
        if column in table.groups or column.kind in ("nested", "empty"):
            continue
        item = _later(table, column) or _one_answer(table, column)
        if item is None and table.target is not None and _sounds_later(column):
            item = Measured(column.name, "name", (column.filled, column.rows))
        if item is not None:
            measured.append(item)
    return measured


def _later(table: Table, column: Column) -> Measured | None:
    if table.time is None or table.moments is None or column.scan.has_word(*_PLANNED):
        return None
    dates = column.dates if column.kind == "date" or column.kind in ("text", "category") else None
    dates = dates or (read_dates(column.plain) if column.kind == "date" else None)
    if dates is None:
        return None
    both = dates.valid & table.moments.valid
    if both.sum() < _FEWEST:
        return None
    one, other = dates.seconds[both], table.moments.seconds[both]
    if not (one % DAY).any() or not (other % DAY).any():
        one, other = one // DAY * DAY, other // DAY * DAY
    after = one - other
    later = after > 0
    if len(np.unique(after[later] // DAY)) <= _REGULAR and len(np.unique(after[later])) <= _REGULAR:
        return None
    typical = float(np.median(after[later])) / DAY
    return Measured(column.name, "later", (int(later.sum()), int(both.sum())), typical=typical)


def _one_answer(table: Table, column: Column) -> Measured | None:
    target = table.target
    if target is None or table.task != "classes" or target.kind in ("nested", "empty") or not column.missing:
        return None
    known = ~target.is_missing
    classes = target.codes[known]
    filled = ~column.is_missing[known]
    rows = np.bincount(classes)
    if not 2 <= np.count_nonzero(rows) <= 10:
        return None
    counts = np.bincount(classes[filled], minlength=len(rows))
    rates = np.where(rows >= _FEWEST_OF_CLASS, counts / np.maximum(rows, 1), -1)
    if np.count_nonzero(rates >= 0) < 2:
        return None
    top = int(rates.argmax())
    others = rows >= 1
    others[top] = False
    return Measured(
        column.name,
        "one_answer",
        (int(counts[top]), int(rows[top])),
        (int(counts[others].sum()), int(rows[others].sum())),
    )


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """A share of dates that no clock error explains, or a column all but empty for the other answers."""
    found = []
    action = "Ask when it is filled in; keep what is known at the moment of decision, and leave this out."
    for m in measured:
        share = m.counts[0] / m.counts[1] if m.counts[1] else 0.0
        if m.how == "later":
            if share < limits["later"] or m.counts[0] < _FEWEST:
                continue
            message = (
                f"`{m.column}` lies after the time of its row in {of(*m.counts)}, typically by "
                f"{span(m.typical)}: it is written down later."
            )
            found.append(Found((m.column,), "blocker", message, action, {"share": share}, 0.6 + 0.4 * share))
        elif m.how == "one_answer":
            other = m.rest[0] / m.rest[1]
            sure = wilson(*m.counts)[0] > max(0.1, 4 * wilson(*m.rest)[1])
            if share < limits["filled"] or other > limits["empty"] or not sure:
                continue
            message = (
                f"`{m.column}` is filled in {of(*m.counts)} of one answer and in {of(*m.rest)} of the rest: "
                "it seems to be asked for only once the answer is known."
            )
            evidence = {"filled": share, "otherwise": other}
            found.append(Found((m.column,), "blocker", message, action, evidence, 0.6 + 0.4 * share))
        else:
            message = f"`{m.column}`, going by its name, may be known only after the outcome."
            found.append(Found((m.column,), "info", message, action, {"filled": m.counts[0]}, 0.3))
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
