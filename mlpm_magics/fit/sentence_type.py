"""The family of a problem from the way it is put: a small linear classifier over cues and words.

It learns from `knowledge/example_sentences.yaml` and the statements of the known cases, on first use (about
half a second). How well it does on sentences it never saw is measured by `benchmarks/fit.py`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from mlpm_magics.catalogue import Knowledge
from mlpm_magics.fit.words import spoken

if TYPE_CHECKING:
    import numpy as np

_MOST_CUES = 3  # more hits of one family say no more
_CUE_WEIGHT = 0.2  # small, or the classifier leans on cues and fails where people use other words
_COUNT_WEIGHT = 0.1
_C = 10.0


def chances(known: Knowledge, words: str) -> dict[str, float]:
    """How likely each problem type is for a text, from 0 to 1, summing to 1; the likeliest first.

    Empty where no word of the text was ever seen.

    Example:
        >>> from mlpm_magics.catalogue import knowledge
        >>> next(iter(chances(knowledge(), "How much will this flat sell for?")))
        'regression'
    """
    kinds = tuple((name, kind.cues) for name, kind in known.problem_types.items())
    examples = [
        (line, name)
        for name, entry in known.example_sentences.items()
        for line in (*entry.lines, *known.problem_types[name].examples)
    ]
    examples += [(case.statement, case.problem_type) for case in known.cases.values()]
    examples += [(entry.statement, entry.problem_type) for entry in known.practice_problems.values()]
    model = _trained(kinds, tuple(examples))
    seen = model[0].transformer_list[0][1].vocabulary_
    if not any(word in seen for word in re.findall(r"\w+", words.lower())):
        return {}
    found = zip(model.classes_, model.predict_proba([words])[0], strict=True)
    return {str(name): float(chance) for name, chance in sorted(found, key=lambda pair: -pair[1])}


@functools.lru_cache(maxsize=4)
def _trained(kinds: tuple[tuple[str, tuple[str, ...]], ...], examples: tuple[tuple[str, str], ...]) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline, make_union
    from sklearn.preprocessing import FunctionTransformer
    from threadpoolctl import threadpool_limits

    word = r"\b\w+\b|\?"
    words = TfidfVectorizer(ngram_range=(1, 3), sublinear_tf=True, token_pattern=word)
    parts = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    cues = FunctionTransformer(_cue_hits, kw_args={"kinds": kinds})
    model = make_pipeline(make_union(words, parts, cues), LogisticRegression(C=_C, max_iter=1_000))
    with threadpool_limits(1):  # threads wait for each other longer than so little takes, on a busy machine
        return model.fit([text for text, _ in examples], [name for _, name in examples])


def _cue_hits(texts: Sequence[str], kinds: tuple[tuple[str, tuple[str, ...]], ...]) -> np.ndarray:
    import numpy as np

    rows = []
    for text in texts:
        hits = [[bool(spoken(cue, text)) for cue in cues] for _, cues in kinds]
        counts = [_COUNT_WEIGHT * min(sum(found), _MOST_CUES) for found in hits]
        rows.append([_CUE_WEIGHT * hit for found in hits for hit in found] + counts)
    return np.array(rows)
