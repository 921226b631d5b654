"""What says what comes next in a series: guesses that need no model, and models of the past."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from mlpm_magics.baselines.series import Cases, Panel
from mlpm_magics.evidence.prepared import Array

Predict = Callable[[Panel, Cases], Array]


def last_value(panel: Panel, cases: Cases) -> Array:
    """The value at the origin."""
    found: Array = panel.values[cases.origin]
    return found


def guesses(panel: Panel) -> list[tuple[str, str, Predict]]:
    """Id, title and forecast of each guess; those of a season only where one was seen."""
    found: list[tuple[str, str, Predict]] = [
        ("last_value", "the last value", last_value),
        ("average_so_far", "the average so far", Panel.mean_so_far),
    ]
    if panel.season > 1:
        found += [
            ("season_before", panel.season_words, _season),
            ("season_average", panel.season_average_words, Panel.season_so_far),
        ]
    return [*found, ("moving_average", f"the average of the last {panel.window}", Panel.mean_before)]


def _season(panel: Panel, cases: Cases) -> Array:
    found: Array = panel.values[panel.season_ago(cases)]
    return found


def _learned(model: Callable[[], Any]) -> Callable[[Panel, Cases], Predict]:
    """A model of how far the value will be from the last one, in steps of the series' own scale."""

    def learn(panel: Panel, cases: Cases) -> Predict:
        scale = panel.scale[cases.series]
        change = (panel.values[cases.target] - panel.values[cases.origin]) / scale
        fitted = model().fit(panel.inputs(cases), np.clip(change, -50, 50))

        def predict(panel: Panel, cases: Cases) -> Array:
            moved: Array = fitted.predict(panel.inputs(cases)) * panel.scale[cases.series]
            return panel.values[cases.origin] + moved

        return predict

    return learn


def _ridge() -> Any:
    from sklearn.linear_model import Ridge
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), Ridge(alpha=3.0))


def _boosted() -> Any:
    from sklearn.ensemble import HistGradientBoostingRegressor

    return HistGradientBoostingRegressor(
        loss="absolute_error", max_iter=120, learning_rate=0.07, max_leaf_nodes=12, early_stopping=False,
        random_state=0,
    )  # fmt: skip


MODELS: tuple[tuple[str, str, Callable[[Panel, Cases], Predict], bool], ...] = (
    ("linear", "a weighted sum of the past", _learned(_ridge), True),
    ("boosted_trees", "boosted trees over the past", _learned(_boosted), False),
)
