"""Forecasts that said far too much or far too little: how often, what it costs, and some of them told.

Far is farther than one season is from the next on the training part, in each series. What one unit too many
and one too few cost says how much to keep in reserve: as much as is enough in the share
too_few / (too_many + too_few) of all cases.

Source: Arrow, Harris and Marschak 1951 (how much to keep in stock).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from mlpm_magics.baselines.scored import Scores
from mlpm_magics.baselines.series import Cases, Panel
from mlpm_magics.baselines.stories import Facts, banded, told_of
from mlpm_magics.baselines.wrongs import Wrong
from mlpm_magics.evidence.columns.personal import is_private
from mlpm_magics.evidence.features import level_names
from mlpm_magics.evidence.prepared import Array
from mlpm_magics.evidence.words import percent
from mlpm_magics.results import Costs, Story
from mlpm_magics.table import Table

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def misses(panel: Panel, test: Cases, said: Mapping[str, Array], scores: Scores) -> list[Wrong]:
    """Units too many and units too few, per forecast; `said` is what each rung forecast."""
    real, far = panel.values[test.target], panel.scale[test.series]
    own = said[scores.chosen().id] - real
    return [
        Wrong("over_forecast", "wrong_yes", lambda name: np.maximum(said[name] - real, 0.0), own > far),
        Wrong("under_forecast", "wrong_no", lambda name: np.maximum(real - said[name], 0.0), own < -far),
    ]


def reserve(costs: Costs | None) -> str:
    """What to plan for where too many and too few cost differently, in a sentence."""
    if costs is None or costs.wrong_yes == costs.wrong_no:
        return ""
    return (
        f"At these costs plan for what is enough in {percent(1 - costs.threshold)} of all cases; the "
        "forecast says about the middle."
    )


def told(table: Table, panel: Panel, test: Cases, said: Array, wrongs: list[Wrong]) -> tuple[Story, ...]:
    """Typical and worst forecasts of each kind, in facts that several share."""
    real = panel.values[test.target]
    off = (said - real) / panel.scale[test.series]
    mistakes = [(wrong.kind, wrong.hit, sign * off) for wrong, sign in zip(wrongs, (1, -1), strict=True)]
    codes, words = banded(real)
    return told_of(
        _facts(table, panel, test), mistakes, np.arange(len(real)), lambda row: words[int(codes[row])]
    )


def _facts(table: Table, panel: Panel, test: Cases) -> Iterator[Facts]:
    """Which series, how far ahead, and when; the weight is the order in which they are told."""
    entity = table.entity
    if entity is not None and len(panel.who) > 1 and not is_private(entity):
        names = level_names(entity, np.asarray(entity.counts), "")
        shown = tuple("" if names[int(code)].startswith(" ") else names[int(code)] for code in panel.who)
        yield Facts(entity.name, test.series, shown, 4.0)
    ahead = tuple(f"{n} {panel.unit}{'s' if n > 1 else ''} ahead" for n in range(panel.horizon + 1))
    yield Facts("forecast", test.ahead.astype(np.int64), ahead, 3.0)
    if panel.dated and panel.unit in ("hour", "day", "week", "month"):
        day = np.floor(panel.moments[test.target]).astype("datetime64[D]")
        if panel.unit in ("hour", "day"):
            yield Facts("weekday", (day.astype(np.int64) + 3) % 7, _DAYS, 2.0)
        yield Facts("month", day.astype("datetime64[M]").astype(np.int64) % 12, _MONTHS, 1.0)
