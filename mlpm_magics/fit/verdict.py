"""From answers to a verdict: what each answer does, alone and together, and what would turn it.

A verdict has a level: 0 not a fit, 1 fit with cautions, 2 good fit. Every answer and every conjunction can
only hold the level down, never lift it, so the lowest one decides, and a worse answer never improves a
verdict. What is still open lies between its best and its worst answer; when both give the same level, the
verdict stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

import msgspec

from mlpm_magics.catalogue import Knowledge
from mlpm_magics.entries import Conjunction, Criterion, Facts, Outcome
from mlpm_magics.results import Basis, Effect, Flip, Reason, Reply, Verdict

VERDICTS: tuple[Verdict, ...] = ("not_a_fit", "fit_with_cautions", "good_fit")
GOOD = 2
_LEVEL = {"blocker": 0, "caution": 1, "none": 2, "for": 2}
_MOST_FLIPS = 5
_LARGEST_FLIP = 4

Answers = Mapping[str, Reply]


class Judged(msgspec.Struct, frozen=True):
    """A verdict's level, what speaks in it (strongest first), and the alternatives its blockers name."""

    level: int
    reasons: tuple[Reason, ...]
    alternatives: tuple[str, ...]


def worst(criterion: Criterion) -> Reply:
    """The answer that speaks least for ML."""
    return "no" if criterion.best == "yes" else "yes"


def usual(criterion: Criterion) -> Reply:
    """The answer where nothing is told: harmless, unless the entry names another."""
    return criterion.presumed or criterion.best


def outcome_of(criterion: Criterion, answer: Reply) -> Outcome:
    """What an answer does."""
    return {"yes": criterion.yes, "no": criterion.no, "unknown": criterion.unknown}[answer]


def matters(criterion: Criterion, answers: Answers, problem_type: str) -> bool:
    """Whether the question counts at all, given the other answers and the kind of problem."""
    if problem_type in criterion.not_for:
        return False
    return not criterion.ask_when or any(
        answers.get(other, allowed[0]) in allowed for other, allowed in criterion.ask_when.items()
    )


def level(known: Knowledge, answers: Answers, problem_type: str) -> int:
    """The level alone, as `judge` would find it if everything was stated; quick."""
    lowest = 2
    counted = _counted(known, answers, problem_type)
    for name, answer in counted.items():
        lowest = min(lowest, _LEVEL[outcome_of(known.criteria[name], answer).effect])
    for joint in known.conjunctions.values():
        if lowest > _LEVEL[joint.effect] and _holds(joint.when, counted):
            lowest = _LEVEL[joint.effect]
    return lowest


def judge(known: Knowledge, answers: Answers, bases: Mapping[str, Basis], problem_type: str) -> Judged:
    """Weigh all answers.

    Args:
        known: the knowledge base.
        answers: criterion id to answer, presumed ones included.
        bases: what each answer rests on; one that is only proposed never blocks, it cautions; one without
            a basis is presumed and gives no reason of its own.
        problem_type: id of the problem type, or `other`.
    """
    counted = _counted(known, answers, problem_type)
    reasons: list[Reason] = []
    alternatives: list[str] = []
    for name, criterion in known.criteria.items():
        if name not in answers or name not in bases:
            continue
        outcome = outcome_of(criterion, answers[name])
        # What speaks for ML is worth telling even where the question need not be asked.
        if outcome.effect == "none" or (name not in counted and outcome.effect != "for"):
            continue
        effect = _softened(outcome.effect, bases[name])
        reasons.append(_reason(known, criterion, effect, outcome.text, bases[name], criterion.sources))
        if effect == "blocker":
            alternatives.append(outcome.alternative)
    for joint in known.conjunctions.values():
        if not _holds(joint.when, counted) or _already_said(joint, reasons):
            continue
        basis = _basis_of(joint, bases)
        effect = _softened(joint.effect, basis)
        criterion = known.criteria[joint.criterion]
        reasons.append(_reason(known, criterion, effect, joint.text, basis, joint.sources))
        if effect == "blocker":
            alternatives.append(joint.alternative)
    reasons.sort(key=lambda reason: ("blocker", "caution", "for").index(reason.effect))
    lowest = min((_LEVEL[reason.effect] for reason in reasons), default=2)
    return Judged(lowest, tuple(reasons), tuple(alternatives))


