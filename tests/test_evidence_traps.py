"""Each trap of measuring on a table has a world in which it is set, and its truth is known."""

from __future__ import annotations

import ast
from pathlib import Path

import evidence_time_worlds as moving
import evidence_worlds as worlds
import numpy as np
import pandas as pd
import pytest

import mlpm_magics as mlpm
from mlpm_magics.catalogue import knowledge
from mlpm_magics.evidence.gaps import gap_of
from mlpm_magics.evidence.ladder import Ladder, run, start
from mlpm_magics.evidence.measures import (
    adapts_over_time,
    complex_logic,
    needs_personalization,
    signal_exists,
    simple_rules_suffice,
)
from mlpm_magics.evidence.prepared import prepare
from mlpm_magics.evidence.rungs import FOREST, LADDER
from mlpm_magics.fit.against import measured_answers
from mlpm_magics.results import Evidence
from mlpm_magics.table import open_table

HERE = Path(__file__).parent
TRAPS = {
    "a season looks like drift": (
        "test_evidence_over_time.test_a_season_moving_inputs_and_chance_are_no_change",
        "test_evidence_over_time.test_less_than_two_years_may_be_a_season_and_says_so",
        "test_evidence_traps.test_half_a_cycle_with_its_month_as_a_column_is_not_called_drift",
    ),
    "copies on both sides of a split": ("test_evidence_measuring.test_copies_of_rows_stay_together",),
    "one answer per entity": (
        "test_evidence_traps.test_inputs_that_give_away_the_entity_are_no_signal_and_it_is_said_why",
        "test_evidence_entities.test_one_answer_per_entity_is_a_look_up_and_not_called_personal",
    ),
    "rows near in time are alike": (
        "test_evidence_over_time.test_two_unrelated_walks_show_no_signal_forward_in_time",
        "test_evidence_traps.test_two_walks_that_explain_each_other_are_denied_forward_in_time",
    ),
    "a signal per entity only": ("test_evidence_traps.test_a_signal_that_shows_per_entity_only_is_told",),
    "a signal per period only": ("test_evidence_traps.test_a_rule_that_turns_round_is_not_called_no_signal",),
    "two columns that say nothing alone": (
        "test_evidence_measuring.test_two_columns_that_only_count_together_are_found_by_a_rule",
        "test_evidence_traps.test_exclusive_or_away_from_the_middle_is_found_by_the_table_of_two_columns",
    ),
    "new categories come with many categories": (
        "test_evidence_growth.test_standing_still_seasons_and_many_values_are_no_growth",
    ),
    "hardly anything to learn": (
        "test_evidence_traps.test_little_to_learn_is_said_before_anything_on_rules",
    ),
    "few rows": (
        "test_evidence_measuring.test_few_rows_are_not_enough_to_tell",
        "test_evidence_traps.test_the_rows_that_are_said_to_do_do",
    ),
    "heavy tails": ("test_evidence_traps.test_a_long_tail_is_measured_as_its_logarithm_and_it_is_said",),
    "threads in each other's way": (
        "test_evidence_traps.test_one_thread_while_measuring_and_as_before_after",
    ),
    "columns of odd kinds": (
        "test_evidence_measuring.test_columns_of_every_kind_are_used_or_named_with_the_reason",
    ),
    "settings that jump with the rows fake a gain": (
        "test_evidence_enough_rows.test_where_twice_the_rows_bring_nothing_no_kind_of_model_says_they_would",
    ),
    "a leak": (
        "test_evidence_measuring.test_a_leak_is_named_and_set_aside_with_what_comes_with_it",
        "test_evidence_traps.test_the_means_of_a_department_are_a_rule_and_no_leak",
    ),
}


def ladder(frame: pd.DataFrame, *names: str, **roles) -> Ladder:
    made = start(prepare(open_table(frame, target="y", **roles)))
    for rung in (*LADDER[:-1], FOREST):
        if rung.id in names:
            made.steps[rung.id] = run(rung, made)
    return made


