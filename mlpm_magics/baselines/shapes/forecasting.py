"""Forecasting: a number at future times, against the last value, averages so far, and the season before.

Each guess and each model stands at many moments of the newest part in turn, knows only what was before, and
says what comes 1, 2, … steps later (rolling origin). A random split never happens. The error is scaled by how
far one season is from the next on the training part (MASE), so that series of any size count alike.

Source: Hyndman and Koehler 2006 (MASE); Hyndman and Athanasopoulos 2021 (rolling origin).
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from mlpm_magics.baselines.forecasters import MODELS, guesses, last_value
from mlpm_magics.baselines.intervals import mean, ratio
from mlpm_magics.baselines.kill_line import read_line
from mlpm_magics.baselines.misses import misses, reserve, told
from mlpm_magics.baselines.ready import getting_ready
from mlpm_magics.baselines.score_slices import score_slices
from mlpm_magics.baselines.scored import Scores, Tried, reported
from mlpm_magics.baselines.series import Cases, Panel, panel_of
from mlpm_magics.baselines.slices import Part, within
from mlpm_magics.baselines.split import split
from mlpm_magics.baselines.wanted import Wanted
from mlpm_magics.baselines.wrongs import counted, priced
from mlpm_magics.catalogue import knowledge
from mlpm_magics.errors import InvalidValueError
from mlpm_magics.evidence.clock import Clock, OutOfTimeError
from mlpm_magics.evidence.costs import read_costs
from mlpm_magics.evidence.features import level_names
from mlpm_magics.evidence.forward import cut_by_time
from mlpm_magics.evidence.gaps import Gap
from mlpm_magics.evidence.prepared import Array, usable_rows
from mlpm_magics.evidence.words import percent
from mlpm_magics.results import BaselineReport, Breakdown, BreakdownRow, OverGuess, SetAside
from mlpm_magics.table import Table

_MOST_BLOCKS, _ENOUGH_SERIES = 20, 5
_MOST_LINES, _MOST_WORST = 6, 3
_VALIDATED = 0.75


def make(table: Table, wanted: Wanted, clock: Clock) -> BaselineReport:
    """The report.

    Raises:
        MlpmError: where the target is no number, there is no time, or the history is too short.
    """
    if table.target is None or table.task != "number":
        what = "no target was named" if table.target is None else f"`{table.target.name}` is no number"
        raise InvalidValueError(what, where="target", hint="A forecast is of a number that changes in time")
    with getting_ready(clock):
        parts = split(table, usable_rows(table), wanted.split, wanted.seed, series=True)
        panel = panel_of(table, parts)
    test = panel.cases(panel.first_test, panel.ends)
    tried, said, stopped = _tried(panel, test, clock)
    whole = _scaled(panel, test, last_value(panel, test))
    ways = [_blocks(panel, test)]
    if len(panel.ends) >= _ENOUGH_SERIES:
        ways.append(test.series)
    scores = Scores(tried, whole, ways, "share of the last value's error that is saved", errs=True)
    wrongs = misses(panel, test, said, scores)
    costs = read_costs(wanted.costs)
    price = priced(wrongs, scores, costs, reserve(costs))
    over = scores.over(price)
    others = [c for c in table.features if c not in table.groups]
    return reported(
        table,
        wanted,
        clock,
        parts,
        scores,
        problem_type="forecasting",
        sentence=_sentence(panel, scores, over),
        over=over,
        breakdowns=(_by_horizon(panel, test, scores), *_worst(table, panel, test, scores)),
        slices=score_slices(scores, _series(table, panel, test), read_line(wanted.floor)),
        sliced="of the last value's error is saved there",
        mistakes=counted(wrongs, scores),
        price=price,
        stories=told(table, panel, test, said[scores.chosen().id], wrongs),
        set_aside=tuple(
            SetAside(what=c.name, reason="what it will be is not known when a forecast is made")
            for c in others
        ),
        used=(table.target.name,),
        notes=panel.notes,
        asks=panel.asks,
        stopped=stopped,
        measured={"error": mean(_off(panel, test, scores), scores.ways)},
        by_group={"error": _off_by_series(table, panel, test, scores)},
    )


def _tried(panel: Panel, test: Cases, clock: Clock) -> tuple[list[Tried], dict[str, Array], str]:
    """Every rung: what to expect by the training part and its scores on the test part; what each said."""
    cut = panel.starts + ((panel.first_test - panel.starts) * _VALIDATED).astype(np.int64)
    early, late = panel.cases(panel.starts, cut), panel.cases(cut, panel.first_test)
    full = panel.cases(panel.starts, panel.first_test)
    base, base_late = (
        _scaled(panel, test, last_value(panel, test)),
        _scaled(panel, late, last_value(panel, late)),
    )
    found, said = [], {}
    stopped = ""

    def add(name: str, title: str, now: Array, before: Array, *, trivial: bool, readable: bool) -> None:
        error = _scaled(panel, test, now)
        expected = 1 - float(_scaled(panel, late, before).sum()) / max(float(base_late.sum()), 1e-12)
        plain = float(np.abs(panel.values[test.target] - now).mean())
        figures = {"MASE": float(error.mean()), "usual error": plain}
        said[name] = now
        found.append(Tried(name, title, base - error, expected, trivial, readable, figures))

    for name, title, predict in guesses(panel):
        add(name, title, predict(panel, test), predict(panel, late), trivial=True, readable=True)
    for share, (name, title, learn, readable) in enumerate(MODELS):
        try:
            clock.step(title, 0.3 + 0.3 * share)
            with clock.alarm():
                before = learn(panel, early)(panel, late)
                now = learn(panel, full)(panel, test)
        except OutOfTimeError as error:
            stopped = f"The budget of {clock.budget_s:g} s was used up before {error}."
            break
        except KeyboardInterrupt:
            stopped = "Interrupted; what was known until then is shown."
            break
        add(name, title, now, before, trivial=False, readable=readable)
    return found, said, stopped


# --- judging -------------------------------------------------------------------------------------------


def _scaled(panel: Panel, cases: Cases, predicted: Array) -> Array:
    """The absolute error of each case in units of its series' scale."""
    found: Array = np.abs(panel.values[cases.target] - predicted) / panel.scale[cases.series]
    return found


