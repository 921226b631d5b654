"""How near the known cases are to a problem in subject: by what it means, or by the words in common.

What a text means is asked where the extra `sentences` is installed; the words it shares with a case, rare
ones weighing more, otherwise. The two are on other scales, so each comes with what counts as near.
"""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from mlpm_magics.catalogue import Knowledge
from mlpm_magics.fit import sentence_meaning
from mlpm_magics.fit.sentence_hints import Same
from mlpm_magics.fit.words import content_words


class Likeness(msgspec.Struct, frozen=True):
    """How near each known case is, by id (0 unlike to 1 the same), and from where on its subject is near."""

    cases: dict[str, float]
    near: float
    weight: float  # log odds that the same subject adds; chosen by leave-one-out over the library


@functools.lru_cache(maxsize=4)
def likeness(same: Same, text: str) -> Likeness:
    """How near a problem's words are to each known case.

    Example:
        >>> near = likeness(Same(knowledge()), "Which users will cancel?").cases
        >>> near["telecom_churn"] > near["protein_shape"]
        True
    """
    told = _told(same)
    if not text.strip():
        return Likeness(dict.fromkeys(told.texts, 0.0), near=1.0, weight=0.0)
    if sentence_meaning.installed():
        found = sentence_meaning.alike(text, tuple(told.texts.values()))
        return Likeness(
            {name: max(one, 0.0) for name, one in zip(told.texts, found, strict=True)}, near=0.3, weight=6.0
        )
    ours = content_words(text)
    by_words = {name: _in_common(told.rarity, ours, theirs) for name, theirs in told.words.items()}
    return Likeness(by_words, near=0.1, weight=3.0)


class _Told(msgspec.Struct, frozen=True):
    texts: dict[str, str]
    words: dict[str, frozenset[str]]
    rarity: dict[str, float]


@functools.lru_cache(maxsize=2)
def _told(same: Same) -> _Told:
    texts = texts_of(same.known)
    words = {name: content_words(text) for name, text in texts.items()}
    often = Counter(word for theirs in words.values() for word in theirs)
    return _Told(texts, words, {word: math.log(1 + len(texts) / (1 + n)) for word, n in often.items()})


def texts_of(known: Knowledge) -> dict[str, str]:
    """How each known case is put."""
    return {name: f"{case.title} {case.statement}" for name, case in known.cases.items()}


def _in_common(rarity: Mapping[str, float], ours: frozenset[str], theirs: frozenset[str]) -> float:
    """Cosine of two sets of words, rare words weighing more; 0 to 1."""
    rarest = max(rarity.values(), default=1.0)

    def size(words: Iterable[str]) -> float:
        return sum(rarity.get(word, rarest) ** 2 for word in words)

    both = math.sqrt(size(ours) * size(theirs))
    return size(ours & theirs) / both if both else 0.0