def signal(made: Ladder) -> Evidence:
    """As it is told at the end, once entities and time were looked at."""
    entities, change = needs_personalization.measure(made), adapts_over_time.measure(made)
    return signal_exists.reconsidered(signal_exists.measure(made), made, entities, change)


@pytest.mark.parametrize("trap", TRAPS)
def test_every_trap_names_tests_that_exist(trap):
    for name in TRAPS[trap]:
        module, _, function = name.partition(".")
        tree = ast.parse((HERE / f"{module}.py").read_text("utf-8"))
        assert function in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("kind", ["short_season", "short_still"])
def test_half_a_cycle_with_its_month_as_a_column_is_not_called_drift(kind):
    frame = moving.drift_world(kind, 1500, 3)
    frame["month"] = frame["when"].dt.month
    assert adapts_over_time.measure(ladder(frame, "linear_scorecard", time="when")).answer != "yes"


@pytest.mark.parametrize("seed", [1, 2])
def test_inputs_that_give_away_the_entity_are_no_signal_and_it_is_said_why(seed):
    frame = worlds.constant_per_entity(seed, 800).data
    split = ladder(frame.drop(columns="customer"), "black_box")
    assert signal_exists.measure(split).answer == "yes", "who splits customers is taken in"
    kept = signal(ladder(frame, "black_box", entity="customer"))
    assert kept.answer != "yes"
    assert "Split row by row, 9" in kept.text
    assert "new one" in kept.text


@pytest.mark.parametrize("kind", ["level", "slope"])
def test_a_signal_that_shows_per_entity_only_is_told(kind):
    random = np.random.default_rng(3)
    who = random.integers(0, 40, 800)
    frame = pd.DataFrame(random.normal(size=(800, 3)), columns=list("abc"))
    own = 2 * random.normal(size=40)[who]
    frame["y"] = own * (frame.a if kind == "slope" else 1) + random.normal(size=800)
    frame["who"] = [f"c{i}" for i in who]
    made = ladder(frame, "linear_scorecard", entity="who")
    assert signal_exists.measure(made).answer != "yes"
    found = signal(made)
    assert (found.criterion, found.answer) == ("signal_exists", "yes")
    assert found.interval[0] > 0.2
    assert "already known" in found.caveat
    mixed = frame.assign(who=random.permutation(frame.who))
    assert signal(ladder(mixed, "linear_scorecard", entity="who")).answer != "yes"


def test_a_rule_that_turns_round_is_not_called_no_signal():
    random = np.random.default_rng(6)
    frame = pd.DataFrame(random.normal(size=(4_000, 3)), columns=list("abc"))
    frame["when"] = pd.date_range("2020-01-01", periods=4_000, freq="9h")
    frame["y"] = np.where(np.arange(4_000) < 2_000, 1, -1) * frame.a + random.normal(size=4_000)
    made = ladder(frame, "linear_scorecard", time="when")
    assert signal_exists.measure(made).answer == "no", "over all the time the effects cancel"
    found = signal(made)
    assert found.answer == "cannot_tell"
    assert "changes with time" in found.text


def test_two_walks_that_explain_each_other_are_denied_forward_in_time():
    made = ladder(worlds.random_walks(1, 500).data, "black_box", time="day")
    assert made.skill(made.best) > 0.4, "rows split at random are taken in"
    found = signal_exists.measure(made)
    assert found.answer == "no"
    assert "forward in time" in found.text


def test_exclusive_or_away_from_the_middle_is_found_by_the_table_of_two_columns():
    made = ladder(worlds.exclusive_or(2, 1_500).data, "one_condition", "pair_table", "linear_scorecard")
    skills = {name: made.skill(step) for name, step in made.steps.items()}
    assert skills["pair_table"] > 0.3
    assert max(skills["one_condition"], skills["linear_scorecard"]) < 0.1


