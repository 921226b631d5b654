"""What a baseline says of tables whose truth is known."""

from __future__ import annotations

import json
import time

import numpy as np
import pandas as pd
import pytest
from IPython.core.formatters import DisplayFormatter

import mlpm_magics as mlpm
from mlpm_magics.baselines.holdout import seal
from mlpm_magics.baselines.report import make
from mlpm_magics.baselines.wanted import Wanted
from mlpm_magics.table import open_table

PATIENT = 300.0  # seconds: a busy machine must not change what is found


def inputs(rows: int, seed: int = 3) -> pd.DataFrame:
    return pd.DataFrame(np.random.default_rng(seed).normal(size=(rows, 5)), columns=list("abcde"))


def base(frame: pd.DataFrame, **more):
    return mlpm.baseline(frame, target="y", budget_s=PATIENT, **more)


def chance(score, seed: int = 9):
    return np.random.default_rng(seed).random(len(score)) < 1 / (1 + np.exp(-score))


def test_noise_is_no_better_than_guessing():
    frame = inputs(900).assign(y=np.random.default_rng(1).random(900) < 0.4)
    report = base(frame)
    assert report.verdict != "beats_baseline"
    assert report.chosen == "base_rate"
    assert report.deep_learning.answer != "yes"


def test_a_sum_of_columns_is_chosen_as_a_scorecard_and_rightly_sized():
    frame = inputs(2000)
    frame["y"] = chance(1.3 * frame.sum(axis=1).to_numpy())
    report = base(frame)
    assert report.verdict == "beats_baseline"
    assert report.chosen == "linear_scorecard"
    assert report.rung.interval[0] <= report.rung.expected <= report.rung.interval[1]
    assert report.calibration.answer == "calibrated"


def test_two_columns_that_only_count_together_are_found_by_a_table():
    frame = inputs(1500)
    wrong = np.random.default_rng(1).random(1500) < 0.05
    frame["y"] = ((frame.a > 0) ^ (frame.b > 0)) ^ wrong
    values = {rung.id: rung.value for rung in base(frame).ladder}
    assert values["pair_table"] > 0.4 > 0.1 > values["linear_scorecard"]


def test_the_same_data_give_the_same_report():
    frame = inputs(300).assign(y=lambda f: chance(f.a))
    one, other = base(frame), base(frame.sample(frac=1, random_state=4))
    assert one.holdout == other.holdout
    assert one.fingerprint == other.fingerprint
    assert base(frame, kill_line=0.1).fingerprint != one.fingerprint


def test_looks_are_counted_and_the_words_say_what_they_mean():
    key = np.arange(40, dtype=np.uint64)
    first = seal(key, None)
    assert first.looks == 1
    assert seal(key[::-1], {first.digest: 1, "another": 7}).looks == 2
    assert seal(key, lambda digest: 1 if digest == first.digest else 0).looks == 2
    assert "expect a little less" in seal(key, 1).sentence
    assert "no longer unseen" in seal(key, 9).sentence
    with pytest.raises(mlpm.MlpmError, match="looks_before"):
        seal(key, "often")


def test_a_leak_is_named_and_set_aside():
    frame = inputs(1200).assign(y=np.random.default_rng(4).random(1200) < 0.3)
    frame["refund"] = np.where(frame.y, np.random.default_rng(5).lognormal(3, 1, 1200), 0.0)
    report = base(frame)
    assert "refund" in {item.what for item in report.set_aside}
    assert "refund" not in report.used
    assert report.verdict != "beats_baseline"
    assert "`refund` gave the answer away" in str(report).replace("\n", " ") or "refund gave" in str(report)


def test_drift_shows_as_less_than_expected_on_the_newest_rows():
    frame = inputs(2000).assign(day=pd.date_range("2024-01-01", periods=2000, freq="8h"))
    turn = np.where(np.arange(2000) < 1400, 1.0, -1.0)
    frame["y"] = chance(2.5 * frame.a * turn)
    report = base(frame, time="day")
    assert report.split.by == "time"
    assert report.rung.value < 0 < 0.2 < report.rung.expected
    assert report.verdict != "beats_baseline"


