"""The verdict with a table: what was stated is held against what was measured."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import mlpm_magics as mlpm
from mlpm_magics.errors import MlpmError
from mlpm_magics.results import FitEvidence

FACTS = {
    "complex_logic": "yes",
    "scales_fast": "yes",
    "simple_rules_suffice": "no",
    "repeatable_decision": "yes",
    "has_labelled_examples": "yes",
    "requires_perfect_accuracy": "no",
    "requires_full_interpretability": "no",
    "data_available": "yes",
    "data_accessible": "yes",
    "data_sufficient": "yes",
    "data_relevant": "yes",
    "data_biased": "no",
    "privacy_or_security_concern": "no",
    "targets_protected_group": "no",
    "high_harm_if_wrong": "no",
}


def table(*, rule: bool) -> pd.DataFrame:
    """Late orders: by one threshold, or by many columns together; some answers are wrong by chance."""
    random = np.random.default_rng(5)
    x = random.normal(size=(1500, 6))
    score = x[:, 0] > 0.5 if rule else np.sin(2 * x[:, 0]) * x[:, 1] + x[:, 2] * x[:, 3] > 0.2
    frame = pd.DataFrame(x, columns=["weight", "distance", "stops", "rain", "traffic", "age"])
    return frame.assign(late=np.where(random.random(1500) < 0.1, ~score, score))


@pytest.fixture(scope="module")
def by_rule() -> FitEvidence:
    return mlpm.measure_fit(table(rule=True), target="late", name="orders", budget_s=120)


def assess(evidence: FitEvidence, **more):
    brief = {"statement": "Which orders will be late?", "problem_type": "classification", **more}
    return mlpm.assess_fit(brief, evidence=evidence)


def test_without_a_table_these_facts_are_a_good_fit():
    brief = {"statement": "Which orders will be late?", "problem_type": "classification", "answers": FACTS}
    assert mlpm.assess_fit(brief).verdict == "good_fit"


def test_a_rule_found_in_the_table_turns_a_stated_good_fit(by_rule):
    report = assess(by_rule, answers=FACTS)
    assert report.verdict == "not_a_fit"
    assert report.bases["simple_rules_suffice"] == "measured"
    assert report.alternative is not None
    contradiction = next(c for c in report.contradictions if c.criterion == "simple_rules_suffice")
    assert contradiction.stated == "no"
    assert "condition" in contradiction.against
    assert "Measured:" in report.reasons[0].text


def test_a_contradicted_answer_counts_again_once_it_is_confirmed_with_a_reason(by_rule):
    contradicted = {c.criterion for c in assess(by_rule, answers=FACTS).contradictions}
    confirmed = dict.fromkeys(contradicted, "next year's orders come from abroad")
    report = assess(by_rule, answers=FACTS, confirmed=confirmed)
    assert report.verdict == "good_fit"
    assert {c.confirmed for c in report.contradictions} == {"next year's orders come from abroad"}
    assert "next year" in str(report)


@pytest.mark.parametrize("given", [{"simple_rules_suffice": ""}, {"simple_rules": "because"}, "because"])
def test_a_confirmation_needs_a_criterion_and_a_reason(by_rule, given):
    with pytest.raises(MlpmError) as caught:
        assess(by_rule, answers=FACTS, confirmed=given)
    assert "\n" not in str(caught.value)


def test_what_cannot_be_told_is_no_answer(by_rule):
    undecided = {name for name, found in by_rule.criteria.items() if found.answer == "cannot_tell"}
    assert "adapts_over_time" in undecided, "no time column was named"
    assert "adapts_over_time" not in assess(by_rule).answers


def test_noise_is_not_called_relevant_data():
    random = np.random.default_rng(1)
    frame = pd.DataFrame(random.normal(size=(1200, 5)), columns=list("abcde"))
    evidence = mlpm.measure_fit(frame.assign(y=random.random(1200) < 0.4), target="y", budget_s=120)
    assert evidence.criteria["signal_exists"].answer != "yes"
    assert assess(evidence).answers.get("data_relevant") != "yes"


def test_the_page_reads_without_a_kernel_in_all_three_forms(by_rule, tmp_path):
    report = assess(by_rule, answers=FACTS)
    text, markdown, html = str(report), report.to_markdown(), report.to_html()
    for form in (text, markdown, html):
        assert "one condition" in form
        assert "def answer(row):" in form
    for form in (markdown, html):
        assert "Do the inputs carry the answer?" in form
    assert "simplest as good" in text
    assert "```python" in markdown
    assert report.to_dict()["evidence"]["criteria"]["signal_exists"]["answer"] == "yes"
    assert report.save(tmp_path / "fit.html").stat().st_size < 300_000


def test_hostile_names_in_a_table_are_shown_and_not_run():
    frame = table(rule=True).rename(columns={"weight": "<img src=x onerror=alert(1)>"})
    html = mlpm.measure_fit(frame, target="late", budget_s=120).to_html()
    assert "<img src=x" not in html
    assert "&lt;img src=x" in html