def unasked(known: Knowledge, names: Iterable[str]) -> tuple[Reason, ...]:
    """Cautions about what nobody asked, each told as not known; they hold no verdict down."""
    cautions = ((known.criteria[name], known.criteria[name].unknown) for name in names)
    return tuple(
        _reason(known, criterion, "caution", outcome.text, "proposed", criterion.sources)
        for criterion, outcome in cautions
        if outcome.effect == "caution"
    )


def span(known: Knowledge, answers: Answers, open_: Iterable[str], problem_type: str) -> tuple[int, int]:
    """The lowest and the highest level that the open questions still allow."""
    low: dict[str, Reply] = dict(answers)
    high: dict[str, Reply] = dict(answers)
    for name in open_:
        low[name], high[name] = worst(known.criteria[name]), known.criteria[name].best
    return level(known, low, problem_type), level(known, high, problem_type)


def flips(known: Knowledge, answers: Answers, problem_type: str) -> tuple[Flip, ...]:
    """The smallest sets of other answers that would change the verdict, improvements first; at most five."""
    now = level(known, answers, problem_type)
    at_fault = [
        name
        for name, answer in answers.items()
        if answer != known.criteria[name].best and _speaks(known, name, answers, problem_type)
    ]
    better = _smallest(known, answers, problem_type, now, at_fault, better=True)
    rest = [
        name
        for name, criterion in known.criteria.items()
        if answers.get(name, worst(criterion)) != worst(criterion)
    ]
    worse = _smallest(known, answers, problem_type, now, rest, better=False) if now else []
    return tuple((better + worse)[:_MOST_FLIPS])


def _smallest(
    known: Knowledge, answers: Answers, problem_type: str, now: int, names: list[str], *, better: bool
) -> list[Flip]:
    for size in range(1, (_LARGEST_FLIP if better else 1) + 1):
        found = []
        for chosen in combinations(names, size):
            change: dict[str, Reply] = {
                name: known.criteria[name].best if better else worst(known.criteria[name]) for name in chosen
            }
            then = level(known, {**answers, **change}, problem_type)
            if (then > now) if better else (then < now):
                found.append(Flip(answers=change, verdict=VERDICTS[then]))
        if found:
            return sorted(found, key=lambda flip: VERDICTS.index(flip.verdict), reverse=better)
    return []


def _speaks(known: Knowledge, name: str, answers: Answers, problem_type: str) -> bool:
    if not matters(known.criteria[name], answers, problem_type):
        return False
    alone = _LEVEL[outcome_of(known.criteria[name], answers[name]).effect] < 2
    return alone or any(
        name in joint.when and _holds(joint.when, answers) for joint in known.conjunctions.values()
    )


def _counted(known: Knowledge, answers: Answers, problem_type: str) -> dict[str, Reply]:
    return {
        name: answers[name]
        for name, criterion in known.criteria.items()
        if name in answers and matters(criterion, answers, problem_type)
    }


def _holds(facts: Facts, answers: Answers) -> bool:
    return all(answers.get(name) in allowed for name, allowed in facts.items())


def _softened(effect: str, basis: Basis) -> Effect:
    if effect == "blocker":
        return "caution" if basis == "proposed" else "blocker"
    return "caution" if effect == "caution" else "for"


def _basis_of(joint: Conjunction, bases: Mapping[str, Basis]) -> Basis:
    """What answers that count together rest on: the weakest of them, a guess."""
    found = {bases.get(name) for name in joint.when}
    if "proposed" in found or found == {None}:
        return "proposed"
    return "measured" if "measured" in found else "stated"


def _already_said(joint: Conjunction, reasons: Iterable[Reason]) -> bool:
    return joint.effect == "caution" and any(
        r.criterion == joint.criterion and r.effect == "blocker" for r in reasons
    )


def _reason(
    known: Knowledge, criterion: Criterion, effect: Effect, text: str, basis: Basis, sources: Iterable[str]
) -> Reason:
    return Reason(criterion=criterion.id, effect=effect, text=text, basis=basis, source=known.cite(sources))