def test_the_last_value_is_the_one_to_beat_where_there_is_time():
    random = np.random.default_rng(2)
    walk = np.cumsum(random.normal(size=800))
    frame = inputs(800).assign(y=walk, day=pd.date_range("2024-01-01", periods=800, freq="D"))
    report = base(frame, time="day")
    values = {rung.id: rung.value for rung in report.ladder}
    assert values["last_value"] > 0.9
    assert report.chosen == "last_value"
    assert report.verdict == "no_better"


def test_the_answer_of_the_same_one_a_year_before_is_looked_up():
    days = pd.date_range("2022-01-01", periods=3 * 365, freq="D")
    season = 10 * np.sin(2 * np.pi * days.day_of_year / 365.25)
    frames = [
        pd.DataFrame(
            {"shop": shop, "day": days, "x": np.random.default_rng(shop).normal(size=len(days))}
        ).assign(y=5 * shop + season + np.random.default_rng(shop + 9).normal(scale=0.5, size=len(days)))
        for shop in range(2)
    ]
    report = base(pd.concat(frames, ignore_index=True), time="day", entity="shop")
    values = {rung.id: rung.value for rung in report.ladder}
    assert values["last_year"] > 0.9
    assert [rung.id for rung in report.ladder][:3] == ["base_rate", "last_value", "last_year"]


def test_an_entity_that_gives_the_answer_away_is_not_in_both_parts():
    random = np.random.default_rng(3)
    who = np.arange(1500) % 100
    kind = random.normal(size=100)
    frame = pd.DataFrame({"who": who, "mark": kind[who], "y": (random.random(100) < 0.4)[who]})
    assert base(frame, entity="who").verdict != "beats_baseline"


def test_a_group_that_is_served_worse_is_named():
    frame = inputs(2400).assign(region=np.where(np.arange(2400) % 3 == 0, "north", "south"))
    score = 3 * frame.a.to_numpy()
    frame["y"] = np.where(frame.region == "north", np.random.default_rng(8).random(2400) < 0.5, chance(score))
    report = base(frame, group="region")
    standing = {part.name: part.standing for part in report.slices}
    assert standing == {"north": "worse", "south": "as_others"}
    assert "north" in report.slices_sentence


def test_a_part_surely_under_the_floor_is_named_first():
    frame = inputs(1200).assign(region=np.where(np.arange(1200) % 3 == 0, "north", "south"))
    frame["y"] = np.where(
        frame.region == "north", np.random.default_rng(8).random(1200) < 0.5, chance(3 * frame.a)
    )
    report = base(frame, group="region", floor=0.3)
    assert {part.name: part.standing for part in report.slices}["north"] == "below_floor"
    assert report.slices_sentence.startswith("Below the floor of 30 %: `region` = north")


def test_groups_that_are_served_alike_or_are_too_small_are_not_named():
    frame = inputs(2000).assign(region=np.array(["north", "south", "east"])[np.arange(2000) % 3])
    frame.loc[:29, "region"] = "islands"
    frame["y"] = chance(2 * frame.a.to_numpy())
    report = base(frame, group="region")
    standing = {part.name: part.standing for part in report.slices}
    assert standing.pop("islands") == "too_few"
    assert set(standing.values()) == {"as_others"}


def test_new_and_known_entities_and_old_and_new_rows_are_looked_at():
    frame = inputs(1500).assign(
        who=np.arange(1500) % 150, day=pd.date_range("2024-01-01", periods=1500, freq="6h")
    )
    frame.loc[1200:, "who"] += np.where(np.arange(300) % 2, 500, 0)
    frame["y"] = chance(2 * frame.a.to_numpy())
    names = {part.name for part in base(frame, time="day", entity="who").slices}
    assert names == {"seen in training", "new", "the older half", "the newer half"}


COSTS = {"wrong_yes": 5, "wrong_no": 45, "decisions": 1000, "period": "month", "unit": "EUR"}


