"""Several people on one brief: a doubt is never outvoted, and what moves the verdict is said."""

from __future__ import annotations

import pytest

import mlpm_magics as mlpm
from mlpm_magics.catalogue import knowledge
from mlpm_magics.errors import MlpmError

GOOD = {name: c.best for name, c in knowledge().criteria.items() if c.core}


def test_what_everybody_says_counts_as_stated():
    report = mlpm.assess_fit({"answers_by": {"Ana": GOOD, "Bo": GOOD}})
    assert report.verdict == mlpm.assess_fit({"answers": GOOD}).verdict == "good_fit"
    assert report.disagreements == ()


def test_a_doubt_counts_until_one_answer_is_agreed():
    people = {"Ana": GOOD, "Bo": {**GOOD, "repeatable_decision": "no"}}
    report = mlpm.assess_fit({"answers_by": people})
    assert report.verdict == "not_a_fit"
    [item] = report.disagreements
    assert (item.criterion, item.counted, item.moves) == ("repeatable_decision", "no", True)
    assert item.answers == {"Ana": "yes", "Bo": "no"}
    assert item.verdicts == {"yes": "good_fit", "no": "not_a_fit"}
    agreed = mlpm.assess_fit({"answers_by": people, "answers": {"repeatable_decision": "yes"}})
    assert agreed.verdict == "good_fit"
    assert agreed.disagreements[0].counted == "yes"


def test_a_difference_that_moves_nothing_is_told_as_such_and_last():
    people = {
        "Ana": {**GOOD, "needs_personalization": "no", "data_fresh": "no"},
        "Bo": {**GOOD, "scales_fast": "no"},
    }
    report = mlpm.assess_fit({"answers_by": people})
    assert [item.moves for item in report.disagreements] == [True, False, False]
    for text in (report.to_markdown(), str(report)):
        assert "People answered differently" in text
        assert "does not move the verdict" in text


def test_a_slip_in_one_person_s_answers_is_one_line():
    with pytest.raises(MlpmError, match="repeatable_decision"):
        mlpm.assess_fit({"answers_by": {"Ana": {"repeatable_decison": "yes"}}})
    with pytest.raises(MlpmError, match="names"):
        mlpm.assess_fit({"answers_by": ["Ana"]})


def test_a_hostile_name_is_shown_and_not_run():
    people = {"<script>alert(1)</script>": {"complex_logic": "yes"}, "Bo": {"complex_logic": "no"}}
    html = mlpm.assess_fit({"answers_by": people}).to_html()
    assert "<script>alert" not in html
