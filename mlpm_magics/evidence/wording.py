"""What the words of free text say of the answer: one number per text, learned on training rows only."""

from __future__ import annotations

from typing import Any

import numpy as np

from mlpm_magics.evidence.features import Array, Feature
from mlpm_magics.table import Table

_LONGEST_TEXT = 2_000
_MOST_WORDS, _LEAST_TEXTS = 2_000, 5
_PENALTY, _PARTS = 2.0, 4


def words_of(table: Table, keep: Array) -> list[Feature]:
    """A feature per column of free text: its values number the texts, `words` has a row for each."""
    made = [_words(column.name, column.codes[keep], column.plain.levels) for column in table.features
            if column.kind == "text" and not column.is_identifier]  # fmt: skip
    return [feature for feature in made if feature is not None]


def _words(name: str, codes: Array, levels: Any) -> Feature | None:
    from sklearn.feature_extraction.text import TfidfVectorizer

    used, values = np.unique(codes, return_inverse=True)
    texts = ["" if code < 0 else str(levels[code])[:_LONGEST_TEXT] for code in used]
    read = TfidfVectorizer(min_df=_LEAST_TEXTS, max_features=_MOST_WORDS, sublinear_tf=True)
    try:
        words = read.fit_transform(texts)
    except ValueError:  # no word stands in enough texts
        return None
    return Feature(f"{name} (words)", name, values.reshape(-1), is_category=True, words=words)


def scores(feature: Feature, train: Array, test: Array, answers: Array) -> tuple[Array, Array]:
    """What the words say, a column per answer: of test rows, and of training rows by the other ones.

    Args:
        feature: with words.
        train: the rows to learn from.
        test: the rows to be told.
        answers: of the training rows, a column per answer.
    """
    here, there = feature.words[feature.values[train]], feature.words[feature.values[test]]
    part = np.random.default_rng(len(train)).permutation(len(train)) % _PARTS
    own = np.zeros(answers.shape)
    for p in range(_PARTS):
        inside = part == p
        own[inside] = _told(here[~inside], answers[~inside], here[inside])
    return own, _told(here, answers, there)


def _told(here: Any, answers: Array, there: Any) -> Array:
    from sklearn.linear_model import Ridge

    found: Array = Ridge(alpha=_PENALTY, solver="lsqr").fit(here, answers).predict(there)
    return found.reshape(there.shape[0], answers.shape[1])
