"""How well parts of the cases are served where the problem has a shape of its own: series, users, groups.

Where an order has only so many first places, it is the share of a part's own worth that stands in them; else
the measure of the report. As elsewhere a part is named worse only where the interval of its difference to all
others says so, widened for the number of parts.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from mlpm_magics.baselines.intervals import ratio, share
from mlpm_magics.baselines.scored import Scores
from mlpm_magics.baselines.slices import Part, parts_of, unasked, within
from mlpm_magics.catalogue import knowledge
from mlpm_magics.evidence.gaps import Gap
from mlpm_magics.evidence.prepared import Array
from mlpm_magics.results import Slice
from mlpm_magics.table import Table

_MOST_SHOWN = 12


def group_parts(table: Table, rows: Array) -> list[Part]:
    """The groups of the test rows, at these places of the table."""
    columns = [c for c in (*table.groups, *unasked(table)) if c.kind != "nested"]
    return [part for column in columns for part in parts_of(column, rows)]


def score_slices(
    scores: Scores,
    parts: Sequence[Part],
    floor: float | None,
    *,
    worth: Array | None = None,
    acted: Array | None = None,
    truth: Array | None = None,
) -> tuple[Slice, ...]:
    """Each part with its measure, and with the mistakes where it is known who was acted on and who is a yes.

    `worth`: what each case is worth in the first places; None where there are no places.

    Of many parts those are shown that are furthest behind the others.
    """
    scores = scores if worth is None else replace(scores, whole=worth)
    told = [part for part in parts if _tells(scores, part.inside) and _tells(scores, ~part.inside)]
    found = [_judged(scores, part, floor, len(told), acted, truth) for part in told]
    few = [
        Slice(by=part.by, name=part.name, rows=int(part.inside.sum()), standing="too_few")
        for part in parts
        if not any(part is one for one in told)
    ]
    if len(found) > _MOST_SHOWN:
        found = sorted(found, key=lambda part: part.against_rest or 0.0)[:_MOST_SHOWN]
    return (*found, *few[:_MOST_SHOWN])


def by_part(scores: Scores, parts: Sequence[Part], worth: Array | None = None) -> dict[str, Gap | None]:
    """The measure in each part, the intervals widened for their number; None for too few cases."""
    scores = scores if worth is None else replace(scores, whole=worth)
    looks = sum(_tells(scores, part.inside) for part in parts)
    return {
        f"`{part.by}` = {part.name}": _value(scores, part.inside, looks)
        if _tells(scores, part.inside)
        else None
        for part in parts
    }


def _tells(scores: Scores, inside: Array) -> bool:
    """Whether there are the cases that an interval needs."""
    enough = inside.sum() >= knowledge().limit("baseline.rows_per_slice")
    return bool(enough and scores.whole[inside].sum() > 0 and math.isfinite(_value(scores, inside, 1).low))


def _value(scores: Scores, inside: Array, looks: int) -> Gap:
    return ratio(scores.chosen().score[inside], scores.whole[inside], within(scores.ways, inside), looks)


def _judged(
    scores: Scores, part: Part, floor: float | None, looks: int, acted: Array | None, truth: Array | None
) -> Slice:
    own, rest = _value(scores, part.inside, 1), _value(scores, ~part.inside, 1)
    wide, wide_rest = _value(scores, part.inside, looks), _value(scores, ~part.inside, looks)
    against = own.effect - rest.effect
    half = math.hypot(own.high - own.effect, rest.high - rest.effect)
    surely = math.hypot(wide.high - wide.effect, wide_rest.high - wide_rest.effect)
    worse = against + surely < 0 and against < -scores.margin
    under = floor is not None and wide.high < floor
    rates: tuple[tuple[float, float, float] | None, ...] = (None, None)
    if acted is not None and truth is not None:
        rates = (
            _rate(scores, part.inside & ~truth, acted),
            _rate(scores, part.inside & truth, ~acted),
        )
    return Slice(
        by=part.by,
        name=part.name,
        rows=int(part.inside.sum()),
        standing="below_floor" if under else "worse" if worse else "as_others",
        value=own.effect,
        interval=(own.low, min(1.0, own.high)),
        against_rest=against,
        against_interval=(against - half, against + half),
        wrong_yes=rates[0],
        wrong_no=rates[1],
    )


def _rate(scores: Scores, among: Array, hit: Array) -> tuple[float, float, float] | None:
    if not among.any():
        return None
    found = share(np.asarray(hit[among], dtype=bool), within(scores.ways, among))
    return (found.effect, found.low, found.high)
