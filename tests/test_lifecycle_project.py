"""Stepping through the phases: gates are met by what is ticked and recorded, until that changes."""

import json

import pytest
from lifecycle_samples import design_check, fit_report, profile, tick_all, to_phase

import mlpm_magics as mlpm
from mlpm_magics.errors import InvalidValueError, MlpmError, UnknownNameError, WrongTypeError

FIT = "“ML fits the problem, with nothing that stands against it”"  # the gate fit_checked, in words


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MLPM_USER", "ana")
    return mlpm.start_project("Churn")


def reopened(project):
    return [name for name, gate in project.gates.items() if gate.state == "reopened"]


def test_from_the_problem_to_operating(project):
    seen = [project.phase]
    while project.phase != "operate":
        with pytest.raises(InvalidValueError, match=f"the {project.phase} phase cannot end yet"):
            project.advance()
        if project.phase == "problem":
            project.record(fit_report())
        if project.phase == "data":
            project.record(profile())
        if project.phase == "productize":
            project.record(design_check())
        tick_all(project)
        assert "so you can go on" in project.report().sentence
        project.advance()
        seen.append(project.phase)
    assert seen == ["problem", "data", "features", "model", "productize", "operate"]
    tick_all(project)
    assert project.report().sentence.endswith("nothing is open.")
    with pytest.raises(InvalidValueError, match="Operate is the last phase"):
        project.advance()
    assert mlpm.open_project().report() == mlpm.open_project().report()
    assert [task.who for task in project.tasks.values()] == ["ana"] * len(project.tasks)


def test_the_refusal_names_what_is_open_and_the_way_out(project):
    tick_all(project)
    with pytest.raises(InvalidValueError) as caught:
        project.advance()
    assert "fit_checked" in str(caught.value)
    assert "To meet fit_checked: %ml_fit" in str(caught.value)
    assert '%ml_lifecycle waive fit_checked --because "…"' in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("verdict", "state"),
    [("good_fit", "met"), ("fit_with_cautions", "met"), ("not_a_fit", "open"), ("ask", "open")],
)
def test_a_verdict_without_a_blocker_meets_the_fit_gate(project, verdict, state):
    line = project.record(fit_report(verdict))
    assert project.gates["fit_checked"].state == state
    assert line.startswith("Recorded in mlpm.yaml: fit verdict: ")
    assert line.endswith(f". Gate {FIT} is {'met' if state == 'met' else 'still open'}.")


@pytest.mark.parametrize(
    ("verdict", "state"), [("ready", "met"), ("ready_with_cautions", "met"), ("not_ready", "open")]
)
def test_a_profile_without_a_blocker_meets_the_data_gate(project, verdict, state):
    to_phase(project, "data")
    project.record(profile(verdict))
    assert project.gates["data_profiled"].state == state


def test_a_verdict_that_turns_opens_its_gate_again(project):
    project.record(fit_report("good_fit"))
    line = project.record(fit_report("not_a_fit", answers={"repeatable_decision": "no"}))
    assert f"Gate {FIT} is open again" in line
    assert project.gates["fit_checked"].why == "the fit verdict is: not a fit"
    project.record(fit_report("good_fit"))
    assert project.gates["fit_checked"].state == "met"


def test_changed_answers_open_a_gate_that_was_passed(project):
    to_phase(project, "model")
    project.record(fit_report(answers={"repeatable_decision": "yes", "leads_to_action": "unknown"}))
    assert reopened(project) == ["fit_checked"]
    assert "%ml_lifecycle back problem" in project.log[-1].what
    assert project.report().type_next == "%ml_lifecycle back problem"
    tick_all(project)
    with pytest.raises(InvalidValueError, match="fit_checked"):
        project.advance()
    project.back("problem", because="The decision is open again")
    assert project.gates["fit_checked"].state == "met"
    for _ in range(4):
        project.advance()
    assert project.phase == "productize"


