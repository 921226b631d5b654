"""Orders of rows whose worth is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mlpm_magics as mlpm
from mlpm_magics.baselines.lists import gathered, ndcg, places

NUMBERS = st.lists(st.integers(0, 5), min_size=2, max_size=40)


def rank(frame: pd.DataFrame, **more):
    return mlpm.baseline(frame, target="y", problem_type="ranking", budget_s=300.0, **more)


def table(rows: int = 1500, seed: int = 3) -> pd.DataFrame:
    return pd.DataFrame(np.random.default_rng(seed).normal(size=(rows, 4)), columns=list("abcd"))


def test_a_column_that_sorts_already_is_the_order_to_beat():
    frame = table()
    frame["y"] = np.random.default_rng(1).random(1500) < 1 / (1 + np.exp(2 - 3 * frame.a))
    report = rank(frame)
    values = {rung.id: rung for rung in report.ladder}
    assert values["one_column"].title == "the highest a first"
    assert values["one_column"].value > 3 * values["no_order"].value
    assert report.verdict != "beats_baseline"
    assert report.chosen == "one_column"


def test_columns_that_add_up_order_better_than_any_one_of_them():
    frame = table(2500)
    frame["y"] = np.random.default_rng(1).random(2500) < 1 / (1 + np.exp(3 - 2 * frame.sum(axis=1)))
    report = rank(frame)
    assert report.verdict == "beats_baseline"
    assert report.rung.readable
    assert report.rung.figures["precision"] > 0.8
    assert len(report.breakdowns[0].rows) == 5


def test_noise_has_no_order():
    frame = table(800).assign(y=np.random.default_rng(1).random(800) < 0.3)
    assert rank(frame).verdict != "beats_baseline"


def test_with_time_the_newest_and_the_most_seen_are_orders_too():
    frame = table(900).assign(
        day=pd.date_range("2025-01-01", periods=900, freq="6h"), who=np.arange(900) % 30
    )
    frame["y"] = np.exp(frame.a + np.random.default_rng(2).normal(size=900) * 0.6)
    report = rank(frame, time="day", entity="who")
    assert {"newest_first", "most_seen", "last_value"} <= {rung.id for rung in report.ladder}
    assert report.rung.value > 0.5
    assert "precision" not in report.rung.figures


def test_three_answers_have_no_order():
    frame = table(300).assign(y=np.array(["a", "b", "c"])[np.arange(300) % 3])
    with pytest.raises(mlpm.MlpmError, match="3 answers"):
        rank(frame)


@given(NUMBERS, st.floats(0.01, 1))
def test_the_first_places_hold_as_many_as_they_should_and_never_more_than_the_best_order(worth, share):
    worth = np.array(worth, dtype=float)
    lists = np.zeros(len(worth))
    scores = np.round(np.sin(np.arange(len(worth))), 1)  # some alike
    inside = places(scores, lists, share)
    assert inside.sum() == pytest.approx(places(np.arange(len(worth)), lists, share).sum())
    assert ((inside >= 0) & (inside <= 1)).all()
    best = gathered(worth, worth, lists, share).sum()
    assert gathered(scores, worth, lists, share).sum() <= best + 1e-9
    assert ndcg(worth, worth, lists, share) == pytest.approx(1.0 if worth.any() else 0.0)
    assert 0 <= ndcg(scores, worth, lists, share) <= 1 + 1e-9


def test_rows_of_one_score_bring_what_chance_would():
    worth = np.array([1.0, 0, 0, 0])
    assert gathered(np.zeros(4), worth, np.zeros(4), 0.5).sum() == pytest.approx(0.5)
