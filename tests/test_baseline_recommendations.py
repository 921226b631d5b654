"""Recommendations where it is known what people like."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import mlpm_magics as mlpm


def recommend(frame: pd.DataFrame, **more):
    given = {"target": "film", "entity": "viewer", "time": "day", **more}
    return mlpm.baseline(frame, problem_type="recommendation", budget_s=300.0, **given)


def views(films) -> pd.DataFrame:
    """One row per view, `films(random, viewer)` says which film; 200 viewers, 20 views each."""
    random = np.random.default_rng(4)
    viewer = np.tile(np.arange(200), 20)
    film = [f"film {films(random, who)}" for who in viewer]
    return pd.DataFrame(
        {"viewer": viewer, "film": film, "day": pd.date_range("2026-01-01", periods=4000, freq="h")}
    )


def test_tastes_are_found_where_people_have_them():
    frame = views(lambda random, who: 40 * (who % 5) + random.integers(40))
    report = recommend(frame)
    values = {rung.id: rung.value for rung in report.ladder}
    assert values["taken_together"] > values["most_popular"] + 0.3
    assert values["factors"] > values["most_popular"] + 0.3
    assert [row.label for row in report.breakdowns[0].rows] == [f"{n} named" for n in (1, 3, 5, 10, 20)]


def test_where_all_like_the_same_the_popular_is_enough():
    frame = views(lambda random, who: int(random.exponential(6)))
    report = recommend(frame)
    assert report.verdict != "beats_baseline"
    assert {rung.id: rung.value for rung in report.ladder}["most_popular"] > 0.9


def test_people_who_come_back_to_the_same_are_served_by_what_they_took_last():
    frame = views(lambda random, who: who if random.random() < 0.8 else random.integers(200))
    values = {rung.id: rung.value for rung in recommend(frame).ladder}
    assert values["last_taken"] > 0.9 > 0.4 > values["most_popular"]


def test_a_group_has_its_own_popular_things():
    frame = views(lambda random, who: 30 * (who % 2) + random.integers(30)).assign(
        country=lambda f: np.where(f.viewer % 2, "north", "south")
    )
    values = {rung.id: rung.value for rung in recommend(frame, group="country").ladder}
    assert values["popular_in_group"] >= values["most_popular"]


def test_without_time_rows_are_held_out_by_what_they_hold():
    frame = views(lambda random, who: 40 * (who % 5) + random.integers(40)).drop(columns="day")
    one = recommend(frame, time=None)
    other = recommend(frame.sample(frac=1, random_state=3), time=None)
    assert one.holdout == other.holdout
    assert one.split.by == "rows"


def test_no_name_of_a_person_or_thing_is_in_the_report():
    frame = views(lambda random, who: 40 * (who % 5) + random.integers(40))
    frame["viewer"] = [f"Mrs Person{who}" for who in frame.viewer]
    report = recommend(frame)
    shown = str(report.to_dict()) + report.to_html()
    assert "Person1" not in shown
    assert "film 1" not in shown


@pytest.mark.parametrize("missing", ["target", "entity"])
def test_people_and_things_must_be_named(missing):
    with pytest.raises(mlpm.MlpmError, match=f"--{missing}"):
        recommend(views(lambda random, who: who), **{missing: None})
