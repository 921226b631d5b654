"""The nearest known cases, and where their facts agree with this problem and where they differ."""

from __future__ import annotations

from collections.abc import Mapping

from mlpm_magics.catalogue import Knowledge
from mlpm_magics.entries import Case
from mlpm_magics.fit.likeness import likeness
from mlpm_magics.fit.sentence_hints import Same
from mlpm_magics.results import NearCase, Reply

_MOST = 3
_NEAR_ENOUGH = 1.0
_DECISIVE = 3.0


def nearest(
    known: Knowledge, statement: str, problem_type: str, answers: Mapping[str, Reply], most: int = _MOST
) -> tuple[NearCase, ...]:
    """The cases whose subject and facts are nearest, nearest first; far ones are left out.

    The facts that decided a case count most, together as much for one case as for another.
    """
    subject = likeness(Same(known), statement)
    agreement = {name: _agreement(case, problem_type, answers) for name, case in known.cases.items()}
    scores = {name: agreement[name] + subject.weight * subject.cases[name] for name in known.cases}

    def is_near(name: str) -> bool:
        half_way = subject.cases[name] > subject.near / 2
        return agreement[name] >= _NEAR_ENOUGH or (half_way and scores[name] >= subject.weight * subject.near)

    near = sorted(filter(is_near, known.cases), key=lambda name: -scores[name])
    return tuple(_compared(known, known.cases[name], answers) for name in near[:most])


def _agreement(case: Case, problem_type: str, answers: Mapping[str, Reply]) -> float:
    score = 0.5 if case.problem_type == problem_type else 0.0
    for name, answer in case.answers.items():
        if answers.get(name, "unknown") != "unknown":
            weight = _DECISIVE / len(case.decisive) if name in case.decisive else 0.25
            score += weight if answers[name] == answer else -weight
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
