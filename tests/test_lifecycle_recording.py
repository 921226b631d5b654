"""The real questionnaire and the real profile, recorded in a project and read back from it."""

import msgspec
import pytest
from lifecycle_samples import design_check

import mlpm_magics as mlpm
from mlpm_magics.notebook.widgets.fit import FitWidget

BRIEF = {
    "statement": "Which sellers have the greatest revenue potential?",
    "problem_type": "ranking",
    "answers": {"complex_logic": "yes", "repeatable_decision": "yes", "has_labelled_examples": "yes"},
}


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return mlpm.start_project("Sellers")


def test_a_brief_recorded_and_assessed_again_gives_the_same_report(project):
    report = mlpm.assess_fit(BRIEF, project=project)
    project.record(report)
    again = mlpm.open_project()
    assert mlpm.assess_fit(dict(again.brief), project=again) == report
    assert again.brief["problem_type"] == "ranking"


def test_the_questionnaire_goes_on_where_the_project_stands(project):
    project.record(mlpm.assess_fit(BRIEF))
    widget = FitWidget(project=mlpm.open_project())
    assert widget.report.answers == BRIEF["answers"]
    [no] = [button for button in widget._answers if button.description == "No"]
    asked = widget._asked
    no.click()
    assert mlpm.open_project().brief["answers"][asked] == "no"


def test_not_a_fit_keeps_the_gate_closed(project):
    report = mlpm.assess_fit({"answers": {"repeatable_decision": "no"}})
    assert "nothing that stands against it” is still open" in project.record(report)
    assert "not a fit" in project.gates["fit_checked"].why


def test_what_was_measured_reaches_the_verdict_and_not_the_file_s_values(project, tmp_path):
    if not hasattr(pytest.importorskip("mlpm_magics.readiness"), "profile"):
        pytest.skip("there is no profile to record yet")
    import pandas as pd

    days = pd.date_range("2024-01-01", periods=300, freq="D")
    frame = pd.DataFrame({"mail": [f"jane{i}@example.org" for i in range(300)], "day": days})
    frame["sold"] = [i * 37 % 11 for i in range(300)]
    frame["left"] = (frame["sold"] > 5).astype(int)
    line = project.record(mlpm.profile(frame, target="left", time="day"))
    assert line.startswith("Recorded in mlpm.yaml: profile of ")
    again = mlpm.open_project()
    assert again.measured["privacy_or_security_concern"].answer == "yes"
    stated = {"answers": {"privacy_or_security_concern": "no"}}
    [found] = [
        c
        for c in mlpm.assess_fit(stated, project=again).contradictions
        if c.criterion == "privacy_or_security_concern"
    ]
    assert "profile of" in found.against
    assert "example.org" not in (tmp_path / "mlpm.yaml").read_text()


def test_what_a_table_told_is_kept_and_counts_in_the_next_verdict(project):
    import numpy as np
    import pandas as pd

    random = np.random.default_rng(1)
    frame = pd.DataFrame(random.normal(size=(600, 3)), columns=list("abc"))
    frame["left"] = frame.a > 0.8
    brief = {**BRIEF, "answers": {**BRIEF["answers"], "simple_rules_suffice": "no"}}
    evidence = mlpm.measure_fit(frame, target="left", budget_s=300, name="sellers")
    report = mlpm.assess_fit(brief, project=project, evidence=evidence)
    project.record(report)
    again = mlpm.open_project()
    kept = again.measured
    assert kept
    assert {name: found.answer for name, found in kept.items()} == {
        name: answer for name, answer in report.answers.items() if report.bases[name] == "measured"
    } | {name: found.answer for name, found in kept.items() if report.bases.get(name) == "stated"}
    later = mlpm.assess_fit(dict(again.brief), project=again)
    assert later.answers == report.answers
    assert later.bases == report.bases
    assert "sellers" in kept[next(iter(kept))].source


def test_the_answers_of_several_people_and_a_confirmed_one_are_kept(project):
    people = {"Ana": {"complex_logic": "yes"}, "Bo": {"complex_logic": "no"}}
    project.record(mlpm.assess_fit({"statement": BRIEF["statement"], "answers_by": people}))
    again = mlpm.open_project()
    assert again.brief["answers_by"] == people
    report = mlpm.assess_fit(dict(again.brief), project=again)
    assert [item.criterion for item in report.disagreements] == ["complex_logic"]


@pytest.mark.parametrize("names", [["a"], ["b", "c"], ["c", "a", "b"], ["a", "b", "c", "d"], []])
def test_a_list_that_is_another_one_is_recorded_and_comments_stay(tmp_path, monkeypatch, names):
    """Of a list in the file any part may change: what breaks in a design, or the columns that were named."""
    monkeypatch.chdir(tmp_path)
    project = mlpm.start_project("Screen")
    check = design_check()
    project.record(msgspec.structs.replace(check, properties=dict.fromkeys("abc", "broken")))
    file = tmp_path / "mlpm.yaml"
    file.write_text(file.read_text("utf-8").replace("    - c\n", "    - c\n# ours\n"), "utf-8")
    said = dict.fromkeys("abcd", "holds") | dict.fromkeys(names, "broken")
    project.record(msgspec.structs.replace(check, properties={name: said[name] for name in [*names, *said]}))
    assert mlpm.open_project().state.design.broken == tuple(names)
    assert file.read_text("utf-8").count("# ours") == 1
