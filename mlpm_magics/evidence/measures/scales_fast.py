"""Whether the number of rows per period grows, by the median of all slopes.

Source: Theil 1950, Sen 1968 (the slope); a fifth more a year as the line: heuristic.
"""

from __future__ import annotations

import math

import numpy as np

from mlpm_magics.evidence.ladder import Ladder
from mlpm_magics.evidence.prepared import Array
from mlpm_magics.evidence.words import percent, unknown
from mlpm_magics.results import Evidence

TITLE = "Does the volume grow fast?"
_FASTER = 0.20
_YEAR = 365.25
_FEWEST_PERIODS = 6
_PERIODS = (("month", _YEAR / 12, 540.0), ("week", 7.0, 70.0), ("day", 1.0, 0.0))


def measure(ladder: Ladder) -> Evidence:
    """Growth of the rows per year, with the interval of the slope."""
    day = ladder.prepared.day
    if day is None or np.isnan(day).all():
        return unknown("scales_fast", "No time column was named.", "Name it (time).", unit="growth a year")
    known = day[~np.isnan(day)]
    span = float(np.ptp(known))
    word, length, _ = next(p for p in _PERIODS if span >= p[2])
    counts = _per_period(known, length)
    if len(counts) < _FEWEST_PERIODS:
        return unknown(
            "scales_fast",
            f"{len(counts)} whole {word}s are too few to see growth.",
            "A longer history.",
            unit="growth a year",
        )
    return _judged(counts, word, _YEAR / length, span)


def _per_period(known: Array, length: float) -> Array:
    """Rows per period, without the first and the last, which may be cut."""
    counts = np.bincount(((known - known.min()) // length).astype(np.int64))
    return counts[1:-1] if len(counts) > _FEWEST_PERIODS + 2 else counts[:-1]


def _judged(counts: Array, word: str, per_year: float, span: float) -> Evidence:
    from scipy.stats import theilslopes

    slope = theilslopes(np.log(counts + 0.5), alpha=0.90)
    effect, low, high = (
        _growth(float(s), per_year) for s in (slope.slope, slope.low_slope, slope.high_slope)
    )
    words = f"Rows per {word} {'grow' if effect >= 0 else 'shrink'} by about {percent(abs(effect))} a year."
    if effect > 9:
        words = f"Rows per {word} grow more than tenfold a year."
    answer = "yes" if low > _FASTER else "no" if high < _FASTER else "cannot_tell"
    season = "Less than two years: a season may look like growth." if span < 2 * _YEAR else ""
    caveat = "A longer history could tell." if answer == "cannot_tell" else season
    return Evidence(
        criterion="scales_fast",
        answer=answer,
        text=words,
        effect=effect,
        interval=(low, high),  # type: ignore[arg-type]
        unit="growth a year",
        margin=_FASTER,
        caveat=caveat,
    )


def _growth(slope: float, per_year: float) -> float:
    return math.expm1(min(slope * per_year, 20.0))
