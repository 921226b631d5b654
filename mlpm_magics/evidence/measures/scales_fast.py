"""Whether the problem grows fast: rows per period, or new entities and categories that keep coming.

Growth is the median of all slopes of the log counts, between equal seasons where two years are seen. New
values are counted beyond what the same rows show in a shuffled order, since a column of many values shows
new ones for a long time even where nothing is new.

Source: Theil 1950, Sen 1968 (the slope); 2 % a month (27 % a year) as the line: heuristic.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import numpy as np

from mlpm_magics.evidence.gaps import Gap
from mlpm_magics.evidence.ladder import Ladder
from mlpm_magics.evidence.prepared import Array, Prepared
from mlpm_magics.evidence.words import percent, unknown
from mlpm_magics.results import Evidence, Told

TITLE = "Does the volume grow fast?"
CRITERION = "scales_fast"
UNIT = "growth per month"
FASTER = 0.02
NEW = 0.10
FEWEST = 100
_MONTH, _YEAR, _FULL = 30.4375, 365.25, 1.95
_LENGTHS = (1 / 24, 1.0, 7.0, 28.0, 91.0, _YEAR)
_MOST, _FEWEST_PERIODS, _FEWEST_EACH = 60, 8, 5
_SHUFFLES = 50
_TENFOLD = 9.0
_BEYOND_SEASON = 4.0


@dataclass(frozen=True)
class Renewal:
    """Later rows with a value never seen before, beyond chance (share of later rows), and of which column."""

    gap: Gap
    name: str


def measure(ladder: Ladder) -> Evidence:
    """Growth of the rows, and values that are new."""
    prepared = ladder.prepared
    if prepared.day is None:
        return unknown(
            CRITERION,
            "No time column was named, or it cannot be read as dates, so growth cannot be seen.",
            "Name the column that says when each row happened (time=…).",
            unit=UNIT,
        )
    known = np.flatnonzero(np.isfinite(prepared.day))
    day = prepared.day[known]
    counted = per_period(day) if len(day) >= FEWEST else None
    if counted is None:
        return Evidence(
            criterion=CRITERION,
            answer="cannot_tell",
            text="Too few rows, or too few periods of equal length, to see growth.",
            unit=UNIT,
            caveat=f"At least {_FEWEST_PERIODS} periods with {_FEWEST_EACH} rows each could tell.",
            rows_needed=FEWEST if len(day) < FEWEST else None,
        )
    counts, length = counted
    span = float(np.ptp(day))
    rate = growth(counts, length)
    answer = rate.against(FASTER)
    seasonal = 0.1 * _YEAR <= span < _FULL * _YEAR
    if answer == "yes" and seasonal and not _outgrows_a_season(counts):
        answer = "cannot_tell"
    newest = newcomers(prepared, known)
    return _told(rate, answer, newest, span, seasonal=seasonal)


def per_period(day: Array) -> tuple[Array, float] | None:
    """Rows per period and its length in days: periods of equal length, counted back from the last moment."""
    back = day.max() - day
    span = float(back.max())
    for length in _LENGTHS:
        periods = int(span / length + 1e-9)
        if _FEWEST_PERIODS <= periods <= _MOST * (13 if length == 7.0 else 1) and len(day) >= (
            _FEWEST_EACH * periods
        ):
            place = np.floor(back / length).astype(np.int64)
            counts = np.bincount(place[place < periods], minlength=periods)[::-1]
            return (counts, length)
    return None


def growth(counts: Array, length: float) -> Gap:
    """Growth per month with its 90 % interval; pieces of several periods are drawn again for the interval.

    Args:
        counts: rows per period.
        length: of a period, in days.
    """
    logs = np.log(counts + 0.5)
    n = len(logs)
    cycle = round(_YEAR / length)
    seasons = cycle > 1 and n * length >= _FULL * _YEAR and abs(cycle * length - _YEAR) < 0.05 * _YEAR
    slope = _slope(logs, cycle if seasons else 1)
    line = slope * (np.arange(n) - (n - 1) / 2)
    rest = logs - line
    if seasons:
        phase = np.arange(n) % cycle
        rest = rest - np.array([np.median(rest[phase == p]) for p in range(min(cycle, n))])[phase]
        rest = rest * math.sqrt(n / max(1, n - min(cycle, n // 2)))
    rest = rest - rest.mean()
    variance = float(rest.var(ddof=1))
    near = float((rest[1:] * rest[:-1]).mean()) / variance if variance > 0 else 0.0
    near = float(np.clip(near, 0.0, 0.9))
    error = math.sqrt(variance * (1 + near) / (1 - near) / (n * (n**2 - 1) / 12)) * 1.1
    per_month = _MONTH / length
    ends = (slope, slope - 1.7 * error, slope + 1.7 * error)
    return Gap(*(math.expm1(float(np.clip(end * per_month, -20, 5))) for end in ends))


def _slope(logs: Array, cycle: int) -> float:
    """The median of all slopes per period, between periods of one season where there is a cycle."""
    a, b = np.triu_indices(len(logs), 1)
    if cycle > 1:
        same = (b - a) % cycle == 0
        a, b = a[same], b[same]
    return float(np.median((logs[b] - logs[a]) / (b - a)))


def _outgrows_a_season(counts: Array) -> bool:
    """Whether the rows grew several times over, and in each quarter of the time."""
    quarters = [max(0.5, float(part.mean())) for part in np.array_split(counts, 4)]
    rising = all(later > 1.15 * earlier for earlier, later in itertools.pairwise(quarters))
    return rising and quarters[-1] / quarters[0] > _BEYOND_SEASON


def newcomers(prepared: Prepared, known: Array) -> Renewal | None:
    """The column whose later rows hold most values that no earlier row had, beyond chance."""
    if prepared.day is None:
        return None
    order = known[np.argsort(prepared.day[known], kind="stable")]
    columns = [(f.name, f.values[order]) for f in prepared.features if f.is_category]
    if prepared.entity is not None:
        columns.insert(0, ("the entity", prepared.entity[order]))
    found = [Renewal(renewal(codes, prepared.seed), name) for name, codes in columns]
    return max(found, key=lambda one: one.gap.low, default=None)


def renewal(codes: Array, seed: int) -> Gap:
    """Share of the later half's rows whose value the earlier half lacks, beyond a shuffled order."""
    _, codes = np.unique(codes, return_inverse=True)
    random = np.random.default_rng(seed)
    effect, values = _new(codes)
    by_chance = np.array([_new(random.permutation(codes))[0] for _ in range(_SHUFFLES)])
    # values, not rows, are the independent pieces
    spread = math.sqrt(float(((values - values.mean()) ** 2).sum())) / max(1, len(codes) // 2)
    half = 1.645 * math.hypot(spread, float(by_chance.std()))
    effect -= float(by_chance.mean())
    return Gap(effect, effect - half, effect + half)


def _new(codes: Array) -> tuple[float, Array]:
    middle = len(codes) // 2
    size = int(codes.max(initial=0)) + 1
    early, late = (np.bincount(part, minlength=size) for part in (codes[:middle], codes[middle:]))
    new = np.where(early == 0, late, 0).astype(float)
    return float(new.sum()) / max(1, len(codes) - middle), new


def _told(rate: Gap, counted: Told, newest: Renewal | None, span: float, *, seasonal: bool) -> Evidence:
    caveat = "This says how the table grew; rows that were deleted or not recorded are not seen."
    renewed = newest.gap.against(NEW) if newest is not None else "no"
    way = "grow" if rate.effect >= 0 else "shrink"
    pace = f"{percent(abs(rate.effect))} a month" if rate.effect < _TENFOLD else "more than tenfold a month"
    text = f"Rows {way} by about {pace}."
    answer: Told = "no"
    gap, unit, margin = rate, UNIT, FASTER
    if counted == "yes":
        answer = "yes"
        if seasonal:
            caveat = f"{span:,.0f} days are less than two years, so part of it may be a season. {caveat}"
    elif newest is not None and renewed == "yes":
        answer, gap, unit, margin = "yes", newest.gap, "share of later rows", NEW
        text += (
            f" New values keep coming: {percent(newest.gap.effect)} of the later rows have a value of "
            f"{newest.name} that was never seen before, beyond chance."
        )
    elif "cannot_tell" in (counted, renewed):
        answer = "cannot_tell"
        text += " Whether that is fast growth cannot be told."
        caveat = (
            "A longer history would settle it, best two years, so that a season does not look like growth."
        )
    return Evidence(
        criterion=CRITERION,
        answer=answer,
        text=text,
        effect=gap.effect,
        interval=gap.interval,
        unit=unit,
        margin=margin,
        caveat=caveat,
    )
