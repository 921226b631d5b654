"""The library of known cases: found by words and by facts, honest about whose verdict it is."""

from __future__ import annotations

from collections import Counter

import pytest

import mlpm_magics as mlpm
from mlpm_magics.catalogue import knowledge
from mlpm_magics.errors import MlpmError

CASES = knowledge().cases


def test_the_library_is_large_and_holds_every_verdict_and_type():
    assert len(CASES) >= 100
    verdicts = Counter(case.verdict for case in CASES.values())
    assert min(verdicts[v] for v in ("good_fit", "fit_with_cautions", "not_a_fit")) >= 20
    assert {case.problem_type for case in CASES.values()} == set(knowledge().problem_types) | {"other"}


@pytest.mark.parametrize("case", CASES.values(), ids=lambda case: case.id)
def test_a_case_names_its_source_and_what_decided_it(case):
    assert case.sources
    assert set(case.decisive) <= set(case.answers), "what decided it is among its facts"
    assert case.verdict_by == "source" or all(knowledge().sources[s] for s in case.sources)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("spam filter", "junk_mail"),
        ("Which applicants should we look at first?", "amazon_recruiting"),
        ("sepsis warning", "epic_sepsis"),
        ("how many will we sell next week?", "retail_demand"),
    ],
)
def test_words_find_the_case_that_speaks_of_them(words, expected):
    assert expected in [case.case for case in mlpm.find_cases(words).cases[:3]]


def test_without_words_it_is_the_whole_library_and_the_counts_add_up():
    found = mlpm.find_cases()
    assert len(found.cases) == len(CASES) == sum(found.counts.values())


def test_a_brief_is_compared_fact_by_fact():
    brief = {"answers": {"data_biased": "yes", "high_harm_if_wrong": "yes", "adapts_over_time": "no"}}
    nearest = mlpm.find_cases(brief=brief).cases[0]
    assert set(nearest.same) >= {"data_biased", "high_harm_if_wrong"}
    assert all(nearest.facts[name] == "yes" for name in nearest.same if name != "adapts_over_time")
    assert not set(nearest.same) & set(nearest.different)


def test_nothing_found_is_said_and_both_ways_at_once_is_one_line():
    assert "None of" in str(mlpm.find_cases("zzyzx"))
    with pytest.raises(MlpmError, match="not both"):
        mlpm.find_cases("spam", brief="Which mail is spam?")


def test_hostile_words_are_shown_and_not_run():
    html = mlpm.find_cases("<script>alert(1)</script> spam").to_html()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
