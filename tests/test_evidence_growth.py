"""Growth is told from standing still, from seasons, and from a column that merely has many values."""

from __future__ import annotations

import evidence_time_worlds as worlds
import numpy as np
import pandas as pd
import pytest

from mlpm_magics.evidence.ladder import start
from mlpm_magics.evidence.measures import scales_fast
from mlpm_magics.evidence.prepared import prepare
from mlpm_magics.table import open_table


def found(frame, *, time="when", entity="who"):
    return scales_fast.measure(start(prepare(open_table(frame, target="y", time=time, entity=entity))))


def test_growth_is_found_with_its_pace():
    for seed in range(10):
        evidence = found(worlds.growth_world("grows", 1000, seed, monthly=0.06))
        assert evidence.answer == "yes"
        assert evidence.unit == "growth per month"
        assert evidence.effect == pytest.approx(0.06, abs=0.02)


@pytest.mark.parametrize("kind", ["flat", "season", "many"])
def test_standing_still_seasons_and_many_values_are_no_growth(kind):
    answers = [found(worlds.growth_world(kind, 1000, seed)).answer for seed in range(10)]
    assert answers.count("yes") == 0
    assert answers.count("no") >= 9


def test_values_that_keep_coming_count_as_growth():
    evidence = found(worlds.growth_world("renewed", 1000, 1))
    assert evidence.answer == "yes"
    assert evidence.unit == "share of later rows"
    assert "never seen before" in evidence.text


def test_half_a_season_is_not_called_growth():
    for seed in range(6):
        frame = worlds.growth_world("season", 1500, seed, years=1.0)
        assert found(frame[frame["when"] < "2020-04-01"]).answer != "yes"


def test_a_steep_rise_in_one_year_is_growth_with_a_caveat():
    evidence = found(worlds.growth_world("grows", 2000, 1, monthly=0.25, years=1.0))
    assert evidence.answer == "yes"
    assert "season" in evidence.caveat


def test_one_row_a_day_does_not_grow():
    evidence = found(worlds.walks_world(400, 1), entity=None)
    assert evidence.answer == "no"
    assert evidence.effect == pytest.approx(0, abs=1e-6)


def test_all_unique_ids_are_nothing_new():
    frame = worlds.growth_world("flat", 1000, 2)
    frame["who"] = [f"id{i}" for i in range(len(frame))]
    assert found(frame).answer == "no"


def test_unsorted_rows_and_dates_as_text_give_the_same():
    frame = worlds.growth_world("grows", 1000, 3)
    text = frame.assign(when=frame["when"].dt.strftime("%Y-%m-%d")).sample(frac=1, random_state=0)
    assert found(text).answer == found(frame).answer == "yes"


@pytest.mark.parametrize(
    "change",
    [
        lambda f: f.head(60),
        lambda f: f.assign(when=pd.Timestamp("2024-01-01")),
        lambda f: f.assign(when=pd.to_datetime(np.resize(["2024-01-01", "2024-06-01"], len(f)))),
    ],
)
def test_too_few_rows_or_moments_cannot_tell(change):
    evidence = found(change(worlds.growth_world("grows", 500, 1)))
    assert evidence.answer == "cannot_tell"
    assert evidence.caveat


def test_without_a_time_column_it_says_what_would_settle_it():
    evidence = found(worlds.growth_world("grows", 300, 1).drop(columns="when"), time=None)
    assert evidence.answer == "cannot_tell"
    assert "time" in evidence.caveat
