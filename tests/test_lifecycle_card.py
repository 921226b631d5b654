"""The problem card: what a PM types is read as numbers, dates and times, and held together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifecycle_samples import tick_all

import mlpm_magics as mlpm
from mlpm_magics.catalogue import knowledge
from mlpm_magics.errors import MlpmError
from mlpm_magics.lifecycle import commands
from mlpm_magics.lifecycle.card.reading import amount_in, date_in, days_in
from mlpm_magics.views.card import amount_text

WHOLE = {
    "goal": "20 % fewer cancellations by 30 June 2030",
    "kill_line": "stop below 5 % fewer",
    "entity": "a customer with a contract",
    "decision_time": "every Monday, before the call list is made",
    "outcome": "gave notice",
    "outcome_wait": "30 days",
    "current_way": "support calls the oldest complaints",
    "current_quality": "12 % of those called would have left",
    "cost_wrong_yes": "5 EUR a call",
    "cost_wrong_no": "200 EUR of margin",
    "volume": "4,000 customers a month",
    "who_acts": "the retention team calls",
    "automation": "it sorts, a person decides",
    "retraining": "every 3 months",
    "freshness": "one day",
}


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MLPM_USER", "ana")
    return mlpm.start_project("Churn")


def fill(project, **changes):
    for field, text in (WHOLE | changes).items():
        project.set(field, text)
    return {remark.rule for remark in project.card.remarks}


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("by 30 June 2027", "2027-06-30"),
        ("June 30th, 2027", "2027-06-30"),
        ("20 % fewer by June 2027", "2027-06-30"),
        ("by Feb 2028", "2028-02-29"),
        ("2027-02-28 at the latest", "2027-02-28"),
        ("in Q2 2027", "2027-06-30"),
        ("the third quarter of 2027", "2027-09-30"),
        ("by the end of 2027", "2027-12-31"),
        ("3/4/2027", None),  # two days are meant by it
        ("by May", None),
        ("31 February 2027", "2027-02-28"),  # the month is all that can be meant
        ("2,027 calls", None),
        ("2027-13-45", None),
    ],
)
def test_dates_as_people_write_them(text, date):
    assert date_in(text) == date


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("30 days", 30),
        ("two weeks", 14),
        ("after a month", 30),
        ("every Monday", 7),
        ("each weekday", 1),
        ("daily", 1),
        ("in real time", 0),
        ("every 3 months", 90),
        ("twice a month", 15),
        ("3 times a week", 7 / 3),
        ("half a year", 182.5),
        ("a 90-day window", 90),
        ("2 hours", 1 / 12),
        ("when it suits", None),
    ],
)
def test_times_as_people_write_them(text, days):
    assert days_in(text) == (None if days is None else pytest.approx(days))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("20 % fewer cancellations by June 2027", "20 %"),
        ("€ 1,200 a month", "1,200 EUR a month"),
        ("about 5 EUR for the call", "5 EUR"),
        ("1.2k calls per week", "1,200 calls a week"),
        ("200 more calls", "200 calls"),
        ("2 million", "2,000,000"),
        ("0.7 AUC", "0.7 AUC"),
        ("4,000 customers a month", "4,000 customers a month"),
        ("by 30 June 2027, 7 percent", "7 %"),
    ],
)
def test_amounts_as_people_write_them(text, said):
    assert amount_text(amount_in(text)) == said


@given(st.text(max_size=60))
def test_any_text_is_read_or_not_and_never_fails(text):
    date_in(text), days_in(text), amount_in(text)


def test_a_whole_card_goes_together_and_meets_its_gates(project):
    assert fill(project) == set()
    assert project.card.open == ()
    met = {name for name, gate in project.gates.items() if gate.state == "met"}
    assert met == {
        "goal_set",
        "kill_line_set",
        "prediction_defined",
        "decision_named",
        "error_costs",
        "simple_way_costed",
        "automation_decided",
    }
    assert "COMPLETE" in str(project.card)
    assert project.card.costs == {
        "wrong_yes": 5.0,
        "wrong_no": 200.0,
        "unit": "EUR",
        "decisions": 4000.0,
        "period": "month",
    }
    assert (project.card.kill_line.number, project.card.kill_line.unit) == (5.0, "%")
    assert project.card.entries["goal"].date == "2030-06-30"
    again = mlpm.open_project()
    assert again.card == project.card


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"goal": "fewer cancellations by June 2030"}, "goal_without_number"),
        ({"goal": "20 % fewer cancellations"}, "goal_without_date"),
        ({"goal": "20 % fewer by June 2019"}, "goal_is_over"),
        ({"kill_line": "when it gets bad"}, "kill_line_without_number"),
        ({"kill_line": "30 % fewer"}, "line_is_not_below_the_goal"),
        ({"kill_line": "100 EUR"}, "line_and_goal_in_other_units"),
        ({"outcome_wait": "a while"}, "wait_without_duration"),
        ({"outcome_wait": "two months"}, "wait_longer_than_half_the_retraining"),
        ({"outcome_wait": "20 years"}, "wait_ends_after_the_goal"),
        ({"freshness": "a month"}, "data_older_than_the_rhythm"),
        ({"cost_wrong_no": "5 EUR a call"}, "costs_the_same"),
        ({"cost_wrong_no": "3 hours"}, "costs_in_other_units"),
        ({"cost_wrong_yes": "not much"}, "wrong_yes_without_number"),
        ({"current_quality": "good"}, "today_without_number"),
        ({"volume": "a lot"}, "volume_without_number"),
        ({"volume": "20 a year"}, "few_decisions"),
        ({"retraining": "now and then"}, "retraining_without_duration"),
    ],
)
def test_what_is_missing_or_does_not_go_together_is_said_with_its_source(project, changes, rule):
    assert rule in fill(project, **changes)
    [remark] = [r for r in project.card.remarks if r.rule == rule]
    assert remark.source
    assert remark.sentence in str(project).replace("\n  ", " ")


def test_a_goal_where_less_is_better_is_held_the_other_way_round(project):
    assert "line_is_not_below_the_goal" not in fill(
        project, goal="answers within 2 days by June 2030", kill_line="not more than 4 days"
    )
    assert "line_is_not_below_the_goal" in fill(
        project, goal="answers within 4 days by June 2030", kill_line="not more than 3 days"
    )


def test_every_rule_of_the_card_can_speak(project):
    """Each rule is one of those above, or needs a field of a later phase."""
    seen = fill(
        project, margin="some", floor="fair", alarms="if bad", review_date="soon", running_cost="little"
    )
    assert seen == {
        "margin_without_number",
        "floor_without_number",
        "alarms_without_number",
        "review_without_date",
        "running_cost_without_number",
    }


def test_a_field_that_does_not_work_keeps_its_gate_open_and_says_why(project):
    project.set("goal", "fewer cancellations")
    gate = project.gates["goal_set"]
    assert gate.state == "open"
    assert gate.why == "The goal has no number, so nobody can tell when it is reached"
    assert gate.how == '%ml_lifecycle set goal "…"'
    project.done("set_goal")  # what is on the card counts more than a tick
    assert project.gates["goal_set"].state == "open"
    project.set("goal", WHOLE["goal"])
    assert project.gates["goal_set"].state == "met"


def test_a_changed_goal_opens_what_rests_on_it(project):
    fill(project)
    tick_all(project)
    project.waive("people_mapped", because="next week") if not project.gates["people_mapped"].passed else None
    project.waive("fit_checked", because="asked before")
    project.advance()
    project.set("goal", "40 % fewer cancellations by 30 June 2030")
    again = [name for name, gate in project.gates.items() if gate.state == "reopened"]
    assert "goal_set" in again
    assert "kill_line_set" in again
    assert "error_costs" not in again
    assert "the goal changed since this gate was passed" in project.gates["goal_set"].why
    assert "Goal (before: 20 % fewer cancellations by 30 June 2030): 40 %" in " ".join(
        entry.what for entry in project.log
    )


def test_set_finds_the_field_and_a_slip_is_one_line(project):
    commands.run(["set", "goal", "20 % fewer by June 2030"])
    commands.run(["set", "cost", "wrong", "yes", "5 EUR"])
    assert set(mlpm.open_project().card.entries) == {"goal", "cost_wrong_yes"}
    for words, says in (
        (["set"], "set what?"),
        (["set", "goal"], "What should be better"),
        (["set", "gaol", "x"], "Did you mean 'goal'?"),
        (["set", "goal", "x" * 400], "can have 300 characters"),
    ):
        with pytest.raises(MlpmError) as caught:
            commands.run(words)
        assert says in str(caught.value)
        assert "\n" not in str(caught.value)
    project.save()
    project.set("goal", "")
    assert "goal" not in project.card.entries
    assert project.set("goal", "") == "goal says so already."


def test_tab_and_the_examples_of_every_field(project):
    fields = knowledge().card_fields
    assert commands.words_after(["set"]) == list(fields)
    for name, field in fields.items():
        project.set(name, field.example)
    later = {remark.rule for remark in project.card.remarks}
    assert later <= {"line_and_goal_in_other_units"}
    assert str(commands.run(["card"])).index("The problem card") < str(commands.run(["card"])).index("Next")


def test_a_duration_is_read_once():
    from mlpm_magics.results import CardEntry
    from mlpm_magics.views.card import read_as

    said = "6 months"
    entry = CardEntry(
        field="outcome_wait", title="Wait", text=said, amount=amount_in(said), days=days_in(said)
    )
    assert read_as(entry) == "180 days"
