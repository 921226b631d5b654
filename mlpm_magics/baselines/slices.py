"""How well parts of the test rows are served: groups, new and known entities, older and newer rows.

The measure is the report's, within the part: against its own average, so that a part with a rarer answer is
not worse for that alone. A part is named worse only where the interval of its difference to all others says
so, widened for the number of parts looked at; with few rows nothing is said.

Source: Buolamwini and Gebru 2018 (an average hides the group that is served worse); Bonferroni's inequality.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mlpm_magics.baselines.intervals import Ways, ratio, share
from mlpm_magics.baselines.ladder import Judged
from mlpm_magics.catalogue import knowledge
from mlpm_magics.evidence.columns.traits import is_trait
from mlpm_magics.evidence.features import level_names
from mlpm_magics.evidence.gaps import Gap
from mlpm_magics.evidence.prepared import Array
from mlpm_magics.evidence.words import percent
from mlpm_magics.results import Slice
from mlpm_magics.table import Column, Table

_MOST_PARTS = 12


@dataclass(frozen=True)
class Part:
    """Some of the test rows: parted by what, which part, and whether each row is inside."""

    by: str
    name: str
    inside: Array


def slices_of(
    judged: Judged, table: Table, rows: Array, chosen: str, at: float | None, floor: float | None
) -> tuple[Slice, ...]:
    """Every part with its measure.

    Args:
        judged: the tested rungs.
        table: with its groups.
        rows: the place in the table of each row of `judged.prepared`.
        chosen: the rung that is judged.
        at: the threshold, for wrong yes and wrong no; None where the answer is not one of two.
        floor: the least value a part may have, or None.
    """
    parts = list(_parts(judged, table, rows))
    enough = [part for part in parts if _tells(judged, part)]
    found = []
    for part in parts:
        if part in enough:
            found.append(_judged(judged, part, chosen, at, floor, len(enough)))
        else:
            found.append(Slice(by=part.by, name=part.name, rows=int(part.inside.sum()), standing="too_few"))
    return tuple(found)


def sentence_of(slices: tuple[Slice, ...], floor: float | None, measure: str = "is explained there") -> str:
    """The part that is served worst, where one is; else what can and cannot be said."""
    if not slices:
        return ""
    told = [part for part in slices if part.standing != "too_few"]
    few = len(slices) - len(told)
    after = f" For {few} of {len(slices)} parts there are too few rows to tell." if few else ""
    under = [part for part in told if part.standing == "below_floor"]
    worse = [part for part in told if part.standing == "worse"]
    unevenly = [part for part in told if part.uneven]
    if unevenly:
        part = unevenly[0]
        after = f" Mistakes are not spread evenly: in `{part.by}` = {part.name}, {part.uneven[0]}.{after}"
    if under or worse:
        part = min(under or worse, key=lambda p: (p.against_rest or 0.0) if not under else (p.value or 0.0))
        low, high = part.interval or (0.0, 0.0)
        words = f"`{part.by}` = {part.name}" if part.by.isidentifier() or part.by else part.name
        own = f"{percent(part.value or 0.0)} ({percent(low)} to {percent(high)})"
        if under:
            return f"Below the floor of {percent(floor or 0.0)}: {words}, {own}.{after}"
        return f"Served worse than the others: {words}, {own} {measure}.{after}"
    if not told:
        return f"Too few rows in every part to tell whether one is served worse.{after}"
    return f"No part is clearly served worse than the others ({len(told)} looked at).{after}"


def unasked(table: Table) -> tuple[Column, ...]:
    """Columns named after a protected trait that nobody named as a group; they are looked at all the same."""
    return tuple(c for c in table.features if c not in table.groups and is_trait(c))


def _parts(judged: Judged, table: Table, rows: Array) -> Iterator[Part]:
    test = rows[judged.test]
    for column in (*table.groups, *unasked(table)):
        if column.kind != "nested":
            yield from parts_of(column, test)
    entity, day = judged.prepared.entity, judged.prepared.day
    if entity is not None and table.entity is not None:
        known = np.isin(entity[judged.test], entity[judged.train])
        if 0 < known.mean() < 1:
            yield Part(table.entity.name, "seen in training", known)
            yield Part(table.entity.name, "new", ~known)
    if day is not None and table.time is not None:
        own = day[judged.test]
        late = own > np.nanmedian(own)
        if 0 < late.mean() < 1:
            yield Part(table.time.name, "the older half", ~late)
            yield Part(table.time.name, "the newer half", late)


def parts_of(column: Column, test: Array) -> Iterator[Part]:
    """The largest levels of a group, numbers in three parts, and those without one."""
    if column.kind in ("number", "date", "duration") and (column.distinct or 0) > _MOST_PARTS:
        values = np.where(column.is_missing[test], np.nan, column.numbers[test].astype(float))
        if np.isfinite(values).sum() < 3:
            return
        low, high = np.nanquantile(values, [1 / 3, 2 / 3])
        yield Part(column.name, "the lowest third", values <= low)
        yield Part(column.name, "the middle third", (values > low) & (values <= high))
        yield Part(column.name, "the highest third", values > high)
        return
    codes = column.codes[test].astype(np.int64)
    counts = np.bincount(codes[codes >= 0], minlength=1)
    names = level_names(column, np.asarray(column.counts), "group")
    for code in np.argsort(-counts, kind="stable")[:_MOST_PARTS]:
        if counts[code]:
            yield Part(column.name, names[code], codes == code)
    if (codes < 0).any():
        yield Part(column.name, "not filled in", codes < 0)


def _tells(judged: Judged, part: Part) -> bool:
    """Whether both the part and all others have the rows that an interval needs."""
    limit = knowledge().limit
    for inside in (part.inside, ~part.inside):
        y = judged.y[inside]
        if len(y) < limit("baseline.rows_per_slice"):
            return False
        if judged.prepared.task == "classes":
            rarer = len(y) - int(np.bincount(y).max())
            if rarer < limit("baseline.rare_per_slice"):
                return False
        elif float(y.std()) == 0:
            return False
    return True


def _judged(
    judged: Judged, part: Part, chosen: str, at: float | None, floor: float | None, looks: int
) -> Slice:
    own, rest = skill_of(judged, part.inside, chosen), skill_of(judged, ~part.inside, chosen)
    wide, wide_rest = (
        skill_of(judged, part.inside, chosen, looks),
        skill_of(judged, ~part.inside, chosen, looks),
    )
    against = own.effect - rest.effect
    half = math.hypot(own.high - own.effect, rest.high - rest.effect)
    surely = math.hypot(wide.high - wide.effect, wide_rest.high - wide_rest.effect)
    worse = against + surely < 0 and against < -judged.margin
    under = floor is not None and wide.high < floor
    yes = no = None
    uneven: tuple[str, ...] = ()
    if at is not None:
        acted, truth = judged.steps[chosen].predicted[:, 1] > at, judged.y == 1
        yes = _rate(judged, part.inside & ~truth, acted)
        no = _rate(judged, part.inside & truth, ~acted)
        uneven = (
            *_uneven(judged, part.inside, ~truth, acted, looks, "of the no are a wrong yes"),
            *_uneven(judged, part.inside, truth, ~acted, looks, "of the yes are a wrong no"),
        )
    return Slice(
        by=part.by,
        name=part.name,
        rows=int(part.inside.sum()),
        standing="below_floor" if under else "worse" if worse else "as_others",
        value=own.effect,
        interval=own.interval,
        against_rest=against,
        against_interval=(against - half, against + half),
        wrong_yes=yes,
        wrong_no=no,
        uneven=uneven,
    )


def groups_of(judged: Judged, table: Table, rows: Array) -> dict[str, Array]:
    """The test rows of each group, named by its column and value; other parts are no groups."""
    named = {column.name for column in (*table.groups, *unasked(table))}
    parts = _parts(judged, table, rows)
    return {f"`{part.by}` = {part.name}": part.inside for part in parts if part.by in named}


def skill_of(judged: Judged, inside: Array, chosen: str, looks: int = 1) -> Gap:
    """How much less the rung errs than the average of the part itself."""
    answers = judged.prepared.one_hot[judged.test][inside]
    own = ((answers - answers.mean(axis=0)) ** 2).sum(axis=1)
    return ratio(own - judged.steps[chosen].error[inside], own, within(judged.ways, inside), looks)


def _uneven(
    judged: Judged, inside: Array, among: Array, hit: Array, looks: int, words: str
) -> tuple[str, ...]:
    """The share of hits here and elsewhere in words, where they clearly differ; both kinds are looked at."""
    here, there = inside & among, ~inside & among
    if min(here.sum(), there.sum()) < knowledge().limit("baseline.rare_per_slice"):
        return ()
    own = share(hit[here], within(judged.ways, here), 2 * looks)
    other = share(hit[there], within(judged.ways, there), 2 * looks)
    apart = own.effect - other.effect
    half = math.hypot(*((gap.high - gap.low) / 2 for gap in (own, other)))
    if apart - half <= 0 or apart < knowledge().limit("baseline.uneven"):
        return ()
    return (f"{percent(own.effect)} {words}, {percent(other.effect)} elsewhere",)


def _rate(judged: Judged, among: Array, hit: Array) -> tuple[float, float, float] | None:
    if not among.any():
        return None
    found = share(hit[among], within(judged.ways, among))
    return (found.effect, found.low, found.high)


def within(ways: Ways, inside: Array) -> Ways:
    """How these rows belong together."""
    return [way[inside] for way in ways]
