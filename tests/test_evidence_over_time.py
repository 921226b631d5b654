"""A rule that changes is told from seasons, moving inputs and chance; unrelated walks show no signal."""

from __future__ import annotations

import evidence_time_worlds as worlds
import numpy as np
import pandas as pd
import pytest

from mlpm_magics.evidence.forward import forward_signal
from mlpm_magics.evidence.ladder import Ladder, run, start
from mlpm_magics.evidence.measures import adapts_over_time
from mlpm_magics.evidence.prepared import prepare
from mlpm_magics.evidence.rungs import LADDER
from mlpm_magics.results import Evidence
from mlpm_magics.table import open_table

LINEAR = next(rung for rung in LADDER if rung.id == "linear_scorecard")
CURVES = next(rung for rung in LADDER if rung.id == "additive_curves")


def ladder(frame: pd.DataFrame, *rungs, **roles) -> Ladder:
    made = start(prepare(open_table(frame, target="y", **roles)))
    for rung in rungs or (LINEAR,):
        made.steps[rung.id] = run(rung, made)
    return made


def found(frame: pd.DataFrame, *rungs, time: str | None = "when") -> Evidence:
    return adapts_over_time.measure(ladder(frame, *rungs, time=time))


@pytest.mark.parametrize("classes", [False, True])
@pytest.mark.parametrize("kind", ["flip", "gradual", "level", "season_and_flip"])
def test_a_rule_that_changes_is_found(kind, classes):
    evidence = found(worlds.drift_world(kind, 1500, 3, classes=classes))
    assert evidence.answer == "yes"
    assert evidence.interval[0] > evidence.margin
    assert "changes with time" in evidence.text


@pytest.mark.parametrize(
    "kind", ["season", "season_slope", "sharp_season", "weekday", "inputs_move", "still"]
)
def test_a_season_moving_inputs_and_chance_are_no_change(kind):
    answers = [found(worlds.drift_world(kind, 2000, seed)).answer for seed in range(8)]
    assert answers.count("yes") == 0
    assert answers.count("no") >= 6


def test_moving_inputs_with_a_curved_rule_are_no_change():
    answers = [found(worlds.drift_world("inputs_move_curved", 1500, s), CURVES).answer for s in range(4)]
    assert "yes" not in answers


@pytest.mark.parametrize("kind", ["short_season", "short_flip"])
def test_less_than_two_years_may_be_a_season_and_says_so(kind):
    for seed in range(4):
        evidence = found(worlds.drift_world(kind, 1500, seed))
        assert evidence.answer == "cannot_tell"
        assert "season" in evidence.text
        assert "Two full cycles" in evidence.caveat


def test_an_input_that_follows_time_leaves_it_open():
    frame = worlds.drift_world("level", 1500, 1)
    frame["counter"] = np.arange(len(frame)) + np.random.default_rng(0).integers(0, 50, len(frame))
    assert found(frame, CURVES).answer in ("yes", "cannot_tell")


def test_the_order_of_the_rows_does_not_matter_much():
    frame = worlds.drift_world("flip", 1200, 5)
    mixed = frame.sample(frac=1, random_state=0)
    assert found(mixed).answer == found(frame).answer == "yes"


def test_dates_as_text_and_missing_times_are_read():
    frame = worlds.drift_world("flip", 1500, 2)
    frame["when"] = frame["when"].dt.strftime("%Y-%m-%d")
    frame.loc[frame.index[::11], "when"] = None
    assert found(frame).answer == "yes"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda f: f.head(120), "too few"),
        (lambda f: f.assign(when=pd.Timestamp("2024-01-01")), "few different moments"),
        (lambda f: f.assign(when=pd.to_datetime(["2024-01-01", "2024-02-01"] * (len(f) // 2))), "moments"),
        (lambda f: f.assign(when=pd.NaT), "too few"),
    ],
)
def test_where_time_says_nothing_it_cannot_tell(change, words):
    evidence = found(change(worlds.drift_world("flip", 1000, 1)))
    assert evidence.answer == "cannot_tell"
    assert words in evidence.text or "No time column" in evidence.text
    assert evidence.caveat


def test_without_a_time_column_it_says_what_would_settle_it():
    evidence = found(worlds.drift_world("flip", 400, 1).drop(columns="when"), time=None)
    assert evidence.answer == "cannot_tell"
    assert "time" in evidence.caveat


def test_two_unrelated_walks_show_no_signal_forward_in_time():
    gaps = [
        forward_signal(prepare(open_table(worlds.walks_world(600, seed), target="y", time="when")))
        for seed in range(12)
    ]
    assert sum(one.gap.low > 0.01 for one in gaps) <= 1


def test_a_real_signal_shows_forward_in_time():
    prepared = prepare(open_table(worlds.walks_world(600, 1, real=True), target="y", time="when"))
    forward = forward_signal(prepared)
    assert forward.gap.low > 0.3
    assert forward.guess == "the average so far"


def test_walks_without_a_time_column_are_told_by_the_order_of_their_rows():
    gaps = []
    for seed in range(12):
        frame = worlds.walks_world(600, seed).sort_values("when").drop(columns="when")
        found = forward_signal(prepare(open_table(frame, target="y")))
        assert found.way == "along the order of the rows"
        gaps.append(found.gap)
    assert sum(gap.low > 0.01 for gap in gaps) <= 1


def test_a_sorted_or_a_shuffled_table_is_no_series():
    frame = worlds.walks_world(600, 1).drop(columns="when")
    for table in (frame.sort_values("y"), frame.sample(frac=1, random_state=0)):
        assert forward_signal(prepare(open_table(table, target="y"))) is None


def test_without_enough_time_there_is_nothing_to_look_forward_to():
    frame = worlds.walks_world(150, 1)
    assert forward_signal(prepare(open_table(frame, target="y", time="when"))) is None


def test_a_no_on_few_rows_of_classes_says_how_much_would_have_shown():
    evidence = [found(worlds.drift_world("still", 1000, seed, classes=True)) for seed in range(6)]
    said = [one for one in evidence if one.answer == "no" and one.interval[1] >= one.margin / 2]
    assert [one.answer for one in evidence].count("no") >= 4
    assert said
    for one in evidence:
        assert (one.answer == "no") == (one.interval[1] < one.margin)
        assert one.answer != "yes"
    assert any("would have shown" in one.text for one in said)
