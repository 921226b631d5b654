"""Eighty problems that the library does not hold: floors the engine must not fall under.

The floors stand a little below what `benchmarks/fit.py --cases benchmarks/held_out_cases.yaml` measured.
"""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest

import mlpm_magics as mlpm
from mlpm_magics.catalogue import knowledge
from mlpm_magics.documents import read_yaml

CRITERIA = knowledge().criteria
HELD_OUT = read_yaml(
    "cases:\n" + Path(__file__).parents[1].joinpath("benchmarks/held_out_cases.yaml").read_text("utf-8"),
    "cases",
)["cases"]


def by_questions(case):
    """The report on the sentence alone, the one after at most ten answers, and how many were needed."""
    first = report = mlpm.assess_fit(case["statement"])
    answers = {}
    while report.verdict == "ask" and len(answers) < 10:
        name = report.questions[0]
        assert name not in answers, "a question is asked once"
        answers[name] = case["answers"].get(name, CRITERIA[name].best)
        report = mlpm.assess_fit({"statement": case["statement"], "answers": answers})
    return first, report, len(answers)


@pytest.fixture(scope="module")
def asked():
    return [by_questions(case) for case in HELD_OUT]


def severe(reports):
    return sum(
        case["verdict"] == "not_a_fit" and report.verdict == "good_fit"
        for case, report in zip(HELD_OUT, reports, strict=True)
    )


def agreed(reports):
    pairs = zip(HELD_OUT, reports, strict=True)
    return sum(case["verdict"] == report.verdict for case, report in pairs) / len(HELD_OUT)


def test_with_the_facts_given_the_verdict_is_the_experts():
    facts = [{key: case[key] for key in ("statement", "problem_type", "answers")} for case in HELD_OUT]
    reports = [mlpm.assess_fit(brief) for brief in facts]
    assert agreed(reports) >= 0.97
    assert severe(reports) == 0


def test_a_sentence_and_a_few_questions_come_to_the_same_verdict(asked):
    reports = [report for _, report, _ in asked]
    assert agreed(reports) >= 0.95
    assert severe(reports) <= 1
    assert all(report.verdict != "ask" for report in reports)
    counts = [count for _, _, count in asked]
    assert statistics.median(counts) <= 7
    assert max(counts) <= 10


def test_the_sentence_alone_tells_most_problem_types_and_never_a_verdict(asked):
    firsts = [first for first, _, _ in asked]
    told = [first.problem_type == case["problem_type"] for case, first in zip(HELD_OUT, firsts, strict=True)]
    assert sum(told) / len(told) >= 0.8
    assert {first.verdict for first in firsts} == {"ask"}


def test_what_was_not_asked_is_listed_and_said(asked):
    for _, report, count in asked:
        if report.verdict != "not_a_fit" and count < 10:
            assert "not asked" in report.sentence
            core = {name for name in report.presumed if CRITERIA[name].core}
            assert core
            assert not core & set(report.answers)
