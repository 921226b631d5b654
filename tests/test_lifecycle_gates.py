"""Gates met by what is recorded, by a tick, or waived; and what opens them again."""

import multiprocessing
import os

import pytest
from lifecycle_samples import (
    baseline,
    feature_plan,
    finding,
    fit_report,
    profile,
    tick_all,
    to_phase,
)

import mlpm_magics as mlpm
from mlpm_magics.errors import MlpmError
from mlpm_magics.results import Calibration, OpenQuestion, Slice


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MLPM_USER", "ana")
    return mlpm.start_project("Churn")


def state(project, gate):
    return project.gates[gate].state


def reopened(project):
    return [name for name, gate in project.gates.items() if gate.state == "reopened"]


def test_following_the_hint_four_times_meets_the_gate_of_the_test_score(project):
    to_phase(project, "productize")
    for _ in range(4):
        words = project.gates["tests_scored"].how.split()
        assert words[:2] == ["%ml_lifecycle", "test"]
        project.test(*words[2:])
    assert state(project, "tests_scored") == "met"


def test_a_goal_that_changes_late_is_told_in_one_sentence_and_the_hint_leads_out(project):
    project.set("goal", "20 % fewer by 30 June 2030")
    to_phase(project, "model")
    project.set("goal", "30 % fewer by 30 June 2030")
    (line,) = [entry.what for entry in project.log[-2:] if "open again" in entry.what]
    assert "gates are open again, because the goal changed since they were passed: " in line
    assert line.endswith("Go back: %ml_lifecycle back problem")
    assert project.gates["goal_set"].how == "%ml_lifecycle back problem"
    project.back("problem")
    assert state(project, "goal_set") == "met"


def test_a_tick_stands_in_for_neither_a_verdict_nor_a_profile(project):
    project.done("check_fit")
    assert state(project, "fit_checked") == "open"
    project.record(fit_report())
    assert state(project, "fit_checked") == "met"
    to_phase(project, "data")
    project.done("profile_data")
    assert state(project, "data_profiled") == "open"


def test_a_hint_to_measure_again_names_the_table_and_what_was_missing(project):
    to_phase(project, "model")
    project.record(baseline(line="below", slices=()))
    assert project.gates["above_kill_line"].how == '%ml_lifecycle waive above_kill_line --because "…"'
    project.set("volume", "4,000 customers a month")
    assert project.gates["above_kill_line"].how == "%ml_baseline customers --target left"
    project.record(baseline(line="below", slices=()))
    assert project.gates["groups_checked"].how == "%ml_baseline customers --target left --group COLUMN"


def test_a_baseline_is_recorded_in_a_sentence_and_meets_its_gates(project):
    to_phase(project, "model")
    line = project.record(baseline())
    assert line.startswith(
        "Recorded in mlpm.yaml: baseline on 'customers': beats the best guess. 7 gates are met."
    )
    for gate in ("tested_on_unseen", "beats_simple_way", "above_kill_line", "groups_checked", "chances_hold"):
        assert state(project, gate) == "met", gate
    assert state(project, "threshold_set") == "met"
    assert state(project, "mistakes_read") == "open"
    assert "beats the best guess. The gain is above the line. First look" in project.log[-1].what
    kept = mlpm.open_project().state.baseline
    assert (kept.chosen, kept.saved.value, kept.saved.unit, kept.period) == (
        "A small tree",
        1000,
        "EUR",
        "month",
    )


