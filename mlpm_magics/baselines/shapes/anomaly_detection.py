"""Anomaly detection: the few rows unlike the rest, against a fixed threshold and the distance from the usual.

Nobody acts on every alert, so what counts is the alert budget: the most unusual hundredth. Where some cases
are known, how many of those that the budget could hold are among the alerts? The detectors learn without the
known cases; a model that learns from them shows what labels are worth. Without known cases no alert can be
called right; then it is measured how far detectors that learned from different halves agree.

Source: Liu et al. 2008 (isolation forest); Iglewicz and Hoaglin 1993 (distance from the median).
"""

from __future__ import annotations

import numpy as np

from mlpm_magics.baselines.alert_rows import AlertRows, alert_rows
from mlpm_magics.baselines.detectors import DETECTORS, distances, taught
from mlpm_magics.baselines.intervals import ratio
from mlpm_magics.baselines.kill_line import read_line
from mlpm_magics.baselines.lists import gathered, places, places_of
from mlpm_magics.baselines.orders import best_column
from mlpm_magics.baselines.over_guess import difference
from mlpm_magics.baselines.score_slices import by_part, group_parts, score_slices
from mlpm_magics.baselines.scored import Scores, Tried, reported
from mlpm_magics.baselines.split import Parts, moments_of
from mlpm_magics.baselines.stories import of_rows
from mlpm_magics.baselines.wanted import Wanted
from mlpm_magics.baselines.wrongs import Wrong, counted, front_measures, in_front, priced
from mlpm_magics.catalogue import knowledge
from mlpm_magics.errors import InvalidValueError
from mlpm_magics.evidence.clock import Clock
from mlpm_magics.evidence.costs import read_costs
from mlpm_magics.evidence.prepared import Array
from mlpm_magics.evidence.words import percent
from mlpm_magics.results import BaselineReport, Breakdown, BreakdownRow, Mistaken, OverGuess, Story
from mlpm_magics.table import Table

_BUDGETS = (0.002, 0.005, 0.01, 0.02, 0.05)
_FEWEST_KNOWN = 20


def make(table: Table, wanted: Wanted, clock: Clock) -> BaselineReport:
    """The report.

    Raises:
        MlpmError: where the target does not say yes or no, or nothing is left to look at.
    """
    parts, rows = alert_rows(table, wanted, clock)
    budget = knowledge().limit("baseline.alert_budget")
    clock.step("detectors", 0.2)
    labelled = rows.known is not None
    tried, scored = (_labelled if labelled else _unlabelled)(rows, budget)
    whole, measure = _whole(rows, scored, budget)
    scores = Scores(tried, whole, rows.ways, measure)
    alerts = places_of(len(rows.test), budget)
    raised = {name: places(now, np.zeros(len(now)), budget) for name, now in scored.items()}
    wrongs = _wrongs(rows, scores, raised)
    price = priced(wrongs, scores, read_costs(wanted.costs))
    over = scores.over(price) if labelled else None
    acted, sliced = raised[scores.chosen().id], group_parts(table, parts.test)
    truth = None if rows.known is None else rows.known[rows.test]
    worth = None if truth is None else truth.astype(float)
    return reported(
        table,
        wanted,
        clock,
        parts,
        scores,
        problem_type="anomaly_detection",
        over=over,
        sentence=_with_cases(scores, budget, alerts, over)
        if over
        else _without_cases(scores, budget, alerts),
        breakdowns=(_by_budget(rows, scored),) if labelled else (),
        slices=score_slices(
            scores,
            sliced,
            read_line(wanted.floor),
            acted=acted > 0.5,
            worth=worth,
            truth=truth,
        ),
        sliced="of its known cases have an alert" if labelled else "of its alerts are raised again",
        mistakes=counted(wrongs, scores),
        price=price,
        stories=_stories(rows, table, wrongs, scored[scores.chosen().id]),
        set_aside=rows.set_aside,
        used=tuple(dict.fromkeys(feature.column for feature in rows.features)),
        notes=(*rows.notes, *_volume(table, parts, budget)),
        measured=None if truth is None else front_measures(acted, truth, rows.ways),
        by_group=None if worth is None else {"recall": by_part(scores, sliced, worth)},
    )


def _wrongs(rows: AlertRows, scores: Scores, raised: dict[str, Array]) -> list[Wrong]:
    """Alerts for what is no known case, and known cases without an alert."""
    if rows.known is None:
        return []
    kinds: tuple[Mistaken, Mistaken] = ("false_alarm", "missed_anomaly")
    return in_front(raised.__getitem__, rows.known[rows.test], kinds, scores.chosen().id)


def _stories(rows: AlertRows, table: Table, wrongs: list[Wrong], score: Array) -> tuple[Story, ...]:
    if rows.made is None:
        return ()
    found = [(wrong.kind, wrong.hit, sign) for wrong, sign in zip(wrongs, (score, -score), strict=True)]
    return of_rows(rows.made.judged, table, rows.made.rows, found)


# --- detectors -----------------------------------------------------------------------------------------


