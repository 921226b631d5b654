"""The nearest known cases, and where their facts agree with this problem and where they differ."""

from __future__ import annotations

from collections.abc import Mapping

from mlpm_magics.catalogue import Knowledge
from mlpm_magics.entries import Case
from mlpm_magics.fit.words import content_words
from mlpm_magics.results import NearCase, Reply

_MOST = 3
_NEAR_ENOUGH = 1.0
_DECISIVE = 3.0


def nearest(
    known: Knowledge, statement: str, problem_type: str, answers: Mapping[str, Reply], most: int = _MOST
) -> tuple[NearCase, ...]:
    """The cases whose facts and words are nearest, nearest first; far ones are left out.

    The facts that decided a case count most, together as much for one case as for another.
    """
    scored = [(_nearness(case, statement, problem_type, answers), case) for case in known.cases.values()]
    scored.sort(key=lambda pair: -pair[0])
    return tuple(_compared(known, case, answers) for score, case in scored[:most] if score >= _NEAR_ENOUGH)


def _nearness(case: Case, statement: str, problem_type: str, answers: Mapping[str, Reply]) -> float:
    score = 0.5 if case.problem_type == problem_type else 0.0
    for name, answer in case.answers.items():
        if answers.get(name, "unknown") != "unknown":
            weight = _DECISIVE / len(case.decisive) if name in case.decisive else 0.25
            score += weight if answers[name] == answer else -weight
    ours, theirs = content_words(statement), content_words(case.statement)
    if ours and theirs:
        score += 4 * len(ours & theirs) / len(ours | theirs)
    return score


def _compared(known: Knowledge, case: Case, answers: Mapping[str, Reply]) -> NearCase:
    both = [name for name in case.answers if answers.get(name, "unknown") != "unknown"]
    return NearCase(
        case=case.id,
        title=case.title,
        verdict=case.verdict,
        reason=case.reason,
        same=tuple(name for name in both if answers[name] == case.answers[name]),
        different=tuple(name for name in both if answers[name] != case.answers[name]),
        source=known.cite(case.sources),
    )