def test_little_to_learn_is_said_before_anything_on_rules():
    random = np.random.default_rng(2)
    frame = pd.DataFrame(random.normal(size=(5_000, 3)), columns=list("abc"))
    frame["y"] = 0.15 * frame.a + random.normal(size=5_000)
    made = ladder(frame, "one_condition", "linear_scorecard", "additive_curves")
    found = signal_exists.measure(made)
    assert found.answer == "yes"
    assert "but little" in found.text
    for measure in (simple_rules_suffice, complex_logic):
        assert measure.measure(made).answer == "cannot_tell"
        assert "little to learn" in measure.measure(made).text


def test_the_rows_that_are_said_to_do_do():
    random = np.random.default_rng(9)
    margin, told = 0.02, []
    for _ in range(40):
        few = random.normal(0.05, 0.5, 120)
        found = gap_of(few, np.arange(120), np.arange(120) % 10)
        needed = found.rows_needed(margin, 120)
        if found.against(margin) == "cannot_tell" and needed is not None and found.effect > margin:
            more = random.normal(found.effect, 0.5, needed)
            told.append(gap_of(more, np.arange(needed), np.arange(needed) % 10).against(margin))
    assert len(told) > 10
    assert told.count("no") == 0
    assert told.count("yes") >= 0.5 * len(told)


def test_a_long_tail_is_measured_as_its_logarithm_and_it_is_said():
    random = np.random.default_rng(10)
    frame = pd.DataFrame(random.normal(size=(600, 3)), columns=list("abc"))
    score = frame.a + frame.b + 0.5 * random.normal(size=600)
    made = ladder(frame.assign(y=np.exp(1.3 * score)), "linear_scorecard")
    assert made.skill(made.best) > 0.6
    assert any("long tail" in note for note in made.prepared.notes)
    assert not ladder(frame.assign(y=score)).prepared.logged
    assert not ladder(frame.assign(y=-np.exp(1.3 * score))).prepared.logged


def test_one_thread_while_measuring_and_as_before_after():
    from sklearn.ensemble import HistGradientBoostingClassifier  # noqa: F401 - loaded, so that it has threads
    from threadpoolctl import threadpool_info, threadpool_limits

    def threads() -> list[int]:
        return [pool["num_threads"] for pool in threadpool_info()]

    seen: list[list[int]] = []

    def look(step: str, share: float) -> None:
        if step != "reading the table":
            seen.append(threads())
            raise KeyboardInterrupt

    with threadpool_limits(2):
        mlpm.measure_fit(worlds.noise(1, 100).data, target="y", progress=look)
        assert set(threads()) == {2}
    assert seen
    assert set(seen[0]) == {1}


def test_the_means_of_a_department_are_a_rule_and_no_leak():
    frame = worlds.group_mean(4, 500).data
    found = mlpm.measure_fit(frame, target="y", budget_s=300, progress=_until("growth"))
    assert found.criteria["leakage"].answer == "no"
    assert "department" in found.used


def _until(step: str):
    def progress(words: str, share: float) -> None:
        if words == step:
            raise KeyboardInterrupt

    return progress


def test_a_signal_of_known_entities_only_does_not_make_the_inputs_relevant():
    random = np.random.default_rng(3)
    who = random.integers(0, 60, 900)
    frame = pd.DataFrame(random.normal(size=(900, 3)), columns=list("abc"))
    frame["y"] = (2 * random.normal(size=60)[who] + random.normal(size=900) > 0).astype(int)
    frame["who"] = [f"c{i}" for i in who]
    evidence = mlpm.measure_fit(frame, target="y", entity="who", budget_s=600)
    assert evidence.criteria["signal_exists"].answer == "yes"
    assert "together with whom a row is about" in evidence.sentence
    found = measured_answers(knowledge(), evidence)
    assert found["data_relevant"].answer == "unknown"
