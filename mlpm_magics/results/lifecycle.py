"""Where a project stands."""

from __future__ import annotations

from typing import ClassVar, Literal

from mlpm_magics.results.card import CardEntry, CardRemark, ProblemCard
from mlpm_magics.results.report import Report, Value


class PhaseStep(Value, frozen=True, kw_only=True):
    """A phase and where the project stands to it."""

    id: str
    title: str
    state: Literal["done", "now", "ahead"]


class TaskState(Value, frozen=True, kw_only=True):
    """A task, and by whom and when it was ticked or taken back ("" where neither happened).

    `settled`: every gate criterion it counts for is passed, ticked or not.
    """

    id: str
    title: str
    help: str
    done: bool
    when: str = ""
    who: str = ""
    note: str = ""
    document: str = ""
    settled: bool = False


class GateState(Value, frozen=True, kw_only=True):
    """A gate criterion: its state, `why` it is so, and `how` it can be met ("" where it is met or waived).

    `reopened`: it was met or waived once, and what it rested on is no longer so. `accountable`: the role that
    answers for it, `owner`: who fills that role ("" where nobody is named).
    """

    id: str
    title: str
    phase: str
    state: Literal["open", "met", "waived", "reopened"]
    why: str
    how: str
    matters: str
    accountable: str = ""
    owner: str = ""
    when: str = ""
    who: str = ""

    @property
    def passed(self) -> bool:
        """Whether the phase may end as far as this criterion goes."""
        return self.state in ("met", "waived")


Part = Literal["", "gate", "log", "card", "change"]
"""What of a project is shown first: nothing in particular, a part, or only what a step changed."""


class LogEntry(Value, frozen=True, kw_only=True):
    """What was done or decided: when (UTC, to the minute), by whom, and what in a plain sentence."""

    when: str
    who: str
    what: str


class JustChanged(Value, frozen=True, kw_only=True):
    """What the last step changed.

    `entries`: fields of the card that were set, and how they were read. `remarks`: what does not go together
    with them; `gone`: what did not before and does now. `gates`: criteria that say something else now.
    """

    entries: tuple[CardEntry, ...] = ()
    remarks: tuple[CardRemark, ...] = ()
    gone: tuple[CardRemark, ...] = ()
    gates: tuple[GateState, ...] = ()


class LifecycleReport(Report, frozen=True, kw_only=True):
    """Where a project stands. See `mlpm.open_project`.

    `gates` are those of the phases up to now; `happened` is what was just done; `type_next` is a line to
    type; `unfolded` names the part that was asked for, or is `change`: only what was just done, and what it
    moved. `card` is the problem card, None while it is empty. `changed`: what the last step changed.
    """

    view: ClassVar[str] = "lifecycle"
    schema: ClassVar[str] = "mlpm/lifecycle"

    name: str
    phase: str
    sentence: str
    happened: str
    statement: str
    steps: tuple[PhaseStep, ...]
    tasks: tuple[TaskState, ...]
    gates: tuple[GateState, ...]
    next_step: str
    type_next: str
    log: tuple[LogEntry, ...]
    unfolded: Part = ""
    card: ProblemCard | None = None
    changed: JustChanged | None = None
