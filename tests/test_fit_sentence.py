"""What a sentence alone tells: the kind of problem, how sure, and from which words; nothing from no words."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import mlpm_magics as mlpm
from mlpm_magics.catalogue import knowledge
from mlpm_magics.fit.sentence_type import chances, examples

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


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


def test_a_kind_that_words_leave_open_is_said_to_be_so_with_the_two_likeliest():
    report = mlpm.assess_fit("Our guests in the evening")
    chances = list(report.type_guess.chances.items())
    assert chances[0][1] < 0.5
    page = report.to_markdown()
    assert "Problem type: **cannot tell** from these words" in page
    for kind, chance in chances[:2]:
        assert f"perhaps {knowledge().problem_types[kind].title.lower()} ({chance:.0%}" in page.lower()


def test_kinds_are_told_right_for_sentences_that_nothing_was_learned_from():
    blind = yaml.safe_load((BENCHMARKS / "blind_trades.yaml").read_text("utf-8"))
    pairs = [(kind, line) for kind, lines in blind.items() for line in lines]
    learned = {text.lower() for text, _ in examples(knowledge())}
    assert not learned.intersection(line.lower() for _, line in pairs)
    assert sum(kind_of(line) == kind for kind, line in pairs) / len(pairs) >= 0.85


@pytest.mark.parametrize(
    ("sentence", "criterion"),
    [
        ("A clerk confirms the tariff number that we propose for each article", "human_fallback"),
        ("Tell which pumps behave strangely before the crew drives out", "leads_to_action"),
    ],
)
def test_who_acts_and_who_checks_is_heard_in_the_sentence(sentence, criterion):
    asked = mlpm.assess_fit(sentence)
    assert asked.proposals[criterion].answer == "yes"
    best = {name: entry.best for name, entry in knowledge().criteria.items()}
    answers = {name: best[name] for name in best if name not in ("human_fallback", "leads_to_action")}
    report = mlpm.assess_fit({"statement": sentence, "answers": answers})
    assert report.verdict == "good_fit"
    (reason,) = [r for r in report.reasons if r.criterion == criterion]
    assert (reason.basis, reason.effect) == ("proposed", "for")


def kind_of(sentence):
    return next(iter(chances(knowledge(), sentence)), "other")


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


def test_guesses_from_the_same_known_cases_are_told_in_one_point():
    page = mlpm.assess_fit("Which users will cancel their subscription next month?").to_markdown()
    assert page.count("It was so in most known cases like it") == 1
