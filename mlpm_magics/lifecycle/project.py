"""A project: phases stepped through, gates passed or waived, reports recorded, all in one file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec

from mlpm_magics.catalogue import Knowledge, find, knowledge
from mlpm_magics.errors import WrongTypeError, shown
from mlpm_magics.lifecycle import file as disk
from mlpm_magics.lifecycle import steps
from mlpm_magics.lifecycle.gates import gate_states, settle, words_of
from mlpm_magics.lifecycle.recording import brief_of, measured, with_design, with_fit, with_profile
from mlpm_magics.lifecycle.standing import standing, task_states
from mlpm_magics.lifecycle.state import SCHEMA, Passed, State
from mlpm_magics.lifecycle.steps import Stamp, Step, worded
from mlpm_magics.results import (
    Answer,
    DesignCheck,
    FitReport,
    GateState,
    LifecycleReport,
    LogEntry,
    Measured,
    ReadinessReport,
    Said,
    TaskState,
)

_LONGEST_NAME = 120


def start_project(name: str, path: str | Path = ".") -> Project:
    """Begin a project: write `mlpm.yaml`.

    Args:
        name: what it is called.
        path: the folder, which must exist.

    Raises:
        InvalidValueError: when there is a project already (it is left as it is), or nothing can be written.
    """
    file = disk.locate(path)
    title = worded(name, "the name of a project", _LONGEST_NAME)
    happened = f"Began the project {title}."
    first = next(iter(knowledge().phases))
    state = State(schema=SCHEMA, name=title, phase=first, log=(Stamp.now().entry(happened),))
    disk.create(file, state)
    return Project(file, state, happened)


def open_project(path: str | Path = ".") -> Project:
    """Open the project of a folder.

    Args:
        path: the folder, or the file itself.

    Raises:
        MlpmError: one line, when there is none (it says how to begin one) or its file cannot be used.
    """
    file = disk.locate(path)
    return Project(file, _read(file))


class Project:
    """A project file as an object; shown, it says what just happened and where the project stands.

    Each method that changes something saves at once. What other notebooks have written in the meantime is
    read first and kept, and this object then knows it too.
    """

    unfolded: Literal["", "gate", "log"] = ""

    def __init__(self, file: Path, state: State, happened: str = "") -> None:
        """Use `open_project` or `start_project`."""
        self._file, self._state, self._happened = file, state, happened

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
    def verdicts(self) -> Mapping[str, str]:
        """What the last recorded reports say, by kind: `fit`, `profile`, `design`."""
        parts = {"fit": self._state.fit, "profile": self._state.data, "design": self._state.design}
        return {kind: part.verdict for kind, part in parts.items() if part is not None}

    @property
    def data_answers(self) -> Mapping[str, Answer]:
        """The data questions, as the last recorded profile answers them."""
        return self._state.data.answers if self._state.data else {}

    @property
    def happened(self) -> str:
        """What this object did last, in a sentence."""
        return self._happened

    def done(self, task: str, note: str = "") -> str:
        """Tick a task, with a note if there is something to say. Returns what happened, in a sentence.

        Raises:
            UnknownNameError: with the nearest task.
        """
        words = worded(note, "a note") if note.strip() else ""
        self._change(lambda known, state, stamp: steps.tick(known, state, stamp, task, words))
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
        reason = worded(because, "a reason") if because.strip() else ""
        self._change(lambda known, state, stamp: steps.go_without(known, state, stamp, gate, reason))
        return self._happened

    def back(self, phase: str, because: str = "") -> str:
        """Return to an earlier phase; what was ticked stays ticked. Returns what happened."""
        reason = worded(because, "a reason") if because.strip() else ""
        self._change(lambda known, state, stamp: steps.go_back(known, state, phase, reason))
        return self._happened

    def record(self, report: FitReport | ReadinessReport | DesignCheck) -> str:
        """Keep what a report found; returns a line that says so.

        A report that repeats the last one changes nothing. One that turns against a gate, or is about
        something else than what the gate was passed on, opens that gate again.
        """
        match report:
            case FitReport():
                self._change(lambda known, state, stamp: with_fit(state, report, stamp))
                kind, what = "fit", f"fit verdict: {words_of(report.verdict)}"
            case ReadinessReport():
                self._change(lambda known, state, stamp: with_profile(state, report, stamp))
                kind, what = "profile", f"profile of {shown(report.table, 60)!r}: {words_of(report.verdict)}"
            case DesignCheck():
                self._change(lambda known, state, stamp: with_design(state, report, stamp))
                name = report.name or report.title or "design"
                kind, what = "design", f"check of the design {shown(name, 60)!r}"
            case _:
                raise WrongTypeError(
                    f"a fit report, a profile or a check of a design is recorded, not {type(report).__name__}"
                )
        self._happened = f"Recorded in {self._file.name}: {what}{self._gates_met_by(kind)}."
        return self._happened

    def save(self) -> Path:
        """Everything is saved already; this reads what others have written since, and returns the file."""
        self._state = _read(self._file)
        return self._file

    def report(self) -> LifecycleReport:
        """Where the project stands, as a frozen result."""
        return standing(knowledge(), self._state, self._happened, self.unfolded)

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
            find(known.phases, state.phase, "phase", self._file.name)
            acted, what = act(known, state, stamp)
            settled, met, reopened = settle(known, acted, stamp.when, stamp.who)
            if met:
                what = (
                    f"{steps.full_stop(what)} Met: {', '.join(met)}." if what else f"Met: {', '.join(met)}."
                )
            said.extend(line for line in (what, *reopened) if line)
            return msgspec.structs.replace(settled, log=settled.log + tuple(map(stamp.entry, said)))

        self._state = disk.change(self._file, apply)
        self._happened = " ".join(said)

    def _said(self, otherwise: str) -> str:
        self._happened = self._happened or otherwise
        return self._happened

    def _gates_met_by(self, kind: str) -> str:
        words = {"reopened": "open again", "waived": "waived", "met": "met", "open": "still open"}
        asked = [c for phase in knowledge().phases.values() for c in phase.gate if c.met_by == kind]
        states = [self._state.gates.get(c.id, Passed(state="open")).state for c in asked]
        return "".join(f"; gate {c.id!r} is {words[now]}" for c, now in zip(asked, states, strict=True))


def _read(file: Path) -> State:
    state = disk.read(file)
    find(knowledge().phases, state.phase, "phase", file.name)
    return state
