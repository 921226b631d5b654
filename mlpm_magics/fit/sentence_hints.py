"""What the way a problem is put says about each answer: a small linear model over words and the kind.

It learns from `knowledge/practice_problems.yaml`, which we made up, and from the known cases, on first use
(a fraction of a second). It says what to ask for first and when to stop asking; it never answers. Ridge
regression on shares, not a classifier per criterion: its chances were the better calibrated ones, and it is
solved once for all criteria (`benchmarks/fit.py` measures what comes of it).
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from mlpm_magics.catalogue import Knowledge
from mlpm_magics.fit.sentence_type import WORD, plain
from mlpm_magics.fit.verdict import usual, worst
from mlpm_magics.results import Reply

_KIND_WEIGHT = 0.7
_PENALTY = 2.0
_LEAST, _MOST = 0.005, 0.95  # a sentence never makes sure


class Hints(msgspec.Struct, frozen=True):
    """Chances by criterion, 0 to 1: that its answer is harmful, and that it is then a main reason."""

    harmful: dict[str, float]
    main: dict[str, float]


class Problem(msgspec.Struct, frozen=True):
    """What is learned from: how it was put, its kind, its answers (a gap is harmless) and main reasons."""

    statement: str
    problem_type: str
    answers: dict[str, Reply]
    main: tuple[str, ...]


def hints(known: Knowledge, words: str, types: Mapping[str, float]) -> Hints:
    """The chances for a problem; the same as for any problem where nothing was said in prose.

    Args:
        known: the knowledge base.
        words: everything said in prose.
        types: how likely each problem type is.

    Example:
        >>> from mlpm_magics.catalogue import knowledge
        >>> found = hints(knowledge(), "Which song should come next?", {"recommendation": 1.0})
        >>> found.main["feedback_loop"] > found.main["data_fresh"]
        True
    """
    if not words.strip():
        return _shares(Same(known))
    learned = _learned(Same(known))
    kinds = [[types.get(kind, 0.0) for kind in known.problem_types]]
    likeness = _likeness(learned.text.transform([words]), kinds, learned.rows, learned.kinds)
    chances = (learned.ridge.predict(likeness) + learned.mean)[0].clip(_LEAST, _MOST)
    count = len(known.criteria)
    return Hints(
        harmful=dict(zip(known.criteria, map(float, chances[:count]), strict=True)),
        main=dict(zip(known.criteria, map(float, chances[count:]), strict=True)),
    )


def problems(known: Knowledge) -> tuple[Problem, ...]:
    """The practice problems with all their answers, and the known cases."""
    benefits = {name for name, criterion in known.criteria.items() if criterion.group == "benefit"}
    made_up = []
    for entry in known.practice_problems.values():
        other = {*entry.against, *benefits.difference(entry.holds)}
        answers = {
            name: worst(criterion) if name in other else usual(criterion)
            for name, criterion in known.criteria.items()
        }
        made_up.append(Problem(entry.statement, entry.problem_type, answers, entry.against))
    cases = (Problem(c.statement, c.problem_type, c.answers, c.decisive) for c in known.cases.values())
    return (*made_up, *cases)


class _Learned(msgspec.Struct, frozen=True):
    text: Any
    rows: Any
    kinds: Any
    ridge: Any
    mean: Any


class Same:
    """A knowledge base as a key: the same cases are the same knowledge."""

    def __init__(self, known: Knowledge) -> None:
        """Keep the knowledge base."""
        self.known = known

    def __hash__(self) -> int:
        """By the tables themselves: what was learned is kept while they are."""
        return hash((id(self.known.cases), id(self.known.practice_problems)))

    def __eq__(self, other: object) -> bool:
        """The same tables, not equal ones."""
        return (
            isinstance(other, Same)
            and self.known.cases is other.known.cases
            and self.known.practice_problems is other.known.practice_problems
        )


@functools.lru_cache(maxsize=2)
def _shares(same: Same) -> Hints:
    """How often each answer is harmful, and a main reason, in all that is learned from; needs no model."""
    examples = problems(same.known)
    shares = [
        max(_LEAST, sum(column) / len(examples))
        for column in zip(*_targets(same.known, examples), strict=True)
    ]
    count = len(same.known.criteria)
    return Hints(
        harmful=dict(zip(same.known.criteria, shares[:count], strict=True)),
        main=dict(zip(same.known.criteria, shares[count:], strict=True)),
    )


def _targets(known: Knowledge, examples: Iterable[Problem]) -> list[list[bool]]:
    """For each problem, which answers are harmful, then which of these are main reasons."""
    rows = []
    for example in examples:
        harmful = {
            name: example.answers.get(name, usual(criterion)) not in (criterion.best, "unknown")
            for name, criterion in known.criteria.items()
        }
        rows.append([*harmful.values(), *(bad and name in example.main for name, bad in harmful.items())])
    return rows


@functools.lru_cache(maxsize=2)
def _learned(same: Same) -> _Learned:
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.kernel_ridge import KernelRidge
    from sklearn.pipeline import make_union
    from threadpoolctl import threadpool_limits

    known = same.known
    examples = problems(known)
    text = make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=WORD, preprocessor=plain),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, preprocessor=plain),
    )
    rows = text.fit_transform([example.statement for example in examples])
    kinds = [[float(kind == x.problem_type) for kind in known.problem_types] for x in examples]
    targets = np.array(_targets(known, examples), float)
    mean = targets.mean(axis=0)
    ridge = KernelRidge(alpha=_PENALTY, kernel="precomputed")
    with threadpool_limits(1):  # threads wait for each other longer than so little takes, on a busy machine
        ridge.fit(_likeness(rows, kinds, rows, kinds), targets - mean)
    return _Learned(text, rows, kinds, ridge, mean)


def _likeness(ours: Any, our_kinds: Any, theirs: Any, their_kinds: Any) -> Any:
    """How alike two lists of problems are, in words and in kind: one row for each of ours."""
    import numpy as np

    in_kind = np.array(our_kinds) @ np.array(their_kinds).T
    return (ours @ theirs.T).toarray() + _KIND_WEIGHT**2 * in_kind