@pytest.mark.parametrize(
    ("changes", "gate", "says"),
    [
        ({"verdict": "no_better"}, "beats_simple_way", "no better than the best guess"),
        ({"line": "below"}, "above_kill_line", "The gain is below the line"),
        (
            {"slices": (Slice(by="a", name="b", rows=99, standing="below_floor", value=0.0),)},
            "groups_checked",
            "1 of 1 groups fall below",
        ),
        (
            {"calibration": Calibration(answer="off", sentence="", bins=(), error=0.2)},
            "chances_hold",
            "are off",
        ),
        ({"looks": 11}, "tested_on_unseen", "looked at 11 times"),
    ],
)
def test_a_baseline_that_speaks_against_a_gate_counts_more_than_a_tick(project, changes, gate, says):
    to_phase(project, "model")
    tick_all(project)
    assert state(project, gate) == "met"
    assert "stated, not measured" in project.gates[gate].why
    project.record(baseline(**changes))
    assert state(project, gate) == "reopened"
    assert says in project.gates[gate].why
    project.waive(gate, because="The board wants a pilot all the same")
    assert state(project, gate) == "waived"


@pytest.mark.parametrize(
    ("changes", "gate"),
    [
        ({"verdict": "cannot_tell"}, "beats_simple_way"),
        ({"line": "cannot_tell"}, "above_kill_line"),
        ({"line": ""}, "above_kill_line"),
        ({"slices": ()}, "groups_checked"),
        ({"floor": None}, "groups_checked"),
        ({"calibration": None}, "chances_hold"),
        ({"threshold": None}, "threshold_set"),
    ],
)
def test_what_a_baseline_cannot_tell_is_no_pass_and_leaves_the_tick(project, changes, gate):
    to_phase(project, "model")
    project.record(baseline(**changes))
    assert state(project, gate) == "open"
    tick_all(project)
    assert state(project, gate) == "met"


def test_each_look_at_a_hold_out_is_counted_and_another_hold_out_is_another(project):
    assert project.looks("h1") == 0
    project.record(baseline())
    project.record(baseline())
    assert project.looks("h1") == 2
    project.record(baseline(holdout="h2"))
    assert (project.looks("h1"), project.looks("h2")) == (2, 1)
    assert mlpm.open_project().looks("h1") == 2
    assert "Look 2 at this hold-out." in project.log[-2].what


def test_figures_that_fall_back_to_nothing_are_read_again(project):
    part = Slice(by="a", name="b", rows=99, standing="worse", value=0.1)
    project.record(baseline(slices=(part,), line="below"))
    project.record(baseline(slices=(), floor=None, threshold=None, calibration=None, line="", mistakes=()))
    kept = mlpm.open_project().state.baseline
    assert (kept.worse, kept.floor, kept.threshold, kept.saved, kept.line, kept.wrong) == (
        0, None, None, None, "", {},
    )  # fmt: skip


def look_six_times(folder, name):
    os.environ["MLPM_USER"] = name
    project = mlpm.open_project(folder)
    for i in range(6):
        project.record(baseline(holdout="h1"))
        project.set("volume", f"{i + 1} {name} a day")
        project.name_role("scientist" if name == "ana" else "data_engineer", f"{name} {i}")


def test_two_notebooks_lose_no_look_no_field_and_no_name(project, tmp_path):
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=look_six_times, args=(tmp_path, name)) for name in ("ana", "bo")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    again = mlpm.open_project()
    assert again.looks("h1") == 12
    assert {role: part.name for role, part in again.state.people.items()} == {
        "scientist": "ana 5",
        "data_engineer": "bo 5",
    }
    for name in ("ana", "bo"):
        assert sum(f"{name} a day" in e.what and e.who == name for e in again.log) == 6


def test_a_plan_of_features_is_recorded_and_its_open_questions_keep_gates_open(project):
    to_phase(project, "features")
    asked = OpenQuestion(about="known", columns=("a", "b"), text="?", suspicious=True)
    line = project.record(feature_plan(questions=[asked]))
    assert line.startswith(
        "Recorded in mlpm.yaml: plan of features for 'customers'. Gate “Each feature is known "
    )
    assert "1 columns used, 1 left out; 2 open questions" in project.log[-1].what.replace(
        "column ", "columns "
    )
    assert state(project, "irrelevant_discarded") == "met"
    assert "something points at 2 columns" in project.gates["known_in_time"].why
    assert project.gates["known_in_time"].how == '%ml_lifecycle done check_decision_time --note "…"'
    assert state(project, "stand_ins_checked") == "met"
    project.done("check_decision_time")
    assert state(project, "known_in_time") in ("open", "reopened")  # a bare tick is no answer
    project.done("check_decision_time", note="The owner says both are there on the first of the month")
    assert state(project, "known_in_time") == "met"
    project.record(feature_plan())
    assert state(project, "known_in_time") == "met"
    before = project.log
    project.record(feature_plan())
    assert project.log == before


