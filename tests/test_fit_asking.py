"""What is asked after a sentence, and what a verdict may rest on."""

from __future__ import annotations

import pytest

import mlpm_magics as mlpm
from mlpm_magics.catalogue import knowledge
from mlpm_magics.views import fit as views_fit

CRITERIA = knowledge().criteria
SENTENCES = (
    "Which sellers have the greatest revenue potential?",
    "How many parcels will our depots handle on each day of next week?",
    "Score the people on the waiting list for social housing",
)


def asked_until_told(statement, facts):
    answers = {}
    report = mlpm.assess_fit(statement)
    while report.verdict == "ask":
        name = report.questions[0]
        assert name not in answers
        answers[name] = facts.get(name, CRITERIA[name].best)
        report = mlpm.assess_fit({"statement": statement, "answers": answers})
        assert len(answers) <= 10
    return report, answers


@pytest.mark.parametrize("statement", SENTENCES)
@pytest.mark.parametrize("reply", ["yes", "no", "unknown"])
def test_ten_answers_of_any_kind_always_lead_to_a_verdict(statement, reply):
    report, answers = asked_until_told(statement, dict.fromkeys(CRITERIA, reply))
    assert report.verdict != "ask"
    assert not report.questions
    assert len(answers) <= 10


@pytest.mark.parametrize("statement", SENTENCES)
def test_a_guess_against_ml_is_asked_about_before_a_verdict_hangs_on_it(statement):
    report, answers = asked_until_told(statement, {})
    if len(answers) < 10:
        against = [r for r in report.reasons if r.effect == "caution" and r.criterion in report.proposals]
        held_down = report.verdict == "fit_with_cautions" and not any(
            r.effect == "caution" and r.basis != "proposed" for r in report.reasons
        )
        assert not (against and held_down)


@pytest.mark.parametrize("statement", [*SENTENCES, "Show the most downloaded apps of the week"])
def test_no_sentence_is_a_good_fit_before_rules_and_harm_were_asked(statement):
    report, answers = asked_until_told(statement, {})
    guards = {name for name, criterion in CRITERIA.items() if criterion.before_good_fit}
    assert guards == {"simple_rules_suffice", "high_harm_if_wrong"}
    said = {
        name for name in guards if name in report.proposals and "You said" in report.proposals[name].because
    }
    assert report.verdict != "good_fit" or guards <= answers.keys() | said or len(answers) == 10


def test_what_nobody_asked_is_told_as_not_known_and_turns_nothing():
    report, answers = asked_until_told(SENTENCES[2], {"high_harm_if_wrong": "yes", "data_biased": "yes"})
    assert report.verdict == "not_a_fit"
    open_ = [r for r in report.reasons if r.criterion not in answers and r.effect == "caution"]
    assert open_, "more could speak against it than was asked"
    assert {r.basis for r in open_} == {"proposed"}
    firm = mlpm.assess_fit({"answers": answers})
    assert firm.verdict == report.verdict


def test_a_reason_for_ml_that_was_not_asked_is_named_as_proposed():
    report, answers = asked_until_told("Recommend songs to each listener", {})
    named = {r.criterion: r.basis for r in report.reasons if r.effect == "for"}
    assert named["needs_personalization"] == ("stated" if "needs_personalization" in answers else "proposed")


@pytest.mark.parametrize(
    ("statement", "hidden"),
    [
        ("Tell members that their card runs out next week", "simple_rules_suffice"),
        ("A score of innovation for every department", "leads_to_action"),
    ],
)
def test_no_good_fit_is_given_before_what_a_short_sentence_hides_was_asked(statement, hidden):
    report, answers = asked_until_told(statement, {})
    assert report.verdict == "good_fit"
    assert hidden in answers or report.proposals[hidden].answer == CRITERIA[hidden].best
    worse, _ = asked_until_told(statement, {hidden: "no" if CRITERIA[hidden].best == "yes" else "yes"})
    assert worse.verdict == "not_a_fit"


def test_a_number_in_a_cue_is_any_number():
    many = mlpm.assess_fit("Read the 12,500 a day that come in and say which office each is for")
    assert many.proposals["scales_fast"].answer == "yes"
    assert "12,500 a day" in many.proposals["scales_fast"].because


def test_the_cell_to_answer_in_is_a_brief_of_what_was_said_and_what_is_open():
    asked = {
        "statement": 'Which sellers have "potential": a # lot?',
        "answers": {"repeatable_decision": "yes"},
    }
    report = mlpm.assess_fit(asked)
    assert report.verdict == "ask"
    head, _, brief = views_fit._cell(report, report.questions[:3]).partition("\n")
    assert head == "%%ml_fit"
    again = mlpm.assess_fit(brief)
    assert again.statement == report.statement
    assert again.answers["repeatable_decision"] == "yes"
    assert not set(report.questions[:3]) & set(again.questions)
    assert head in str(report)


def test_what_the_words_point_at_is_asked_where_the_kind_is_not_known_too():
    first = mlpm.assess_fit("An innovation number for every department, for the intranet")
    assert first.problem_type == "other"
    assert "leads_to_action" in first.questions
