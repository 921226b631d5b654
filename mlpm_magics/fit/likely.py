"""What the open answers are likely to be, from the known cases that are nearest.

An answer sheet is a completion of the brief: what was answered stays, and what is open is taken from a known
case, chosen at random with a chance that grows with how well it agrees in words, kind of problem and answers.
Some answers are drawn from all cases instead, so that no combination is ruled out. Sheets say what to ask
next and when asking on would hardly change anything; they never answer for the PM.
"""

from __future__ import annotations

import functools
import math
import random
from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from mlpm_magics.catalogue import Knowledge
from mlpm_magics.fit.verdict import level, outcome_of, worst
from mlpm_magics.fit.words import content_words
from mlpm_magics.results import Proposal, Reply

_SHEETS = 200
_WORDS = 3.0  # log odds that equal words add; all weights were chosen by leave-one-out over the library
_SAME_TYPE = 1.5
_DISAGREES = 0.1  # chance that two problems of one kind differ in an answer
_FROM_ALL = 0.2  # share of answers drawn from all cases
_NEAREST = 8
_ALIKE = 0.1  # words in common, below which a case says nothing about a sentence
_CASES_RIGHT = 0.8  # how far another case is believed
_WORTH_SAYING = 0.5
_WORTH_NAMING = 0.3  # a reason for ML that is only proposed holds no verdict down, so less is enough
_POINTS = 0.15  # share of the nearest cases in which an answer spoke against ML, to ask for it
_DOUBT = 0.04  # share of completions in which an open answer is a main reason, to name it
_MOST_DOUBTS = 4
_WORDS_RIGHT = 0.5  # how far the confidence of a cue is believed


class Sheet(msgspec.Struct, frozen=True):
    """One imagined completion: every answer, the verdict's level it leads to, and its main reasons."""

    answers: dict[str, Reply]
    level: int
    main: tuple[str, ...] = ()


class Library(msgspec.Struct, frozen=True):
    """The known cases, made ready: their answers with the gaps filled harmlessly, and their words."""

    types: tuple[str, ...]
    answers: tuple[dict[str, Reply], ...]
    decisive: tuple[tuple[str, ...], ...]
    words: tuple[frozenset[str], ...]
    rarity: dict[str, float]
    harmful: dict[str, float]


def sheets(
    known: Knowledge,
    words: str,
    types: Mapping[str, float],
    answers: Mapping[str, Reply],
    rest: Mapping[str, Reply],
    open_: Iterable[str],
    proposals: Mapping[str, Proposal],
) -> tuple[Sheet, ...]:
    """Imagine completions; the same brief always gives the same ones.

    Args:
        known: the knowledge base.
        words: everything said in prose.
        types: how likely each problem type is.
        answers: what was answered.
        rest: what is taken for the questions that are neither answered nor open.
        open_: the questions to imagine.
        proposals: what the words make likely.
    """
    library = _library(_Same(known))
    dice = random.Random(0)  # noqa: S311 - not for security; the same brief must give the same order
    weights = _weights(library, content_words(words), types, answers)
    chosen = dice.choices(range(len(weights)), weights, k=_SHEETS)
    names = tuple(open_)
    kind = max(types, key=lambda name: types[name], default="other")
    found = []
    for case in chosen:
        sheet: dict[str, Reply] = {**rest, **answers}
        for name in names:
            criterion = known.criteria[name]
            if dice.random() < _FROM_ALL:
                bad = dice.random() < library.harmful[name]
                sheet[name] = worst(criterion) if bad else criterion.best
            else:
                sheet[name] = library.answers[case][name]
            guess = proposals.get(name)
            if guess and dice.random() < guess.confidence * _WORDS_RIGHT:
                sheet[name] = guess.answer
        main = tuple(
            name
            for name in library.decisive[case]
            if sheet[name] == library.answers[case][name] != known.criteria[name].best
        )
        found.append(Sheet(sheet, level(known, sheet, kind), main))
    return tuple(found)


def from_cases(
    known: Knowledge, words: str, types: Mapping[str, float], answers: Mapping[str, Reply]
) -> dict[str, Proposal]:
    """What held in most of the known cases nearest to a problem, for ML or against it."""
    library = _library(_Same(known))
    ours = content_words(words)
    weights = _weights(library, ours, types, answers)
    ranked = sorted(range(len(weights)), key=lambda i: -weights[i])[:_NEAREST]
    alike = any(_likeness(library.rarity, ours, library.words[i]) >= _ALIKE for i in ranked)
    cases = tuple(known.cases.values())
    named = " and ".join(f"“{cases[i].title}”" for i in ranked[:2])
    proposals = {}
    for name, criterion in known.criteria.items():
        speaks = outcome_of(criterion, criterion.best).effect == "for"
        for answer in (criterion.best,) * speaks + (worst(criterion),) * (
            alike and criterion.group != "benefit"
        ):
            near = sum(weights[i] for i in ranked if cases[i].answers.get(name) == answer)
            confidence = _CASES_RIGHT * near / sum(weights[i] for i in ranked)
            least = _WORTH_NAMING if answer == criterion.best else _WORTH_SAYING
            if name not in answers and confidence >= least:
                because = f"It was so in most known cases like it, such as {named}."
                proposals[name] = Proposal(answer=answer, confidence=round(confidence, 2), because=because)
    return proposals