def test_findings_are_kept_without_any_value_or_column(project, tmp_path):
    project.record(profile("not_ready", findings=(finding(), finding(severity="warning"), finding("drift"))))
    kept = mlpm.open_project().state.data.findings
    assert {name: part.severity for name, part in kept.items()} == {
        "target_leakage": "blocker",
        "drift": "blocker",
    }
    assert "secret_column" not in (tmp_path / "mlpm.yaml").read_text()


def test_a_leaking_column_keeps_its_gate_open_whatever_is_ticked(project):
    to_phase(project, "data")
    project.record(profile("not_ready", findings=(finding(),)))
    tick_all(project)
    assert state(project, "only_known_in_time") in ("open", "reopened")
    assert "target_leakage" in project.gates["only_known_in_time"].why
    project.record(profile())
    assert state(project, "only_known_in_time") == "met"


def test_questions_that_no_table_answers_are_stated_in_the_brief_or_ticked(project):
    to_phase(project, "data")
    project.record(profile(accessible="unknown"))
    assert state(project, "questions_answered") == "open"
    assert "accessible" in project.gates["questions_answered"].why
    project.record(fit_report(answers={"data_accessible": "yes", "repeatable_decision": "yes"}))
    assert state(project, "questions_answered") == "met"


def test_a_signature_needs_a_document_or_a_note(project):
    to_phase(project, "data")
    project.done("ask_data_owner")
    gate = project.gates["data_owner_signed"]
    assert (gate.state, gate.how) == ("open", '%ml_lifecycle done ask_data_owner --document "…"')
    assert "neither a document nor a note" in gate.why
    project.done("ask_data_owner", document="agreement 12")
    gate = project.gates["data_owner_signed"]
    assert gate.state == "met"
    assert "agreement 12" in gate.why
    assert "Document: agreement 12." in project.log[-1].what


def test_new_columns_open_what_was_said_about_the_old_ones_until_it_is_said_again(project):
    from mlpm_magics.results import ColumnSummary

    def columns(*names):
        return tuple(
            ColumnSummary(
                name=name, role="", kind="number", dtype="int64", rows=9, missing=0, distinct=9, histogram=()
            )
            for name in names
        )

    to_phase(project, "data")
    project.record(profile(columns=columns("a", "b")))
    tick_all(project)
    project.advance()
    project.record(profile(columns=columns("a", "b", "c")))
    assert "data_owner_signed" in reopened(project)
    assert "the columns of the data changed" in project.gates["data_owner_signed"].why
    assert "%ml_lifecycle back data" in project.log[-1].what
    project.back("data")
    assert "data_owner_signed" in reopened(project)  # what was said has to be said again
    project.done("ask_data_owner")
    assert state(project, "data_owner_signed") == "met"
    assert project.log[-1].what.startswith("Confirmed: ")


def test_a_baseline_on_older_data_no_longer_counts_until_it_is_made_again(project):
    to_phase(project, "model")
    project.record(baseline())
    assert state(project, "beats_simple_way") == "met"
    project.record(profile(fingerprint="f2"))
    assert state(project, "beats_simple_way") == "reopened"
    assert "the data changed" in project.gates["beats_simple_way"].why
    project.record(baseline(fingerprint="b2"))
    assert state(project, "beats_simple_way") == "met"
    settled = {name for name, task in project.tasks.items() if task.settled and not task.done}
    assert {"split_data", "beat_simple_way"} <= settled
    assert "Settled: Compare with the way without ML" in str(project)


