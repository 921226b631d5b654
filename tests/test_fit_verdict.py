"""How answers become a verdict: unknown stays unknown, worse never helps, ten answers are enough."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mlpm_magics as mlpm
from mlpm_magics.catalogue import knowledge
from mlpm_magics.fit.verdict import VERDICTS, judge
from mlpm_magics.results import Basis, Measured

KNOWN = knowledge()
CORE = [name for name, criterion in KNOWN.criteria.items() if criterion.core]
GOOD = {name: KNOWN.criteria[name].best for name in CORE}
ANSWERS = st.dictionaries(st.sampled_from(list(KNOWN.criteria)), st.sampled_from(["yes", "no", "unknown"]))


def worse_than(name, answer):
    best = KNOWN.criteria[name].best
    order = [best, "unknown", "no" if best == "yes" else "yes"]
    return order[order.index(answer) + 1 :]


@dataclass
class Project:
    measured: dict = field(default_factory=dict)


def test_the_contract_has_21_core_criteria_of_30_and_one_was_added():
    assert len(CORE) == 21
    assert len(KNOWN.criteria) == 31


def test_all_good_is_a_good_fit():
    report = mlpm.assess_fit({"answers": GOOD})
    assert report.verdict == "good_fit"
    assert report.alternative is None


@given(answers=ANSWERS, data=st.data())
def test_a_worse_answer_never_improves_a_verdict(answers, data):
    full = {**GOOD, **answers}
    before = mlpm.assess_fit({"answers": full}).verdict
    name = data.draw(st.sampled_from(sorted(full)))
    if worse := worse_than(name, full[name]):
        after = mlpm.assess_fit({"answers": {**full, name: data.draw(st.sampled_from(worse))}}).verdict
        assert VERDICTS.index(after) <= VERDICTS.index(before)


@given(answers=ANSWERS)
def test_a_verdict_stands_whatever_the_open_answers_turn_out_to_be(answers):
    report = mlpm.assess_fit({"answers": answers})
    if report.verdict != "ask" and len(answers) < 10:
        for choose in (lambda c: c.best, lambda c: "no" if c.best == "yes" else "yes"):
            rest = {name: choose(KNOWN.criteria[name]) for name in CORE if name not in answers}
            assert mlpm.assess_fit({"answers": {**answers, **rest}}).verdict == report.verdict


@given(answers=ANSWERS, replies=st.lists(st.sampled_from(["yes", "no", "unknown"]), min_size=10, max_size=10))
def test_at_most_ten_answers_lead_to_a_verdict(answers, replies):
    answers = dict(list(answers.items())[:9])
    for reply in replies:
        report = mlpm.assess_fit({"answers": answers})
        if report.verdict != "ask":
            break
        assert report.questions[0] not in answers
        answers[report.questions[0]] = reply
    assert mlpm.assess_fit({"answers": answers}).verdict != "ask"


@given(answers=ANSWERS)
def test_unknown_never_speaks_for_a_fit(answers):
    report = mlpm.assess_fit({"answers": answers})
    for reason in report.reasons:
        if reason.effect == "for":
            assert answers[reason.criterion] != "unknown"


@pytest.mark.parametrize("name", [n for n in CORE if KNOWN.criteria[n].group != "benefit"])
def test_not_knowing_is_a_caution_with_a_way_to_settle_it(name):
    answers = {**GOOD, name: "unknown"}
    if name == "human_fallback":
        answers["high_harm_if_wrong"] = "yes"
    report = mlpm.assess_fit({"answers": answers})
    assert report.verdict == "fit_with_cautions"
    assert name in [reason.criterion for reason in report.reasons if reason.effect == "caution"]
    assert KNOWN.criteria[name].settle


def test_a_question_that_does_not_matter_never_counts():
    nobody_steps_in = {**GOOD, "human_fallback": "no"}
    assert mlpm.assess_fit({"answers": nobody_steps_in}).verdict == "good_fit"
    assert (
        mlpm.assess_fit({"answers": {**nobody_steps_in, "high_harm_if_wrong": "yes"}}).verdict == "not_a_fit"
    )
    no_labels = {**GOOD, "has_labelled_examples": "no"}
    assert mlpm.assess_fit({"answers": no_labels, "problem_type": "clustering"}).verdict == "good_fit"
    assert mlpm.assess_fit({"answers": no_labels}).verdict == "not_a_fit"


@pytest.mark.parametrize(
    "name", ["human_fallback", "outcome_observable", "leads_to_action", "data_sufficient", "data_relevant"]
)
def test_what_was_said_for_it_is_named_and_lifts_nothing(name):
    said = {**GOOD, name: "yes"}
    assert name in [r.criterion for r in mlpm.assess_fit({"answers": said}).reasons if r.effect == "for"]
    held_down = mlpm.assess_fit({"answers": {**said, "data_fresh": "no"}})
    without = {key: answer for key, answer in held_down.answers.items() if key != name}
    assert held_down.verdict == mlpm.assess_fit({"answers": {**without, "data_fresh": "no"}}).verdict


def test_needs_that_the_data_meets_are_one_point_of_the_page_and_a_reason_each():
    report = mlpm.assess_fit({"answers": GOOD})
    met = [r for r in report.reasons if r.effect == "for" and KNOWN.criteria[r.criterion].group == "data"]
    assert len(met) > 1
    one = " ".join(reason.text for reason in met)
    assert f"✔ {one}" in " ".join(str(report).split())


def test_a_safeguard_lowers_a_risk_and_never_erases_it():
    report = mlpm.assess_fit({"answers": {**GOOD, "high_harm_if_wrong": "yes", "human_fallback": "yes"}})
    assert report.verdict == "fit_with_cautions"


def test_none_of_the_four_reasons_is_a_no_with_something_to_do_instead():
    four = ("complex_logic", "scales_fast", "needs_personalization", "adapts_over_time")
    report = mlpm.assess_fit({"answers": {**GOOD, **dict.fromkeys(four, "no")}})
    assert report.verdict == "not_a_fit"
    assert report.alternative.kind == "rule"


def test_guesses_caution_but_never_block_even_after_ten_answers():
    neutral = [name for name in GOOD if name not in ("targets_protected_group", "human_fallback")][:10]
    brief = {
        "statement": "What products should be exclusively sold to Hispanics in the US?",
        "answers": {name: GOOD[name] for name in neutral},
    }
    report = mlpm.assess_fit(brief)
    assert report.verdict == "fit_with_cautions"
    (guess,) = [reason for reason in report.reasons if reason.criterion == "targets_protected_group"]
    assert (guess.basis, guess.effect) == ("proposed", "caution")


def test_a_guess_does_not_block_in_company_either():
    answers = {name: GOOD[name] for name in CORE} | {"high_harm_if_wrong": "yes", "data_representative": "no"}
    stated: dict[str, Basis] = dict.fromkeys(answers, "stated")
    guessed = stated | {"data_representative": "proposed"}
    assert VERDICTS[judge(KNOWN, answers, stated, "classification").level] == "not_a_fit"
    assert VERDICTS[judge(KNOWN, answers, guessed, "classification").level] == "fit_with_cautions"


def test_flips_are_the_smallest_changes_that_turn_the_verdict():
    report = mlpm.assess_fit({"answers": {**GOOD, "repeatable_decision": "no", "data_relevant": "no"}})
    assert report.flips[0].answers == {"repeatable_decision": "yes", "data_relevant": "yes"}
    for flip in report.flips:
        assert mlpm.assess_fit({"answers": {**report.answers, **flip.answers}}).verdict == flip.verdict


def test_follow_ups_are_asked_only_when_the_words_point_at_them():
    assert "adversarial_users" in mlpm.assess_fit("Is this listing a scam?").questions
    plain = mlpm.assess_fit("Which team gets this ticket?")
    assert "adversarial_users" not in plain.questions
    assert plain.presumed["adversarial_users"] == "no"


def test_measurements_fill_open_answers_and_win_over_a_rosier_statement():
    project = Project(
        {"data_fresh": Measured(answer="no", text="the newest row is 400 days old", source="profile")}
    )
    report = mlpm.assess_fit({"answers": GOOD}, project=project)
    assert report.verdict == "fit_with_cautions"
    (reason,) = [r for r in report.reasons if r.criterion == "data_fresh"]
    assert reason.basis == "measured"
    assert report.contradictions[0].criterion == "data_fresh"
    assert "400 days" in report.contradictions[0].against


def test_stated_answers_that_clash_are_shown():
    report = mlpm.assess_fit({"answers": {"simple_rules_suffice": "yes", "complex_logic": "yes"}})
    assert [c.criterion for c in report.contradictions] == ["complex_logic"]


def test_the_report_is_strict_json_and_says_what_it_is():
    import json

    content = mlpm.assess_fit({"statement": "x", "answers": GOOD}).to_dict()
    assert content["schema"] == "mlpm/fit"
    assert content["version"] == 1
    assert json.loads(json.dumps(content, allow_nan=False)) == content


def test_without_a_word_ten_good_answers_name_a_reason_for_ml():
    answers = {}
    while (report := mlpm.assess_fit({"answers": answers})).verdict == "ask":
        answers[report.questions[0]] = KNOWN.criteria[report.questions[0]].best
    assert report.verdict == "good_fit"
    benefits = {name for name, criterion in KNOWN.criteria.items() if criterion.group == "benefit"}
    assert benefits & {reason.criterion for reason in report.reasons if reason.effect == "for"}


CAUSE = {name: answer for name, answer in GOOD.items() if name != "experiment_at_hand"} | {
    "causal_question": "yes"
}


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("Whom does our call make pay?", "not_a_fit"),
        ("Whom does our call make pay? An A/B test in June will settle it.", "not_a_fit"),
        ("Whom does our call make pay? Last year we called a random half of 60,000.", "fit_with_cautions"),
        ("Whom does our call make pay? We drew lots who of 40,000 got one.", "fit_with_cautions"),
    ],
)
def test_a_causal_question_is_open_only_where_an_experiment_is_at_hand(statement, verdict):
    report = mlpm.assess_fit({"statement": statement, "answers": CAUSE})
    assert report.verdict == verdict
    assert "causal_question" in {reason.criterion for reason in report.reasons}
    if verdict == "not_a_fit":
        assert report.alternative.kind == "experiment"
        assert {"experiment_at_hand": "yes"} in [flip.answers for flip in report.flips]
    denied = mlpm.assess_fit({"statement": statement, "answers": {**CAUSE, "experiment_at_hand": "no"}})
    assert denied.verdict == "not_a_fit", "what is stated counts before what the words propose"


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ({"repeatable_decision": "no", "causal_question": "yes"}, "experiment"),
        ({"simple_rules_suffice": "yes", "causal_question": "yes"}, "experiment"),
        ({"simple_rules_suffice": "yes", "legally_prohibited": "yes"}, "drop"),
        ({"simple_rules_suffice": "yes"}, "rule"),
    ],
)
def test_what_to_do_instead_is_told_for_the_law_first_then_for_the_cause(answers, kind):
    report = mlpm.assess_fit({"answers": {**GOOD, "experiment_at_hand": "no", **answers}})
    assert report.alternative.kind == kind