def pointed_at(known: Knowledge, words: str, types: Mapping[str, float]) -> frozenset[str]:
    """Criteria that held against ML in enough of the known cases near to a problem in words."""
    library = _library(_Same(known))
    weights = _weights(library, content_words(words), types, {})  # the same whatever is answered
    whole = sum(weights)

    def against(name: str) -> float:
        best = known.criteria[name].best
        return sum(w for w, facts in zip(weights, library.answers, strict=True) if facts[name] != best)

    return frozenset(name for name in known.criteria if against(name) >= _POINTS * whole)


def gain(sheets: Iterable[Sheet], name: str) -> float:
    """How much the answer to one question says about the verdict, in nats."""
    by_answer: dict[str, list[int]] = {}
    for sheet in sheets:
        by_answer.setdefault(sheet.answers[name], []).append(sheet.level)
    everything = [level for levels in by_answer.values() for level in levels]
    left = sum(len(levels) / len(everything) * _entropy(levels) for levels in by_answer.values())
    return _entropy(everything) - left


def telling(sheets: tuple[Sheet, ...], name: str) -> float:
    """The share of sheets in which the answer to one question is a main reason."""
    return sum(name in sheet.main for sheet in sheets) / len(sheets)


def worth_a_look(sheets: tuple[Sheet, ...], names: Iterable[str]) -> tuple[str, ...]:
    """The questions most likely to hold a main reason against ML, of those nobody asked; a few."""
    chances = {name: telling(sheets, name) for name in names}
    found = [name for name in chances if chances[name] >= _DOUBT]
    return tuple(sorted(found, key=lambda name: -chances[name])[:_MOST_DOUBTS])


def share(sheets: tuple[Sheet, ...], at: int) -> float:
    """The share of sheets that lead to a level."""
    return sum(sheet.level == at for sheet in sheets) / len(sheets)


def _entropy(levels: list[int]) -> float:
    return -sum(n / len(levels) * math.log(n / len(levels)) for n in Counter(levels).values())


def _weights(
    library: Library, words: frozenset[str], types: Mapping[str, float], answers: Mapping[str, Reply]
) -> list[float]:
    told = {name: answer for name, answer in answers.items() if answer != "unknown"}
    logs = []
    for kind, facts, theirs in zip(library.types, library.answers, library.words, strict=True):
        agree = sum(facts[name] == answer for name, answer in told.items())
        logs.append(
            _WORDS * _likeness(library.rarity, words, theirs)
            + _SAME_TYPE * types.get(kind, 0.0)
            + agree * math.log(1 - _DISAGREES)
            + (len(told) - agree) * math.log(_DISAGREES)
        )
    most = max(logs)
    return [math.exp(value - most) for value in logs]


def _likeness(rarity: Mapping[str, float], ours: frozenset[str], theirs: frozenset[str]) -> float:
    """Cosine of two sets of words, rare words weighing more; 0 to 1."""
    rarest = max(rarity.values(), default=1.0)

    def size(words: Iterable[str]) -> float:
        return sum(rarity.get(word, rarest) ** 2 for word in words)

    both = math.sqrt(size(ours) * size(theirs))
    return size(ours & theirs) / both if both else 0.0


class _Same:
    """A knowledge base as a key: the same object is the same library."""

    def __init__(self, known: Knowledge) -> None:
        self.known = known

    def __hash__(self) -> int:
        return id(self.known.cases)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.known.cases is other.known.cases


@functools.lru_cache(maxsize=2)
def _library(same: _Same) -> Library:
    known = same.known
    cases = tuple(known.cases.values())
    answers = tuple(
        {name: case.answers.get(name, criterion.best) for name, criterion in known.criteria.items()}
        for case in cases
    )
    words = tuple(content_words(f"{case.title} {case.statement}") for case in cases)
    often = Counter(word for theirs in words for word in theirs)
    return Library(
        types=tuple(case.problem_type for case in cases),
        answers=answers,
        decisive=tuple(case.decisive for case in cases),
        words=words,
        rarity={word: math.log(1 + len(cases) / (1 + n)) for word, n in often.items()},
        harmful={
            name: (sum(facts[name] != criterion.best for facts in answers) + 0.5) / (len(cases) + 2)
            for name, criterion in known.criteria.items()
        },
    )
