"""What is said to be typed next: it fits the problem, and no line is said again that changes nothing."""

import pandas as pd
import pytest
from lifecycle_samples import baseline, profile, to_phase

import mlpm_magics as mlpm
from mlpm_magics.catalogue import knowledge
from mlpm_magics.errors import MlpmError
from mlpm_magics.lifecycle import commands
from mlpm_magics.lifecycle.card.examples import fields_for
from mlpm_magics.lifecycle.card.lines import agreed_lines, is_measured
from mlpm_magics.lifecycle.typed import stand_ins

KINDS = list(knowledge().card_examples)
SHAPES = ["ranking", "forecasting", "recommendation", "clustering", "anomaly_detection"]


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MLPM_USER", "ana")
    return mlpm.start_project("Hints")


def of_kind(project, kind):
    project.record(mlpm.assess_fit({"statement": "Which ones?", "problem_type": kind}))


def how(project, gate):
    return project.gates[gate].how


def test_a_sentence_comes_first_because_the_examples_hang_on_it(project):
    assert project.report().type_next == "%ml_fit …"
    of_kind(project, "forecasting")
    project.done("clarify_problem")
    assert "bread" in project.report().type_next
    assert "loaves" in project.report().next_step


@pytest.mark.parametrize("kind", KINDS)
def test_the_examples_of_each_kind_go_together_and_hold_what_a_field_needs(project, kind):
    of_kind(project, kind)
    fields = fields_for(knowledge(), kind)
    for name, field in fields.items():
        project.set(name, field.example)
    assert project.card.problem_type == kind
    assert not project.card.remarks
    known = {name: entry for name, entry in project.card.entries.items() if "number" in fields[name].holds}
    assert all(entry.amount is not None for entry in known.values())
    assert project.card.costs["period"] in ("month", "quarter")


@pytest.mark.parametrize("kind", [*SHAPES, "regression", "classification"])
def test_the_example_of_a_kill_line_is_one_that_its_baseline_measures(project, kind):
    of_kind(project, kind)
    for name in ("kill_line", "cost_wrong_yes", "cost_wrong_no", "volume"):
        project.set(name, fields_for(knowledge(), kind)[name].example)
    [line] = agreed_lines(knowledge(), project.card.entries, kind)
    assert line.wanting == ()
    assert project.card.line_in_money or is_measured(knowledge(), line.text, kind)


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("recommendation", "%ml_baseline TABLE --target COLUMN --entity COLUMN"),
        ("forecasting", "%ml_baseline TABLE --target COLUMN --time COLUMN"),
        ("clustering", "%ml_baseline TABLE"),
        ("anomaly_detection", "%ml_baseline TABLE --target COLUMN"),
    ],
)
def test_a_first_baseline_is_asked_for_with_what_its_kind_needs(project, kind, line):
    of_kind(project, kind)
    to_phase(project, "data")
    of_kind(project, kind)
    assert how(project, "target_reachable") == line


def test_what_only_a_person_knows_is_asked_of_a_person(project):
    to_phase(project, "data")
    assert how(project, "only_known_in_time") == "%ml_profile TABLE --target COLUMN"
    project.record(profile(fresh="unknown", unbiased="unknown"))
    assert how(project, "only_known_in_time") == '%ml_lifecycle done keep_decision_time --note "…"'
    assert how(project, "questions_answered") == (
        '%ml_profile customers --target COLUMN --answer fresh=yes --because "…"'
    )


def test_a_line_repeats_what_was_typed_about_the_columns(project):
    frame = pd.DataFrame({"day": pd.date_range("2025-01-01", periods=200), "my id": range(200)})
    frame["y"] = [i % 2 for i in range(200)]
    to_phase(project, "data")
    project.record(mlpm.profile(frame, target="y", time="day", entity="my id", name="orders"))
    assert how(project, "target_reachable") == "%ml_baseline orders --target y --time day --entity 'my id'"


def test_where_nothing_is_predicted_no_plan_of_features_is_asked_for(project):
    of_kind(project, "clustering")
    to_phase(project, "features")
    of_kind(project, "clustering")
    assert how(project, "features_prepared").startswith("%ml_lifecycle done scale_features")


def test_without_a_design_it_says_how_to_begin_one(project):
    of_kind(project, "forecasting")
    to_phase(project, "productize")
    of_kind(project, "forecasting")
    assert how(project, "design_checked") == "%ml_design --template demand_forecast"


def test_what_the_same_line_would_not_change_is_not_said_again(project):
    to_phase(project, "model")
    project.record(baseline(verdict="no_better"))
    assert how(project, "beats_simple_way") == '%ml_lifecycle waive beats_simple_way --because "…"'
    said = project.report()
    assert "no better than the best guess" in said.next_step
    project.set("volume", "4,000 customers a month")
    assert how(project, "beats_simple_way").startswith("%ml_baseline customers")
    assert "measure again" in project.report().next_step


def test_a_kill_line_in_money_asks_for_what_turns_a_result_into_money(project):
    to_phase(project, "model")
    project.set("kill_line", "stop below 2,000 EUR a month")
    project.set("cost_wrong_yes", "5 EUR")
    project.set("cost_wrong_no", "100 EUR")
    part = baseline(line="cannot_tell")
    project.record(part)
    assert how(project, "above_kill_line") == '%ml_lifecycle set volume "…"'


@pytest.mark.parametrize(
    "words",
    [
        ["set", "goal", "…"],
        ["note", "TEXT"],
        ["start", "NAME"],
        ["set", "who_acts", "“…”"],
    ],
)
def test_a_word_that_stands_for_ones_own_is_refused_in_one_line(project, words):
    with pytest.raises(MlpmError, match="stands for your own words") as slip:
        commands.run(words)
    assert "\n" not in str(slip.value)


def test_a_document_called_name_is_refused(project):
    to_phase(project, "data")
    with pytest.raises(MlpmError, match="NAME stands for your own words"):
        commands.run(["done", "ask_data_owner"], document="NAME")
    assert project.gates["data_owner_signed"].state == "open"


def test_a_baseline_that_was_held_against_the_new_line_settles_its_gate_again(project):
    to_phase(project, "model")
    project.set("goal", "a fifth fewer cancellations, 20 %, by 30 June 2035")
    project.record(baseline())
    assert project.gates["above_kill_line"].state == "met"
    project.set("goal", "a tenth fewer cancellations, 10 %, by 30 June 2035")
    assert project.gates["above_kill_line"].state == "reopened"
    assert how(project, "above_kill_line") == "%ml_baseline customers --target left"
    project.record(baseline(looks=2))  # the same figures on the same rows, held against the card as it is now
    assert project.gates["above_kill_line"].state == "met"


def test_words_in_capitals_are_explained(project):
    of_kind(project, "recommendation")
    to_phase(project, "data")
    of_kind(project, "recommendation")
    said = stand_ins(how(project, "target_reachable"), project.state)
    assert "TABLE for the name of your table" in said
    assert "who took it (--entity)" in said
