"""Series of numbers in time: one, or one per entity, as cases of a forecast (from when, how far ahead)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from mlpm_magics.baselines.split import Parts, moments_of
from mlpm_magics.catalogue import knowledge
from mlpm_magics.errors import InvalidValueError
from mlpm_magics.evidence.prepared import Array
from mlpm_magics.table import Table

_LAGS = 6
_MOST_CASES, _MOST_SERIES = 15_000, 200
_LONGEST_HORIZON, _USUAL_HORIZON = 31, 12
_NEAR = 0.12  # a step may differ from its unit by so much
_UNITS: tuple[tuple[float, str, tuple[int, ...]], ...] = (
    (1 / 24, "hour", (24, 168)),
    (1.0, "day", (7, 365)),
    (7.0, "week", (52,)),
    (30.4375, "month", (12,)),
    (91.3125, "quarter", (4,)),
    (365.25, "year", ()),
)
_UNKNOWN = ("step", (4, 7, 12, 24, 52))


@dataclass(frozen=True)
class Cases:
    """Forecasts to make: places of the origin and the target in `Panel.values`, the steps between, whose."""

    origin: Array
    target: Array
    ahead: Array
    series: Array


@dataclass(frozen=True)
class Panel:
    """All series one after the other.

    Attributes:
        values: the numbers.
        moments: their moments, in days where `dated`.
        starts: the place of the first value of each series.
        first_test: the place of its first value in the test part.
        ends: the place after its last.
        unit: a step in words.
        season: steps of a season; 1 where none was seen.
        horizon: the farthest that is forecast, in steps.
        scale: per series, how far a value is from that of the season before, on the training part.
        dated: whether moments are dates.
        who: the code of the entity of each series.
        notes: what was done to the table.
        asks: what only a person can tell about it.
    """

    values: Array
    moments: Array
    starts: Array
    first_test: Array
    ends: Array
    unit: str
    season: int
    horizon: int
    scale: Array
    dated: bool
    who: Array
    notes: tuple[str, ...]
    asks: tuple[str, ...]

    @property
    def window(self) -> int:
        """How many values a moving average takes."""
        return self.season if 1 < self.season <= _LONGEST_HORIZON else 4

    @property
    def past(self) -> int:
        """How many values must be known before an origin."""
        return max(_LAGS, self.season, self.window)

    @property
    def season_words(self) -> str:
        """The guess by the season before, in words."""
        known = {("day", 7): "the same day a week before", ("month", 12): "the same month a year before"}
        known |= {("hour", 24): "the same hour a day before", ("week", 52): "the same week a year before"}
        known |= {("hour", 168): "the same hour a week before", ("day", 365): "the same day a year before"}
        known |= {("quarter", 4): "the same quarter a year before"}
        return known.get((self.unit, self.season), f"the value {self.season} {self.unit}s before")

    @property
    def season_average_words(self) -> str:
        """The guess by all seasons before, in words."""
        known = {("day", 7): "weekday", ("month", 12): "month", ("hour", 24): "hour of the day"}
        known |= {("week", 52): "week of the year", ("hour", 168): "hour of the week"}
        known |= {("day", 365): "day of the year", ("quarter", 4): "quarter"}
        what = known.get((self.unit, self.season))
        return f"the average of that {what}" if what else "the average of all seasons"

    def cases(self, first: Array, last: Array) -> Cases:
        """Forecasts whose targets lie between these places (the last not counted), from every origin before.

        Every origin is used, or every second, third, … where there would be too many.
        """
        targets = int((last - first).sum())
        stride = max(1, -(-targets * self.horizon // _MOST_CASES))
        found: list[tuple[Array, Array, Array, Array]] = []
        for series, (start, low, high) in enumerate(zip(self.starts, first, last, strict=True)):
            for ahead in range(1, self.horizon + 1):
                target = np.arange(max(low, start + self.past - 1 + ahead), high, dtype=np.int64)
                target = target[(target - ahead - start) % stride == 0]
                target = target[target - ahead >= low - 1]
                found.append(
                    (target - ahead, target, np.full(len(target), ahead), np.full(len(target), series))
                )
        origin, target, steps, who = (np.concatenate([part[i] for part in found]) for i in range(4))
        return Cases(origin, target, steps, who)

    def season_ago(self, cases: Cases) -> Array:
        """The place of the latest value known at the origin that is whole seasons before the target."""
        found: Array = cases.target - self.season * -(-cases.ahead // self.season)
        return found

    def mean_before(self, cases: Cases) -> Array:
        """The mean of the last values known at the origin."""
        total = np.concatenate([[0.0], np.cumsum(self.values)])
        found: Array = (total[cases.origin + 1] - total[cases.origin + 1 - self.window]) / self.window
        return found

    def mean_so_far(self, cases: Cases) -> Array:
        """The mean of all values of the series up to the origin."""
        total = np.concatenate([[0.0], np.cumsum(self.values)])
        start = self.starts[cases.series]
        found: Array = (total[cases.origin + 1] - total[start]) / (cases.origin + 1 - start)
        return found

    def season_so_far(self, cases: Cases) -> Array:
        """The mean of all values known at the origin that are whole seasons before the target."""
        means = np.empty(len(self.values))
        for start, end in zip(self.starts, self.ends, strict=True):
            for phase in range(start, min(start + self.season, end)):
                own = slice(phase, end, self.season)
                values = self.values[own]
                means[own] = np.cumsum(values) / np.arange(1, len(values) + 1)
        found: Array = means[self.season_ago(cases)]
        return found

    def inputs(self, cases: Cases) -> Array:
        """What a model sees: the recent past against the last value, in the series' scale; the calendar."""
        last, scale = self.values[cases.origin], self.scale[cases.series]
        past = [self.values[cases.origin - lag] for lag in range(1, _LAGS)]
        past += [self.values[self.season_ago(cases)], self.mean_before(cases)]
        columns = [np.clip((value - last) / scale, -50, 50) for value in past]
        columns.append(cases.ahead.astype(float))
        if self.dated:
            day = np.floor(self.moments[cases.target]).astype("datetime64[D]")
            month = day.astype("datetime64[M]").astype(np.int64) % 12
            weekday = (day.astype(np.int64) + 3) % 7
            turn = 2 * np.pi * month / 12
            columns += [np.sin(turn), np.cos(turn), *(np.equal(weekday, k).astype(float) for k in range(6))]
        return np.column_stack(columns)


