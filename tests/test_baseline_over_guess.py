"""Better than the best guess, by an interval and by the money: said the same way everywhere."""

from __future__ import annotations

import msgspec
import numpy as np
import pandas as pd
import pytest
from lifecycle_samples import to_phase

import mlpm_magics as mlpm
from mlpm_magics.baselines.intervals import ratio
from mlpm_magics.baselines.over_guess import over_guess, verdict_of
from mlpm_magics.evidence.gaps import Gap
from mlpm_magics.lifecycle import start_project
from mlpm_magics.results import Costs, Priced

TITLES = {"guess": "the last value", "model": "a weighted sum"}


def priced(low: float, high: float) -> Priced:
    return Priced(
        costs=Costs(wrong_yes=1, wrong_no=3, decisions=100, period="week", unit="EUR"),
        cost=400, cost_interval=(300, 500), without=438, saved=38, saved_interval=(low, high), sentence="",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("gap", "money", "verdict", "ends"),
    [
        (Gap(0.12, 0.03, 0.21), None, "beats_baseline", "(3 % to 21 %): better"),
        (Gap(0.12, -0.03, 0.25), None, "cannot_tell", "(-3 % to 25 %): cannot tell yet"),
        (Gap(-0.1, -0.2, -0.05), None, "no_better", "with the best guess (5 % to 20 %): no better"),
        (Gap(0.12, 0.03, 0.21), (5, 90), "beats_baseline", "(3 % to 21 %): better"),
        (Gap(0.12, 0.03, 0.21), (-163, 238), "cannot_tell", "per week (-163 to 238): cannot tell yet"),
        (Gap(0.12, 0.03, 0.21), (-163, 0), "no_better", "saved per week (-163 to 0): no better"),
        (Gap(0.12, -np.inf, np.inf), None, "cannot_tell", "for an interval): cannot tell yet"),
    ],
)  # fmt: skip
def test_the_interval_decides_and_where_costs_are_known_the_money_too(gap, money, verdict, ends):
    paid = priced(*money) if money else None
    found = over_guess(gap, unit="lower", margin=0.01, chosen=True, paid=paid, **TITLES)
    assert verdict_of(found) == verdict
    assert found.words.endswith(ends)
    assert "the last value" in found.sentence


def test_a_guess_that_was_chosen_is_never_better_than_itself():
    found = over_guess(Gap(0.12, 0.03, 0.21), unit="lower", margin=0.01, chosen=False, **TITLES)
    assert verdict_of(found) == "cannot_tell"


def test_where_no_model_was_tested_nothing_can_be_told():
    titles = {"guess": "the last value", "model": "the last value"}
    found = over_guess(Gap(0.0, 0.0, 0.0), unit="lower", margin=0.01, chosen=False, **titles)
    assert verdict_of(found) == "cannot_tell"
    assert found.words == "no model was held against the best guess: cannot tell yet"


@pytest.mark.parametrize("problem_type", [None, "ranking", "forecasting"])
def test_no_better_rests_on_rows_that_nobody_learned_from(problem_type):
    """Noise: the guess is chosen on the training part; on the test part a model is held against it."""
    random = np.random.default_rng(5)
    frame = pd.DataFrame({"a": random.normal(size=400), "y": random.normal(size=400)})
    frame["day"] = pd.date_range("2024-01-01", periods=400)
    time = "day" if problem_type == "forecasting" else None
    report = mlpm.baseline(frame, target="y", time=time, problem_type=problem_type, budget_s=300.0)
    trivial = {rung.title for rung in report.ladder if rung.trivial}
    assert report.over.guess in trivial
    assert report.over.model not in trivial
    assert report.over.interval[0] < report.over.interval[1]
    assert report.verdict != "beats_baseline"


@pytest.mark.parametrize(("gain", "least", "most"), [(0.0, 0.0, 0.1), (0.3, 0.9, 1.0)])
def test_a_tick_is_seldom_given_for_nothing_and_nearly_always_for_a_clear_gain(gain, least, most):
    """Twenty stretches of time, some hard for both and each with a turn of its own for either."""
    random = np.random.default_rng(11)
    stretch = np.repeat(np.arange(20), 15)
    ticks = []
    for _ in range(200):
        hard = random.normal(scale=0.4, size=20) + random.normal(scale=0.2, size=(2, 20))
        guess, model = np.exp(hard[:, stretch]) * random.exponential(size=(2, 300))
        found = ratio(guess - (1 - gain) * model, guess, [stretch])
        over = over_guess(found, unit="lower", margin=0.05, chosen=True, **TITLES)
        ticks.append(over.answer == "yes")
    assert least <= np.mean(ticks) <= most


@pytest.fixture(scope="module")
def report():
    """A forecast whose gain over the best guess is sure, and at these costs what it saves is not."""
    random = np.random.default_rng(6)
    day = pd.date_range("2024-01-01", periods=120)
    sold = 50 + 20 * np.sin(2 * np.pi * np.arange(120) / 7) + 4 * random.normal(size=120)
    frame = pd.DataFrame({"day": day, "sold": sold})
    return mlpm.baseline(
        frame, target="sold", time="day", problem_type="forecasting", budget_s=300.0,
        costs={"wrong_yes": 1, "wrong_no": 3, "decisions": 100, "period": "week", "unit": "EUR"},
    )  # fmt: skip


def test_what_a_baseline_says_follows_its_interval_and_its_money(report):
    over = report.over
    assert over.interval[0] <= over.value <= over.interval[1]
    sure = over.interval[0] > 0 and over.value > 0.01 and report.priced.saved_interval[0] > 0
    assert (report.verdict == "beats_baseline") == sure == (over.answer == "yes")


def test_page_card_gate_report_and_premortem_say_the_same(report, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    money = "38 EUR saved per week (-163 to 238): cannot tell yet"
    doubt = over_guess(
        Gap(0.12, 0.03, 0.21), unit="lower", margin=0.01, chosen=True, paid=priced(-163, 238), **TITLES
    )
    report = msgspec.structs.replace(report, over=doubt, verdict=verdict_of(doubt), sentence=doubt.sentence)
    assert str(report).startswith("? CANNOT TELL YET")
    assert "38 EUR saved per week (-163 to 238)" in report.model_card()
    project = start_project("Bread")
    to_phase(project, "model")
    project.record(report)
    gate = project.gates["beats_simple_way"]
    assert (gate.state == "met", money in gate.why) == (False, True)
    [sign] = [sign for sign in mlpm.decision_report(project).signs if sign.title == "Baseline"]
    assert (sign.light, money in sign.text) == ("open", True)
    split = [item for item in mlpm.premortem(project).items if "random split" in str(item.noticed)]
    assert not split  # it was split by time
    assert any(money in words for item in mlpm.premortem(project).items for words in item.noticed)
