"""More than two answers: whether their chances hold, and why no threshold follows from two costs."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.error import UsageError
from lifecycle_samples import to_phase

import mlpm_magics as mlpm
from mlpm_magics.baselines.calibration import of_many
from mlpm_magics.baselines.mixups import cheapest, matrix, read_prices
from mlpm_magics.catalogue import knowledge

NAMES = ("north", "south", "west")


def said_and_true(rows: int = 4000) -> tuple[np.ndarray, np.ndarray]:
    """Chances of three answers, and answers that come as often as that."""
    random = np.random.default_rng(8)
    said = random.dirichlet([1.0, 1.0, 1.0], rows)
    return said, (said.cumsum(axis=1) < random.random(rows)[:, None]).sum(axis=1)


def test_chances_that_hold_hold_for_every_answer():
    said, true = said_and_true()
    found = of_many(said, true, (np.arange(len(true)),), NAMES)
    assert found.answer == "calibrated"
    assert {one.name: one.answer for one in found.answers} == dict.fromkeys(NAMES, "calibrated")
    for one in found.answers:
        assert one.interval[0] <= one.said <= one.interval[1]
    assert sum(one.rows for one in found.answers) == len(true)


def test_one_answer_that_is_said_too_often_is_named():
    said, true = said_and_true()
    said[:, 1] += 0.25
    said /= said.sum(axis=1, keepdims=True)
    found = of_many(said, true, (np.arange(len(true)),), NAMES)
    assert found.answer == "off"
    south = next(one for one in found.answers if one.name == "south")
    assert south.said > south.interval[1]
    assert "south" in found.sentence


def test_few_rows_cannot_tell():
    said, true = said_and_true(30)
    found = of_many(said, true, (np.arange(30),), NAMES)
    assert found.answer == "cannot_tell"


def test_a_baseline_tells_it_and_why_two_costs_set_no_threshold(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    random = np.random.default_rng(9)
    frame = pd.DataFrame(random.normal(size=(900, 2)), columns=["a", "b"])
    frame["team"] = np.array(NAMES)[np.digitize(frame.a + 0.4 * random.normal(size=900), [-0.5, 0.5])]
    costs = {"wrong_yes": 5, "wrong_no": 9}
    report = mlpm.baseline(frame, target="team", costs=costs, budget_s=300)
    assert {one.name for one in report.calibration.answers} == set(NAMES)
    [wrong] = report.mistakes
    assert wrong.kind == "wrong_answer"
    assert wrong.share == pytest.approx(1 - report.rung.figures["accuracy"], abs=1e-6)
    assert "Answer by answer" in report.to_markdown()
    why = knowledge().problem_types["classification"].no_threshold
    assert any(why in note for note in report.notes)
    project = mlpm.start_project("Teams")
    to_phase(project, "model")
    project.record(report)
    assert why[1:40] in project.gates["threshold_set"].why
    assert "about" in mlpm.empathy(baseline=report).cards[0].often.lower()


TEAMS = ("billing", "legal", "sales")


def tickets(rows: int = 900) -> pd.DataFrame:
    random = np.random.default_rng(9)
    frame = pd.DataFrame(random.normal(size=(rows, 2)), columns=["a", "b"])
    return frame.assign(
        team=np.array(TEAMS)[np.digitize(frame.a + 0.5 * random.normal(size=rows), [-0.6, 0.6])]
    )


def test_a_price_goes_by_pair_then_by_what_was_missed_then_by_all_others():
    costs = {"mixups": {"legal taken for sales": 90, "legal": 40, "else": 5}, "unit": "EUR"}
    found = matrix(read_prices(costs), TEAMS)
    assert found.tolist() == [[0, 5, 5], [40, 0, 90], [5, 5, 0]]


@given(
    chances=st.lists(st.lists(st.floats(0.01, 1), min_size=3, max_size=3), min_size=1, max_size=5),
    prices=st.lists(st.integers(0, 50), min_size=9, max_size=9),
)
def test_no_other_answer_is_expected_to_cost_less(chances, prices):
    chance = np.array(chances)
    table = np.array(prices, dtype=float).reshape(3, 3)
    np.fill_diagonal(table, 0.0)
    expected = chance @ table
    said = cheapest(chance, table)
    assert np.allclose(expected[np.arange(len(said)), said], expected.min(axis=1))


def test_mix_ups_with_a_price_are_money_per_period(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    costs = {"mixups": {"legal": 15, "else": 5}, "decisions": 2000, "period": "month", "unit": "EUR"}
    report = mlpm.baseline(tickets(), target="team", costs=costs, kill_line=100.0, budget_s=300.0)
    paid = report.mixed_up
    assert paid.saved == pytest.approx(paid.without - paid.cost)
    assert paid.cost <= paid.likeliest  # it is the dearest mistakes that it avoids
    assert paid.saved_interval[0] <= paid.saved <= paid.saved_interval[1]
    assert report.kill_line.unit == "EUR saved per month"
    assert "legal taken for" in " ".join(str(report).split())
    assert "EUR per month" in report.model_card()
    total = sum(2000 * one.share * one.each for one in paid.mixups)
    assert total == pytest.approx(paid.cost)
    project = mlpm.start_project("Tickets")
    to_phase(project, "model")
    project.record(report)
    assert project.gates["threshold_set"].state == "met"
    assert project.state.baseline.saved.unit == "EUR"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("tickets --target team --cost legl=9 --cost else=1", "Did you mean 'legal'?"),
        ("tickets --target team --cost legal=9", "Name it, or all others at once: else"),
        ("tickets --target team --cost legal", '--cost "north taken for south=20"'),
        ("tickets --target team --cost legal=dear", "no number above 0"),
        ("tickets --target a --cost legal=9", "is a number: no mix-ups"),
        ("tickets --target team --cost else=9 --cost-fp 5 --cost-fn 9", "--cost-fp and --cost-fn for two"),
    ],
)
def test_a_slip_in_a_price_is_one_line(shell, line, says):
    shell.user_ns["tickets"] = tickets(300)
    with pytest.raises(UsageError, match=re.escape(says)):
        shell.run_line_magic("ml_baseline", line)


def test_prices_are_typed_in_words(shell):
    shell.user_ns["tickets"] = tickets(300)
    typed = '--cost "legal taken for sales=90" --cost else=5 --decisions 500 --period week'
    report = shell.run_line_magic("ml_baseline", f"tickets --target team {typed}")
    assert report.mixed_up.costs.mixups == {"legal taken for sales": 90.0, "else": 5.0}
    assert report.mixed_up.costs.period == "week"
