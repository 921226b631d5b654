"""What a sentence alone tells: the kind of problem, how sure, and from which words; nothing from no words."""

from __future__ import annotations

import pytest

import mlpm_magics as mlpm
from mlpm_magics.catalogue import knowledge


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("How long will the repair of this bicycle take?", "regression"),
        ("How many rolls will the bakery sell next week?", "forecasting"),
        ("Draft an answer to each complaint", "generation"),
        ("What natural groups are there among our readers?", "clustering"),
        ("Spot pumps that behave unlike the others", "anomaly_detection"),
        ("Suggest a film that this viewer will enjoy", "recommendation"),
        ("Put the open tickets in order, the most urgent first", "ranking"),
        ("Is this message spam?", "classification"),
    ],
)
def test_the_kind_of_problem_comes_with_its_confidence_and_words(sentence, kind):
    report = mlpm.assess_fit(sentence)
    assert (report.problem_type, report.problem_type_basis) == (kind, "proposed")
    guess = report.type_guess
    assert 1 / len(knowledge().problem_types) < guess.confidence <= 1
    assert sum(guess.chances.values()) == pytest.approx(1)
    assert guess.because
    assert guess.because in report.to_markdown().replace("\\", "")


@pytest.mark.parametrize("sentence", ["?", "…", "12345", "🙂🙂", "x" * 50_000])
def test_words_that_say_nothing_give_no_kind(sentence):
    report = mlpm.assess_fit({"statement": sentence})
    assert (report.verdict, report.problem_type, report.problem_type_basis) == ("ask", "other", "unknown")


def test_a_stated_kind_is_never_guessed_over():
    report = mlpm.assess_fit({"statement": "Is this message spam?", "problem_type": "ranking"})
    assert (report.problem_type, report.problem_type_basis, report.type_guess) == ("ranking", "stated", None)


def test_what_held_in_known_cases_is_proposed_with_their_names_and_never_decides():
    report = mlpm.assess_fit("Which search results should come first for a shopper?")
    guess = report.proposals["has_labelled_examples"]
    assert guess.answer == "yes"
    assert any(case.title in guess.because for case in knowledge().cases.values())
    assert report.verdict == "ask"
    assert report.reasons == ()
