"""What goes wrong where a problem has a shape of its own: counted, told, priced, and never a person shown."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from lifecycle_samples import to_phase

import mlpm_magics as mlpm
from mlpm_magics.catalogue import knowledge
from mlpm_magics.lifecycle.deciding import decision_report

COSTS = {"wrong_yes": 5, "wrong_no": 20, "decisions": 400, "period": "month", "unit": "EUR"}


def cases() -> pd.DataFrame:
    random = np.random.default_rng(6)
    frame = pd.DataFrame(random.normal(size=(900, 2)), columns=["size", "age"])
    frame["mail"] = [f"p{i}@example.org" for i in range(len(frame))]
    return frame.assign(yes=frame["size"] + random.normal(size=len(frame)) > 1.6)


def weeks() -> pd.DataFrame:
    random = np.random.default_rng(6)
    day = pd.date_range("2024-01-01", periods=120)
    sold = 50 + 20 * np.sin(2 * np.pi * np.arange(120) / 7) + 4 * random.normal(size=120)
    frames = [pd.DataFrame({"shop": shop, "day": day, "sold": sold}) for shop in ("north", "ana@example.org")]
    return pd.concat(frames)


def visits() -> pd.DataFrame:
    random = np.random.default_rng(6)
    viewer = np.tile(np.arange(60), 12)
    film = [f"film {random.integers(6) if who % 2 else random.integers(90)}" for who in viewer]
    frame = pd.DataFrame({"viewer": viewer, "film": film})
    return frame.assign(day=pd.date_range("2026-01-01", periods=len(frame), freq="h"))


SHAPES = {
    "ranking": (cases, {"target": "yes"}, ("shown_for_nothing", "left_behind")),
    "anomaly_detection": (cases, {"target": "yes"}, ("false_alarm", "missed_anomaly")),
    "forecasting": (
        weeks,
        {"target": "sold", "time": "day", "entity": "shop"},
        ("over_forecast", "under_forecast"),
    ),
    "recommendation": (
        visits,
        {"target": "film", "entity": "viewer", "time": "day"},
        ("served_nothing",),
    ),
}


@pytest.fixture(scope="module")
def reports():
    """A report of each shape, made once."""
    return {
        shape: mlpm.baseline(table(), problem_type=shape, costs=COSTS, budget_s=300.0, **given)
        for shape, (table, given, _) in SHAPES.items()
    }


@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_counts_its_own_mistakes_and_tells_days_of_them(reports, shape):
    report, kinds = reports[shape], SHAPES[shape][2]
    assert tuple(mistake.kind for mistake in report.mistakes) == kinds
    assert all(0 <= m.interval[0] <= m.share <= m.interval[1] <= 1 for m in report.mistakes)
    for story in report.stories:
        assert story.kind in kinds
        assert story.alike >= knowledge().limit("baseline.alike")
        assert story.chance is None
    cards = mlpm.empathy(baseline=report).cards
    assert {card.kind for card in cards} == {story.kind for story in report.stories} != set()
    for form in (str(report), report.to_markdown(), str(mlpm.empathy(baseline=report))):
        assert "example.org" not in form
    assert knowledge().day_stories[kinds[0]].name in report.to_markdown()


@pytest.mark.parametrize("shape", ["ranking", "anomaly_detection"])
def test_mistakes_and_their_price_are_what_the_places_say(reports, shape):
    report = reports[shape]
    wrong_yes, wrong_no = report.mistakes
    front = 0.1 if shape == "ranking" else 0.01
    assert wrong_yes.share == pytest.approx(front * (1 - report.rung.figures["precision"]), abs=0.003)
    spent = 400 * (5 * wrong_yes.share + 20 * wrong_no.share)
    assert report.priced.cost == pytest.approx(spent, rel=0.02)  # rows alike share places
    assert report.priced.cost + report.priced.saved == pytest.approx(report.priced.without)


def test_a_unit_too_many_and_a_unit_too_few_cost_what_the_forecast_is_off():
    given = SHAPES["forecasting"][1]
    even = {"wrong_yes": 1, "wrong_no": 1, "decisions": 1}
    report = mlpm.baseline(weeks(), problem_type="forecasting", costs=even, budget_s=300.0, **given)
    assert report.priced.cost == pytest.approx(report.rung.figures["usual error"])
    assert "plan for" not in report.priced.sentence


def test_unlike_costs_say_how_much_to_keep_in_reserve(reports):
    assert "plan for what is enough in 80 % of all cases" in reports["forecasting"].priced.sentence


def test_who_is_shown_nothing_is_paid_for_once(reports):
    report = reports["recommendation"]
    assert report.priced.cost == pytest.approx(400 * 20 * (1 - report.rung.value))


def test_a_kill_line_in_money_is_held_against_what_is_saved():
    given = {"target": "yes", "problem_type": "ranking", "budget_s": 300.0}
    frame = cases().assign(yes=lambda table: table["size"] * table["age"] > 0.8)
    report = mlpm.baseline(frame, costs=COSTS, kill_line=10_000, **given)
    assert report.verdict == "beats_baseline"
    assert (report.kill_line.answer, report.kill_line.unit) == ("below", "EUR saved per month")
    assert report.kill_line.gain == report.priced.saved


def test_a_guess_below_the_line_decides_nothing_while_a_model_may_do_better():
    random = np.random.default_rng(3)
    at = np.arange(84)
    month = pd.date_range("2018-01-31", periods=84, freq="ME")
    frames = [
        pd.DataFrame(
            {
                "shop": shop,
                "month": month,
                "sold": size * (1 + 0.3 * np.sin(2 * np.pi * at / 12))
                + 0.8 * at
                + 12 * random.normal(size=84),
            }
        )
        for shop, size in (("Berlin", 200), ("Munich", 340), ("Hamburg", 120))
    ]
    given = {"target": "sold", "time": "month", "entity": "shop", "problem_type": "forecasting"}
    report = mlpm.baseline(pd.concat(frames), costs=COSTS, kill_line=50, budget_s=300.0, **given)
    assert (report.rung.trivial, report.verdict) == (True, "cannot_tell")
    assert report.kill_line.answer == "cannot_tell"
    assert "0 % to 0 %" not in report.sentence


def test_without_costs_it_says_what_to_name():
    report = mlpm.baseline(cases(), target="yes", problem_type="ranking", budget_s=300.0)
    assert report.priced is None
    assert "Say what a no in front (--cost-fp) and a yes that is not in front (--cost-fn) costs" in " ".join(
        str(report).split()
    )


def test_where_nobody_can_be_wrong_it_says_why_and_what_would_tell():
    frame = cases().drop(columns=["mail", "yes"])
    for shape in ("clustering", "anomaly_detection"):
        told = mlpm.empathy(baseline=mlpm.baseline(frame, problem_type=shape, budget_s=300.0))
        assert told.cards == ()
        assert told.sentence == knowledge().problem_types[shape].no_mistakes != ""
        assert told.to_type == ""


@pytest.mark.parametrize("shape", SHAPES)
def test_gates_ask_no_forecast_for_a_chance(reports, shape, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    project = mlpm.start_project("Demand")
    to_phase(project, "model")
    project.record(reports[shape])
    kind = knowledge().problem_types[shape]
    for gate, why in (("chances_hold", kind.no_chances), ("threshold_set", kind.no_threshold)):
        assert why[1:30] in project.gates[gate].why
        assert project.gates[gate].state != "met"  # what is not measured is no pass
        assert project.gates[gate].how == f'%ml_lifecycle waive {gate} --because "…"'
    assert project.state.baseline.saved.unit == "EUR"
    assert "What the gain is in money." not in decision_report(project).unknown
