"""The page for those who decide, and the cards of empathy: what they say follows from what is recorded."""

import json
import re

import msgspec
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
from mlpm_magics.catalogue import knowledge
from mlpm_magics.results import Story

FLAGGED = Story(
    kind="wrong_yes",
    pick="typical",
    facts=("tech_support: No", "tenure: high (40 to 60)"),
    chance=0.25,
    answer="No",
    alike=22,
)
MISSED = Story(
    kind="wrong_no", pick="confident", facts=("contract: Two year",), chance=0.01, answer="Yes", alike=9
)


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MLPM_USER", "ana")
    return mlpm.start_project("Churn")


def test_an_empty_project_is_not_yet_and_everything_is_unknown(project):
    report = mlpm.decision_report(project)
    assert report.advice == "not_yet"
    assert {sign.light for sign in report.signs} == {"open"}
    assert "Not recorded: a baseline." in report.unknown
    assert report.gain.startswith("No gain is measured yet")
    assert "By when is not set" in report.decides


def test_a_phase_that_is_done_is_go_and_waivers_are_conditions(project):
    project.record(fit_report())
    tick_all(project)
    report = mlpm.decision_report(project)
    assert (report.advice, report.because) == (
        "go",
        ("Every gate so far is met, and nothing recorded speaks against it.",),
    )
    project.undo("cost_errors")
    assert mlpm.decision_report(project).advice == "not_yet"
    project.waive("error_costs", because="Finance decides on 1 December")
    report = mlpm.decision_report(project)
    assert (report.advice, report.because) == (
        "go_with_conditions",
        ("Waived: Finance decides on 1 December.",),
    )


def test_a_result_below_the_line_is_stop_whatever_else_is_so(project):
    to_phase(project, "model")
    tick_all(project)
    project.record(baseline(line="below"))
    report = mlpm.decision_report(project)
    assert report.advice == "stop"
    assert "below the kill line" in report.because[0]
    project.record(baseline())
    assert mlpm.decision_report(project).advice != "stop"


def test_the_gain_is_in_the_pm_s_money_with_its_interval(project):
    project.record(baseline())
    report = mlpm.decision_report(project)
    assert "About 1,000 EUR saved per month (90 % interval 500 to 1,500)" in report.gain
    assert report.gain_interval == (500.0, 1000.0, 1500.0)
    project.record(baseline(threshold=None))
    assert "31 % of what guessing leaves open" in mlpm.decision_report(project).gain


def test_the_risks_are_the_three_most_pressing_and_nothing_personal_is_on_it(project, tmp_path):
    project.record(profile("not_ready", findings=(finding(), finding("personal_data"), finding("drift"))))
    project.record(feature_plan())
    project.set("decide_by", "the product board, on 15 March 2030")
    project.name_role("product_manager", "Ana Lima")
    report = mlpm.decision_report(mlpm.open_project())
    assert [item.pressing for item in report.risks] == ["found"] * 3
    assert report.decides.startswith(
        "Ana Lima (product manager) brings it to the decision: the product board"
    )
    for ending in ("html", "md", "json"):
        text = report.save(tmp_path / f"decision.{ending}").read_text()
        assert "secret_column" not in text
        assert "Ana Lima" in text
    page = (tmp_path / "decision.html").read_text()
    assert "break-before:page" in page
    assert "http" not in re.sub(r'<a href="http[^"]*" ', "", page)  # a link loads nothing by itself
    assert json.loads((tmp_path / "decision.json").read_text())["schema"] == "mlpm/decision"


def test_a_day_is_told_for_each_kind_of_mistake_with_how_many_a_week(project):
    project.set("volume", "3,000 customers a month")
    project.set("entity", "a customer")
    project.set("who_acts", "the team calls")
    cards = mlpm.empathy(project, baseline(stories=(FLAGGED, MISSED))).cards
    assert [card.kind for card in cards] == ["wrong_yes", "wrong_no"]
    flagged = " ".join(cards[0].lines)
    assert "On it is a customer. All that is known: tech support is No; tenure is high (40 to 60)." in flagged
    assert "says 25 %. From 5 % on something is done" in flagged
    assert "the team calls" in flagged
    assert cards[0].per_week == pytest.approx(0.1 * 700)
    assert cards[0].often.startswith("About 70 such mistakes a week (90 % interval 56 to 84)")


def test_what_somebody_answered_is_not_unknown(project):
    project.record(fit_report(answers={"data_accessible": "yes"}))
    project.record(profile(accessible="unknown", fresh="unknown"))
    told = " ".join(mlpm.decision_report(project).unknown)
    assert "is the data fresh?" in told


def test_what_was_waived_but_blocks_is_told_as_it_is(project):
    to_phase(project, "data")
    project.record(profile("not_ready", findings=(finding(),)))
    for name, gate in project.gates.items():
        if not gate.passed:
            project.waive(name, because="we know")
    report = mlpm.decision_report(project)
    assert report.advice == "not_yet"
    assert report.sentence.startswith("No gate criterion of the data phase is open, but")


