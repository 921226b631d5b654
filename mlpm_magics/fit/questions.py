"""What to ask next: the open questions, most decisive first."""

from __future__ import annotations

import random
from collections.abc import Mapping

from mlpm_magics.catalogue import Knowledge
from mlpm_magics.entries import Criterion
from mlpm_magics.fit.verdict import level, matters, worst
from mlpm_magics.fit.words import spoken
from mlpm_magics.results import Proposal, Reply

ENOUGH = 10
_COMPLETIONS = 64
_CHANCE_OF_BEST = (
    0.93  # with twenty questions open, about a quarter of the imagined answer sheets are all good
)


def presumption(criterion: Criterion) -> Reply:
    """What is taken for an answer nobody gave: no harm, but no benefit either."""
    return "unknown" if criterion.group == "benefit" else criterion.best


def asked(known: Knowledge, words: str, answers: Mapping[str, Reply], problem_type: str) -> tuple[str, ...]:
    """The criteria that are open: not answered, and either core or pointed at by a word of the brief."""
    return tuple(
        name
        for name, criterion in known.criteria.items()
        if name not in answers
        and (criterion.core or any(spoken(cue, words) for cue in criterion.cues))
        and matters(criterion, answers, problem_type)
    )


def most_decisive(
    known: Knowledge,
    answers: Mapping[str, Reply],
    open_: tuple[str, ...],
    proposals: Mapping[str, Proposal],
    problem_type: str,
) -> tuple[str, ...]:
    """The open questions ordered by how often they decide; those that never do are left out.

    The other open questions are answered at random many times (seeded, mostly favourably); a question
    decides when its best and its worst answer then lead to different verdicts. It weighs more the less
    sure its answer is: where the words of the brief propose the worse answer, it comes early.
    """
    dice = random.Random(0)  # noqa: S311 - not for security; the same brief must give the same order
    chances = {name: _chance_of_best(known.criteria[name], proposals.get(name)) for name in open_}
    decides = dict.fromkeys(open_, 0.0)
    for _ in range(_COMPLETIONS):
        sheet: dict[str, Reply] = dict(answers)
        for name, chance in chances.items():
            criterion = known.criteria[name]
            sheet[name] = criterion.best if dice.random() < chance else worst(criterion)
        for name, chance in chances.items():
            criterion = known.criteria[name]
            high = level(known, {**sheet, name: criterion.best}, problem_type)
            low = level(known, {**sheet, name: worst(criterion)}, problem_type)
            decides[name] += (high - low) * chance * (1 - chance)
    ordered = sorted(open_, key=lambda name: -decides[name])
    return tuple(name for name in ordered if decides[name]) or tuple(ordered)


def _chance_of_best(criterion: Criterion, proposal: Proposal | None) -> float:
    if proposal is None or proposal.answer == criterion.best:
        return _CHANCE_OF_BEST
    return 1 - proposal.confidence