def test_the_threshold_follows_from_the_costs_and_saves_what_it_says():
    frame = inputs(3000)
    score = 1.5 * frame.a.to_numpy() - 1
    frame["y"] = chance(score)
    report = base(frame, costs=COSTS)
    found = report.threshold
    assert found.at == pytest.approx(0.1)
    assert found.about_as_good[0] <= 0.1 <= found.about_as_good[1]
    # truth: acting on the real chance, over many rows
    a = np.random.default_rng(11).normal(size=200_000)
    p = 1 / (1 + np.exp(-(1.5 * a - 1)))
    with_model = np.where(p > 0.1, 5 * (1 - p), 45 * p).mean() * 1000
    always = (5 * (1 - p)).mean() * 1000
    low, high = found.saved_interval
    assert low <= always - with_model <= high
    assert found.cost == pytest.approx(with_model, rel=0.15)


@pytest.mark.parametrize(("line", "side"), [(0, "above"), (100_000, "below")])
def test_the_kill_line_is_held_against_what_is_saved(line, side):
    frame = inputs(2000)
    frame["y"] = chance(2 * frame.a.to_numpy())
    report = base(frame, costs={**COSTS, "wrong_no": 5}, kill_line=line)
    assert report.kill_line.answer == side
    assert report.kill_line.unit == "EUR saved per month"


def test_without_costs_the_kill_line_is_a_share():
    frame = inputs(900)
    frame["y"] = chance(2 * frame.a.to_numpy())
    report = base(frame, kill_line=0.3)
    assert report.kill_line.gain == report.rung.value
    with pytest.raises(mlpm.MlpmError, match="from 0 to 1"):
        base(frame, kill_line=5000)


def test_stories_are_of_real_mistakes_and_show_nothing_rare_or_personal():
    frame = inputs(1500)
    frame["y"] = chance(2 * frame.a.to_numpy())
    frame["plan"] = np.array(["basic", "gold"])[(frame.b > 0).astype(int)]
    frame.loc[0:2, "plan"] = "the only palace"
    frame["email"] = [f"person{i % 400}@example.org" for i in range(1500)]
    frame["note"] = [f"free text number {i} about somebody" for i in range(1500)]
    report = base(frame)
    assert {(story.kind, story.pick) for story in report.stories} == {
        (kind, pick) for kind in ("wrong_yes", "wrong_no") for pick in ("typical", "confident")
    }
    for story in report.stories:
        assert story.alike >= 5
        assert (story.chance > 0.5) == (story.kind == "wrong_yes")
        assert story.answer == {"wrong_yes": "False", "wrong_no": "True"}[story.kind]
        assert not [fact for fact in story.facts if fact.partition(":")[0] in ("email", "note")]
    shown = json.dumps(report.to_dict()) + str(report) + report.to_html() + report.model_card()
    assert "palace" not in shown
    assert "person1" not in shown
    assert "free text number" not in shown


def test_a_budget_that_is_used_up_gives_what_is_known():
    frame = inputs(3000)
    frame["y"] = chance(2 * frame.a.to_numpy())
    report = mlpm.baseline(frame, target="y", budget_s=0.05)
    assert not report.complete
    assert report.ladder
    assert "budget" in report.not_measured[0]


def test_an_interrupt_gives_what_is_known():
    frame = inputs(1000)
    frame["y"] = chance(2 * frame.a.to_numpy())

    def stop(step: str, share: float) -> None:
        if share > 0.4:
            raise KeyboardInterrupt

    report = base(frame, progress=stop)
    assert not report.complete
    assert 1 < len(report.ladder) < 9


def test_an_interrupt_while_columns_are_looked_at_says_what_is_known():
    frame = inputs(600)
    frame["y"] = chance(2 * frame.a.to_numpy())
    frame.insert(0, "paid", frame.y * 10.0)
    frame = frame.assign(**{f"c{i}": float(i) + np.arange(600) % (i + 7) for i in range(30)})
    seen = []

    def stop(step: str, share: float) -> None:
        seen.append(step)
        if len(seen) == 4:
            raise KeyboardInterrupt

    report = base(frame, progress=stop)
    reasons = {item.what: item.reason for item in report.set_aside}
    assert "explains" in reasons["paid"]
    assert "no time" in reasons["c29"]
    assert (report.complete, report.verdict) == (False, "cannot_tell")
    assert [rung.id for rung in report.ladder] == ["base_rate"]
    assert "more were set aside: there was no time" in " ".join(str(report).split())


