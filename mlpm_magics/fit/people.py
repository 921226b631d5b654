"""Several people on one brief: what they agree on, and where their answers differ.

Where they differ and nothing was agreed, the answer that speaks least for ML counts, so that a doubt of one
person is never outvoted.
"""

from __future__ import annotations

from collections.abc import Mapping

from mlpm_magics.catalogue import Knowledge
from mlpm_magics.fit.against import worse
from mlpm_magics.fit.brief import Brief
from mlpm_magics.fit.verdict import VERDICTS, level
from mlpm_magics.results import Disagreement, Reply


def joined(known: Knowledge, said: Brief) -> dict[str, Reply]:
    """The answers that count: agreed ones, else what everybody says, else the least favourable."""
    answers: dict[str, Reply] = {}
    for theirs in said.answers_by.values():
        for name, answer in theirs.items():
            if name not in answers or worse(known, name, answer, answers[name]):
                answers[name] = answer
    return answers | said.answers


def disagreements(
    known: Knowledge, said: Brief, whole: Mapping[str, Reply], problem_type: str
) -> tuple[Disagreement, ...]:
    """Questions on which people differ, those that move the verdict first.

    Args:
        known: the knowledge base.
        said: the brief with everybody's answers.
        whole: all answers that count, presumed ones included.
        problem_type: id of the problem type.
    """
    found = []
    for name in known.criteria:
        by_person = {who: theirs[name] for who, theirs in said.answers_by.items() if name in theirs}
        if len(set(by_person.values())) < 2:
            continue
        verdicts = {
            answer: VERDICTS[level(known, {**whole, name: answer}, problem_type)]
            for answer in dict.fromkeys(by_person.values())
        }
        found.append(
            Disagreement(
                criterion=name,
                answers=by_person,
                counted=whole[name],
                moves=len(set(verdicts.values())) > 1,
                verdicts=verdicts,
            )
        )
    return tuple(sorted(found, key=lambda item: not item.moves))
