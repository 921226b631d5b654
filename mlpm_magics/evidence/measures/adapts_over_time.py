"""Does the rule itself change with time? A model of old rows against one of fresh rows, equally many.

What a general model leaves over is split into blocks of time. Within each block a small linear correction is
learned from fresh rows, and the same from older blocks; what the old one loses is the effect. Pieces of time
are then shuffled (pieces of one season among each other): what is lost by chance alone. Inputs that move
while the rule stays are no change, since the general model has seen all times.

A yes is held against the margin of all criteria. A no is given where a loss of three points of skill would
have been seen, since less is called little to learn elsewhere; how much would have been seen is said.
"""

from __future__ import annotations

import numpy as np

from mlpm_magics.evidence.drift import FULL, WEEK, YEAR, Drift, blocks_of, compare, cut
from mlpm_magics.evidence.forward import plain_inputs
from mlpm_magics.evidence.ladder import Ladder
from mlpm_magics.evidence.prepared import Array, Prepared
from mlpm_magics.evidence.words import WEAK, percent
from mlpm_magics.results import Evidence, Told

TITLE = "Does the rule change with time?"
CRITERION = "adapts_over_time"
FEWEST = 300
_MOST_INPUTS = 24
_TIME_LIKE = 0.8
_CHANCE = 0.05


def measure(ladder: Ladder) -> Evidence:
    """The loss of a model of old rows against one of equally many fresh rows."""
    prepared = ladder.prepared
    if prepared.day is None:
        return _unknown(
            "No time column was named, or it cannot be read as dates, so nothing can be said about change.",
            "Name the column that says when each row happened (time=…).",
        )
    known = np.flatnonzero(np.isfinite(prepared.day))
    if len(known) < FEWEST:
        return _unknown(
            f"{len(known):,} rows have a time; that is too few to tell change from chance.",
            "Collect more rows, over a longer time.",
            FEWEST,
        )
    day = prepared.day[known]
    span = float(day.max() - day.min())
    pieces = cut(day)
    if pieces is None:
        return _unknown(
            "The rows come from too few different moments to compare earlier with later ones.",
            "Rows from at least a dozen different dates would settle it.",
        )
    best = ladder.best
    limit = int(np.clip(len(known) / (blocks_of(len(known)) * 60), 2, _MOST_INPUTS))
    x = plain_inputs(prepared.timeless, limit)[known]
    left = (prepared.one_hot - best.predicted)[known]
    entity = None if prepared.entity is None else prepared.entity[known]
    drift = compare(x, _without_calendar(left, day, entity, x), pieces, ladder.unit, prepared.seed)
    margin = ladder.margin
    answer = _answer(drift, margin)
    short = 0.1 * YEAR <= span < FULL * YEAR or WEEK <= span < FULL * WEEK
    absorbed = False
    if answer == "no" and _has_time_like(prepared, known):
        raw = (prepared.one_hot - prepared.one_hot.mean(axis=0))[known]
        again = compare(x, _without_calendar(raw, day, entity, x), pieces, ladder.unit, prepared.seed)
        absorbed = _answer(again, margin) != "no"
    return _told(drift, answer, margin, span, short=short, absorbed=absorbed, rows=len(known))


def _answer(drift: Drift, margin: float) -> Told:
    if drift.gap.low > margin and drift.by_chance <= _CHANCE:
        return "yes"
    return "no" if drift.gap.high < max(margin, WEAK) else "cannot_tell"


def _without_calendar(left: Array, day: Array, entity: Array | None, x: Array) -> Array:
    """Take out what repeats: weekday, time of day, season (also of the rule), level of an entity."""
    angle = 2 * np.pi * day / YEAR
    columns = [np.ones((len(day), 1)), x]
    span = float(day.max() - day.min())
    if span >= FULL * WEEK:
        columns.append(np.eye(7)[np.floor(day).astype(np.int64) % 7])
    if (day % 1).std() > 0.05 and span >= FULL:
        columns.append(np.column_stack([np.sin(2 * np.pi * day), np.cos(2 * np.pi * day)]))
    if span >= FULL * YEAR:
        waves = np.column_stack([f(k * angle) for k in (1, 2, 3) for f in (np.sin, np.cos)])
        columns += [waves, x[:, :8] * waves[:, [0]], x[:, :8] * waves[:, [1]]]
    z = np.column_stack(columns)
    beta = np.linalg.solve(z.T @ z + 1e-3 * len(z) * np.eye(z.shape[1]), z.T @ left)
    rest: Array = left - z @ beta
    if entity is not None:
        codes = np.unique(entity, return_inverse=True)[1]
        counts = np.bincount(codes)
        for k in range(rest.shape[1]):
            rest[:, k] -= (np.bincount(codes, weights=rest[:, k]) / (counts + 2.0))[codes]
    return rest


def _has_time_like(prepared: Prepared, known: Array) -> bool:
    """Whether an input moves with time so closely that the general model could take it for the time."""
    if prepared.day is None:
        return False
    rank = np.argsort(np.argsort(prepared.day[known])).astype(float)
    for feature in prepared.timeless.features:
        values = feature.values[known].astype(float)
        filled = np.isfinite(values)
        if feature.is_category or filled.sum() < 30 or len(np.unique(values[filled])) < 3:
            continue
        place = np.argsort(np.argsort(values[filled])).astype(float)
        if abs(float(np.corrcoef(place, rank[filled])[0, 1])) > _TIME_LIKE:
            return True
    return False


def _told(
    drift: Drift, answer: Told, margin: float, span: float, *, short: bool, absorbed: bool, rows: int
) -> Evidence:
    lost = percent(min(1.0, max(0.0, drift.gap.effect)))
    seen = f"{span / YEAR:.1f} years" if span >= 1.5 * YEAR else f"{span:,.0f} days"
    caveat = f"Seen over {seen} only; what comes later may differ."
    if answer == "yes" and short:
        answer = "cannot_tell"
        text = (
            f"The rule differs between earlier and later rows (an old model loses {lost} of the answer's "
            "variation), but this may be a season that comes back."
        )
        caveat = f"Two full cycles settle it (two years; two weeks for a short table): here are {seen}."
    elif absorbed:
        answer = "cannot_tell"
        text = "An input moves with time, so a change of the rule cannot be told from that input's effect."
        caveat = "Rows where that input and time do not move together would settle it."
    elif answer == "yes":
        old = "old rows do harm" if drift.old_rows_help < 0 else "old rows still help"
        text = (
            f"The rule changes with time: a model of old rows loses {lost} of the answer's variation "
            f"against one of fresh rows, equally many; beside fresh rows, {old}."
        )
    elif answer == "no":
        text = "A model of old rows does as well as one of fresh rows: no change of the rule was found."
        if drift.gap.high >= margin:
            bound = percent(drift.gap.high)
            text += (
                f" One that costs an old model more than {bound} of the answer's variation would have shown."
            )
            margin = WEAK
    else:
        text = "The rows do not tell whether the rule changes with time."
        caveat = "More rows, over the same or a longer time, would settle it."
    needed = drift.gap.rows_needed(max(margin, WEAK), rows) if answer == "cannot_tell" and not short else None
    return Evidence(
        criterion=CRITERION,
        answer=answer,
        text=text,
        effect=drift.gap.effect,
        interval=drift.gap.interval,
        margin=margin,
        caveat=caveat,
        rows_needed=needed,
    )


def _unknown(text: str, caveat: str, rows: int | None = None) -> Evidence:
    return Evidence(criterion=CRITERION, answer="cannot_tell", text=text, caveat=caveat, rows_needed=rows)
