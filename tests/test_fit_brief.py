"""Briefs in every form a PM may hand over, and one clear line for every other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mlpm_magics as mlpm
from mlpm_magics.fit import read_brief


def test_all_forms_read_the_same(tmp_path):
    text = "statement: Which sellers?\nanswers:\n  complex_logic: yes\n  simple_rules_suffice: No\n"
    file = tmp_path / "brief.yaml"
    file.write_text(text)
    mapping = {
        "statement": "Which sellers?",
        "answers": {"complex_logic": True, "simple_rules_suffice": False},
    }
    assert read_brief(text) == read_brief(file) == read_brief(str(file)) == read_brief(mapping)
    assert read_brief("Which  sellers?").statement == "Which sellers?"


@pytest.mark.parametrize(
    "sentence", ["Note: which sellers?", "What's {this} $x?", "100% of: a, b", "- a list?", "[x"]
)
def test_a_sentence_is_a_sentence(sentence):
    assert read_brief(sentence).statement == sentence


@pytest.mark.parametrize(
    ("brief", "expected"),
    [
        (
            "statment: x\nanswers: {}",
            "brief, line 1: 'statment' is not a key of a brief. Did you mean 'statement'?",
        ),
        ("answers: {complex_logik: yes}", "Did you mean 'complex_logic'?"),
        ("answers:\n  complex_logic: maybe", "brief, line 2, complex_logic: 'maybe' is not an answer"),
        ("problem_type: clasification", "Did you mean 'classification'?"),
        ("answers: [a]", "brief, line 1: answers should be lines of"),
        ("answers: {a: &x yes, b: *x}", "anchor"),
        ("goal: a\ngoal: b", "twice"),
        ("goal: a: b", "line 1"),
        ("missing.yaml", "cannot be read"),
        (3, "not int"),
        ({"answers": {1: "yes"}}, "no criterion is called '1'"),
    ],
)
def test_wrong_briefs_get_one_clear_line(brief, expected):
    with pytest.raises(mlpm.MlpmError) as caught:
        mlpm.assess_fit(brief)
    assert expected in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.text())
def test_any_text_is_a_brief_or_one_clear_line(text):
    line, report = "", None
    try:
        report = mlpm.assess_fit(text)
    except mlpm.MlpmError as error:
        line = str(error)
    assert "\n" not in line
    assert report is None or all((str(report), report.to_markdown(), report.to_html()))


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(), lambda v: st.lists(v) | st.dictionaries(st.text(), v)
)


@given(
    st.dictionaries(
        st.sampled_from(["statement", "answers", "goal", "notes", "decision", "problem_type"]), VALUES
    )
)
def test_any_mapping_is_a_brief_or_one_clear_line(mapping):
    line = ""
    try:
        mlpm.assess_fit(mapping)
    except mlpm.MlpmError as error:
        line = str(error)
    assert "\n" not in line
