"""What the time column, dates and texts carry is seen: the calendar, a date written later, words."""

from __future__ import annotations

import evidence_worlds as worlds
import numpy as np
import pytest

from mlpm_magics.evidence.forward import forward_signal
from mlpm_magics.evidence.ladder import Ladder, run, start
from mlpm_magics.evidence.leakage import suspects
from mlpm_magics.evidence.measures import leakage, signal_exists
from mlpm_magics.evidence.prepared import Prepared, prepare
from mlpm_magics.evidence.rule_text import written
from mlpm_magics.evidence.rungs import LADDER
from mlpm_magics.table import open_table

RUNGS = {rung.id: rung for rung in LADDER}


def prepared(world: worlds.World, *, rich: bool = True) -> Prepared:
    return prepare(open_table(world.data, target="y", **world.arguments), rich=rich)


def ladder(world: worlds.World, *names: str, rich: bool = True) -> Ladder:
    made = start(prepared(world, rich=rich))
    for name in names:
        made.steps[name] = run(RUNGS[name], made)
    return made


def test_hour_and_weekday_are_inputs_and_it_is_said():
    world = worlds.busy_hours(1, 600)
    made = ladder(world, "three_conditions")
    assert made.skill(made.steps["three_conditions"]) > 0.4
    assert "`when (hour)` and `when (weekday)` were inputs too." in made.prepared.notes
    assert signal_exists.measure(made).answer == "yes"


def test_a_month_is_an_input_only_where_two_years_were_seen():
    long = worlds.high_season(1, 400)
    short = long.data[long.data.when < "2022-06-01"]
    one = prepared(worlds.World(short, {}, long.arguments))
    assert {f.name for f in one.features if f.calendar} == {"when (weekday)"}
    assert {f.name for f in prepared(long).features if f.calendar} == {"when (weekday)", "when (month)"}


def test_a_level_that_swings_with_the_season_does_not_hide_what_the_inputs_say():
    made = ladder(worlds.high_season(2, 800), "linear_scorecard", rich=False)
    ahead = forward_signal(made.prepared)
    assert ahead is not None
    assert ahead.gap.low < 0 < ahead.within.low
    found = signal_exists.measure(made)
    assert found.answer == "yes"
    assert "level" in found.caveat


def test_a_date_after_the_decision_gives_the_answer_away_also_as_text():
    found = leakage.measure(suspects(prepared(worlds.closed_later(3, 500))))
    assert (found.answer, found.set_aside) == ("yes", ("closed",))


@pytest.mark.parametrize("rich", [True, False])
def test_the_words_of_a_text_carry_a_signal_and_no_rule_is_made_of_them(rich):
    made = ladder(worlds.telling_words(4, 800), "linear_scorecard", "three_conditions", rich=rich)
    assert (made.skill(made.steps["linear_scorecard"]) > 0.5) == rich
    assert (signal_exists.measure(made).answer == "yes") == rich
    rule = written(made)
    assert rule is None or "(words)" not in rule.sentence


def test_a_signal_of_a_rare_answer_is_told_and_noise_of_one_is_not():
    random = np.random.default_rng(7)
    table = worlds.inputs(random, 1_000, 5)
    score = 2 * table.x0 + 1.5 * table.x1 + random.logistic(size=1_000)
    real = worlds.World(table.assign(y=score > np.sort(score)[-21]))
    noise = worlds.World(table.assign(y=random.random(1_000) < 0.02))
    assert signal_exists.measure(ladder(real, "linear_scorecard")).answer == "yes"
    assert signal_exists.measure(ladder(noise, "linear_scorecard", "one_condition")).answer != "yes"
