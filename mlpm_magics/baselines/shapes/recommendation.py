"""Recommendation: ten things for each person, against the most popular, the last seen and what goes together.

A row is a person (`entity`) who took a thing (`target`). Each way of recommending learns from the older rows
and names ten things; a person is served if one of those that they took later is among them.

Source: Ferrari Dacrema et al. 2019 (simple ways are hard to beat); Cremonesi et al. 2010 (hit rate at ten).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from mlpm_magics.baselines.intervals import mean
from mlpm_magics.baselines.kill_line import read_line
from mlpm_magics.baselines.over_guess import difference
from mlpm_magics.baselines.ready import getting_ready
from mlpm_magics.baselines.score_slices import by_part, group_parts, score_slices
from mlpm_magics.baselines.scored import Scores, Tried, reported
from mlpm_magics.baselines.slices import Part
from mlpm_magics.baselines.split import Parts, moments_of, split
from mlpm_magics.baselines.stories import Facts, banded, told_of
from mlpm_magics.baselines.wanted import Wanted
from mlpm_magics.baselines.wrongs import Wrong, counted, priced
from mlpm_magics.catalogue import knowledge
from mlpm_magics.errors import InvalidValueError
from mlpm_magics.evidence.clock import Clock
from mlpm_magics.evidence.costs import read_costs
from mlpm_magics.evidence.features import Array
from mlpm_magics.evidence.words import percent
from mlpm_magics.results import BaselineReport, Breakdown, BreakdownRow, OverGuess, Story
from mlpm_magics.table import Table

_LENGTHS = (1, 3, 5, 10, 20)
_MOST_ITEMS, _MOST_PEOPLE = 2_000, 4_000
_FACTORS, _VALIDATED, _MOST_PAIRED = 24, 5, 3_000


@dataclass(frozen=True)
class _Taken:
    """Who took what: codes per row in the order of time; `segment` per person, or None."""

    person: Array
    item: Array
    people: int
    items: int
    segment: Array | None


Score = Callable[[_Taken, Array], Array]  # from what was taken and some people to a score per person and item


def make(table: Table, wanted: Wanted, clock: Clock) -> BaselineReport:
    """The report.

    Raises:
        MlpmError: where the column of people or of things is missing.
    """
    if table.target is None or table.entity is None:
        missing = "--target COLUMN, the things" if table.target is None else "--entity COLUMN, the people"
        raise InvalidValueError("a recommendation is of things to people", hint=f"Add {missing}")
    if "nested" in (table.target.kind, table.entity.kind):
        raise InvalidValueError("the cells of these columns hold values inside values")
    usable = np.flatnonzero(~table.target.is_missing & ~table.entity.is_missing)
    with getting_ready(clock):
        parts = split(replace(table, entity=None), usable, wanted.split, wanted.seed, whole=True)
        known, later = _taken(table, parts.train), _taken(table, parts.test)
    clock.step("what was taken", 0.2)
    ranked = _ranked(known, later)
    hits = {name: hit for name, _, _, hit, _ in ranked}
    length = int(knowledge().limit("baseline.recommended"))
    clock.step("the same within the training part", 0.6)
    expected = _expected(table, parts, length)
    served = _people(later)
    people = len(served)
    tried = [
        Tried(
            name, title, (hit <= length).astype(float), expected.get(name), trivial,
            readable=trivial, figures={"coverage": coverage},
        )
        for name, title, trivial, hit, coverage in ranked
    ]  # fmt: skip
    ways = [np.arange(people)]
    measure = f"share of people who find something they took later among {length}"
    scores = Scores(tried, np.ones(people), ways, measure)
    new = float((np.bincount(known.person, minlength=known.people)[np.unique(later.person)] == 0).mean())
    chosen = scores.chosen().id
    wrongs = [
        Wrong(
            "served_nothing", "wrong_no",
            lambda name: (hits[name] > length).astype(float), hits[chosen] > length,
        )
    ]  # fmt: skip
    price = priced(wrongs, scores, read_costs(wanted.costs))
    over = scores.over(price)
    parted = _groups(table, served)
    return reported(
        table,
        wanted,
        clock,
        parts,
        scores,
        problem_type="recommendation",
        sentence=_sentence(scores, people, length, over),
        over=over,
        breakdowns=(_by_length(hits, ways),),
        slices=score_slices(scores, parted, read_line(wanted.floor)),
        sliced="of these people find something",
        mistakes=counted(wrongs, scores),
        price=price,
        stories=_stories(known, later, served, wrongs[0], hits[chosen]),
        used=(table.target.name, table.entity.name),
        notes=(f"{percent(new)} of the people in the test part are new: they get the popular.",)
        if new
        else (),
        measured={"served": scores.value(scores.chosen())},
        by_group={"served": by_part(scores, parted)},
    )


def _taken(table: Table, rows: Array) -> _Taken:
    """Who took what, the oldest first."""
    when = moments_of(table)
    if when is not None:
        rows = rows[np.argsort(when.at[rows], kind="stable")]
    person, item = _codes(table.entity, rows), _codes(table.target, rows)
    segment = None
    if table.groups and table.groups[0].kind != "nested":
        every = np.flatnonzero(table.entity.codes >= 0) if table.entity else rows
        segment = np.zeros(int(table.entity.codes.max()) + 1 if table.entity else 0, dtype=np.int64)
        segment[_codes(table.entity, every)] = table.groups[0].codes[every] + 1
    sizes = [int(column.codes.max()) + 1 if column else 0 for column in (table.entity, table.target)]
    return _Taken(person, item, sizes[0], sizes[1], segment)


def _codes(column: Any, rows: Array) -> Array:
    found: Array = column.codes[rows].astype(np.int64)
    return found


def _ranked(known: _Taken, later: _Taken) -> list[tuple[str, str, bool, Array, float]]:
    """Per way: the place where each person first finds something they took later, and what is ever named."""
    people = _people(later)
    wanted = _matrix(later)
    found = []
    popular = np.bincount(known.item, minlength=known.items).astype(float)
    kept = np.argsort(-popular, kind="stable")[:_MOST_ITEMS]
    for name, title, trivial, score in _ways(known, popular):
        places, named = [], np.zeros(known.items, dtype=bool)
        for some in np.array_split(people, max(1, len(people) // 500)):
            scores = score(known, some)[:, kept] + 1e-9 * popular[kept]
            order = kept[np.argsort(-scores, axis=1, kind="stable")[:, : max(_LENGTHS)]]
            right = np.take_along_axis(wanted[some].toarray() > 0, order, axis=1)
            places.append(np.where(right.any(axis=1), right.argmax(axis=1) + 1, 10**6))
            named[order[:, :10]] = True
        found.append((name, title, trivial, np.concatenate(places), float(named.mean())))
    return found


def _people(later: _Taken) -> Array:
    """The people who are served, or every second, third, … where there would be too many."""
    people = np.unique(later.person)
    return people[:: max(1, -(-len(people) // _MOST_PEOPLE))]


def _groups(table: Table, served: Array) -> list[Part]:
    """The groups of these people, each by a row of theirs."""
    if table.entity is None:
        return []
    codes, rows = np.unique(table.entity.codes, return_index=True)
    return group_parts(table, rows[np.searchsorted(codes, served)])


def _stories(known: _Taken, later: _Taken, served: Array, wrong: Wrong, hit: Array) -> tuple[Story, ...]:
    """People who were shown nothing they took: how much was known of them, and what they took instead."""
    before = np.bincount(known.person, minlength=known.people)[served]
    often = np.bincount(known.item, minlength=known.items)
    liked = np.zeros(known.people)
    np.maximum.at(liked, later.person, often[later.item].astype(float))
    facts = [
        Facts(name, *banded(values.astype(float)), weight)
        for name, values, weight in (
            ("things taken before", before, 2.0),
            ("times that others took the best known of what they took", liked[served], 1.0),
        )
    ]
    mistakes = [(wrong.kind, wrong.hit, hit.astype(float))]
    return told_of(facts, mistakes, np.arange(len(served)), lambda row: "something else")


def _expected(table: Table, parts: Parts, length: int) -> dict[str, float]:
    """The same within the training part: its newest fifth, or one row in five, is predicted from the rest."""
    when = moments_of(table)
    rows = parts.train
    if when is not None and np.isfinite(when.at[rows]).all():
        late = when.at[rows] > np.quantile(when.at[rows], 1 - 1 / _VALIDATED)
    else:
        late = parts.key[rows] % np.uint64(_VALIDATED) == 0
    if not 0 < late.mean() < 1:
        return {}
    ranked = _ranked(_taken(table, rows[~late]), _taken(table, rows[late]))
    return {name: float((hit <= length).mean()) for name, _, _, hit, _ in ranked}


def _matrix(taken: _Taken) -> Any:
    """People by things: how often; sparse."""
    from scipy.sparse import csr_matrix

    ones = np.ones(len(taken.person))
    return csr_matrix((ones, (taken.person, taken.item)), shape=(taken.people, taken.items))


def _recent(taken: _Taken) -> Any:
    """People by things: when each was taken last, counted from 1; sparse."""
    from scipy.sparse import csr_matrix

    place = (taken.person * taken.items + taken.item)[::-1]
    last, at = np.unique(place, return_index=True)
    return csr_matrix(
        (len(place) - at.astype(float), (last // taken.items, last % taken.items)),
        shape=(taken.people, taken.items),
    )


def _ways(known: _Taken, popular: Array) -> Iterator[tuple[str, str, bool, Score]]:
    """Every way of recommending, the simplest first."""
    matrix = _matrix(known)
    once = (matrix > 0).astype(float)
    luck = np.random.default_rng(0).random(known.items)
    yield "at_random", "things at random", True, lambda _, some: np.tile(luck, (len(some), 1))
    yield "most_popular", "the most popular", True, lambda _, some: np.tile(popular, (len(some), 1))
    if known.segment is not None:
        by = np.zeros((int(known.segment.max()) + 1, known.items))
        np.add.at(by, (known.segment[known.person], known.item), 1.0)
        segment = known.segment
        yield "popular_in_group", "the most popular in the group", True, lambda _, some: by[segment[some]]
    recent = _recent(known)
    yield "last_taken", "what they took last", True, lambda _, some: recent[some].toarray()
    counts = np.sqrt(np.maximum(np.asarray(once.sum(axis=0)).ravel(), 1.0))
    together = (
        (once.T @ once).toarray() / counts[:, None] / counts[None, :] if known.items <= _MOST_PAIRED else None
    )
    if together is not None:
        np.fill_diagonal(together, 0.0)
        yield "taken_together", "what goes with it", True, lambda _, some: np.asarray(once[some] @ together)
    if min(once.shape) > _FACTORS:
        from sklearn.decomposition import TruncatedSVD

        factors = TruncatedSVD(_FACTORS, random_state=0).fit(once).components_
        yield (
            "factors",
            "a model of tastes (factors)",
            False,
            lambda _, some: once[some] @ factors.T @ factors,
        )


# --- what is said --------------------------------------------------------------------------------------


def _by_length(hits: dict[str, Array], ways: list[Array]) -> Breakdown:
    rows = []
    for length in _LENGTHS:
        values = {}
        for name, hit in hits.items():
            gap = mean((hit <= length).astype(float), ways)
            values[name] = (gap.effect, max(0.0, gap.low), min(1.0, gap.high))
        rows.append(BreakdownRow(label=f"{length} named", values=values))
    return Breakdown(
        title="How many are named?",
        measure="share of people who find something they took later, with 90 % intervals",
        rows=tuple(rows),
        note="What somebody would have taken had they been shown it, no past row can tell; a trial can.",
    )


def _sentence(scores: Scores, people: int, length: int, over: OverGuess) -> str:
    chosen, guess = scores.chosen(), scores.trivial()
    found, other = scores.value(chosen), scores.value(guess)
    share = f"{percent(found.effect)} ({percent(found.low)} to {percent(found.high)})"
    start = (
        f"Of {people:,} people in the test part {share} find something they took later among {length} named"
    )
    if over.answer == "yes":
        return (
            f"{start} by {chosen.title}: {difference(over)} than with {guess.title}, the best guess without "
            f"a model ({percent(other.effect)}). It names {percent(chosen.figures['coverage'])} of all "
            "things to somebody."
        )
    more = " More people would tell." if over.answer == "cannot_tell" else ""
    return f"{over.sentence}{more} {start} by {chosen.title}."