def _labelled(rows: AlertRows, budget: float) -> tuple[list[Tried], dict[str, Array]]:
    """Every detector against the known cases."""
    yes = np.zeros(0) if rows.known is None else rows.known.astype(float)
    train, test = rows.train, rows.test
    one, here = np.zeros(len(train)), np.zeros(len(test))
    numbers = distances(rows.features, train)
    found: list[tuple[str, str, Array, Array, bool, bool]] = [
        ("no_order", "alerts at random", one, here, True, True)
    ]
    column = best_column(rows.features, train, yes[train], one, budget)
    if column is not None:
        title, values = column
        words = title.replace(" first", "")
        found.append(("fixed_threshold", f"a threshold: {words}", values[train], values[test], True, True))
    for name, title, detect, trivial in DETECTORS:
        learn = numbers[train]
        found.append((name, title, detect(learn, learn), detect(learn, numbers[test]), trivial, trivial))
    if yes[train].sum() >= _FEWEST_KNOWN:
        title = "boosted trees taught by cases"
        before = np.zeros(len(train))
        for k in np.unique(rows.fold):
            inside = rows.fold == k
            before[inside] = taught(numbers[train][~inside], yes[train][~inside], numbers[train][inside])
        now = taught(numbers[train], yes[train], numbers[test])
        found.append(("taught", title, before, now, False, False))
    best = float(gathered(yes[train], yes[train], one, budget).sum())
    tried = []
    for name, title, before, now, trivial, readable in found:
        inside = places(now, here, budget)
        expected = float(gathered(before, yes[train], one, budget).sum()) / best if best else 0.0
        figures = {
            "precision": float((inside * yes[test]).sum() / inside.sum()),
            "recall": float((inside * yes[test]).sum() / max(1.0, yes[test].sum())),
        }
        tried.append(Tried(name, title, inside * yes[test], expected, trivial, readable, figures))
    return tried, {name: now for name, _, _, now, _, _ in found}


def _unlabelled(rows: AlertRows, budget: float) -> tuple[list[Tried], dict[str, Array]]:
    """Every detector against itself, learned from the other half of the training part."""
    halves = [rows.train[rows.fold == 0], rows.train[rows.fold != 0]]
    tried, scored = [], {}
    for name, title, detect, trivial in DETECTORS:
        alerts = []
        for at in (rows.test, rows.train):
            per_half = []
            for half in halves:
                numbers = distances(rows.features, half)
                per_half.append(places(detect(numbers[half], numbers[at]), np.zeros(len(at)), budget))
            alerts.append(per_half)
        (one, other), (first, second) = alerts
        expected = float(np.minimum(first, second).sum() / first.sum())
        tried.append(Tried(name, title, np.minimum(one, other), expected, trivial, trivial))
        scored[name] = one
    return tried, scored


# --- what is said --------------------------------------------------------------------------------------


def _whole(rows: AlertRows, scored: dict[str, Array], budget: float) -> tuple[Array, str]:
    if rows.known is None:
        some = next(iter(scored.values()))
        even = np.full(len(some), some.sum() / len(some))
        return even, "share of alerts that one half of the rows and the other agree on"
    yes = rows.known[rows.test].astype(float)
    if not yes.any():
        raise InvalidValueError("no known case is in the test part", where="split", hint="Use another split")
    return gathered(yes, yes, np.zeros(len(yes)), budget), (
        f"share caught of the known cases that alerts for {percent(budget)} of the rows could hold"
    )


def _by_budget(rows: AlertRows, scored: dict[str, Array]) -> Breakdown:
    yes = np.zeros(0) if rows.known is None else rows.known[rows.test].astype(float)
    lines = []
    for budget in _BUDGETS:
        values = {}
        for name, now in scored.items():
            inside = places(now, np.zeros(len(now)), budget)
            gap = ratio(inside * yes, inside, rows.ways)
            values[name] = (gap.effect, max(0.0, gap.low), min(1.0, gap.high))
        label = f"{percent(budget)} ({places_of(len(yes), budget):,} alerts)"
        lines.append(BreakdownRow(label=label, values=values))
    return Breakdown(
        title="How many alerts?",
        measure="share of alerts that are known cases, with 90 % intervals",
        rows=tuple(lines),
    )


def _with_cases(scores: Scores, budget: float, alerts: int, over: OverGuess) -> str:
    chosen, guess = scores.chosen(), scores.trivial()
    found, other = scores.value(chosen), scores.value(guess)
    caught = f"{percent(found.effect)} ({percent(found.low)} to {percent(found.high)})"
    start = f"With alerts for {percent(budget)} of the rows ({alerts:,} of the test part)"
    if over.answer == "yes":
        return (
            f"{start}: of the known cases that so many could hold, {caught} are caught by {chosen.title}: "
            f"{difference(over)} than by {guess.title}, the best guess without a model "
            f"({percent(other.effect)}). {percent(chosen.figures['precision'])} of alerts are known cases."
        )
    more = " More known cases would tell." if over.answer == "cannot_tell" else ""
    return (
        f"{over.sentence}{more} {start}, {caught} of the known cases that so many could hold are caught by "
        f"{chosen.title}."
    )


def _without_cases(scores: Scores, budget: float, alerts: int) -> str:
    best = max(scores.tried, key=lambda t: scores.value(t).effect)
    found = scores.value(best)
    return (
        f"No known case was named, so nobody can say which alerts are right. Of {alerts:,} alerts "
        f"({percent(budget)} of the test part), {percent(found.effect)} are raised again by {best.title} "
        "when learned from other rows. Have people judge the most unusual ones first, then name the "
        "column with --target."
    )


def _volume(table: Table, parts: Parts, budget: float) -> tuple[str, ...]:
    """How many alerts a day the budget means, where rows have dates."""
    when = moments_of(table)
    if when is None or not when.dated:
        return ()
    days = when.at[np.isfinite(when.at)]
    span = float(days.max() - days.min())
    if span < 1:
        return ()
    return (f"Alerts for {percent(budget)} of the rows are about {budget * len(days) / span:,.2g} a day.",)
