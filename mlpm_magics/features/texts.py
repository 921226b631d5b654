"""What a text mentions: a few words that many rows have, those first that go with the answer."""

from __future__ import annotations

from collections import Counter

import numpy as np

from mlpm_magics.catalogue import Knowledge
from mlpm_magics.evidence.columns.quick import outcomes, sample
from mlpm_magics.features.making import vocabulary
from mlpm_magics.results import PlannedColumn
from mlpm_magics.table import Column, Table
from mlpm_magics.table.patterns import may_be_private
from mlpm_magics.table.plain import Array

_MOST_ROWS, _MOST_WORDS, _SHORTEST, _LONGEST = 20_000, 400, 3, 24
_SURE = 3.0


def is_free_text(column: Column) -> bool:
    """Whether the cells are sentences or the like, rather than names that come back."""
    texts = column.texts[:2_000]
    words = [len(text.split()) for text in texts]
    return column.kind == "text" and (
        column.distinct_levels > 0.5 * column.filled or (bool(words) and float(np.median(words)) > 4)
    )


def taken_apart(table: Table, column: Column, knowledge: Knowledge) -> PlannedColumn:
    """The plan for a column of free text."""
    words = _mentioned(table, column, knowledge)
    lengths = [len(text.split()) for text in column.texts[:2_000]]
    usual = int(np.median(lengths)) if lengths else 0
    reason = f"Free text, in the middle {usual} words long."
    if words:
        listed = ", ".join(f"“{word}”" for word in words)
        reason += f" The answer differs between rows that mention {listed} and those that do not."
    else:
        reason += " No word of many rows goes with the answer."
    return PlannedColumn(
        name=column.name,
        kind=column.kind,
        treatment="decompose",
        how="text_parts",
        reason=reason,
        settings={"words": words},
    )


def _mentioned(table: Table, column: Column, knowledge: Knowledge) -> tuple[str, ...]:
    known = ~column.is_missing if table.target is None else ~column.is_missing & ~table.target.is_missing
    rows = sample(known, table.seed, _MOST_ROWS)
    fewest = max(
        knowledge.limit("feature_plan.word_rows"), knowledge.limit("feature_plan.word_share") * len(rows)
    )
    codes = column.codes[rows]
    levels = column.plain.levels
    held = {code: vocabulary(str(levels[code])) for code in np.unique(codes).tolist()}
    counts = Counter(word for code in codes.tolist() for word in held[code])
    often = [word for word, count in counts.most_common(_MOST_WORDS) if fewest <= count <= 0.9 * len(rows)]
    often = [w for w in often if _SHORTEST <= len(w) <= _LONGEST and w.isascii() and not _is_idle(w)]
    if not often or not len(rows):
        return ()
    has = np.array([[word in held[code] for word in often] for code in codes.tolist()], dtype=np.float64)
    strength = _strength(table, rows, has)
    order = np.argsort(-strength, kind="stable")[: int(knowledge.limit("feature_plan.words"))]
    return tuple(sorted(often[at] for at in order if strength[at] > _SURE))


def _is_idle(word: str) -> bool:
    """Whether a word stands in any text, or may be personal."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return word in frozenset[str](ENGLISH_STOP_WORDS) or may_be_private(word)


def _strength(table: Table, rows: Array, has: Array) -> Array:
    """How far the answers of rows with a word differ from the others, in standard errors."""
    answers = outcomes(table, rows)
    if answers is None:
        return np.asarray(has.sum(axis=0))
    centred = answers - answers.mean(axis=0)
    flags = has - has.mean(axis=0)
    size = np.sqrt((flags**2).sum(axis=0)[:, None] * (centred**2).sum(axis=0)[None, :]) + 1e-12
    correlation = np.abs(flags.T @ centred) / size
    strongest: Array = correlation.max(axis=1) * np.sqrt(len(rows))
    return strongest
