"""What a fit report leaves in the project: the brief, the verdict, and what a table said."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from mlpm_magics.catalogue import Knowledge, knowledge
from mlpm_magics.errors import shown
from mlpm_magics.fit.against import measured_answers
from mlpm_magics.lifecycle.fingerprints import digest
from mlpm_magics.lifecycle.parts.fit import BriefPart, EvidencePart, FitPart, MeasuredAnswer, Stated
from mlpm_magics.lifecycle.stamp import Stamp, Step, on_one_line, words_of
from mlpm_magics.lifecycle.state import State
from mlpm_magics.results import FitReport, Reply

_MOST_NAMED = 5


def record(state: State, report: FitReport, stamp: Stamp) -> Step:
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
    fit = FitPart(
        verdict=report.verdict,
        digest=_digest(brief),
        kind=report.problem_type,
        when=stamp.when,
        who=stamp.who,
    )
    if before and (before.verdict, before.digest) == (fit.verdict, fit.digest):
        return msgspec.structs.replace(state, brief=brief), ""
    after = msgspec.structs.replace(state, brief=brief, fit=fit)
    if before and before.verdict == fit.verdict and same_problem:
        return after, ""  # a questionnaire under way; its verdict is what the log is for
    asked = f" for “{shown(brief.statement, 200)}”" if brief.statement else ""
    changes = _changes(old, stated) if before and same_problem else ""
    return after, f"Fit verdict{asked}: {words_of(fit.verdict)}.{changes}"


def said(report: FitReport) -> str:
    """The report in a few words."""
    return f"fit verdict: {words_of(report.verdict)}"


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
        "answers": {n: answer for n, answer in bare(brief.answers).items() if n in known.criteria},
        "notes": brief.notes,
    }


def bare(answers: Mapping[str, Reply | Stated]) -> dict[str, Reply]:
    """The answers that count, without who gave them."""
    words = {name: a.answer if isinstance(a, Stated) else a for name, a in answers.items()}
    return {name: word for name, word in words.items() if word != "open"}


def _answers(
    old: Mapping[str, Reply | Stated], stated: Mapping[str, Reply], stamp: Stamp
) -> dict[str, Reply | Stated]:
    """The answers with who gave each and when; one that was taken back stays as `open`."""
    was = bare(old)
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
    was = bare(old.answers)
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
    content = [brief.statement, brief.problem_type, sorted(bare(brief.answers).items())]
    return digest(content)
