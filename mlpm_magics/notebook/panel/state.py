"""What the panel shows: a frozen value made from the project of the working folder and the last reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, NamedTuple

import msgspec

from mlpm_magics.baselines.little import by_little
from mlpm_magics.catalogue import knowledge
from mlpm_magics.fit.questions import asked
from mlpm_magics.lifecycle import Project
from mlpm_magics.lifecycle.parts.baseline import BaselinePart
from mlpm_magics.notebook.recording import project_here
from mlpm_magics.results import (
    BaselineReport,
    DesignCheck,
    FitReport,
    GateState,
    LifecycleReport,
    PhaseStep,
    Premortem,
    ReadinessReport,
    Report,
    TaskState,
    Value,
)
from mlpm_magics.views import baseline, fit, readiness
from mlpm_magics.views import blocks as b

_MOST_QUESTIONS = 5
_MOST_FINDINGS = 6
_WORDS: dict[str, tuple[str, b.Tone]] = {
    **{str(verdict): word for verdict, word in (*fit.WORDS.items(), *readiness.WORDS.items())},
    "holds": ("Holds", "good"),
    "broken": ("Broken", "bad"),
    "undecided": ("Undecided", "open"),
}
_TONES: dict[str, b.Tone] = {"blocker": "bad", "warning": "caution", "caution": "caution"}


class Said(Value, frozen=True, kw_only=True):
    """A verdict: what it is about, and in words."""

    about: str
    word: str
    tone: b.Tone


class Question(Value, frozen=True, kw_only=True):
    """A question that nobody has answered yet."""

    id: str
    text: str


class Found(Value, frozen=True, kw_only=True):
    """Something found, worst first: in a sentence, on what, and under which name `%ml_help` explains it."""

    text: str
    on: str
    topic: str
    tone: b.Tone


class Stage(Value, frozen=True, kw_only=True):
    """Where the project stands, its log left out."""

    name: str
    phase: str
    sentence: str
    steps: tuple[PhaseStep, ...]
    tasks: tuple[TaskState, ...]
    gates: tuple[GateState, ...]
    next_step: str
    type_next: str


class PanelState(Value, frozen=True, kw_only=True):
    """All that the panel shows.

    `magics`: the names there are, such as `ml_fit`. `stage`: None without a project. `trouble`: why the
    project file cannot be used. `questions` and `findings` are the first few; `more_questions` and
    `more_findings` say how many are left out.
    """

    version: ClassVar[int] = 1

    magics: tuple[str, ...]
    stage: Stage | None
    trouble: str
    verdicts: tuple[Said, ...]
    questions: tuple[Question, ...]
    more_questions: int
    findings: tuple[Found, ...]
    more_findings: int

    def to_dict(self) -> dict[str, object]:
        """JSON-safe mapping."""
        return {"version": self.version, **msgspec.to_builtins(self)}


class _Reports(NamedTuple):
    """The last report of each kind that this kernel has made."""

    fit: FitReport | None
    profile: ReadinessReport | None
    baseline: BaselineReport | None
    design: DesignCheck | None
    premortem: Premortem | None


_KINDS = (FitReport, ReadinessReport, BaselineReport, DesignCheck, Premortem)


def panel_state(magics: tuple[str, ...], reports: Iterable[Report]) -> PanelState:
    """What the panel shows now.

    Args:
        magics: the names of the magics there are.
        reports: the last report of each kind; a project's own record goes before them.
    """
    last = {type(report): report for report in reports}
    own = _Reports(*(last.get(kind) for kind in _KINDS))  # type: ignore[arg-type]
    project, trouble = project_here()
    questions = _questions(project, own.fit)
    found = _findings(project, own)
    return PanelState(
        magics=magics,
        stage=_stage(project.report()) if project else None,
        trouble=trouble.removeprefix("Not recorded: "),
        verdicts=_verdicts(project, own),
        questions=questions[:_MOST_QUESTIONS],
        more_questions=len(questions[_MOST_QUESTIONS:]),
        findings=found[:_MOST_FINDINGS],
        more_findings=len(found[_MOST_FINDINGS:]),
    )


def _stage(report: LifecycleReport) -> Stage:
    return Stage(**{name: getattr(report, name) for name in Stage.__struct_fields__})


def _verdicts(project: Project | None, own: _Reports) -> tuple[Said, ...]:
    said: dict[str, tuple[str, b.Tone] | None] = {
        "Fit": _WORDS[own.fit.verdict] if own.fit else None,
        "Data": readiness.called(own.profile.verdict, own.profile.answers) if own.profile else None,
        "Baseline": _baseline(own.baseline) if own.baseline else None,
        "Design": _WORDS[_design_verdict(own.design)] if own.design else None,
    }
    if project:
        kept = project.state
        said |= {"Fit": _WORDS[kept.fit.verdict]} if kept.fit else {}
        said |= {"Data": readiness.called(kept.data.verdict, kept.data.answers)} if kept.data else {}
        said |= {"Baseline": _kept_baseline(kept.baseline)} if kept.baseline else {}
        said |= {"Design": _WORDS[kept.design.verdict]} if kept.design else {}
    return tuple(Said(about=about, word=words[0], tone=words[1]) for about, words in said.items() if words)


def _baseline(report: BaselineReport) -> tuple[str, b.Tone]:
    line = report.kill_line.answer if report.kill_line else ""
    tone, word = baseline.called(report.verdict, by_little(report.problem_type, report.gain, line))
    return word, tone


def _kept_baseline(part: BaselinePart) -> tuple[str, b.Tone]:
    tone, word = baseline.called(part.beats, by_little(part.kind, part.gain, part.line))
    return word, tone


def _design_verdict(check: DesignCheck) -> str:
    return "holds" if check.holds else "broken" if check.violations else "undecided"


def _questions(project: Project | None, own: FitReport | None) -> tuple[Question, ...]:
    """What is open: as the last report says, unless the project has gone on since."""
    known = knowledge()
    names: tuple[str, ...] = own.questions if own else ()
    brief: Mapping[str, Any] = project.brief if project else {"statement": ""}
    if brief["statement"] and (
        own is None or (own.statement, own.answers) != (brief["statement"], brief["answers"])
    ):
        words = " ".join(brief[part] for part in ("statement", "decision", "goal", "notes"))
        names = asked(known, words, brief["answers"], brief["problem_type"] or "other")
    return tuple(Question(id=name, text=known.criteria[name].question) for name in names)


def _findings(project: Project | None, own: _Reports) -> tuple[Found, ...]:
    """What the last reports found; of the data, else what the project file keeps."""
    found: list[Found] = []
    kept = project.state.data if project else None
    if own.profile:
        found += [
            Found(
                text=finding.message,
                on=finding.check,
                topic=finding.check,
                tone=_TONES[finding.severity],
            )
            for finding in own.profile.findings
            if finding.severity in _TONES
        ]
    elif kept:
        titles = knowledge().data_questions
        found += [
            Found(text=answer.text, on=titles[name].title, topic=name, tone=_TONES[answer.status])
            for name, answer in kept.answers.items()
            if answer.status in _TONES and name in titles
        ]
    if own.design:
        found += [
            Found(text=broken.sentence, on=broken.property, topic=broken.property, tone="bad")
            for broken in own.design.violations
        ]
    if own.premortem:
        found += [
            Found(text=item.title, on="pre-mortem", topic=item.id, tone="caution")
            for item in own.premortem.items
            if item.pressing == "found" and item.state == "open"
        ]
    return tuple(sorted(found, key=lambda one: one.tone != "bad"))
