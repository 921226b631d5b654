"""A few test rows that the chosen model got wrong, told in facts that several rows share.

Nothing personal is told: no identifier, no free text, no column that holds personal values, a protected trait
or a group, no rare category. Numbers become bands with round edges, open at both ends. A fact is told only as
long as at least so many rows share everything told so far (k-anonymity).

Source: Sweeney 2002 (k-anonymity).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from mlpm_magics.baselines.ladder import Judged
from mlpm_magics.catalogue import knowledge
from mlpm_magics.evidence.columns.personal import is_private
from mlpm_magics.evidence.columns.traits import is_trait
from mlpm_magics.evidence.features import level_names
from mlpm_magics.evidence.prepared import Array
from mlpm_magics.results import Mistaken, Story
from mlpm_magics.table import Column, Table

_MOST_FACTS = 6
_BANDS = 5
_FEW = 12
_BAND_WORDS = {
    2: ("low", "high"),
    3: ("low", "middling", "high"),
    4: ("very low", "low", "high", "very high"),
    5: ("very low", "low", "middling", "high", "very high"),
}


Mistakes = Iterable[tuple[Mistaken, Array, Array]]  # a kind, which cases, how surprising the truth was


@dataclass(frozen=True)
class Facts:
    """What may be told of a column: a code per row and the words per code; codes without words are hidden."""

    column: str
    codes: Array
    words: tuple[str, ...]
    weight: float


def stories_of(judged: Judged, table: Table, rows: Array, chosen: str, at: float | None) -> tuple[Story, ...]:
    """For each kind of mistake a typical one and the most confident one.

    Args:
        judged: the tested rungs.
        table: where the facts come from.
        rows: the place in the table of each row of `judged.prepared`.
        chosen: the rung whose mistakes are told.
        at: the threshold, None where the answer is not one of two.
    """
    return of_rows(
        judged,
        table,
        rows,
        _mistakes(judged, chosen, at),
        lambda row, kind: _chance(judged, chosen, row, kind),
    )


def of_rows(
    judged: Judged,
    table: Table,
    rows: Array,
    mistakes: Mistakes,
    chance: Callable[[int, Mistaken], float | None] = lambda row, kind: None,
) -> tuple[Story, ...]:
    """The same for mistakes of any kind; `chance` is what was said of a test row."""
    used = {feature.column for feature in judged.prepared.features}
    facts = [told for column in table.features for told in _facts(column, table, rows, judged, used)]
    return told_of(facts, mistakes, judged.test, lambda row: _answer(judged, row), chance)


def told_of(
    facts: Iterable[Facts],
    mistakes: Mistakes,
    place: Array,
    answer: Callable[[int], str],
    chance: Callable[[int, Mistaken], float | None] = lambda row, kind: None,
) -> tuple[Story, ...]:
    """Stories from facts, the weightiest told first.

    Args:
        facts: what may be told of each case.
        mistakes: which of the tested cases are wrong.
        place: where the facts have each tested case.
        answer: from a tested case to what was true, in words.
        chance: what was said of it.
    """
    weighed = sorted(facts, key=lambda told: -told.weight)
    found = []
    for kind, wrong, surprise in mistakes:
        picks = np.flatnonzero(wrong)
        if not len(picks):
            continue
        order = picks[np.argsort(surprise[picks], kind="stable")]
        for pick, row in (("typical", order[len(order) // 2]), ("confident", order[-1])):
            shared, alike = _shared(weighed, int(place[row]))
            found.append(
                Story(
                    kind=kind,
                    pick=pick,  # type: ignore[arg-type]
                    facts=shared,
                    chance=chance(int(row), kind),
                    answer=answer(int(row)),
                    alike=alike,
                )
            )
    return tuple(found)


def _mistakes(judged: Judged, chosen: str, at: float | None) -> Iterator[tuple[Mistaken, Array, Array]]:
    """Kinds of mistakes: which test rows, and how surprising the truth was for the model."""
    predicted, y = judged.steps[chosen].predicted, judged.y
    if judged.prepared.task == "number":
        off = predicted[:, 0] - y
        large = np.abs(off) > np.quantile(np.abs(off), 0.75)
        yield "too_high", large & (off > 0), off
        yield "too_low", large & (off < 0), -off
    elif at is not None:
        chance = predicted[:, 1]
        yield "wrong_yes", (chance > at) & (y == 0), chance
        yield "wrong_no", (chance <= at) & (y == 1), -chance
    else:
        yield "wrong_answer", predicted.argmax(axis=1) != y, predicted.max(axis=1)


def _chance(judged: Judged, chosen: str, row: int, kind: Mistaken) -> float | None:
    if judged.prepared.task == "number":
        return None
    predicted = judged.steps[chosen].predicted[row]
    return round(float(predicted.max() if kind == "wrong_answer" else predicted[1]), 2)


def _answer(judged: Judged, row: int) -> str:
    prepared = judged.prepared
    if prepared.task == "classes":
        return prepared.answers[int(judged.y[row])]
    edges = np.quantile(prepared.y, np.linspace(0, 1, _BANDS + 1)[1:-1])
    back = np.expm1(edges) if prepared.logged else edges
    return _band(int(np.searchsorted(edges, judged.y[row], side="left")), back)


def _shared(told: list[Facts], place: int) -> tuple[tuple[str, ...], int]:
    """The facts about a row, the weightiest first, that enough rows share together."""
    fewest = int(knowledge().limit("baseline.alike"))
    alike = np.ones(len(told[0].codes), dtype=bool) if told else np.zeros(0, dtype=bool)
    facts: list[str] = []
    for fact in told:
        code = int(fact.codes[place])
        if not fact.words[code]:
            continue
        narrower = alike & (fact.codes == code)
        if narrower.sum() >= fewest:
            alike = narrower
            facts.append(f"{fact.column}: {fact.words[code]}")
        if len(facts) == _MOST_FACTS:
            break
    return tuple(facts), int(alike.sum())


def _facts(column: Column, table: Table, rows: Array, judged: Judged, used: set[str]) -> Iterator[Facts]:
    """What may be told of a column, if anything."""
    if column.name not in used or column in table.groups or column.is_identifier:
        return
    if is_private(column) or is_trait(column):
        return
    fewest = int(knowledge().limit("baseline.alike"))
    match column.kind:
        case "number" | "duration":
            values = np.where(column.is_missing[rows], np.nan, column.numbers[rows].astype(float))
            codes, words = banded(values)
        case "boolean":
            codes = np.where(column.is_missing[rows], 0, column.numbers[rows].astype(np.int64) + 1)
            words = ("not filled in", "no", "yes")
        case "category":
            codes = column.codes[rows].astype(np.int64) + 1
            counts = np.bincount(codes, minlength=1)
            names = level_names(column, counts[1:], "")
            words = ("not filled in", *("" if name.startswith(" ") else name for name in names))
        case _:
            return
    counts = np.bincount(codes, minlength=len(words))
    words = tuple(word if counts[code] >= fewest else "" for code, word in enumerate(words))
    yield Facts(column.name, codes, words, _weight(codes, judged))


def banded(values: Array) -> tuple[Array, tuple[str, ...]]:
    """Few values as they are, many in five bands; 0 is for what is missing."""
    gone = ~np.isfinite(values)
    levels, places = np.unique(values[~gone], return_inverse=True)
    codes = np.zeros(len(values), dtype=np.int64)
    if len(levels) <= _FEW:
        codes[~gone] = places + 1
        return codes, ("not filled in", *(_rounded(level) for level in levels))
    edges = np.unique(np.quantile(values[~gone], np.linspace(0, 1, _BANDS + 1)[1:-1]))
    codes[~gone] = np.searchsorted(edges, values[~gone], side="left") + 1
    return codes, ("not filled in", *(_band(i, edges) for i in range(len(edges) + 1)))


def _band(place: int, edges: Array) -> str:
    """A band in words; its edges are rounded, the outer ones open."""
    shown = [_rounded(edge) for edge in edges]
    words = _BAND_WORDS[len(edges) + 1][place]
    if len(set(shown)) < len(shown):  # edges too near each other for two digits
        return words
    if place == 0:
        return f"{words} (up to {shown[0]})"
    if place == len(edges):
        return f"{words} (over {shown[-1]})"
    return f"{words} ({shown[place - 1]} to {shown[place]})"


def _rounded(number: float) -> str:
    """Two digits; small whole numbers, such as a year or a number of rooms, as they are."""
    if number == int(number) and abs(number) < 10_000:
        return f"{number:g}"
    short = float(f"{number:.2g}")
    return f"{short:g}" if abs(short) < 10_000 else f"{short:,.0f}"


def _weight(codes: Array, judged: Judged) -> float:
    """How much a column alone tells about the answer, on the training rows."""
    answers = judged.prepared.one_hot[judged.train]
    cells = codes[judged.train]
    counts = np.maximum(np.bincount(cells), 1)[:, None]
    sums = np.column_stack([np.bincount(cells, weights=c) for c in (answers - answers.mean(axis=0)).T])
    return float((sums**2 / counts).sum())
