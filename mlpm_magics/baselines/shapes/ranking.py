"""Ranking: what the first places of an order bring, against orders that need no model.

The models of the ladder give each row a score; so do the newest first, the most seen first, and the best
single column. What counts is who stands in front: of all that a perfect order would bring in the first tenth,
how much does this one bring? With time, each stretch of the newest part is a list of its own.

Source: Jaervelin and Kekaelaeinen 2002 (NDCG); Joachims et al. 2017 (only what is shown gets a label).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from mlpm_magics.baselines.intervals import ratio
from mlpm_magics.baselines.kill_line import read_line
from mlpm_magics.baselines.ladder import TRIVIAL, Judged, climb
from mlpm_magics.baselines.lists import gathered, ndcg, places, places_of
from mlpm_magics.baselines.orders import best_column
from mlpm_magics.baselines.over_guess import difference
from mlpm_magics.baselines.ready import Ready, ready
from mlpm_magics.baselines.score_slices import by_part, group_parts, score_slices
from mlpm_magics.baselines.scored import Scores, Tried, reported
from mlpm_magics.baselines.stories import of_rows
from mlpm_magics.baselines.wanted import Wanted
from mlpm_magics.baselines.wrongs import Wrong, counted, front_measures, in_front, priced
from mlpm_magics.catalogue import knowledge
from mlpm_magics.errors import InvalidValueError
from mlpm_magics.evidence.clock import Clock, OutOfTimeError
from mlpm_magics.evidence.costs import read_costs
from mlpm_magics.evidence.forward import cut_by_time
from mlpm_magics.evidence.prepared import Array
from mlpm_magics.evidence.words import percent
from mlpm_magics.results import BaselineReport, Breakdown, BreakdownRow, Mistaken, OverGuess, Story
from mlpm_magics.table import Table

_SHARES = (0.01, 0.05, 0.1, 0.2, 0.5)
_LISTS, _ROWS_PER_LIST = 12, 40


def make(table: Table, wanted: Wanted, clock: Clock) -> BaselineReport:
    """The report.

    Raises:
        MlpmError: where the target is neither one of two answers nor a number.
    """
    made = ready(table, wanted, clock)
    judged = made.judged
    if judged.prepared.task == "classes" and judged.prepared.classes != 2:
        raise InvalidValueError(
            f"`{judged.prepared.target}` has {judged.prepared.classes} answers; an order needs yes and no, "
            "or a number",
            where="target",
        )
    stopped = ""
    try:
        made.go_on()
        with clock.alarm():
            climb(judged, clock)
    except OutOfTimeError as error:
        stopped = f"The budget of {clock.budget_s:g} s was used up before {error}."
    except KeyboardInterrupt:
        stopped = "Interrupted; what was known until then is shown."
    share = knowledge().limit("baseline.first_places")
    worth, lists = _worth(judged, judged.test), _lists(judged, judged.test)
    train_worth, train_lists = _worth(judged, judged.train), _lists(judged, judged.train)
    orders = list(_orders(judged, train_worth, train_lists, share))
    tried = [_tried(judged, order, worth, lists, share) for order in orders]
    best = gathered(worth, worth, lists, share)
    scores = Scores(
        tried, best, judged.ways, f"share of the best order that the first {percent(share)} bring"
    )
    front = _front(orders, lists, share)
    wrongs = _wrongs(judged, scores, front)
    price = priced(wrongs, scores, read_costs(wanted.costs))
    over = scores.over(price)
    acted, parts = front[scores.chosen().id], group_parts(table, made.parts.test)
    measured = {"best_order": scores.value(scores.chosen())}
    if wrongs:
        measured |= front_measures(acted, judged.y == 1, judged.ways)
    return reported(
        table,
        wanted,
        clock,
        made.parts,
        scores,
        problem_type="ranking",
        sentence=_sentence(judged, scores, share, over),
        over=over,
        breakdowns=(_by_length(judged, orders, judged.ways, worth, lists),),
        slices=score_slices(
            scores,
            parts,
            read_line(wanted.floor),
            worth=worth,
            acted=acted > 0.5 if wrongs else None,
            truth=judged.y == 1 if wrongs else None,
        ),
        sliced="of its own worth stands in front",
        mistakes=counted(wrongs, scores),
        price=price,
        stories=_stories(made, table, wrongs, orders, scores),
        set_aside=judged.prepared.set_aside,
        used=made.used,
        notes=(
            *judged.prepared.notes,
            "Only rows whose answer is known are ranked: what was never shown or tried has none.",
        ),
        stopped=stopped,
        measured=measured,
        by_group={"recall": by_part(scores, parts, worth)} if wrongs else None,
    )


def _front(orders: list[_Order], lists: Array, share: float) -> dict[str, Array]:
    """How much of each test row stands in front, by order."""
    return {order.id: places(order.now, lists, share) for order in orders}


def _wrongs(judged: Judged, scores: Scores, front: dict[str, Array]) -> list[Wrong]:
    """A no that stands in front and a yes that does not; a number is neither."""
    if judged.prepared.task == "number":
        return []
    kinds: tuple[Mistaken, Mistaken] = ("shown_for_nothing", "left_behind")
    return in_front(front.__getitem__, judged.y == 1, kinds, scores.chosen().id)


def _stories(
    made: Ready, table: Table, wrongs: list[Wrong], orders: list[_Order], scores: Scores
) -> tuple[Story, ...]:
    """The most sure of what stood in front for nothing is the first of all."""
    score = next(order.now for order in orders if order.id == scores.chosen().id)
    signs = (score, -score)
    found = [(wrong.kind, wrong.hit, sign) for wrong, sign in zip(wrongs, signs, strict=False)]
    return of_rows(made.judged, table, made.rows, found)


@dataclass(frozen=True)
class _Order:
    """A score per row of the training part (by folds that did not learn from it) and of the test part."""

    id: str
    title: str
    before: Array
    now: Array
    trivial: bool = False
    readable: bool = True


def _orders(judged: Judged, worth: Array, lists: Array, share: float) -> Iterator[_Order]:
    """Every order there is, the simplest first."""
    prepared, train, test = judged.prepared, judged.train, judged.test
    yield _Order("no_order", "no order at all", np.zeros(len(train)), np.zeros(len(test)), trivial=True)
    if prepared.day is not None:
        yield _Order(
            "newest_first", "the newest first", prepared.day[train], prepared.day[test], trivial=True
        )
        if prepared.entity is not None:
            seen = np.bincount(prepared.entity[train], minlength=int(prepared.entity.max()) + 1)
            yield _Order(
                "most_seen", "the most seen first", seen[prepared.entity[train]].astype(float),
                seen[prepared.entity[test]].astype(float), trivial=True,
            )  # fmt: skip
    column = best_column(prepared.features, train, worth, lists, share)
    if column is not None:
        title, values = column
        yield _Order("one_column", title, values[train], values[test], trivial=True)
    at = 0 if prepared.task == "number" else 1
    for step in judged.reached[1:]:
        rung = step.rung
        now = judged.steps[rung.id].predicted[:, at]
        trivial = rung.id in TRIVIAL
        yield _Order(rung.id, rung.title, step.predicted[:, at], now, trivial=trivial, readable=rung.readable)


def _tried(judged: Judged, order: _Order, worth: Array, lists: Array, share: float) -> Tried:
    """An order as a rung: its gain per test row, and what the training part lets expect."""
    train_worth, train_lists = _worth(judged, judged.train), _lists(judged, judged.train)
    best = float(gathered(train_worth, train_worth, train_lists, share).sum())
    expected = float(gathered(order.before, train_worth, train_lists, share).sum()) / best if best else 0.0
    figures = {"NDCG": ndcg(order.now, worth, lists, share)}
    if judged.prepared.task == "classes":
        inside = places(order.now, lists, share)
        precision = float((inside * worth).sum() / inside.sum())
        figures |= {"precision": precision, "lift": precision / max(float(worth.mean()), 1e-12)}
    gain = gathered(order.now, worth, lists, share)
    return Tried(order.id, order.title, gain, expected, order.trivial, order.readable, figures)


def _worth(judged: Judged, rows: Array) -> Array:
    """What a row is worth in front: 1 for a yes; a number from the least there is."""
    prepared = judged.prepared
    if prepared.task == "classes":
        yes: Array = (prepared.y[rows] == 1).astype(float)
        return yes
    amounts = np.expm1(prepared.y) if prepared.logged else prepared.y
    found: Array = amounts[rows] - min(0.0, float(amounts.min()))
    return found


def _lists(judged: Judged, rows: Array) -> Array:
    """With time each stretch of it is a list of its own; else there is one."""
    day = judged.prepared.day
    many = min(_LISTS, len(rows) // _ROWS_PER_LIST)
    if day is None or many < 2:
        return np.zeros(len(rows), dtype=np.int64)
    return cut_by_time(day[rows], many)


# --- what is said --------------------------------------------------------------------------------------


def _by_length(
    judged: Judged, orders: list[_Order], ways: Sequence[Array], worth: Array, lists: Array
) -> Breakdown:
    """The share of yes in front, or of the best order's worth, by how long the list is."""
    classes = judged.prepared.task == "classes"
    rows = []
    for share in _SHARES:
        values = {}
        whole = gathered(worth, worth, lists, share)
        for order in orders:
            inside = places(order.now, lists, share)
            gap = ratio(inside * worth, inside if classes else whole, ways)
            values[order.id] = (gap.effect, gap.low, gap.high)
        size = sum(places_of(int((lists == name).sum()), share) for name in np.unique(lists))
        rows.append(BreakdownRow(label=f"first {percent(share)} ({size:,})", values=values))
    return Breakdown(
        title="How long is the list?",
        measure=f"{'precision: yes among them' if classes else 'share of the best order'}, 90 % intervals",
        rows=tuple(rows),
    )


def _sentence(judged: Judged, scores: Scores, share: float, over: OverGuess) -> str:
    chosen, guess = scores.chosen(), scores.trivial()
    found, other = scores.value(chosen), scores.value(guess)
    brings = f"{percent(found.effect)} ({percent(found.low)} to {percent(found.high)})"
    rows = f"{len(judged.test):,} rows it did not learn from"
    if over.answer == "yes":
        return (
            f"Ordered by {chosen.title}, the first {percent(share)} bring {brings} of what the best "
            f"order would, on {rows}: {difference(over)} than {guess.title}, the best guess without a model "
            f"({percent(other.effect)}).{_precision(judged, chosen)}"
        )
    more = " More rows would tell." if over.answer == "cannot_tell" else ""
    return (
        f"{over.sentence}{more} Of what the best order would bring, the first {percent(share)} of "
        f"{chosen.title} bring {brings}, on {rows}."
    )


def _precision(judged: Judged, chosen: Tried) -> str:
    if "precision" not in chosen.figures:
        return ""
    usual = float((judged.y == 1).mean())
    return f" Of those in front {percent(chosen.figures['precision'])} are a yes, of all {percent(usual)}."