def panel_of(table: Table, parts: Parts) -> Panel:
    """The series of a table that was split by time.

    Raises:
        InvalidValueError: where no series is long enough.
    """
    when = moments_of(table)
    if when is None or table.target is None:
        raise InvalidValueError("a column must say when each row happened", where="time")
    notes: list[str] = []
    asks: list[str] = []
    rows = np.sort(np.concatenate([parts.train, parts.test]))
    who = np.zeros(len(rows), dtype=np.int64) if table.entity is None else table.entity.codes[rows]
    at, value = when.at[rows], table.target.numbers[rows].astype(float)
    cut = float(when.at[parts.test].min())
    made = _series(who, at, value, cut, notes, asks)
    step = float(np.median(np.concatenate([np.diff(moments) for moments, _, _ in made])))
    unit, seasons = _unit(step) if when.dated else _UNKNOWN
    uneven = np.mean([abs(gap / step - 1) > _NEAR for moments, _, _ in made for gap in np.diff(moments)])
    if uneven > 0.05:
        notes.append(f"{uneven:.0%} of the steps are longer or shorter than a {unit}; they count as one.")
    lengths = np.array([len(moments) for moments, _, _ in made])
    ends = np.cumsum(lengths)
    starts = ends - lengths
    first = starts + np.array([int((moments < cut).sum()) for moments, _, _ in made])
    values, all_moments = np.concatenate([v for _, v, _ in made]), np.concatenate([m for m, _, _ in made])
    season = _season(values, starts, first, seasons)
    longest = season if 1 < season <= _LONGEST_HORIZON else _USUAL_HORIZON
    horizon = int(np.clip((ends - first).max() // 3, 1, longest))
    return Panel(
        values=values,
        moments=all_moments,
        starts=starts,
        first_test=first,
        ends=ends,
        unit=unit,
        season=season,
        horizon=horizon,
        scale=np.array([_apart(values[a:b], season) for a, b in zip(starts, first, strict=True)]),
        dated=when.dated,
        who=np.array([code for _, _, code in made]),
        notes=tuple(notes),
        asks=tuple(asks),
    )


def _series(
    who: Array, at: Array, value: Array, cut: float, notes: list[str], asks: list[str]
) -> list[tuple[Array, Array, int]]:
    """Moments, values and code of each series that is long enough on both sides of the cut."""
    train_least = int(knowledge().limit("baseline.steps_to_learn"))
    test_least = int(knowledge().limit("baseline.steps_to_test"))
    order = np.lexsort((at, who))
    made, short, several = [], 0, 0
    for rows in np.split(order, np.flatnonzero(np.diff(who[order])) + 1):
        moments, place = np.unique(at[rows], return_inverse=True)
        several += len(rows) - len(moments)
        if (moments < cut).sum() < train_least or (moments >= cut).sum() < test_least:
            short += 1
            continue
        made.append(
            (moments, np.bincount(place, weights=value[rows]) / np.bincount(place), int(who[rows[0]]))
        )
    if not made:
        raise InvalidValueError(
            f"no series has {train_least} moments to learn from and {test_least} to test on",
            where="time",
            hint="Use a longer history, or fewer entities",
        )
    if several and who.any():
        notes.append(f"{several:,} rows of a moment that has another row were averaged with it.")
    elif several:
        asks.append(
            f"{several:,} rows share their moment with another and were averaged with it. Where they are "
            "several series, such as one for each store, name them with `--entity COLUMN`."
        )
    if short:
        notes.append(f"{short:,} of {short + len(made):,} series are too short and were left out.")
    if len(made) > _MOST_SERIES:
        notes.append(f"The {_MOST_SERIES} longest of {len(made):,} series were used.")
        made = sorted(made, key=lambda one: -len(one[0]))[:_MOST_SERIES]
    return made


def _unit(step: float) -> tuple[str, tuple[int, ...]]:
    for days, word, seasons in _UNITS:
        if abs(step / days - 1) <= _NEAR:
            return word, seasons
    return _UNKNOWN


def _season(values: Array, starts: Array, ends: Array, candidates: tuple[int, ...]) -> int:
    """The season that most series follow on the training part: nearer to it than to any other past."""
    votes: Counter[int] = Counter()
    for a, b in zip(starts, ends, strict=True):
        tried = [1, *(season for season in candidates if 2 * season + 1 < b - a)]
        votes[min(tried, key=lambda season: _apart(values[a:b], season))] += 1
    return votes.most_common(1)[0][0]


def _apart(values: Array, season: int) -> float:
    """The mean distance of a value from the one a season before; 1 where all are the same."""
    away = np.abs(values[season:] - values[:-season]) if len(values) > season else np.zeros(1)
    return float(away.mean()) or float(np.abs(np.diff(values)).mean()) or 1.0