def test_the_kernel_may_stop_anywhere_and_an_older_file_opens(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    old = (
        "schema: 1\nname: Old\nphase: data\nfit:\n  verdict: good_fit\n  digest: abc\n"
        "gates:\n  fit_checked: {state: met, why: 'the fit verdict is: good fit', on: abc}\nlog: []\n...\n"
    )
    (tmp_path / "mlpm.yaml").write_text(old)
    project = mlpm.open_project()
    assert project.card.entries == {}
    assert project.test_score.score == 0
    project.note("hello")
    assert state(project, "fit_checked") == "met"
    project.record(baseline())
    assert mlpm.open_project().looks("h1") == 1


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("people: {scientist: Ana}", "line 4.*people.scientist"),
        ("tests: {canaried: {how: sometimes}}", "line 4.*tests.canaried.how"),
        ("hazards: {p10: {state: gone}}", "line 4.*hazards.p10.state"),
        ("looks: {h1: {times: many}}", "line 4.*looks.h1.times"),
        ("card: {goal: [1]}", "line 4.*card.goal"),
    ],
)
def test_a_slip_in_a_new_part_is_named_with_its_line(tmp_path, line, says):
    (tmp_path / "mlpm.yaml").write_text(f"schema: 1\nname: x\nphase: data\n{line}\n...\n")
    with pytest.raises(MlpmError, match=says):
        mlpm.open_project(tmp_path)


def test_the_test_score_is_the_lowest_of_four_sums(project):
    score = project.test_score
    assert (score.score, len(score.tests), set(score.sums.values())) == (0, 28, {0.0})
    assert {
        section: sum(t.section == section for t in score.tests) for section in score.sums
    } == dict.fromkeys(("data", "model", "infrastructure", "monitoring"), 7)
    first = {section: next(t.id for t in score.tests if t.section == section) for section in score.sums}
    for section, test in first.items():
        project.test(test, "manual" if section == "model" else "automated")
    assert (project.test_score.score, project.test_score.weakest) == (0.5, "model")
    assert "The ML Test Score is 0.5." in project.log[-1].what
    assert project.test(first["data"], "automated").endswith("is so already.")
    for test in project.test_score.tests:
        project.test(test.id, "automated")
    assert project.test_score.reading.startswith("Exceptional")
    project.test(first["data"], "no")
    assert project.test_score.score == 6
    with pytest.raises(MlpmError, match="is not how a test is done"):
        project.test(first["data"], "perhaps")
    for form in project.test_score._repr_mimebundle_().values():
        assert "6 of 7" in form


def test_people_are_named_and_gaps_are_shown(project):
    view = mlpm.people(project)
    assert view.phase == "problem"
    assert {gap.role for gap in view.gaps} >= {"product_manager", "legal"}
    said = project.name_role("product_manager", "Ana Lima")
    assert said == "Product manager: Ana Lima."
    view = mlpm.people(project, happened=said)
    assert "product_manager" not in {gap.role for gap in view.gaps}
    assert "Ana Lima" in str(view)
    assert "%ml_people set legal NAME" in view.to_markdown()
    assert "Nobody is named yet as" not in str(project)
    project.unfolded = "gate"
    assert "Nobody is named yet as domain expert" in str(project).replace("\n    ", " ")
    assert project.name_role("product_manager", "") == "Nobody is product manager any more."
    with pytest.raises(MlpmError, match="Did you mean 'scientist'"):
        project.name_role("scientits", "x")


def test_one_role_answers_for_each_gate_and_the_pm_decides_where_it_matters():
    for phase in ("problem", "data", "features", "model", "productize", "operate"):
        view = mlpm.people(phase=phase)
        assert view.gaps == ()  # without a project nobody can be missing
        assert all(gate.role for gate in view.gates)
        assert view.to_dict()["schema"] == "mlpm/people"
    raci = mlpm.people().raci
    assert "A" in raci["product_manager"]["problem"]
    assert raci["affected_people"]["problem"] == "C"
