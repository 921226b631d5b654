"""A project: phases stepped through, gates passed or waived, reports recorded, all in one file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from mlpm_magics.catalogue import Knowledge, find, knowledge
from mlpm_magics.lifecycle import file as disk
from mlpm_magics.lifecycle import hazards, roles, stakeholders, steps, testing
from mlpm_magics.lifecycle.card import card_of, set_field
from mlpm_magics.lifecycle.gates import gate_states, met_by, settle
from mlpm_magics.lifecycle.measured import measured
from mlpm_magics.lifecycle.recording import Recordable, kind_of
from mlpm_magics.lifecycle.recording.fit import brief_of
from mlpm_magics.lifecycle.stamp import Stamp, Step, full_stop, worded
from mlpm_magics.lifecycle.standing import standing, task_states
from mlpm_magics.lifecycle.state import State
from mlpm_magics.results import (
    GateState,
    HazardState,
    LifecycleReport,
    LogEntry,
    Measured,
    MlTestScore,
    ProblemCard,
    Said,
    TaskState,
)
from mlpm_magics.results.lifecycle import Part


class Project:
    """A project file as an object; shown, it says what just happened and where the project stands.

    Each method that changes something saves at once. What other notebooks have written in the meantime is
    read first and kept, and this object then knows it too.
    """

    unfolded: Part = ""

    def __init__(self, file: Path, state: State, happened: str = "") -> None:
        """Use `open_project` or `start_project`."""
        self._file, self._state, self._happened = file, state, happened
        self._before: State | None = None

    @property
    def name(self) -> str:
        """What the project is called."""
        return self._state.name

    @property
    def phase(self) -> str:
        """The id of the current phase, such as `data`."""
        return self._state.phase

    @property
    def tasks(self) -> Mapping[str, TaskState]:
        """The tasks of the current phase, by id."""
        return task_states(knowledge(), self._state)

    @property
    def gates(self) -> Mapping[str, GateState]:
        """The gate criteria of the phases up to the current one, by id."""
        return gate_states(knowledge(), self._state)

    @property
    def log(self) -> tuple[LogEntry, ...]:
        """What was done and decided, the oldest first."""
        return self._state.log

    @property
    def brief(self) -> Mapping[str, Any]:
        """The problem as last recorded from a fit: a brief that `assess_fit` takes."""
        return brief_of(knowledge(), self._state)

    @property
    def measured(self) -> Mapping[str, Measured]:
        """The criteria that the last recorded profile answered."""
        return measured(knowledge(), self._state)

    def said(self, table: str) -> Mapping[str, Said]:
        """What people answered to the questions about a table, when it was last profiled.

        Args:
            table: what it was called.
        """
        data = self._state.data
        if data is None or data.table != table:
            return {}
        return {name: Said(answer=one.answer, because=one.because) for name, one in data.said.items()}

    @property
    def happened(self) -> str:
        """What this object did last, in a sentence."""
        return self._happened

    @property
    def card(self) -> ProblemCard:
        """The problem card: fields as typed and as read, and what is missing or does not go together."""
        return card_of(knowledge(), self._state)

    @property
    def test_score(self) -> MlTestScore:
        """The ML Test Score: the lowest of the sums of its four sections."""
        return testing.test_score_of(knowledge(), self._state)

    @property
    def state(self) -> State:
        """All that the file holds, as this object last read or wrote it."""
        return self._state

    def looks(self, digest: str) -> int:
        """How often a hold-out was looked at, by its digest (`BaselineReport.holdout.digest`)."""
        found = self._state.looks.get(digest)
        return found.times if found else 0

    def done(self, task: str, note: str = "", document: str = "") -> str:
        """Tick a task, with a note, or the name of the document that shows it. Returns what happened.

        Raises:
            UnknownNameError: with the nearest task.
        """
        words, named = _or_nothing(note, "a note"), _or_nothing(document, "the name of a document")
        self._change(lambda known, state, stamp: steps.tick(known, state, stamp, task, words, named))
        return self._said(f"{task} is ticked already.")

    def undo(self, task: str) -> str:
        """Take the tick of a task back. Returns what happened."""
        self._change(lambda known, state, stamp: steps.untick(known, state, stamp, task))
        return self._said(f"{task} is not ticked.")

    def note(self, text: str) -> str:
        """Write a note into the log. Returns what happened."""
        words = worded(text, "a note")
        self._change(lambda known, state, stamp: (state, f"Note: {words}"))
        return self._happened

    def set(self, field: str, text: str) -> str:
        """Set a field of the problem card; empty text takes it off. Returns what happened, and what to mend.

        Raises:
            UnknownNameError: with the nearest field.

        Example:
            >>> project.set("goal", "20 % fewer cancellations by 30 June 2027")
        """
        self._change(lambda known, state, stamp: set_field(known, state, stamp, field, text))
        return self._said(f"{field} says so already.")

    def name_role(self, role: str, name: str) -> str:
        """Say who fills a role; no name takes it back. Returns what happened.

        Raises:
            UnknownNameError: with the nearest role.
        """
        self._change(lambda known, state, stamp: roles.name_role(known, state, stamp, role, name))
        return self._said(f"{role} is so already.")

    def map_stakeholder(self, who: str, text: str) -> str:
        """Say what the product does to some people; no text takes it back. Returns what happened."""
        self._change(lambda known, state, stamp: stakeholders.say(known, state, stamp, who, text))
        return self._said(f"{who} says so already.")

    def decide_hazard(
        self, hazard: str, state: HazardState | None = None, *, owner: str = "", because: str = ""
    ) -> str:
        """Give a hazard of the pre-mortem an owner, a state, or both. Returns what happened.

        Raises:
            MlpmError: for another name, or when it is accepted or mitigated without a reason.
        """
        self._change(
            lambda known, now, stamp: hazards.decide(known, now, stamp, hazard, state, owner, because)
        )
        return self._said(f"{hazard} is so already.")

    def test(self, test: str, how: str) -> str:
        """Say how a test of the ML Test Score is done: `no`, `manual`, `automated`. Returns what happened."""
        self._change(lambda known, state, stamp: testing.mark(known, state, stamp, test, how))
        return self._said(f"{test} is so already.")

    def advance(self) -> str:
        """Go on to the next phase. Returns what happened.

        Raises:
            InvalidValueError: naming what is open and how to meet or waive it; or after the last phase.
        """
        self._change(lambda known, state, stamp: steps.go_on(known, state))
        return self._happened

    def waive(self, gate: str, *, because: str) -> str:
        """Go on without a gate criterion, and say why. Returns what happened.

        Raises:
            MlpmError: without a reason, when the criterion is met, or for another name.
        """
        reason = _or_nothing(because, "a reason")
        self._change(lambda known, state, stamp: steps.go_without(known, state, stamp, gate, reason))
        return self._happened

    def back(self, phase: str, because: str = "") -> str:
        """Return to an earlier phase; what was ticked stays ticked. Returns what happened."""
        reason = _or_nothing(because, "a reason")
        self._change(lambda known, state, stamp: steps.go_back(known, state, phase, reason))
        return self._happened

    def record(self, report: Recordable) -> str:
        """Keep what a report found; returns a line that says so.

        A report that repeats the last one changes nothing, except that a baseline counts one more look at
        its hold-out. One that turns against a gate, or is about something else than what the gate was passed
        on, opens that gate again.
        """
        kind, recording = kind_of(report)
        self._change(lambda known, state, stamp: recording.record(state, report, stamp))
        gates = met_by(knowledge(), self._state, kind)
        self._happened = f"Recorded in {self._file.name}: {recording.said(report)}{gates}."
        return self._happened

    def save(self) -> Path:
        """Everything is saved already; this reads what others have written since, and returns the file."""
        self._state = _read(self._file)
        return self._file

    def report(self) -> LifecycleReport:
        """Where the project stands, as a frozen result."""
        return standing(knowledge(), self._state, self._happened, self.unfolded, self._before)

    def to_dict(self) -> dict[str, Any]:
        """The report as a JSON-safe mapping."""
        return self.report().to_dict()

    def to_markdown(self) -> str:
        """The report as Markdown."""
        return self.report().to_markdown()

    def to_html(self) -> str:
        """The report as HTML."""
        return self.report().to_html()

    def __repr__(self) -> str:
        """The report as plain text."""
        return str(self.report())

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return self.report()._repr_mimebundle_()

    def _change(self, act: Callable[[Knowledge, State, Stamp], Step]) -> None:
        """Apply a step to the file as it is now, with what follows from it for the gates."""
        known, stamp, said = knowledge(), Stamp.now(), list[str]()

        def apply(state: State) -> State:
            self._before = state
            find(known.phases, state.phase, "phase", self._file.name)
            acted, what = act(known, state, stamp)
            settled, met, reopened = settle(known, acted, stamp.when, stamp.who)
            if met:
                what = f"{full_stop(what)} Met: {', '.join(met)}." if what else f"Met: {', '.join(met)}."
            said.extend(line for line in (what, *reopened) if line)
            return msgspec.structs.replace(settled, log=settled.log + tuple(map(stamp.entry, said)))

        self._state = disk.change(self._file, apply)
        self._happened = " ".join(said)

    def _said(self, otherwise: str) -> str:
        self._happened = self._happened or otherwise
        return self._happened


def _or_nothing(text: str, what: str) -> str:
    return worded(text, what) if text.strip() else ""


def _read(file: Path) -> State:
    state = disk.read(file)
    find(knowledge().phases, state.phase, "phase", file.name)
    return state
