"""The family of a problem from the way it is put: a small linear classifier over words and parts of words.

It learns from `knowledge/example_sentences.yaml`, the practice problems, the statements of the known cases
and the cues of each family, on first use: half a second of computing, and a second to load scikit-learn. How
well it does on sentences it never saw is measured by `benchmarks/sentences.py` and `benchmarks/fit.py`.
Where a small language model is installed (`sentence_meaning`), its opinion counts as much.
"""

from __future__ import annotations

import functools
import re
from typing import Any

from mlpm_magics.catalogue import Knowledge
from mlpm_magics.fit.sentence_meaning import opinion

WORD = r"\b\w+\b|[\^?,]"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_C = 30.0  # the least log loss in cross-validation: a confidence is about the share that is right
_TOLERANCE = 0.01  # looser than usual: faster, and no family changes


def chances(known: Knowledge, words: str) -> dict[str, float]:
    """How likely each problem type is for a text, from 0 to 1, summing to 1; the likeliest first.

    Empty where no word of the text was ever seen; a number says nothing.

    Example:
        >>> from mlpm_magics.catalogue import knowledge
        >>> next(iter(chances(knowledge(), "How much will this flat sell for?")))
        'regression'
    """
    learned_from = examples(known)
    text, model = _trained(learned_from)
    seen = text.transformer_list[0][1].vocabulary_
    if not any(word in seen for word in re.findall(r"[^\W\d_]\w*", words.lower())):
        return {}
    found = zip(map(str, model.classes_), model.predict_proba(text.transform([words]))[0], strict=True)
    meant = opinion(words, learned_from)
    both = {name: float(chance) * meant.get(name, 1.0) for name, chance in found}
    everything = sum(both.values())
    return {name: both[name] / everything for name in sorted(both, key=lambda name: -both[name])}


def examples(known: Knowledge) -> tuple[tuple[str, str], ...]:
    """All that is learned from: a text and its problem type. The cues of a type are one text among many."""
    found = []
    for name, kind in known.problem_types.items():
        lines = known.example_sentences[name].lines if name in known.example_sentences else ()
        cues = ", ".join(kind.cues).replace("*", "")
        found += [(line, name) for line in (*lines, *kind.examples, cues)]
    found += [(case.statement, case.problem_type) for case in known.cases.values()]
    found += [(entry.statement, entry.problem_type) for entry in known.practice_problems.values()]
    return tuple(found)


@functools.lru_cache(maxsize=2)
def _trained(learned_from: tuple[tuple[str, str], ...]) -> tuple[Any, Any]:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.pipeline import make_union

    texts, kinds = zip(*learned_from, strict=True)
    text = make_union(
        TfidfVectorizer(ngram_range=(1, 3), sublinear_tf=True, token_pattern=WORD, preprocessor=plain),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, preprocessor=plain),
        TfidfVectorizer(analyzer=_apart, sublinear_tf=True),
    )
    # One family against the rest, in the dual: ten times faster than all at once here, as often right.
    family = LogisticRegression(C=_C, solver="liblinear", dual=True, tol=_TOLERANCE, random_state=0)
    return text, OneVsRestClassifier(family).fit(text.fit_transform(texts), kinds)


def _apart(text: str) -> list[str]:
    """Pairs of words with one to three others between them: "how … take", whatever is repaired."""
    words = re.findall(WORD, plain(text))
    return [f"{first} … {then}" for i, first in enumerate(words) for then in words[i + 2 : i + 5]]


def plain(text: str) -> str:
    """Lower case, any number as 0, and a mark where it starts: the first words say most about a question."""
    return "^ " + _NUMBER.sub("0", text.lower())
