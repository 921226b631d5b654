"""Groups, series and users who are served worse, where the problem has a shape of its own."""

from __future__ import annotations

import numpy as np
import pandas as pd

import mlpm_magics as mlpm


def made(frame: pd.DataFrame, shape: str, **more):
    return mlpm.baseline(frame, problem_type=shape, budget_s=300.0, **more)


def standing(report) -> dict[str, str]:
    return {part.name: part.standing for part in report.slices}


def test_the_series_that_is_forecast_worst_and_its_worst_week_are_named():
    random = np.random.default_rng(1)
    days = pd.date_range("2024-01-01", periods=240)
    week = 20 * np.sin(2 * np.pi * np.arange(240) / 7)
    frames = [
        pd.DataFrame(
            {"shop": f"shop {s}", "day": days, "y": 100 + week * (s > 0) + 3 * random.normal(size=240)}
        )
        for s in range(3)
    ]
    frames[2].loc[220:224, "y"] += 90
    report = made(pd.concat(frames), "forecasting", target="y", time="day", entity="shop")
    assert standing(report)["shop 0"] == "worse"
    worst = report.breakdowns[1]
    assert worst.rows[0].label.endswith("shop 2")
    assert {"2024-08-08", "2024-08-15"} >= {row.label.split(",")[0][-10:] for row in worst.rows[:1]}
    assert "shop 0" in report.slices_sentence
    assert "Error saved" in str(report)


def test_a_group_whose_known_cases_raise_no_alert_is_named_with_its_misses():
    random = np.random.default_rng(2)
    frame = pd.DataFrame(random.normal(size=(2000, 3)), columns=list("abc"))
    frame["region"] = np.array(["north", "south"])[np.arange(2000) % 2]
    odd = random.random(2000) < 0.05
    frame.loc[odd & (frame.region == "north"), "a"] += 5
    report = made(frame.assign(fraud=odd), "anomaly_detection", target="fraud", group="region")
    assert standing(report)["south"] == "worse"
    missed = {part.name: part.wrong_no[0] for part in report.slices}
    assert missed["south"] > missed["north"]
    assert all(0 <= part.value <= 1 for part in report.slices)


def test_a_group_of_users_who_are_shown_nothing_they_take_is_named():
    random = np.random.default_rng(4)
    viewer = np.tile(np.arange(160), 12)
    film = [f"film {random.integers(8) if who % 2 else random.integers(150)}" for who in viewer]
    frame = pd.DataFrame({"viewer": viewer, "film": film, "plan": np.where(viewer % 2, "gold", "basic")})
    frame["day"] = pd.date_range("2026-01-01", periods=len(frame), freq="h")
    given = {"target": "film", "entity": "viewer", "time": "day", "group": "plan"}
    report = made(frame, "recommendation", **given)
    assert standing(report) == {"basic": "worse", "gold": "as_others"}
    assert standing(made(frame, "recommendation", floor=0.9, **given))["basic"] == "below_floor"


def test_groups_found_without_an_answer_say_why_nobody_is_wrongly_treated():
    frame = pd.DataFrame(np.random.default_rng(0).normal(size=(300, 2)), columns=["a", "b"])
    report = made(frame, "clustering")
    assert report.slices == ()
    assert any("there is no mistake" in note for note in report.notes)


def test_a_group_whose_yes_never_stand_in_front_is_named():
    random = np.random.default_rng(5)
    frame = pd.DataFrame(random.normal(size=(2400, 3)), columns=list("abc"))
    frame["branch"] = np.array(["east", "west"])[np.arange(2400) % 2]
    told = frame.a.where(frame.branch == "east", random.normal(size=2400))
    frame["bought"] = told + 0.3 * random.normal(size=2400) > 1.3
    report = made(frame, "ranking", target="bought", group="branch")
    assert standing(report) == {"east": "as_others", "west": "worse"}
    missed = {part.name: part.wrong_no[0] for part in report.slices}
    assert missed["west"] > missed["east"]
    assert "west" in report.slices_sentence
    assert "In front of its own" in report.to_markdown()
