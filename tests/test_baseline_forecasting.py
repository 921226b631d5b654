"""Forecasts of series whose truth is known: nothing to learn, a season, a panel with structure."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import mlpm_magics as mlpm

PATIENT = 300.0
DAYS = pd.date_range("2023-01-01", periods=700)


def forecast(frame: pd.DataFrame, **more):
    given = {"time": "day", "budget_s": PATIENT, "problem_type": "forecasting", **more}
    return mlpm.baseline(frame, target="y", **given)


def noise(rows: int = 700, seed: int = 0):
    return np.random.default_rng(seed).normal(size=rows)


def test_a_random_walk_is_best_guessed_by_its_last_value():
    report = forecast(pd.DataFrame({"day": DAYS, "y": np.cumsum(noise())}))
    assert report.verdict != "beats_baseline"
    assert report.chosen == "last_value"


def test_a_weekly_pattern_is_seen_and_its_average_is_the_guess_to_beat():
    week = np.array([0, 10, 12, 11, 13, 30, 25])[np.arange(700) % 7]
    report = forecast(pd.DataFrame({"day": DAYS, "y": 100 + week + 3 * noise()}))
    values = {rung.id: rung.value for rung in report.ladder}
    assert values["season_before"] > 0.5
    assert report.breakdowns[0].rows[0].label == "1 day ahead"
    # averaging many weeks is better than any one of them: by 1 - 1/sqrt(2) at most; nothing else is known
    assert values["season_average"] > values["season_before"] + 0.05
    assert report.rung.title == "the average of that weekday"
    assert report.verdict != "beats_baseline"
    assert 0.5 < report.rung.figures["MASE"] < 0.9


def test_where_the_season_says_all_no_model_does_better():
    months = pd.date_range("2012-01-01", periods=132, freq="MS")
    year = 20 * np.sin(2 * np.pi * np.arange(132) / 12)
    frame = pd.DataFrame({"day": months, "y": 100 + year + np.cumsum(noise(132)) * 0.5})
    report = forecast(frame)
    assert {rung.id: rung.title for rung in report.ladder}["season_before"] == "the same month a year before"
    assert {rung.id: rung.value for rung in report.ladder}["season_before"] > 0.5
    assert report.chosen != "boosted_trees"


def test_the_newest_part_is_the_test_whatever_is_asked_and_other_columns_are_set_aside():
    frame = pd.DataFrame({"day": DAYS, "y": noise(), "weather": noise(seed=1)}).sample(frac=1, random_state=1)
    report = forecast(frame, split="90/10")
    assert report.split.by == "time"
    assert report.split.test_rows == 70
    assert [item.what for item in report.set_aside] == ["weather"]


def test_series_of_many_sizes_count_alike_and_short_ones_are_named():
    months = pd.date_range("2016-01-01", periods=96, freq="MS")
    frames = [
        pd.DataFrame({"day": months, "shop": shop, "y": size * (10 + noise(96, shop))})
        for shop, size in enumerate([1, 10, 100, 1000, 10_000, 5])
    ]
    frames[-1] = frames[-1].head(10)
    report = forecast(pd.concat(frames, ignore_index=True), entity="shop")
    assert any("1 of 6 series" in note for note in report.notes)
    assert {rung.id: rung.value for rung in report.ladder}["moving_average"] > 0.1


@pytest.mark.parametrize(
    ("frame", "more", "says"),
    [
        (pd.DataFrame({"day": DAYS[:12], "y": noise(12)}), {}, "moments to learn from"),
        (pd.DataFrame({"day": DAYS, "y": noise()}), {"time": None}, "--time"),
        (pd.DataFrame({"day": DAYS, "y": np.where(noise() > 0, "up", "down")}), {}, "no number"),
        (
            pd.DataFrame({"day": DAYS, "y": noise()}),
            {"problem_type": "forecastng"},
            "Did you mean 'forecasting'",
        ),
    ],
)
def test_what_cannot_be_forecast_is_one_clear_line(frame, more, says):
    with pytest.raises(mlpm.MlpmError, match=says):
        forecast(frame, **more)


def test_steps_that_are_no_dates_are_counted():
    frame = pd.DataFrame({"day": np.arange(200), "y": np.cumsum(noise(200))})
    report = forecast(frame)
    assert report.breakdowns[0].rows[0].label == "1 step ahead"


def test_a_year_ahead_is_never_known_today():
    """What comes after the origin plays no part: changing it changes no forecast made before."""
    from mlpm_magics.baselines.series import panel_of
    from mlpm_magics.baselines.split import split
    from mlpm_magics.evidence.prepared import usable_rows
    from mlpm_magics.table import open_table

    def panel(y):
        table = open_table(pd.DataFrame({"day": DAYS, "y": y}), target="y", time="day")
        return panel_of(table, split(table, usable_rows(table), "70/30", 0, series=True))

    y = 50 + 10 * np.sin(np.arange(700) * 2 * np.pi / 7) + noise()
    one, other = panel(y), panel(np.where(np.arange(700) < 600, y, y + 1000 * noise(seed=5)))
    cases = one.cases(one.first_test, one.ends)
    before = cases.origin < 600
    assert (one.inputs(cases)[before] == other.inputs(cases)[before]).all()
    assert (one.season_ago(cases) <= cases.origin).all()