def test_measured_answers_alone_do_not_open_the_fit_gate(project):
    to_phase(project, "features")
    answers = {"repeatable_decision": "yes", "leads_to_action": "yes", "data_fresh": "no"}
    bases = {"repeatable_decision": "stated", "leads_to_action": "stated", "data_fresh": "measured"}
    project.record(fit_report("fit_with_cautions", answers=answers, bases=bases))
    assert reopened(project) == []
    assert project.brief["answers"] == {"repeatable_decision": "yes", "leads_to_action": "yes"}


def test_other_data_opens_the_data_gate_and_the_same_data_closes_it(project):
    to_phase(project, "features")
    project.record(profile(fingerprint="f2"))
    assert reopened(project) == ["data_profiled", "questions_answered", "target_reachable"]
    assert "the data changed" in project.gates["data_profiled"].why
    project.record(profile(fingerprint="f1"))
    assert reopened(project) == []


def test_worse_findings_on_the_same_data_open_the_gate(project):
    to_phase(project, "features")
    project.record(profile("not_ready", unbiased="blocker"))
    assert reopened(project) == ["data_profiled"]


def test_taking_back_a_task_of_a_phase_that_was_left_opens_its_gate(project):
    to_phase(project, "data")
    project.undo("cost_errors")
    assert reopened(project) == ["error_costs"]
    project.done("cost_errors")
    assert reopened(project) == []


def test_taking_back_a_task_now_only_opens_its_gate(project):
    project.done("cost_errors")
    assert project.gates["error_costs"].state == "met"
    project.undo("cost_errors")
    assert project.gates["error_costs"].state == "open"
    assert not project.tasks["cost_errors"].done


def test_waiving_needs_a_reason_which_stays(project):
    with pytest.raises(InvalidValueError, match="say why error_costs is waived"):
        project.waive("error_costs", because="  ")
    project.waive("error_costs", because="Finance decides on 1 December")
    gate = mlpm.open_project().gates["error_costs"]
    assert (gate.state, gate.why, gate.who) == ("waived", "Finance decides on 1 December", "ana")
    project.done("cost_errors")
    assert project.gates["error_costs"].state == "met"
    with pytest.raises(InvalidValueError, match="is met"):
        project.waive("error_costs", because="anyway")


def test_a_waiver_holds_for_the_report_it_was_given_on(project):
    bad = {"repeatable_decision": "no"}
    project.record(fit_report("not_a_fit", answers=bad))
    project.waive("fit_checked", because="A pilot was promised")
    project.record(fit_report("not_a_fit", answers=bad))
    assert project.gates["fit_checked"].state == "waived"
    project.record(fit_report("not_a_fit", answers={"legally_prohibited": "yes"}))
    assert project.gates["fit_checked"].state == "reopened"


def test_what_was_reopened_is_still_so_after_opening_the_file_again(project, tmp_path):
    to_phase(project, "model")
    project.record(profile("not_ready", fingerprint="f9"))
    again = mlpm.open_project(tmp_path)
    assert reopened(again) == ["data_profiled", "questions_answered", "target_reachable"]
    assert again.report().log == project.report().log
    for gate in reopened(again):
        again.waive(gate, because="The old extract is kept")
    assert reopened(again) == []
    assert len(reopened(project)) == 3
    project.save()
    assert reopened(project) == []


def test_back_leads_only_to_earlier_phases(project):
    to_phase(project, "features")
    with pytest.raises(InvalidValueError, match="still ahead"):
        project.back("productize")
    with pytest.raises(InvalidValueError, match="is the current phase"):
        project.back("features")
    with pytest.raises(UnknownNameError, match="Did you mean 'problem'"):
        project.back("problm")
    project.back("problem", because="The goal changed")
    assert project.phase == "problem"
    assert "The goal changed." in project.log[-1].what
    assert all(task.done for task in project.tasks.values())


