"""Old rows against recent ones, the season taken out: windows of the same months, steps in a level."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlpm_magics.evidence.columns.quick import sample
from mlpm_magics.readiness.found import CannotTellError
from mlpm_magics.table import Table
from mlpm_magics.table.dates import DAY
from mlpm_magics.table.plain import Array, Mask

YEAR = 365.25
_MOST_ROWS, _HALF_YEAR, _SHORTEST = 20_000, 182.0, 75.0
_MOST_BLOCKS, _FEWEST_BLOCKS, _BLOCK = 40, 12, 25
_EPOCH = 719_163


@dataclass(frozen=True)
class History:
    """Rows in the order of their time (a sample of at most 20,000).

    Attributes:
        rows: positions in the table.
        days: the time of each, in days.
        span: days from the first to the last.
    """

    rows: Array
    days: Array
    span: float

    @property
    def season_seen(self) -> bool:
        """Whether some months were seen in two years."""
        return self.span >= YEAR + _SHORTEST


def history(table: Table, fewest: int = 200) -> History:
    """The rows in order of time.

    Raises:
        CannotTellError: with fewer than `fewest` rows that have a time, or no stretch of time.
    """
    moments = table.moments
    if moments is None:
        raise CannotTellError("the time cannot be read as dates")
    late = moments.seconds > (table.as_of.toordinal() - _EPOCH + 2) * DAY
    rows = sample(moments.valid & ~late, table.seed, _MOST_ROWS)
    days = moments.seconds[rows] / DAY
    order = np.argsort(days, kind="stable")
    rows, days = rows[order], days[order]
    if len(rows) < fewest or days[-1] <= days[0]:
        raise CannotTellError(f"old and recent rows are compared from {fewest} rows with a time on")
    low = days[int(0.002 * len(days))]
    keep = days >= low
    return History(rows[keep], days[keep], float(days[-1] - low))


def windows(of: History) -> list[tuple[Mask, Mask]]:
    """(old, recent): the last months against the same months of all years before, and of the first one.

    Where no month was seen twice, the first two thirds of the rows against the last third.
    """
    last = of.days[-1]
    if not of.season_seen:
        recent = np.arange(len(of.days)) >= len(of.days) * 2 // 3
        return [(~recent, recent)]
    width = min(_HALF_YEAR, of.span - YEAR)
    ago = last - of.days
    recent, lag = ago < width, np.floor(ago / YEAR)
    same = (ago - lag * YEAR < width) & ~recent
    whole = int((of.span - width) // YEAR)
    first = same & (lag == max(1, whole))
    return [(same, recent), (first, recent)] if whole > 1 else [(same, recent)]


@dataclass(frozen=True)
class Step:
    """The best step in a level, on top of a trend and a season.

    Attributes:
        jump: its height, in the units of the values.
        errors: its height in standard errors; 0 where no step can be told.
        day: when.
        clean: whether trend, season and step leave nothing but noise.
    """

    jump: float
    errors: float
    day: float
    clean: bool


def step_in(values: Array, days: Array, *, trend: bool = True, ramps: bool = False) -> Step:
    """The best step (or ramp) in the mean of values that are in the order of time."""
    blocks = min(_MOST_BLOCKS, len(values) // _BLOCK)
    if blocks < _FEWEST_BLOCKS:
        return Step(0.0, 0.0, 0.0, clean=False)
    at = np.linspace(0, len(values), blocks + 1).astype(int)
    rows = np.diff(at)
    level = np.add.reduceat(values, at[:-1]) / rows
    when = np.add.reduceat(days, at[:-1]) / rows
    turn = 2 * np.pi * when / YEAR
    season = [np.ones(blocks), np.sin(turn), np.cos(turn), np.sin(2 * turn), np.cos(2 * turn)]
    smooth = np.stack([*season, (when - when.mean()) / (np.ptp(when) or 1)] if trend else season, axis=1)
    frame = np.linalg.qr(smooth)[0]
    rest = level - frame @ (frame.T @ level)
    best = (0.0, 0.0, 0, 0.0)
    edge = max(2, blocks // 20)
    for k in range(edge, blocks - edge + 1):
        for ramp in (False, True) if ramps else (False,):
            shape = np.maximum(0.0, when - when[k - 1]) if ramp else (np.arange(blocks) >= k).astype(float)
            shape = shape - frame @ (frame.T @ shape)
            size = float(shape @ shape)
            if size > 1e-6 * blocks * (1 if not ramp else float(np.ptp(when)) ** 2):
                height = float(shape @ rest) / size
                gain = height * height * size
                if gain > best[0]:
                    best = (gain, height, k, float((rest * rest).sum()) - gain)
    gain, height, k, left = best
    freedom = max(1, blocks - smooth.shape[1] - 2)
    noise = (float(np.median(np.abs(np.diff(level)))) / 0.954) ** 2
    spread = max(left / freedom, values.var() / rows.mean() * 0.5, 1e-18)
    sure = float(np.sqrt(gain / spread)) if gain else 0.0
    clean = left / freedom <= 3 * max(noise, float(values.var() / rows.mean()))
    return Step(height, sure, float(when[k]) if k else 0.0, clean)
