"""Where a project file stands, results go into it; whatever is wrong with it never costs the result."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import mlpm_magics as mlpm
from mlpm_magics.errors import InvalidValueError
from mlpm_magics.notebook.recording import project_here, recorded


def assess(project):
    return mlpm.assess_fit({"answers": {"repeatable_decision": "no"}}, project=project)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_a_project_nothing_is_written():
    assert recorded(assess).recorded == ""
    assert list(Path.cwd().iterdir()) == []
    assert project_here() == (None, "")


def test_with_a_project_the_result_is_in_it_and_says_so():
    mlpm.start_project("Sellers")
    report = recorded(assess)
    assert report.recorded.startswith("Recorded in mlpm.yaml")
    assert report.recorded in " ".join(str(report).split())
    assert mlpm.open_project().brief["answers"] == {"repeatable_decision": "no"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("schema: 999\n", "newer version"),
        ("", "is empty"),
        ("{", "not readable as YAML"),
        ("schema: 1\nname: x\n", "three dots"),
        ("\x00", "mlpm.yaml"),
        ("<<<<<<< mine\n", "two versions"),
    ],
)
def test_a_project_that_cannot_be_used_never_costs_the_result(text, says):
    Path("mlpm.yaml").write_text(text, encoding="utf-8")
    report = recorded(assess)
    assert report.verdict == "not_a_fit"
    assert report.recorded.startswith("Not recorded: ")
    assert says in report.recorded
    assert "\n" not in report.recorded
    assert Path("mlpm.yaml").read_text(encoding="utf-8") == text


def test_a_project_that_cannot_be_written_never_costs_the_result(monkeypatch):
    mlpm.start_project("Sellers")
    whole = Path("mlpm.yaml").read_text(encoding="utf-8")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    report = recorded(assess)
    assert report.verdict == "not_a_fit"
    assert "Not recorded: " in report.recorded
    assert "No space left" in report.recorded
    assert Path("mlpm.yaml").read_text(encoding="utf-8") == whole


def test_a_fault_of_the_brief_is_not_blamed_on_the_project():
    mlpm.start_project("Sellers")
    with pytest.raises(InvalidValueError, match="is not an answer"):
        recorded(lambda project: mlpm.assess_fit({"answers": {"complex_logic": "perhaps"}}, project=project))


def test_a_project_that_gets_in_the_way_never_costs_the_result():
    mlpm.start_project("Sellers")

    def assess_but_not_with(project):
        if project is not None:
            raise InvalidValueError("the project holds something odd")
        return assess(None)

    report = recorded(assess_but_not_with)
    assert report.recorded == "Not recorded: the project holds something odd."


def test_the_magics_record(shell):
    shell.run_cell("%ml_lifecycle start Sellers").raise_error()
    shell.run_cell("fit = %ml_fit Which sellers have the greatest revenue potential?").raise_error()
    assert shell.user_ns["fit"].recorded.startswith("Recorded in mlpm.yaml")
    assert mlpm.open_project().brief["statement"] == "Which sellers have the greatest revenue potential?"


def test_a_profile_is_recorded_and_its_findings_reach_the_next_verdict(shell):
    shell.user_ns["churn"] = pd.DataFrame({"left": ["yes", "no"] * 15, "calls": range(30)})
    shell.run_cell("%ml_lifecycle start Sellers").raise_error()
    shell.run_cell("ready = %ml_profile churn --target left").raise_error()
    assert "profile of 'churn'" in shell.user_ns["ready"].recorded
    shell.run_cell("fit = %ml_fit Which customers will leave?").raise_error()
    fit = shell.user_ns["fit"]
    assert (fit.answers["data_sufficient"], fit.bases["data_sufficient"]) == ("no", "measured")


def test_what_people_answered_is_kept_for_the_same_table_and_can_be_taken_back(shell):
    shell.user_ns["churn"] = pd.DataFrame({"left": ["yes", "no"] * 15, "calls": range(30)})
    shell.user_ns["other"] = shell.user_ns["churn"]
    shell.run_cell("%ml_lifecycle start Sellers").raise_error()
    shell.run_cell("x = %ml_profile churn --answer accessible=yes --because 'licence signed'").raise_error()
    assert "licence signed" in Path("mlpm.yaml").read_text(encoding="utf-8")
    assert "Answered: accessible yes." in mlpm.open_project().log[-1].what
    shell.run_cell("again = %ml_profile churn --target left --answer privacy=no").raise_error()
    again = shell.user_ns["again"]
    assert {name: one.answer for name, one in again.said.items()} == {"accessible": "yes", "privacy": "no"}
    shell.run_cell("third = %ml_profile churn --answer accessible=unknown").raise_error()
    assert shell.user_ns["third"].answers["accessible"].status == "unknown"
    shell.run_cell("apart = %ml_profile other").raise_error()
    assert shell.user_ns["apart"].said == {}
