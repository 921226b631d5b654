"""The talk's six worked cases come out with the talk's verdict and its reason, through the general engine."""

import pytest

import mlpm_magics as mlpm
from mlpm_magics.catalogue import knowledge

SEED = {
    "What apparel items should be protected by copyright?": ("not_a_fit", "requires_perfect_accuracy"),
    "Which resumes should we prioritize to interview for our candidate pipeline?": (
        "not_a_fit",
        "data_biased",
    ),
    "What products should be exclusively sold to Hispanics in the US?": (
        "not_a_fit",
        "targets_protected_group",
    ),
    "Which sellers have the greatest revenue potential?": ("good_fit", "complex_logic"),
    "Where should Amazon build next head quarters?": ("not_a_fit", "repeatable_decision"),
    "Which search queries should we scope for the Amazon fresh store?": ("good_fit", "scales_fast"),
}
CASES = list(knowledge().cases.values())


@pytest.mark.parametrize(("statement", "expected"), SEED.items())
def test_the_six_cases(statement, expected):
    verdict, criterion = expected
    (case,) = [case for case in CASES if case.statement == statement]
    report = mlpm.assess_fit({"statement": statement, "answers": dict(case.answers)})
    assert report.verdict == verdict
    deciding = "for" if verdict == "good_fit" else "blocker"
    assert criterion in [reason.criterion for reason in report.reasons if reason.effect == deciding]
    if verdict == "not_a_fit":
        assert report.reasons[0].criterion == criterion
        assert report.reasons[0].text in report.sentence
        assert report.alternative is not None


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_every_known_case_comes_out_as_it_is_told(case):
    facts = {"statement": case.statement, "problem_type": case.problem_type, "answers": dict(case.answers)}
    report = mlpm.assess_fit(facts)
    assert report.verdict == case.verdict
    assert {reason.criterion for reason in report.reasons} & set(case.decisive)
    assert report.cases[0].case == case.id


def test_the_verdict_does_not_hang_on_the_name_of_a_case():
    (case,) = [case for case in CASES if case.id == "seed_copyright"]
    report = mlpm.assess_fit({"statement": "Which of these is it?", "answers": dict(case.answers)})
    assert report.verdict == "not_a_fit"


@pytest.mark.parametrize("statement", SEED)
def test_words_alone_never_give_a_verdict(statement):
    report = mlpm.assess_fit(statement)
    assert report.verdict == "ask"
    assert report.reasons == ()
    assert report.questions


def test_an_underspecified_wish_gets_questions():
    report = mlpm.assess_fit("use AI to improve our business")
    assert (report.verdict, report.problem_type, report.problem_type_basis) == ("ask", "other", "unknown")
    assert report.proposals == {}


def test_a_guess_names_the_words_it_came_from():
    report = mlpm.assess_fit("What products should be exclusively sold to Hispanics in the US?")
    guess = report.proposals["targets_protected_group"]
    assert guess.answer == "yes"
    assert 0 < guess.confidence < 1
    assert "Hispanics" in guess.because
    assert report.questions[0] == "targets_protected_group"
