"""Whether a column may be written down only after the decision: its dates, its gaps, its name."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlpm_magics.evidence.columns import Limits
from mlpm_magics.evidence.columns.chance import wilson
from mlpm_magics.table import Column, Table
from mlpm_magics.table.dates import DAY, read_dates
from mlpm_magics.table.words import of, span

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

    @property
    def share(self) -> float:
        """The rows it holds in, of those looked at."""
        return self.counts[0] / self.counts[1] if self.counts[1] else 0.0

    def beyond(self, limits: Limits) -> bool:
        """Whether no clock error or chance explains it; a name alone says what it says."""
        if self.how == "later":
            return self.share >= limits["later"] and self.counts[0] >= _FEWEST
        if self.how == "one_answer":
            other = self.rest[0] / self.rest[1]
            sure = wilson(*self.counts)[0] > max(0.1, 4 * wilson(*self.rest)[1])
            return self.share >= limits["filled"] and other <= limits["empty"] and sure
        return True

    @property
    def sentence(self) -> str:
        """The measurement in words."""
        if self.how == "later":
            return (
                f"`{self.column}` lies after the time of its row in {of(*self.counts)}, typically by "
                f"{span(self.typical)}: it is written down later."
            )
        if self.how == "one_answer":
            return (
                f"`{self.column}` is filled in {of(*self.counts)} of one answer and in {of(*self.rest)} of "
                "the rest: it seems to be asked for only once the answer is known."
            )
        return f"`{self.column}`, going by its name, may be known only after the outcome."


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


_MAYBE = (
    "status", "stage", "reason", "final", "actual", "completed", "finished", "decision", "decided",
    "approved", "rejected", "assigned", "updated", "modified", "ended", "paid", "delivered", "response",
    "answered", "processed",
)  # fmt: skip


def may_be_later(column: Column) -> bool:
    """Whether the name leaves open when it is written: a status, a reason, paid_at.

    Weaker than what `measure` finds; enough to ask about the column first.
    """
    stamped = column.scan.tokens[-1:] == ("at",) and column.kind in ("date", "text", "category")
    return (stamped or column.scan.has_word(*_MAYBE)) and not column.scan.has_word(*_EARLIER, *_PLANNED)