def _off(panel: Panel, test: Cases, scores: Scores) -> Array:
    """How far the chosen rung is off in each case, in the unit of the target."""
    found: Array = (scores.whole - scores.chosen().score) * panel.scale[test.series]
    return found


def _off_by_series(table: Table, panel: Panel, test: Cases, scores: Scores) -> dict[str, Gap | None]:
    """The same for each series, the intervals widened for their number; None for too few forecasts."""
    off, found = _off(panel, test, scores), _series(table, panel, test)
    fewest = knowledge().limit("baseline.rows_per_slice")
    looks = sum(part.inside.sum() >= fewest for part in found)
    return {
        f"`{part.by}` = {part.name}": mean(off[part.inside], within(scores.ways, part.inside), looks)
        if part.inside.sum() >= fewest
        else None
        for part in found
    }


def _blocks(panel: Panel, cases: Cases) -> Array:
    """Stretches of time as long as the horizon or longer: forecasts from near moments share their errors."""
    moments = panel.moments[cases.origin]
    many = int(np.clip(len(np.unique(moments)) // max(1, panel.horizon), 2, _MOST_BLOCKS))
    return cut_by_time(moments, many)


def _by_horizon(panel: Panel, test: Cases, scores: Scores) -> Breakdown:
    """MASE by how far ahead."""
    edges = np.unique(
        np.geomspace(1, panel.horizon + 1, min(_MOST_LINES, panel.horizon) + 1).round().astype(int)
    )
    rows = []
    for first, after in pairwise(edges):
        inside = (test.ahead >= first) & (test.ahead < after)
        if not inside.any():
            continue
        values = {}
        for tried in scores.tried:
            error = (scores.whole - tried.score)[inside]
            gap = ratio(error, np.ones(len(error)), [way[inside] for way in scores.ways])
            values[tried.id] = (gap.effect, gap.low, gap.high)
        rows.append(BreakdownRow(label=_ahead(first, after - 1, panel.unit), values=values))
    apart = "one season" if panel.season > 1 else f"one {panel.unit}"
    return Breakdown(
        title="How far ahead?",
        measure="scaled error (MASE), with 90 % intervals; lower is better",
        rows=tuple(rows),
        note=f"Below 1 a forecast errs less than {apart} differed from the next on the training part.",
    )


def _series(table: Table, panel: Panel, test: Cases) -> list[Part]:
    """The cases of each series, named where its name is nobody's."""
    if table.entity is None or len(panel.who) < 2:
        return []
    names = level_names(table.entity, np.asarray(table.entity.counts), "series")
    return [Part(table.entity.name, names[int(code)], test.series == at) for at, code in enumerate(panel.who)]


def _worst(table: Table, panel: Panel, test: Cases, scores: Scores) -> tuple[Breakdown, ...]:
    """The stretches of a series in which the chosen rung was furthest off, against all other rungs."""
    if not panel.dated:
        return ()
    names = {at: f", {part.name}" for at, part in enumerate(_series(table, panel, test))}
    weeks = 7 if panel.unit in ("hour", "day") else 1
    start = np.floor(panel.moments[test.target] / weeks) * weeks
    _, when = np.unique(np.column_stack([test.series, start]), axis=0, return_inverse=True)
    error = scores.whole - scores.chosen().score
    mean_error = np.bincount(when.ravel(), weights=error) / np.bincount(when.ravel())
    rows = []
    for stretch in np.argsort(-mean_error, kind="stable")[:_MOST_WORST]:
        inside = when.ravel() == stretch
        day = np.datetime64(int(start[inside][0]), "D")
        values = {}
        for tried in scores.tried:
            off = float((scores.whole - tried.score)[inside].mean())
            values[tried.id] = (off, off, off)
        label = f"{'week from' if weeks > 1 else 'from'} {day}{names.get(int(test.series[inside][0]), '')}"
        rows.append(BreakdownRow(label=label, values=values))
    return (
        Breakdown(
            title="When did it go most wrong?",
            measure="scaled error (MASE) of every forecast for that stretch; lower is better",
            rows=tuple(rows),
            note="Ask somebody who was there what happened: a holiday, an outage, a promotion, a wrong "
            "record. What was known before can become a column; what nobody could know sets the reserve.",
        ),
    )


def _ahead(first: int, last: int, unit: str) -> str:
    words = f"{first}" if first == last else f"{first} to {last}"
    return f"{words} {unit}{'s' if last > 1 else ''} ahead"


def _sentence(panel: Panel, scores: Scores, over: OverGuess) -> str:
    chosen = scores.chosen()
    saved = scores.value(chosen)
    start = (
        f"Forecasting {_ahead(1, panel.horizon, panel.unit)}: {over.sentence[:1].lower()}{over.sentence[1:]}"
    )
    if over.answer == "yes":
        start += (
            f" Against the last value it is {percent(saved.effect)} lower "
            f"({percent(saved.low)} to {percent(saved.high)})."
        )
    elif over.answer == "cannot_tell":
        start += " A longer history would tell."
    return f"{start} The scaled error (MASE) of {chosen.title} is {chosen.figures['MASE']:.2f}."
