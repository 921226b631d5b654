"""Gaps in the PM's units: what mistakes cost with and without a model, and how many people they hit."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import mlpm_magics as mlpm
from mlpm_magics.errors import MlpmError

COSTS = {"wrong_yes": 5, "wrong_no": 100, "decisions": 2_000, "period": "month", "unit": "EUR"}


@pytest.fixture(scope="module")
def table():
    random = np.random.default_rng(0)
    frame = pd.DataFrame(random.normal(size=(1_200, 4)), columns=list("abcd"))
    frame["left"] = np.where(frame.a + frame.b + random.normal(size=1_200) * 0.7 > 1.2, "yes", "no")
    return frame


@pytest.fixture(scope="module")
def found(table):
    return mlpm.measure_fit(table, target="left", costs=COSTS, budget_s=300)


def test_without_a_model_the_cheaper_of_always_and_never_is_paid(found, table):
    share = (table.left == "yes").mean()
    without = found.priced[0]
    assert without.cost == pytest.approx(min((1 - share) * 5, share * 100) * 2_000)
    assert (without.saved, without.wrong_no) == (0, 0)
    assert without.wrong_yes == pytest.approx((1 - share) * 2_000)


def test_each_rung_is_told_in_money_and_in_people_and_the_two_agree(found):
    assert [rung.rung for rung in found.priced] == [rung.id for rung in found.ladder]
    for rung in found.priced:
        assert rung.cost == pytest.approx(rung.wrong_yes * 5 + rung.wrong_no * 100)
        assert rung.saved == pytest.approx(found.priced[0].cost - rung.cost)
        assert rung.interval[0] <= rung.saved <= rung.interval[1]
    assert max(rung.interval[0] for rung in found.priced) > 0, "this table pays"


def test_the_page_says_what_yes_means_and_what_is_saved_per_period(found):
    text = found.to_markdown()
    assert "EUR per month" in text
    assert "chance of 5%" in text


def test_noise_saves_nothing_for_sure(table):
    noise = table.assign(left=np.random.default_rng(5).permutation(table.left))
    priced = mlpm.measure_fit(noise, target="left", costs=COSTS, budget_s=300).priced
    assert all(rung.interval[0] <= 0 for rung in priced)


def test_costs_of_a_number_are_refused_in_words_and_nothing_is_lost(table):
    found = mlpm.measure_fit(table.assign(y=table.a + table.b).drop(columns="left"), target="y", costs=COSTS)
    assert found.priced == ()
    assert any("yes or no" in note for note in found.notes)


@pytest.mark.parametrize(
    ("costs", "words"),
    [
        ({"wrong_yes": 5}, "wrong_no"),
        ({"wrong_yes": 5, "wrong_no": -1}, "above 0"),
        ({"wrong_yes": 5, "wrong_no": 1, "wrong_maybe": 2}, "wrong_maybe"),
        (5, "mapping"),
    ],
)
def test_odd_costs_are_one_line(table, costs, words):
    with pytest.raises(MlpmError, match=words) as error:
        mlpm.measure_fit(table, target="left", costs=costs)
    assert "\n" not in str(error.value)
