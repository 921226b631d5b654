"""What to ask next: the open questions, most decisive first, and when enough was asked."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from mlpm_magics.catalogue import Knowledge
from mlpm_magics.entries import Criterion
from mlpm_magics.fit.likely import Sheet, gain, share
from mlpm_magics.fit.sentence_hints import Hints
from mlpm_magics.fit.verdict import matters, usual
from mlpm_magics.fit.words import spoken
from mlpm_magics.results import Proposal, Reply

ENOUGH = 10  # answers after which there is always a verdict
_FEWEST = 4  # answers before likelihood may end the asking
_BEFORE_REASONS = 2
_REASON = 8.0  # nats that it is worth to learn a main reason
_SURE = 0.7  # both were chosen on 148 problems, so that half of them take six questions or fewer
_LIKELY = 0.8
_NO_LEFT = 0.2  # a missed "no" is the worst mistake


def presumption(criterion: Criterion) -> Reply:
    """What is taken for an answer nobody gave: no harm, but no benefit either."""
    return "unknown" if criterion.group == "benefit" else usual(criterion)


def likely_presumption(criterion: Criterion, sheets: tuple[Sheet, ...]) -> Reply:
    """The same for a problem in words: a benefit is presumed where nearly all likely completions have it."""
    best = sum(sheet.answers[criterion.id] == criterion.best for sheet in sheets) / len(sheets)
    return criterion.best if best >= _LIKELY else presumption(criterion)


def asked(
    known: Knowledge,
    words: str,
    answers: Mapping[str, Reply],
    problem_type: str,
    pointed: Container[str] = (),
) -> tuple[str, ...]:
    """The criteria that are open: not answered, and core or pointed at by the words (or in `pointed`)."""
    return tuple(
        name
        for name, criterion in known.criteria.items()
        if name not in answers
        and (criterion.core or name in pointed or any(spoken(cue, words) for cue in criterion.cues))
        and matters(criterion, answers, problem_type)
    )


def most_decisive(
    known: Knowledge,
    open_: tuple[str, ...],
    sheets: tuple[Sheet, ...],
    given: Mapping[str, Reply],
    chances: Hints,
) -> tuple[str, ...]:
    """The open questions, the one first whose answer says most about the verdict.

    While `given` (answered or proposed) holds no reason to use ML, the likeliest one is asked for third: a
    verdict in favour has to name one.
    """
    gains = {name: gain(sheets, name) + _REASON * chances.main[name] for name in open_}
    ordered = sorted(open_, key=lambda name: -gains[name])
    benefits = {name for name, criterion in known.criteria.items() if criterion.group == "benefit"}
    if len(given) >= _BEFORE_REASONS and not any(given.get(name) == "yes" for name in benefits):
        likeliest = max(
            (name for name in ordered if name in benefits),
            key=lambda name: sum(sheet.answers[name] == "yes" for sheet in sheets),
            default="",
        )
        ordered.sort(key=lambda name: name != likeliest)
    return tuple(ordered)


def enough(sheets: tuple[Sheet, ...], now: int, firm: int, answered: int) -> bool:
    """Whether hardly any likely completion differs from the verdict as it stands.

    A "no" is never given on likelihood, a likely one always keeps the questions open, and so does a guess on
    which the verdict hangs (`firm` is the level without guesses that hold it down).
    """
    if answered < _FEWEST or now == 0 or now != firm:
        return False
    return share(sheets, 0) <= _NO_LEFT and (now == 1 or share(sheets, now) >= _SURE)


def waits_for(known: Knowledge, open_: Iterable[str], in_words: Mapping[str, Proposal]) -> tuple[str, ...]:
    """The open questions that a good fit for a sentence waits for, unless its words answer them well."""
    hopeful = {name for name, guess in in_words.items() if guess.answer == known.criteria[name].best}
    return tuple(name for name in open_ if known.criteria[name].before_good_fit and name not in hopeful)
