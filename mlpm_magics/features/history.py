"""What came before: per entity, sums over earlier rows in a window that ends before the row's own moment."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from mlpm_magics.table.dates import DAY
from mlpm_magics.table.plain import Array


@dataclass(frozen=True)
class History:
    """The rows of the past, in the order of entity and moment.

    A row of the past is used for a later moment of the same entity only: one at the very same moment is not.
    Rows without an entity or a moment play no part. `entities` holds the entities as text; it stays in the
    fitted estimator and in no report.
    """

    entities: dict[str, int]
    moments: Array
    keys: Array
    seconds: Array
    values: dict[str, Array] = field(default_factory=dict)

    @classmethod
    def of(cls, entity: list[str], seconds: Array, values: dict[str, Array], missing: str) -> History:
        """Remember rows: their entity (as text), moment, and the numbers to add up."""
        names = {name: at for at, name in enumerate(dict.fromkeys(e for e in entity if e != missing))}
        codes = np.array([names.get(e, -1) for e in entity], dtype=np.int64)
        keep = np.flatnonzero((codes >= 0) & ~np.isnan(seconds))
        moments = np.unique(seconds[keep])
        keys = codes[keep] * (len(moments) + 1) + np.searchsorted(moments, seconds[keep])
        order = np.argsort(keys, kind="stable")
        keep = keep[order]
        past = {name: column[keep] for name, column in values.items()}
        return cls(names, moments, keys[order], seconds[keep], past)

    def before(self, entity: list[str], seconds: Array, window_days: float) -> dict[str, Array]:
        """Per row, what was known of its entity before its moment; see `names_of_history`.

        Counts are 0 for an entity that was never seen, and NaN where a row has no moment; everything else is
        NaN without earlier rows.
        """
        codes = np.array([self.entities.get(e, -1) for e in entity], dtype=np.int64)
        unknown = np.isnan(seconds)
        moment = np.where(unknown, -np.inf, seconds)
        end = self._place(codes, moment)
        first = self._place(codes, np.full(len(codes), -np.inf))
        start = self._place(codes, moment - window_days * DAY)
        rows, recent = end - first, end - start
        some = rows > 0
        last = self.seconds[np.maximum(end - 1, 0)] if len(self.seconds) else np.zeros(len(codes))
        made = {
            "earlier": np.where(unknown, np.nan, rows),
            "recent": np.where(unknown, np.nan, recent),
            "since": np.where(some, (moment - last) / DAY, np.nan),
        }
        for name, past in self.values.items():
            made[f"last {name}"] = _last(past, first, end)
            made[f"mean {name}"] = _mean(past, start, end)
        return made

    def _place(self, codes: Array, moment: Array) -> Array:
        """Where in the past the rows of an entity from a moment on begin; nowhere for an unknown entity."""
        keys = codes * (len(self.moments) + 1) + np.searchsorted(self.moments, moment)
        place = np.searchsorted(self.keys, keys)
        return np.where(codes < 0, 0, place)


def _last(past: Array, first: Array, end: Array) -> Array:
    """The last filled value between two places."""
    if not len(past):
        return np.full(len(end), np.nan)
    filled = np.maximum.accumulate(np.where(np.isnan(past), -1, np.arange(len(past))))
    at = np.where(end > 0, filled[np.maximum(end - 1, 0)], -1)
    return np.where((at >= first) & (end > first), past[np.maximum(at, 0)], np.nan)


def _mean(past: Array, start: Array, end: Array) -> Array:
    """The mean of the filled values between two places, from sums of deviations from the middle."""
    filled = ~np.isnan(past)
    if not filled.any():
        return np.full(len(end), np.nan)
    middle = float(np.median(past[filled]))
    sums = np.concatenate(([0.0], np.cumsum(np.where(filled, past - middle, 0.0), dtype=np.longdouble)))
    counts = np.concatenate(([0], np.cumsum(filled)))
    n = counts[end] - counts[start]
    total = (sums[end] - sums[start]).astype(np.float64)
    mean: Array = np.where(n > 0, middle + total / np.maximum(n, 1), np.nan)
    return mean