def test_repeating_a_report_changes_nothing(project, tmp_path):
    project.record(fit_report())
    project.record(profile())
    before = (tmp_path / "mlpm.yaml").read_bytes()
    project.record(fit_report())
    project.record(profile())
    project.done("set_goal")
    project.undo("set_goal")
    after_ticks = (tmp_path / "mlpm.yaml").read_bytes()
    assert after_ticks != before
    assert project.undo("set_goal") == "set_goal is not ticked."
    assert (tmp_path / "mlpm.yaml").read_bytes() == after_ticks


def test_the_brief_comes_back_as_it_was_stated(project):
    stated = fit_report(decision="call them", goal="20 % fewer by May", notes="ask Jo")
    project.record(stated)
    assert mlpm.open_project().brief == {
        "statement": "Which customers leave?",
        "problem_type": "",
        "decision": "call them",
        "goal": "20 % fewer by May",
        "answers": {"repeatable_decision": "yes", "leads_to_action": "yes"},
        "notes": "ask Jo",
    }
    project.record(fit_report("ask", answers={"leads_to_action": "no"}))
    assert project.brief["answers"] == {"leads_to_action": "no"}
    assert "Changed: repeatable_decision yes to open, leads_to_action yes to no." in project.log[-2].what


def test_what_a_profile_says_about_criteria(project, tmp_path):
    folder = tmp_path / "mlpm_knowledge"
    folder.mkdir()
    lines = ["data_questions:"]
    for name, criterion in {
        "available": "data_available",
        "sufficient": "data_sufficient",
        "fresh": "data_fresh",
        "unbiased": "data_biased",
        "privacy": "privacy_or_security_concern",
        "security": "privacy_or_security_concern",
    }.items():
        lines.append(
            f"  - {{id: {name}, title: t, question: q, why: w, criterion: {criterion}, settle: s, passed: p}}"
        )
    (folder / "own.yaml").write_text("\n".join(lines))
    project.record(
        profile(
            "not_ready",
            available="caution",
            sufficient="blocker",
            fresh="caution",
            unbiased="blocker",
            privacy="caution",
            accessible="unknown",
        )
    )
    answers = {name: found.answer for name, found in project.measured.items()}
    assert answers.get("data_accessible") is None
    assert answers["data_available"] == "unknown"  # a caution alone does not end a project
    assert answers["data_sufficient"] == "no"
    assert answers["data_fresh"] == "no"
    assert answers["data_biased"] == "yes"
    assert answers["privacy_or_security_concern"] == "yes"
    assert project.measured["privacy_or_security_concern"].text == "about privacy"
    assert "profile of 'customers'" in project.measured["data_fresh"].source


def test_finding_nothing_answers_only_what_a_table_can_answer(project):
    project.record(profile("ready"))  # every question passed
    answers = {name: found.answer for name, found in project.measured.items()}
    assert answers == dict.fromkeys(("data_sufficient", "data_quality_ok", "data_fresh"), "yes")


def test_the_report_is_strict_json_and_shows_everywhere(project):
    project.record(fit_report())
    project.note("Budget approved")
    told = project.to_dict()
    assert told["schema"] == "mlpm/lifecycle"
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    bundle = project._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/markdown", "text/html"}
    for text in bundle.values():
        for words in ("Problem phase, 1 of 6", "Budget approved", "Who and what is needed"):
            assert words in text
    assert max(len(line) for line in bundle["text/plain"].splitlines()) <= 80
    assert bundle["text/plain"] == repr(project)


def test_only_reports_are_recorded(project):
    with pytest.raises(WrongTypeError):
        project.record({"verdict": "good_fit"})


def test_starting_twice_and_opening_nothing(project, tmp_path):
    with pytest.raises(InvalidValueError, match="is there already"):
        mlpm.start_project("Another")
    assert mlpm.open_project().name == "Churn"
    (tmp_path / "sub").mkdir()
    with pytest.raises(MlpmError, match="%ml_lifecycle start NAME"):
        mlpm.open_project(tmp_path / "sub")
    with pytest.raises(MlpmError, match="does not exist"):
        mlpm.start_project("X", tmp_path / "nowhere")
