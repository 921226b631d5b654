"""What the product answers with: frozen values with strict JSON, and nothing else.

A result never imports the view that draws it; it names it (`Report.view`), and the view is loaded when
the result is first shown.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Literal, Protocol, cast

import msgspec

Verdict = Literal["good_fit", "fit_with_cautions", "not_a_fit", "ask"]
Effect = Literal["for", "caution", "blocker"]
Basis = Literal["stated", "measured", "proposed"]
Reply = Literal["yes", "no", "unknown"]
Severity = Literal["blocker", "warning", "info"]
Status = Literal["pass", "caution", "blocker", "unknown"]
Readiness = Literal["ready", "ready_with_cautions", "not_ready"]


class _View(Protocol):
    """What a module in `views/` offers: the page of a result."""

    def page(self, report: Any) -> Any: ...


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """A frozen record; fields are given by name."""


class Report(Value, frozen=True, kw_only=True):
    """A result that can be shown, saved and turned into JSON.

    Subclasses name their view (a file in `views/`) and their JSON schema.
    """

    view: ClassVar[str]
    schema: ClassVar[str]
    version: ClassVar[int] = 1

    def to_dict(self) -> dict[str, Any]:
        """JSON-safe mapping: text keys, no NaN (None instead), with `schema` and `version` first."""
        content = msgspec.json.decode(msgspec.json.encode(self))
        return {"schema": self.schema, "version": self.version, **content}

    def to_markdown(self) -> str:
        """The whole report as Markdown; everything that came from the user is escaped."""
        return self._render("markdown")

    def to_html(self) -> str:
        """The whole report as an HTML fragment without script, readable in light and dark."""
        return self._render("html")

    def save(self, path: str | Path) -> Path:
        """Write the report to `path` (`.html`, `.md` or `.json`), whole or not at all, and return the path.

        Raises:
            InvalidValueError: for another ending, or a folder that does not exist.
        """
        saving = importlib.import_module("mlpm_magics.views.saving")
        return cast(Path, saving.save(self, Path(path)))

    def _render(self, form: str) -> str:
        view = cast(_View, importlib.import_module(f"mlpm_magics.views.{self.view}"))
        return cast(str, importlib.import_module(f"mlpm_magics.views.{form}").render(view.page(self)))

    def __str__(self) -> str:
        """The whole report as plain text, at most 80 columns wide."""
        return self._render("text")

    def __repr__(self) -> str:
        """The same text: a report at the end of a cell or a prompt is there to be read."""
        return str(self)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/plain": str(self), "text/markdown": self.to_markdown(), "text/html": self.to_html()}


# --- fit -------------------------------------------------------------------------------------------


class Reason(Value, frozen=True, kw_only=True):
    """One reason of a verdict: which criterion, what it does, in words, and what it rests on."""

    criterion: str
    effect: Effect
    text: str
    basis: Basis
    source: str


class Proposal(Value, frozen=True, kw_only=True):
    """A guess at an answer: how sure (0 to 1) and the words it came from. It never decides alone."""

    answer: Reply
    confidence: float
    because: str


class Flip(Value, frozen=True, kw_only=True):
    """The smallest change of answers found after which the verdict would be another."""

    answers: dict[str, Reply]
    verdict: Verdict


class NearCase(Value, frozen=True, kw_only=True):
    """A known case near this problem, and where the facts agree and differ (criterion ids)."""

    case: str
    title: str
    verdict: Verdict
    reason: str
    same: tuple[str, ...]
    different: tuple[str, ...]
    source: str


class Contradiction(Value, frozen=True, kw_only=True):
    """Two things that cannot both hold: what was stated, and what stands against it."""

    criterion: str
    stated: Reply
    against: str


class Alternative(Value, frozen=True, kw_only=True):
    """What to do instead of ML."""

    kind: str
    title: str
    text: str


class FitReport(Report, frozen=True, kw_only=True):
    """Does ML fit this problem? See `mlpm.assess_fit`."""

    view: ClassVar[str] = "fit"
    schema: ClassVar[str] = "mlpm/fit"

    statement: str
    verdict: Verdict
    sentence: str
    problem_type: str
    problem_type_basis: Basis | Literal["unknown"]
    reasons: tuple[Reason, ...]
    questions: tuple[str, ...]
    flips: tuple[Flip, ...]
    alternative: Alternative | None
    proposals: dict[str, Proposal]
    contradictions: tuple[Contradiction, ...]
    cases: tuple[NearCase, ...]
    answers: dict[str, Reply]
    bases: dict[str, Basis]
    presumed: dict[str, Reply]
    decision: str = ""
    goal: str = ""
    notes: str = ""
    recorded: str = ""


# --- readiness -------------------------------------------------------------------------------------


class Answer(Value, frozen=True, kw_only=True):
    """A data question answered: its status and the evidence in words."""

    status: Status
    text: str


class Finding(Value, frozen=True, kw_only=True):
    """One thing a check found.

    `columns` are display names; `evidence` holds numbers only, never a value of the table;
    `why` says why it matters and `action` what to do.
    """

    check: str
    columns: tuple[str, ...]
    severity: Severity
    question: str
    message: str
    evidence: dict[str, float | int]
    why: str
    action: str


class ColumnSummary(Value, frozen=True, kw_only=True):
    """Statistics of one column; numbers only. `histogram` counts rows in equal-width bins or top levels.

    `kind` is one of number, text, category, boolean, date, duration, mixed, nested, empty.
    """

    name: str
    role: str
    kind: str
    dtype: str
    rows: int
    missing: int
    distinct: int | None
    histogram: tuple[int, ...]
    mean: float | None = None
    spread: float | None = None
    personal: bool = False


class NotRun(Value, frozen=True, kw_only=True):
    """A check that could not run, and why."""

    check: str
    reason: str


class ReadinessReport(Report, frozen=True, kw_only=True):
    """Is this data ready to learn from? See `mlpm.profile`.

    `class_counts` (rows per class of the target) and `group_counts` (rows per group, by column) name a class
    or group only where its name is short, shared by several rows and not personal.
    """

    view: ClassVar[str] = "readiness"
    schema: ClassVar[str] = "mlpm/readiness"

    verdict: Readiness
    sentence: str
    table: str
    rows: int
    roles: dict[str, tuple[str, ...]]
    answers: dict[str, Answer]
    findings: tuple[Finding, ...]
    columns: tuple[ColumnSummary, ...]
    not_run: tuple[NotRun, ...]
    class_counts: dict[str, int]
    group_counts: dict[str, dict[str, int]]
    sampled: str
    fingerprint: str
    as_of: str
    complete: bool = True
    recorded: str = ""

    def data_request(self) -> str:
        """A letter (Markdown) to the owner of the data: what is missing, and what to ask for."""
        letter = importlib.import_module("mlpm_magics.views.data_request")
        return cast(str, letter.letter(self))


# --- help --------------------------------------------------------------------------------------------


class HelpPart(Value, frozen=True, kw_only=True):
    """One explanation: paragraphs, labelled facts, and things to type with what they are for."""

    kind: str
    title: str
    text: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    to_type: tuple[tuple[str, str], ...] = ()
    source: str = ""


class HelpPage(Report, frozen=True, kw_only=True):
    """What `%ml_help` shows: the map, or everything known under one name."""

    view: ClassVar[str] = "help"
    schema: ClassVar[str] = "mlpm/help"

    title: str
    parts: tuple[HelpPart, ...]


# --- what other rooms hand over ---------------------------------------------------------------------


class Measured(Value, frozen=True, kw_only=True):
    """A criterion answered by measurement, handed from one room to another."""

    answer: Reply
    text: str
    source: str


Measurements = Mapping[str, Measured]


# --- lifecycle ----------------------------------------------------------------------------------------


class PhaseStep(Value, frozen=True, kw_only=True):
    """A phase and where the project stands to it."""

    id: str
    title: str
    state: Literal["done", "now", "ahead"]


class TaskState(Value, frozen=True, kw_only=True):
    """A task, and by whom and when it was ticked or taken back ("" where neither happened)."""

    id: str
    title: str
    help: str
    done: bool
    when: str = ""
    who: str = ""
    note: str = ""


class GateState(Value, frozen=True, kw_only=True):
    """A gate criterion: its state, `why` it is so, and `how` it can be met ("" where it is met or waived).

    `reopened`: it was met or waived once, and what it rested on is no longer so.
    """

    id: str
    title: str
    phase: str
    state: Literal["open", "met", "waived", "reopened"]
    why: str
    how: str
    matters: str
    when: str = ""
    who: str = ""

    @property
    def passed(self) -> bool:
        """Whether the phase may end as far as this criterion goes."""
        return self.state in ("met", "waived")


class LogEntry(Value, frozen=True, kw_only=True):
    """What was done or decided: when (UTC, to the minute), by whom, and what in a plain sentence."""

    when: str
    who: str
    what: str


class LifecycleReport(Report, frozen=True, kw_only=True):
    """Where a project stands. See `mlpm.open_project`.

    `gates` are those of the phases up to now; `happened` is what was just done; `type_next` is a line to
    type; `unfolded` names the part that was asked for.
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
    unfolded: Literal["", "gate", "log"] = ""