def test_the_budget_covers_reading_and_looking_at_columns():
    frame = inputs(300)
    frame["y"] = chance(2 * frame.a.to_numpy())
    report = mlpm.baseline(frame, target="y", budget_s=1e-6)
    assert "used up before every column was looked at" in report.not_measured[0]
    assert report.verdict == "cannot_tell"
    given = {"target": "y", "budget_s": 1e-6}
    assert not mlpm.baseline(frame, problem_type="ranking", **given).complete
    with pytest.raises(mlpm.MlpmError, match="before anything was known"):
        mlpm.baseline(frame, problem_type="anomaly_detection", **given)


@pytest.mark.parametrize(("problem_type", "time"), [(None, None), ("ranking", None), ("forecasting", "day")])
def test_what_ended_before_all_was_tried_is_never_called_no_better(problem_type, time):
    frame = inputs(600).assign(day=pd.date_range("2025-01-01", periods=600))
    frame["y"] = 2 * frame.a + np.sin(np.arange(600))

    def stop(step: str, share: float) -> None:
        if share >= 0.1:
            raise KeyboardInterrupt

    report = base(frame, progress=stop, problem_type=problem_type, time=time)
    assert not report.complete
    assert report.verdict == "cannot_tell"
    assert "before all was tried" in report.sentence


def test_the_model_card_has_every_heading_and_marks_what_only_people_know():
    frame = inputs(600)
    frame["y"] = chance(2 * frame.a.to_numpy())
    card = base(frame).model_card()
    for heading in ("What it is for", "Data", "Split", "How well it does", "When it acts", "Limits"):
        assert f"## {heading}" in card
    assert card.count("to be filled in") >= 5


def test_a_model_card_takes_what_the_problem_card_says_and_is_shown_as_a_page(tmp_path):
    frame = inputs(600)
    frame["y"] = chance(2 * frame.a.to_numpy())
    project = mlpm.start_project("Churn", tmp_path)
    project.set("who_acts", "the team calls <b>")
    card = base(frame).model_card(project.card)
    assert "- Who acts: the team calls &lt;b&gt;" in card
    assert "who decides what with it" not in card
    assert "what ends its use" in card
    shown = DisplayFormatter().format(card)[0]
    assert shown == {"text/plain": card, "text/markdown": card}


def test_below_the_kill_line_is_the_first_thing_that_is_said():
    frame = inputs(900)
    frame["y"] = chance(2 * frame.a.to_numpy())
    report = base(frame, kill_line=0.95)
    assert str(report).startswith(
        "✖ BELOW YOUR LINE. The gain is below the line where you said you would stop"
    )


def test_a_plain_yes_is_the_yes_even_where_it_is_the_more_frequent():
    frame = inputs(900)
    frame["y"] = np.where(chance(2 * frame.a.to_numpy() + 1.5), "yes", "no")
    report = base(frame)
    assert report.yes_means == "yes"
    assert (frame.y == "yes").mean() > 0.6


def test_a_protected_trait_is_looked_at_unasked_and_told_in_no_story():
    frame = inputs(3000).assign(gender=np.array(["f", "m"])[np.arange(3000) % 2])
    frame["y"] = np.where(
        frame.gender == "f", np.random.default_rng(8).random(3000) < 0.5, chance(3 * frame.a)
    )
    report = base(frame)
    assert {part.name: part.standing for part in report.slices}["f"] == "worse"
    assert any("protected trait" in note for note in report.notes)
    assert not [fact for story in report.stories for fact in story.facts if fact.startswith("gender")]


@pytest.mark.parametrize("problem_type", [None, "ranking", "clustering", "anomaly_detection", "forecasting"])
def test_a_table_that_is_not_ready_in_time_is_said_in_one_line(problem_type):
    frame = inputs(300).assign(day=pd.date_range("2025-01-01", periods=300), y=np.arange(300.0))
    target = None if problem_type in ("clustering", "anomaly_detection") else "y"
    table = open_table(frame, target=target, time="day" if problem_type == "forecasting" else None)
    wanted = Wanted(problem_type=problem_type, budget_s=3)
    with pytest.raises(mlpm.MlpmError, match="used up before the table was ready") as slip:
        make(table, wanted, None, time.monotonic() - 10)
    assert "--budget 30" in str(slip.value)
