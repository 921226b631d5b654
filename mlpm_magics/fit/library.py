"""`find_cases`: the library of known cases, searched by words or held against a brief."""

from __future__ import annotations

import math
from collections import Counter

from mlpm_magics.catalogue import Knowledge, knowledge
from mlpm_magics.entries import Case
from mlpm_magics.errors import InvalidValueError
from mlpm_magics.fit.brief import read_brief
from mlpm_magics.fit.cases import nearest
from mlpm_magics.fit.likeness import likeness
from mlpm_magics.fit.sentence_hints import Same
from mlpm_magics.fit.words import content_words
from mlpm_magics.results import CaseList, KnownCase, NearCase, Reply

_MOST = 10


def find_cases(words: str = "", *, brief: object = None) -> CaseList:
    """Known cases: those that `words` or a brief come near to, or all of them.

    Args:
        words: what to look for, such as `spam filter`; empty for the whole library.
        brief: whatever `assess_fit` takes; then its facts and words are compared with those of each case.

    Returns:
        The cases, nearest first (at most ten where something was asked for), each with its facts, verdict,
        reason and source.

    Raises:
        MlpmError: one line, for a brief that cannot be read, or both `words` and `brief`.

    Example:
        >>> find_cases("spam filter").cases[0].case
        'junk_mail'
    """
    known = knowledge()
    if words and brief is not None:
        raise InvalidValueError("give words or a brief, not both")
    answers: dict[str, Reply] = {}
    if brief is not None:
        said = read_brief(brief)
        answers = said.answers
        near = nearest(known, said.words, said.problem_type, answers, most=_MOST)
        found = [known.cases[case.case] for case in near]
    else:
        found = _spoken_of(known, words) if words.strip() else list(known.cases.values())
    counts = Counter(case.verdict for case in known.cases.values())
    return CaseList(
        words=words.strip() if brief is None else read_brief(brief).statement,
        cases=tuple(_whole(known, case, answers) for case in found),
        counts=dict(counts),
    )


def _spoken_of(known: Knowledge, words: str) -> list[Case]:
    """Cases that share words with what was typed, a word that few have weighing more; then those near it."""
    texts = {
        name: content_words(
            f"{case.title} {case.statement} {case.reason} {case.problem_type.replace('_', ' ')}"
        )
        for name, case in known.cases.items()
    }
    often = Counter(word for text in texts.values() for word in text)
    wanted = content_words(words)
    scores = {
        name: sum(math.log(1 + len(texts) / often[word]) for word in wanted & text)
        for name, text in texts.items()
    }
    order = sorted((name for name in scores if scores[name] > 0), key=lambda name: -scores[name])
    subject = likeness(Same(known), words)
    near = [name for name in known.cases if name not in order and subject.cases[name] >= subject.near]
    near.sort(key=lambda name: -subject.cases[name])
    return [known.cases[name] for name in (*order, *near)[:_MOST]]


def _whole(known: Knowledge, case: Case, answers: dict[str, Reply]) -> KnownCase:
    both = [name for name in case.answers if answers.get(name, "unknown") != "unknown"]
    near = NearCase(
        case=case.id,
        title=case.title,
        verdict=case.verdict,
        reason=case.reason,
        same=tuple(name for name in both if answers[name] == case.answers[name]),
        different=tuple(name for name in both if answers[name] != case.answers[name]),
        source=known.cite(case.sources),
    )
    return KnownCase(
        **{field: getattr(near, field) for field in near.__struct_fields__},
        statement=case.statement,
        problem_type=case.problem_type,
        facts=dict(case.answers),
        decisive=case.decisive,
        verdict_by=case.verdict_by,
        notes=case.notes,
    )
