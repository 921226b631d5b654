"""Alerts on tables whose unusual rows are known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import mlpm_magics as mlpm


def alerts(frame: pd.DataFrame, **more):
    return mlpm.baseline(frame, problem_type="anomaly_detection", budget_s=300.0, **more)


def usual(rows: int = 3000, seed: int = 0) -> tuple[pd.DataFrame, np.ndarray]:
    random = np.random.default_rng(seed)
    frame = pd.DataFrame(random.normal(size=(rows, 5)), columns=list("abcde"))
    frame["kind"] = random.choice(list("xyz"), rows)
    return frame, random.random(rows) < 0.02


def test_one_far_column_is_caught_by_the_simplest_rule():
    frame, odd = usual()
    frame.loc[odd, "c"] += 3.2
    report = alerts(frame.assign(fraud=odd), target="fraud")
    values = {rung.id: rung.value for rung in report.ladder}
    assert values["farthest"] > 0.5
    assert values["fixed_threshold"] > 0.5 > 0.1 > values["no_order"]
    assert report.verdict != "beats_baseline"
    assert report.rung.trivial


def test_what_is_unusual_only_together_needs_more_than_a_threshold():
    frame, odd = usual(6000)
    frame["b"] = frame.a + np.random.default_rng(1).normal(scale=0.05, size=6000)
    frame.loc[odd, "b"] = -frame.a[odd]
    report = alerts(frame.assign(fraud=odd), target="fraud")
    values = {rung.id: rung.value for rung in report.ladder}
    assert values["taught"] > 0.8 > values["fixed_threshold"] + 0.3
    assert report.verdict == "beats_baseline"
    assert "known cases" in report.sentence


def test_the_breakdown_says_how_many_alerts_are_right_for_each_budget():
    frame, odd = usual()
    frame.loc[odd, "c"] += 3.2
    lines = alerts(frame.assign(fraud=odd), target="fraud").breakdowns[0].rows
    assert [line.label for line in lines][2] == "1.0 % (9 alerts)"
    precision = [line.values["farthest"][0] for line in lines]
    assert precision == sorted(precision, reverse=True)


def test_without_known_cases_nothing_is_called_right():
    frame, odd = usual()
    frame.loc[odd, ["a", "b", "c"]] *= 6
    report = alerts(frame)
    assert report.verdict == "cannot_tell"
    assert "nobody can say" in report.sentence
    assert report.target == ""
    assert str(report)
    assert report.to_html()


def test_cases_that_are_no_yes_or_no_are_one_clear_line():
    frame, _ = usual(300)
    with pytest.raises(mlpm.MlpmError, match="must say yes or no"):
        alerts(frame, target="kind")


def test_alerts_a_day_are_told_where_rows_have_dates():
    frame, odd = usual(2400)
    report = alerts(
        frame.assign(fraud=odd, at=pd.date_range("2026-01-01", periods=2400, freq="h")),
        target="fraud",
        time="at",
    )
    assert any("about 0.24 a day" in note for note in report.notes)