def test_a_day_ends_in_the_words_of_the_problem_card(project):
    cards = mlpm.empathy(project, baseline(stories=(FLAGGED, MISSED))).cards
    assert "In the end “left” was No; nobody" in " ".join(cards[0].lines)
    project.set("outcome", "gave notice.")
    flagged, missed = mlpm.empathy(project, baseline(stories=(FLAGGED, MISSED))).cards
    assert "In the end it did not come to “gave notice”; nobody" in " ".join(flagged.lines)
    assert "In the end it came to “gave notice”." in missed.lines[2]


def test_of_numbers_it_says_how_far_off_how_many_are_and_names_those_it_hits(project):
    far = msgspec.structs.replace(FLAGGED, kind="too_high", facts=(), alike=0, answer="low (7.7 to 9.2)")
    numbers = baseline(stories=(far,), mistakes=(), threshold=None, problem_type="regression")
    project.set("volume", "40 repairs a week")
    report = mlpm.empathy(project, numbers)
    (card,) = report.cards
    assert card.often.endswith("about 10 a week, too high and too low together, at 40 decisions a week.")
    assert "nothing that could be told without pointing at somebody" in card.lines[0]
    assert "0 cases" not in str(report)
    assert "Those for whom it says too much" in str(report)
    assert "Those wrongly flagged" not in str(report)


def test_without_a_volume_it_says_what_it_hangs_on_and_without_a_baseline_what_to_type(project):
    report = mlpm.empathy(baseline=baseline(stories=(MISSED,), threshold=None))
    assert report.cards[0].per_week is None
    assert "hangs on the volume" in report.cards[0].often
    bare = mlpm.empathy()
    assert bare.cards == ()
    assert "%ml_baseline" in bare.to_type
    assert len(bare.situations) >= 7
    assert len(bare.exercises) >= 7


def test_what_needs_a_project_is_offered_in_one_only(project):
    assert '%ml_empathy map missed "…"' in str(mlpm.empathy(project))
    assert "%ml_empathy map" not in str(mlpm.empathy())
    assert "%ml_lifecycle set" not in str(mlpm.empathy())


def test_the_map_is_kept_and_meets_its_gate(project):
    project.map_stakeholder("wrongly_flagged", "Called at dinner time")
    assert project.gates["people_mapped"].state == "open"
    project.map_stakeholder("missed", "They leave")
    assert project.gates["people_mapped"].state == "met"
    report = mlpm.empathy(mlpm.open_project())
    assert {one.id: one.text for one in report.stakeholders if one.text} == {
        "wrongly_flagged": "Called at dinner time",
        "missed": "They leave",
    }


def test_whether_it_changed_the_costs_is_counted(project):
    assert "Neither is on the problem card" in mlpm.empathy(project).measure
    project.set("cost_wrong_yes", "5 EUR")
    assert "have not been changed" in mlpm.empathy(project).measure
    project.set("cost_wrong_yes", "50 EUR")
    assert "been changed once" in mlpm.empathy(project).measure


def test_there_is_a_day_for_every_kind_of_mistake():
    from typing import get_args

    from mlpm_magics.results import Mistaken

    assert set(knowledge().day_stories) == set(get_args(Mistaken))


def test_they_read_in_every_form(project):
    report = mlpm.empathy(project, baseline(stories=(FLAGGED, MISSED)))
    for form in report._repr_mimebundle_().values():
        assert "Somebody wrongly flagged" in form
        assert "Reviews from the future" in form
    for form in mlpm.decision_report(project)._repr_mimebundle_().values():
        assert "The decision asked for" in form


def test_the_magics(shell, capsys):
    shell.run_cell("%ml_report")
    assert "%ml_lifecycle start NAME" in "".join(capsys.readouterr())
    assert shell.run_line_magic("ml_empathy", "").cards == ()
    shell.user_ns["base"] = baseline(stories=(FLAGGED,))
    assert len(shell.run_line_magic("ml_empathy", "base").cards) == 1
    assert "base" in shell.run_line_magic("ml_empathy", "").happened
    shell.run_cell("%ml_lifecycle start Churn").raise_error()
    report = shell.run_line_magic("ml_empathy", 'map missed "They leave"')
    assert report.happened == "What it does to those who are missed: They leave."
    assert len(report.cards) == 1
    path = shell.run_line_magic("ml_report", "decision.html")
    assert path.name == "decision.html"
    assert path.exists()
    for line, says in (
        ("%ml_empathy bse", "Did you mean 'base'?"),
        ("%ml_empathy map missed", "map whom to what?"),
        ("%ml_empathy map mised x", "Did you mean 'missed'?"),
        ("%ml_report x.doc", "a report is saved as .html"),
        ("%ml_people set sientist Ana", "Did you mean 'scientist'?"),
        ("%ml_people set scientist", "who is scientist?"),
        ("%ml_people scientist", "%ml_people set scientist NAME says who it is"),
        ("%ml_people modle", "Did you mean 'model'?"),
        ("%ml_lifecycle test canaryed manual", "Did you mean 'canaried'?"),
    ):
        capsys.readouterr()
        shell.run_cell(line)
        assert says in "".join(capsys.readouterr()), line
