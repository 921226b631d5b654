"""`%ml_baseline` as it is typed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from IPython.core.error import UsageError

import mlpm_magics as mlpm


@pytest.fixture
def visits(shell) -> pd.DataFrame:
    random = np.random.default_rng(3)
    frame = pd.DataFrame(random.normal(size=(500, 3)), columns=list("abc"))
    frame["left"] = random.random(500) < 1 / (1 + np.exp(-2 * frame.a))
    frame["region"] = np.array(["north", "south"])[np.arange(500) % 2]
    shell.user_ns["visits"] = frame
    return frame


def test_what_was_typed_is_what_python_gives(shell, visits):
    costs = "--cost-fp 5 --cost-fn 20 --decisions 100 --period week"
    line = f"visits --target left --group region {costs} --kill-line 9"
    typed = shell.run_line_magic("ml_baseline", line)
    called = mlpm.baseline(
        visits,
        target="left",
        group="region",
        costs={"wrong_yes": 5, "wrong_no": 20, "decisions": 100, "period": "week"},
        kill_line=9,
        name="visits",
    )
    assert typed.fingerprint == called.fingerprint
    assert typed.threshold == called.threshold
    assert typed.kill_line.unit == "saved per week"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("", "For example %ml_baseline visits --target COLUMN"),
        ("visits", "no target was named"),
        ("visits --target lft", "Did you mean 'left'"),
        ("visits --target left --split 70/20", "do not add up to 100"),
        ("visits --target left --cost-fp 5", "--cost-fn"),
        ("visits --target left --problem-type rankng", "Did you mean 'ranking'"),
        ("visits --target left --problem-type regression", "holds classes"),
        ("visits --target left --kill-line 5000", "from 0 to 1"),
    ],
)
def test_a_slip_is_one_line(shell, visits, line, says):
    with pytest.raises(UsageError) as caught:
        shell.run_line_magic("ml_baseline", line)
    assert says in str(caught.value)


def test_typed_costs_are_told_at_the_volume_of_the_problem_card(shell, visits, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    project = mlpm.start_project("Churn")
    for field, text in (("cost_wrong_yes", "5 EUR"), ("cost_wrong_no", "20 EUR"), ("volume", "400 a month"),
                        ("kill_line", "stop below 10 EUR a month")):  # fmt: skip
        project.set(field, text)
    report = shell.run_line_magic("ml_baseline", "visits --target left --cost-fp 6 --cost-fn 30 --budget 20")
    costs = report.threshold.costs
    assert (costs.wrong_yes, costs.decisions, costs.period, costs.unit) == (6, 400, "month", "EUR")
    assert report.kill_line.unit == "EUR saved per month"
    project.set("who_acts", "the team calls")
    assert "who decides what with it" in report.model_card()  # it is of the moment it was made
    again = shell.run_line_magic("ml_baseline", "visits --target left --budget 20")
    assert "- Who acts: the team calls" in again.model_card()


def test_a_project_counts_the_looks(shell, visits, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    mlpm.start_project("Churn")
    first = shell.run_line_magic("ml_baseline", "visits --target left --budget 20")
    second = shell.run_line_magic("ml_baseline", "visits --target left --budget 20")
    assert (first.holdout.looks, second.holdout.looks) == (1, 2)
    assert first.recorded
    assert "Nobody counts" not in first.holdout.sentence


@pytest.mark.parametrize(
    "line", ["sales --target 'sold here' --time day", "sales --target 'sold here' --split 80/20"]
)
def test_a_sentence_that_reads_like_a_forecast_names_the_line_that_makes_one(shell, line):
    shell.run_cell("%ml_lifecycle start Demand").raise_error()
    shell.run_line_magic("ml_fit", "How many pieces will each shop sell next month?")
    day = pd.date_range("2024-01-01", periods=90).strftime("%Y-%m-%d")
    sold = np.arange(90.0) % 7 + np.arange(90) * 0.1
    shell.user_ns["sales"] = pd.DataFrame({"day": day, "sold here": sold, "open": np.arange(90) % 2 == 0})
    hint = shell.run_line_magic("ml_baseline", line).not_measured[-1]
    magic, _, typed = hint.split("`")[1].partition(" ")
    asked = shell.run_line_magic(magic[1:], typed)
    assert asked.problem_type == "forecasting"
    assert asked.split.asked == ("80/20" if "80/20" in line else "70/30")
    assert not [words for words in asked.not_measured if "--problem-type" in words]


def test_where_no_line_makes_a_forecast_what_is_missing_is_said(shell):
    shell.run_cell("%ml_lifecycle start Demand").raise_error()
    shell.run_line_magic("ml_fit", "How many pieces will each shop sell next month?")
    frame = pd.DataFrame({"at": np.arange(90), "sold": np.arange(90.0) % 7.3, "open": np.arange(90) % 2 == 0})
    shell.user_ns["sales"] = frame
    undated = shell.run_line_magic("ml_baseline", "sales --target sold").not_measured[-1]
    assert "COLUMN being the one that says when" in undated
    no_number = shell.run_line_magic("ml_baseline", "sales --target open").not_measured[-1]
    assert "--target names a number; `open` is none" in no_number
    assert "%ml_baseline" not in no_number
