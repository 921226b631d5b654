"""`assess_fit`: from a brief to a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, Protocol

import msgspec

from mlpm_magics.catalogue import Knowledge, knowledge
from mlpm_magics.fit.against import contradicted, measured_answers, worse
from mlpm_magics.fit.brief import Brief, read_brief
from mlpm_magics.fit.cases import nearest
from mlpm_magics.fit.likely import from_cases, pointed_at, sheets, worth_a_look
from mlpm_magics.fit.people import disagreements, joined
from mlpm_magics.fit.questions import (
    ENOUGH,
    asked,
    enough,
    likely_presumption,
    most_decisive,
    presumption,
    waits_for,
)
from mlpm_magics.fit.sentence import propose_answers, propose_type
from mlpm_magics.fit.sentence_hints import hints
from mlpm_magics.fit.verdict import GOOD, VERDICTS, Judged, flips, judge, level, matters, span, unasked
from mlpm_magics.results import (
    Alternative,
    Basis,
    Contradiction,
    FitEvidence,
    FitReport,
    Measured,
    Reason,
    Reply,
    TypeGuess,
    Verdict,
)


class RemembersMeasurements(Protocol):
    """A project, as far as a verdict needs it: criteria that were measured on its data."""

    @property
    def measured(self) -> Mapping[str, Measured]:
        """Criterion id to what was measured."""
        ...


def assess_fit(
    brief: object, *, project: RemembersMeasurements | None = None, evidence: FitEvidence | None = None
) -> FitReport:
    """Judge whether ML fits a problem.

    The verdict is `ask` while a question nobody has answered could still turn it. For a problem put in words
    the known cases nearest to it tell which open answers are likely; when hardly any likely completion
    differs, the asking ends. After ten answers (`unknown` counts) there is always a verdict: what was stated
    comes first, then what the words of the brief propose (a proposal cautions, it never blocks), then
    presumptions; each is listed as what it is. A guess on which the verdict hangs is asked about first; what
    nobody asked, and the words make a likely reason against, is told as not known.

    Args:
        brief: a sentence, YAML text, the path of a YAML file, or a mapping with the keys `statement`,
            `problem_type`, `decision`, `goal`, `answers` (criterion id to yes, no or unknown), `answers_by`
            (the same for each of several people: where they differ, the least favourable counts), `confirmed`
            (criterion id to the reason for which an answer stands although the data denies it) and `notes`.
        project: where a profile was recorded; its measurements fill open answers, and where one
            contradicts a stated answer the less favourable of the two counts.
        evidence: what `measure_fit` found on a table; it counts in the same way, before the project's.

    Raises:
        MlpmError: one line, for a brief that cannot be read.

    Example:
        >>> assess_fit({"answers": {"repeatable_decision": "no"}}).verdict
        'not_a_fit'
    """
    known = knowledge()
    said = read_brief(brief)
    stated = joined(known, said)
    measured = {**(project.measured if project else {}), **measured_answers(known, evidence)}
    guess = None if said.problem_type else propose_type(known, said.words)
    problem_type, type_basis = _problem_type(said, guess)
    types = guess.chances if guess else {problem_type: 1.0}
    in_words = proposals = propose_answers(known, said.words, but_not=stated)
    if problem_type != "other":
        proposals = from_cases(known, said.words, types, stated) | in_words
    answers, bases = _settled(known, stated, said.confirmed, measured)
    chances = hints(known, said.words, types)
    before = {name for name, criterion in known.criteria.items() if criterion.before_good_fit}
    pointed = pointed_at(chances) | before if said.words else ()
    open_ = asked(known, said.words, answers, problem_type, pointed)
    presumed = {n: presumption(c) for n, c in known.criteria.items() if n not in answers and n not in open_}

    low, high = span(known, {**presumed, **answers}, open_, problem_type)
    decided = low == high
    # What need not be asked is presumed harmless; where the words say so, too, that is a reason to name.
    guessed: dict[str, Reply] = {
        name: guess.answer
        for name, guess in proposals.items()
        if name in open_ or guess.answer == presumed.get(name)
    }
    guesses: dict[str, Basis] = dict.fromkeys(guessed, "proposed")
    hopeful = {name: answer for name, answer in guessed.items() if answer == known.criteria[name].best}
    rest: dict[str, Reply] = {name: presumption(known.criteria[name]) for name in open_}
    taken: tuple[str, ...] = ()
    if decided:
        judged = judge(known, {**presumed, **guessed, **answers}, {**guesses, **bases}, problem_type)
        questions: tuple[str, ...] = ()
    else:
        likely = sheets(known, problem_type, {**presumed, **answers}, open_, proposals, chances)
        if said.words:
            rest = {name: likely_presumption(known.criteria[name], likely) for name in open_}
        judged = judge(known, {**presumed, **rest, **guessed, **answers}, {**guesses, **bases}, problem_type)
        firm = level(known, {**presumed, **rest, **hopeful, **answers}, problem_type)
        nearly = bool(said.words) and enough(likely, judged.level, firm, len(answers))
        guards = waits_for(known, open_, in_words) if judged.level == GOOD else ()
        decided = len(answers) >= ENOUGH or (nearly and not guards)
        questions = () if decided else most_decisive(known, open_, likely, guessed | answers, chances)
        if nearly and not decided:
            questions = (*guards, *(name for name in questions if name not in guards))
        if decided:
            taken = tuple(name for name in open_ if name not in guessed)
            presumed |= {name: rest[name] for name in taken}
        else:
            judged = judge(known, {**presumed, **answers}, bases, problem_type)
    doubts: tuple[Reason, ...] = ()
    if decided and judged.level < GOOD and said.words:
        doubts = unasked(known, worth_a_look(chances, (name for name in open_ if name not in guessed)))
    verdict: Verdict = VERDICTS[judged.level] if decided else "ask"
    whole = {**rest, **presumed, **hopeful, **answers}
    alternative = _alternative(known, judged)
    return FitReport(
        statement=said.statement,
        decision=said.decision,
        goal=said.goal,
        notes=said.notes,
        verdict=verdict,
        sentence=_sentence(known, verdict, judged, questions, alternative, len(answers))
        + _taken(verdict, len(taken)),
        problem_type=problem_type,
        problem_type_basis=type_basis,
        reasons=_with_figures((*judged.reasons, *doubts), measured),
        questions=questions,
        flips=flips(known, whole, problem_type) if decided else (),
        alternative=alternative,
        proposals=proposals,
        contradictions=contradicted(stated, measured, said.confirmed) + _clashes(known, stated),
        cases=nearest(known, said.words, problem_type, answers),
        answers=answers,
        bases=bases,
        evidence=evidence,
        type_guess=guess,
        answers_by=said.answers_by,
        agreed=tuple(said.answers) if said.answers_by else (),
        disagreements=disagreements(known, said, whole, problem_type),
        presumed={n: a for n, a in presumed.items() if matters(known.criteria[n], whole, problem_type)},
    )


def _problem_type(said: Brief, guess: TypeGuess | None) -> tuple[str, Basis | Literal["unknown"]]:
    if said.problem_type:
        return said.problem_type, "stated"
    if guess is None or guess.problem_type == "other":
        return "other", "unknown"
    return guess.problem_type, "proposed"


def _settled(
    known: Knowledge,
    stated: Mapping[str, Reply],
    confirmed: Mapping[str, str],
    measured: Mapping[str, Measured],
) -> tuple[dict[str, Reply], dict[str, Basis]]:
    """Stated answers with measured ones on top where those are less favourable, and what each rests on."""
    answers: dict[str, Reply] = dict(stated)
    bases: dict[str, Basis] = dict.fromkeys(stated, "stated")
    for name, found in measured.items():
        if name not in answers or (name not in confirmed and worse(known, name, found.answer, answers[name])):
            answers[name], bases[name] = found.answer, "measured"
    return answers, bases


def _with_figures(reasons: Iterable[Reason], measured: Mapping[str, Measured]) -> tuple[Reason, ...]:
    """Measured reasons with what was measured."""
    return tuple(
        msgspec.structs.replace(
            reason, text=f"{reason.text} Measured: {measured[reason.criterion].text.rstrip('.')}."
        )
        if reason.basis == "measured" and reason.criterion in measured
        else reason
        for reason in reasons
    )


def _clashes(known: Knowledge, stated: Mapping[str, Reply]) -> tuple[Contradiction, ...]:
    return tuple(
        Contradiction(criterion=clash.criterion, stated=stated[clash.criterion], against=clash.text)
        for clash in known.clashes.values()
        if all(stated.get(name) in allowed for name, allowed in clash.when.items())
    )


def _alternative(known: Knowledge, judged: Judged) -> Alternative | None:
    first = (
        name for name, entry in known.alternatives.items() if entry.first and name in judged.alternatives
    )
    for name in (*first, *judged.alternatives):
        entry = known.alternatives[name]
        return Alternative(kind=entry.id, title=entry.title, text=entry.text)
    return None


def _taken(verdict: Verdict, count: int) -> str:
    """What the verdict rests on besides answers, said where it could be taken for more."""
    if verdict == "not_a_fit" or not count:
        return ""
    return (
        f" ({count} {'question was' if count == 1 else 'questions were'} not asked; see what was presumed.)"
    )


def _sentence(
    known: Knowledge,
    verdict: Verdict,
    judged: Judged,
    questions: tuple[str, ...],
    alternative: Alternative | None,
    answered: int,
) -> str:
    by_effect = {
        effect: [r.text for r in judged.reasons if r.effect == effect] for effect in ("for", "caution")
    }
    match verdict:
        case "ask":
            most = min(len(questions), ENOUGH - answered)
            plural = "questions" if most > 1 else "question"
            first = known.criteria[questions[0]].question
            return f"At most {most} more {plural} decide it. Most decisive: {first}"
        case "not_a_fit":
            instead = f" Instead: {alternative.title}." if alternative else ""
            return f"{judged.reasons[0].text}{instead}"
        case "fit_with_cautions":
            return f"ML can fit, but: {by_effect['caution'][0]}"
        case _:
            return (
                f"ML fits. {by_effect['for'][0]}"
                if by_effect["for"]
                else "ML fits; nothing speaks against it."
            )
