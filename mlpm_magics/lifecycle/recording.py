"""What a report leaves in the project file: a brief and its verdict, or answers about the data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

import msgspec

from mlpm_magics.catalogue import Knowledge, knowledge
from mlpm_magics.entries import Criterion, DataQuestion
from mlpm_magics.errors import shown
from mlpm_magics.fit.against import measured_answers
from mlpm_magics.lifecycle.gates import words_of
from mlpm_magics.lifecycle.state import (
    BriefPart,
    DataPart,
    DesignPart,
    EvidencePart,
    FitPart,
    MeasuredAnswer,
    SaidPart,
    State,
    Stated,
)
from mlpm_magics.lifecycle.steps import Stamp, Step, on_one_line
from mlpm_magics.results import (
    Answer,
    DesignCheck,
    FitReport,
    Holds,
    Measured,
    ReadinessReport,
    Reply,
    Status,
)

_MOST_NAMED = 5


def with_fit(state: State, report: FitReport, stamp: Stamp) -> Step:
    """The state with a verdict and its brief, and what is new in it as a sentence ("" when nothing is)."""
    stated = {
        name: answer
        for name, answer in report.answers.items()
        if report.bases.get(name) == "stated" and (not report.answers_by or name in report.agreed)
    }
    if not report.answers_by:
        denied = {c.criterion: c.stated for c in report.contradictions}  # said all the same
        stated |= {name: answer for name, answer in denied.items() if report.bases.get(name) == "measured"}
    problem_type = report.problem_type if report.problem_type_basis == "stated" else ""
    old = state.brief
    confirmed = {c.criterion: on_one_line(c.confirmed) for c in report.contradictions if c.confirmed}
    statement = on_one_line(report.statement)
    same_problem = statement == old.statement
    brief = BriefPart(
        statement=statement,
        problem_type=problem_type,
        decision=on_one_line(report.decision) or (old.decision if same_problem else ""),
        goal=on_one_line(report.goal) or (old.goal if same_problem else ""),
        answers=_answers(old.answers, stated, stamp),
        answers_by={who: dict(theirs) for who, theirs in report.answers_by.items()}
        or (old.answers_by if same_problem else {}),
        confirmed=confirmed or (old.confirmed if same_problem else {}),
        notes=on_one_line(report.notes) or (old.notes if same_problem else ""),
    )
    state = _with_evidence(state, report, stamp)
    before = state.fit
    fit = FitPart(verdict=report.verdict, digest=_digest(brief), when=stamp.when, who=stamp.who)
    if before and (before.verdict, before.digest) == (fit.verdict, fit.digest):
        return msgspec.structs.replace(state, brief=brief), ""
    after = msgspec.structs.replace(state, brief=brief, fit=fit)
    if before and before.verdict == fit.verdict and same_problem:
        return after, ""  # a questionnaire under way; its verdict is what the log is for
    asked = f" for “{shown(brief.statement, 200)}”" if brief.statement else ""
    changes = _changes(old, stated) if before and same_problem else ""
    return after, f"Fit verdict{asked}: {words_of(fit.verdict)}.{changes}"


def _with_evidence(state: State, report: FitReport, stamp: Stamp) -> State:
    """The state with what was measured on a table; without a table it stays as it is."""
    found = report.evidence
    if found is None:
        return state
    answers = {
        name: MeasuredAnswer(answer=answer.answer, text=on_one_line(answer.text))
        for name, answer in measured_answers(knowledge(), found).items()
    }
    part = EvidencePart(
        table=on_one_line(found.table),
        target=on_one_line(found.target),
        rows=found.rows,
        answers=answers,
        when=stamp.when,
        who=stamp.who,
    )
    before = state.evidence
    if before and msgspec.structs.replace(before, when=stamp.when, who=stamp.who) == part:
        return state
    return msgspec.structs.replace(state, evidence=part)


def with_profile(state: State, report: ReadinessReport, stamp: Stamp) -> Step:
    """The state with a profile, and what is new in it as a sentence ("" when nothing is)."""
    before = state.data
    said = _said(before.said if before else {}, report, stamp)
    data = DataPart(
        table=on_one_line(report.table),
        rows=report.rows,
        verdict=report.verdict,
        fingerprint=report.fingerprint,
        answers={
            name: Answer(status=answer.status, text=on_one_line(answer.text))
            for name, answer in report.answers.items()
        },
        said=said,
        when=stamp.when,
        who=stamp.who,
    )
    if before and msgspec.structs.replace(before, when=stamp.when, who=stamp.who) == data:
        return state, ""
    what = f"Profile of {shown(data.table, 60)!r} ({data.rows:,} rows): {words_of(data.verdict)}."
    fresh = [name for name, one in said.items() if before is None or before.said.get(name) != one]
    if fresh:
        what += f" Answered: {', '.join(f'{name} {said[name].answer}' for name in fresh)}."
    return msgspec.structs.replace(state, data=data), what


def _said(old: Mapping[str, SaidPart], report: ReadinessReport, stamp: Stamp) -> dict[str, SaidPart]:
    """What people answered, with who did and when; what was said before keeps its stamp."""
    kept: dict[str, SaidPart] = {}
    for name, one in report.said.items():
        part = SaidPart(answer=one.answer, because=on_one_line(one.because), when=stamp.when, who=stamp.who)
        was = old.get(name)
        same = was is not None and (was.answer, was.because) == (part.answer, part.because)
        kept[name] = was if was is not None and same else part
    return kept


def with_design(state: State, report: DesignCheck, stamp: Stamp) -> Step:
    """The state with the check of a design, and what is new in it as a sentence ("" when nothing is)."""
    broken = tuple(name for name, verdict in report.properties.items() if verdict == "broken")
    verdict: Holds = "broken" if broken else "holds" if report.holds else "undecided"
    name = on_one_line(report.name or report.title or "design")
    part = DesignPart(
        name=name,
        verdict=verdict,
        digest=hashlib.sha256(json.dumps(report.design, sort_keys=True).encode()).hexdigest()[:16],
        faults=report.faults,
        broken=broken,
        when=stamp.when,
        who=stamp.who,
    )
    before = state.design
    if before and msgspec.structs.replace(before, when=stamp.when, who=stamp.who) == part:
        return state, ""
    listed = f" ({', '.join(broken[:_MOST_NAMED])})" if broken else ""
    what = f"Check of the design {shown(name, 60)!r}, {report.faults} going wrong: {verdict}{listed}."
    return msgspec.structs.replace(state, design=part), what


def brief_of(known: Knowledge, state: State) -> dict[str, object]:
    """The brief as `assess_fit` takes it; what the knowledge base does not know is left out."""
    brief = state.brief
    people = {
        who: {n: answer for n, answer in theirs.items() if n in known.criteria}
        for who, theirs in brief.answers_by.items()
    }
    confirmed = {n: why for n, why in brief.confirmed.items() if n in known.criteria}
    return {
        **({"answers_by": people} if people else {}),
        **({"confirmed": confirmed} if confirmed else {}),
        "statement": brief.statement,
        "problem_type": brief.problem_type if brief.problem_type in known.problem_types else "",
        "decision": brief.decision,
        "goal": brief.goal,
        "answers": {n: answer for n, answer in _bare(brief.answers).items() if n in known.criteria},
        "notes": brief.notes,
    }


def measured(known: Knowledge, state: State) -> dict[str, Measured]:
    """The criteria that the last profile and the last measurement on a table answered.

    A blocker is the criterion's bad answer. So is a caution, unless the bad answer alone would end the
    project: few rows are not too few, so that is not known. A pass says only that nothing was found; it is
    the good answer where the question says so (`pass_answers`). Where two questions ask for one criterion,
    the worse answer counts; what the table could not tell is left out.
    """
    found: dict[str, Measured] = {}
    if state.evidence is not None:
        source = f"measured on {shown(state.evidence.table, 60)!r}, {state.evidence.when}"
        found = {
            name: Measured(answer=answer.answer, text=answer.text, source=source)
            for name, answer in state.evidence.answers.items()
            if name in known.criteria
        }
    if state.data is None:
        return found
    source = f"profile of {shown(state.data.table, 60)!r}, {state.data.when}"
    for name, answer in state.data.answers.items():
        question = known.data_questions.get(name)
        reply = _reply(known, question, answer.status) if question else None
        if question is None or reply is None:
            continue
        criterion = known.criteria[question.criterion]
        if criterion.id in found and _badness(criterion, found[criterion.id].answer) >= _badness(
            criterion, reply
        ):
            continue
        found[criterion.id] = Measured(answer=reply, text=answer.text, source=source)
    return found


def _reply(known: Knowledge, question: DataQuestion, status: Status) -> Reply | None:
    criterion = known.criteria[question.criterion]
    bad: Reply = "no" if criterion.best == "yes" else "yes"
    if status == "blocker":
        return bad
    if status == "caution":
        ends_it = (criterion.yes if bad == "yes" else criterion.no).effect == "blocker"
        return "unknown" if ends_it else bad
    return criterion.best if status == "pass" and question.pass_answers else None


def _badness(criterion: Criterion, reply: Reply) -> int:
    return 0 if reply == criterion.best else 1 if reply == "unknown" else 2


def _bare(answers: Mapping[str, Reply | Stated]) -> dict[str, Reply]:
    words = {name: a.answer if isinstance(a, Stated) else a for name, a in answers.items()}
    return {name: word for name, word in words.items() if word != "open"}


def _answers(
    old: Mapping[str, Reply | Stated], stated: Mapping[str, Reply], stamp: Stamp
) -> dict[str, Reply | Stated]:
    """The answers with who gave each and when; one that was taken back stays as `open`."""
    was = _bare(old)
    kept: dict[str, Reply | Stated] = {
        name: a
        if was.get(name) == stated.get(name)
        else Stated(answer="open", when=stamp.when, who=stamp.who)
        for name, a in old.items()
    }
    fresh = {name: a for name, a in stated.items() if was.get(name) != a}
    return kept | {
        name: Stated(answer=answer, when=stamp.when, who=stamp.who) for name, answer in fresh.items()
    }


def _changes(old: BriefPart, stated: Mapping[str, Reply]) -> str:
    was = _bare(old.answers)
    changed = [
        f"{name} {was.get(name, 'open')} to {stated.get(name, 'open')}"
        for name in dict.fromkeys((*was, *stated))
        if was.get(name) != stated.get(name)
    ]
    if not changed:
        return ""
    more = f" and {len(changed) - _MOST_NAMED} more" if len(changed) > _MOST_NAMED else ""
    return f" Changed: {', '.join(changed[:_MOST_NAMED])}{more}."


def _digest(brief: BriefPart) -> str:
    """A fingerprint of the problem and the stated answers."""
    content = [brief.statement, brief.problem_type, sorted(_bare(brief.answers).items())]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]
