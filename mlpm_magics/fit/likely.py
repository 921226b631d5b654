"""What the open answers are likely to be, from the way a problem is put and the known cases nearest to it.

An answer sheet is a completion of the brief: what was answered stays, and what is open is drawn by the
chances that the words give it (`sentence_hints`), or as proposed. Sheets say what to ask next and when asking
on would hardly change anything; they never answer for the PM.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from mlpm_magics.catalogue import Knowledge
from mlpm_magics.fit.likeness import Likeness, likeness
from mlpm_magics.fit.sentence_hints import Hints, Same
from mlpm_magics.fit.verdict import level, outcome_of, usual, worst
from mlpm_magics.results import Proposal, Reply

_SHEETS = 200
_SAME_TYPE = 1.5  # log odds; all weights were chosen by leave-one-out over the library
_DISAGREES = 0.1  # chance that two problems of one kind differ in an answer
_NEAREST = 8
_CASES_RIGHT = 0.8  # how far another case is believed
_WORTH_SAYING = 0.5
_WORTH_NAMING = 0.3  # a reason for ML that is only proposed holds no verdict down, so less is enough
_POINTS = 0.06  # chance that a question holds a main reason, to ask for it
_DOUBT = 0.04  # chance that a question nobody asked holds a main reason, to name it
_MOST_DOUBTS = 4
_WORDS_RIGHT = 0.5  # how far the confidence of a cue is believed


class Sheet(msgspec.Struct, frozen=True):
    """One imagined completion: every answer, and the verdict's level it leads to."""

    answers: dict[str, Reply]
    level: int


def sheets(
    known: Knowledge,
    kind: str,
    answers: Mapping[str, Reply],
    open_: Iterable[str],
    proposals: Mapping[str, Proposal],
    chances: Hints,
) -> tuple[Sheet, ...]:
    """Imagine completions; the same brief always gives the same ones.

    Args:
        known: the knowledge base.
        kind: id of the likeliest problem type.
        answers: what was answered, and what is taken for the questions that are neither answered nor open.
        open_: the questions to imagine.
        proposals: what cues and known cases make likely.
        chances: what the way the problem is put makes likely.
    """
    dice = random.Random(0)  # noqa: S311 - not for security; the same brief must give the same order
    names = tuple(open_)
    found = []
    for _ in range(_SHEETS):
        sheet = dict(answers)
        for name in names:
            criterion = known.criteria[name]
            sheet[name] = worst(criterion) if dice.random() < chances.harmful[name] else criterion.best
            guess = proposals.get(name)
            if guess and dice.random() < guess.confidence * _WORDS_RIGHT:
                sheet[name] = guess.answer
        found.append(Sheet(sheet, level(known, sheet, kind)))
    return tuple(found)


def from_cases(
    known: Knowledge, words: str, types: Mapping[str, float], answers: Mapping[str, Reply]
) -> dict[str, Proposal]:
    """What held in most of the known cases nearest to a problem, for ML or against it."""
    subject = likeness(Same(known), words)
    weights = _weights(known, subject, types, answers)
    ranked = sorted(known.cases, key=lambda case: -weights[case])[:_NEAREST]
    alike = any(subject.cases[case] >= subject.near for case in ranked)
    named = " and ".join(f"“{known.cases[case].title}”" for case in ranked[:2])
    proposals = {}
    for name, criterion in known.criteria.items():
        # What data there is elsewhere says nothing about what there is here.
        speaks = outcome_of(criterion, criterion.best).effect == "for" and criterion.group != "data"
        for answer in (criterion.best,) * speaks + (worst(criterion),) * (
            alike and criterion.group != "benefit"
        ):
            near = sum(weights[case] for case in ranked if known.cases[case].answers.get(name) == answer)
            confidence = _CASES_RIGHT * near / sum(weights[case] for case in ranked)
            least = _WORTH_NAMING if answer == criterion.best else _WORTH_SAYING
            if name not in answers and confidence >= least:
                because = f"It was so in most known cases like it, such as {named}."
                proposals[name] = Proposal(answer=answer, confidence=round(confidence, 2), because=because)
    return proposals


def pointed_at(chances: Hints) -> frozenset[str]:
    """Criteria that are likely enough to hold a main reason, to ask for them."""
    return frozenset(name for name, chance in chances.main.items() if chance >= _POINTS)


def gain(sheets: Iterable[Sheet], name: str) -> float:
    """How much the answer to one question says about the verdict, in nats."""
    by_answer: dict[str, list[int]] = {}
    for sheet in sheets:
        by_answer.setdefault(sheet.answers[name], []).append(sheet.level)
    everything = [level for levels in by_answer.values() for level in levels]
    left = sum(len(levels) / len(everything) * _entropy(levels) for levels in by_answer.values())
    return _entropy(everything) - left


def worth_a_look(chances: Hints, names: Iterable[str]) -> tuple[str, ...]:
    """The questions most likely to hold a main reason against ML, of those nobody asked; a few."""
    found = [name for name in names if chances.main[name] >= _DOUBT]
    return tuple(sorted(found, key=lambda name: -chances.main[name])[:_MOST_DOUBTS])


def share(sheets: tuple[Sheet, ...], at: int) -> float:
    """The share of sheets that lead to a level."""
    return sum(sheet.level == at for sheet in sheets) / len(sheets)


def _entropy(levels: list[int]) -> float:
    return -sum(n / len(levels) * math.log(n / len(levels)) for n in Counter(levels).values())


def _weights(
    known: Knowledge, subject: Likeness, types: Mapping[str, float], answers: Mapping[str, Reply]
) -> dict[str, float]:
    told = {name: answer for name, answer in answers.items() if answer != "unknown"}
    usually = {name: usual(known.criteria[name]) for name in told}
    logs = {}
    for name, case in known.cases.items():
        agree = sum(case.answers.get(one, usually[one]) == answer for one, answer in told.items())
        logs[name] = (
            subject.weight * subject.cases[name]
            + _SAME_TYPE * types.get(case.problem_type, 0.0)
            + agree * math.log(1 - _DISAGREES)
            + (len(told) - agree) * math.log(_DISAGREES)
        )
    most = max(logs.values())
    return {name: math.exp(value - most) for name, value in logs.items()}
