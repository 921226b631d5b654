"""The design language: what is written is what is read, and a slip is one line with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from designs import designs, every_design, read
from hypothesis import given

from mlpm_magics.catalogue import knowledge
from mlpm_magics.design.language import Design
from mlpm_magics.design.read import assumed, mapping_of, read_design
from mlpm_magics.errors import MlpmError


@pytest.mark.parametrize(("name", "design"), every_design().items(), ids=lambda value: str(value)[:30])
def test_a_design_written_again_is_the_same_design(name, design):
    assert read_design(design.written()) == design


@given(designs())
def test_any_design_written_again_is_the_same_design(given_design):
    design = read_design(given_design)
    assert read_design(design.written()) == design


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("design: a\nmodle: {keep: 3}", "design, line 2: there is no key 'modle'. Did you mean 'model'?"),
        (
            "model:\n  keep: 3\n  retrian: 2",
            "line 3: there is no key 'retrian' in model. Did you mean 'retrain'?",
        ),
        ("model: {keep: many}", "model.keep should be a whole number from 0 to 1,000, not 'many'"),
        ("model: {keep: -1}", "model.keep should be a whole number"),
        ("model: {retrain: 0}", "model.retrain should be a whole number from 1"),
        ("world: {faults: 11}", "world.faults should be a whole number from 0 to 10"),
        ("label: {wait: perhaps}", "label.wait should be true or false, not 'perhaps'"),
        ("monitors: [{watch: inptus}]", "monitors.0.watch cannot be 'inptus'. Did you mean 'inputs'?"),
        ("monitors: [{every: 2}]", "monitors.0 needs 'watch'"),
        ("monitors: [{watch: exposure}]", "watches exposure and needs 'at'"),
        ("monitors: inputs", "monitors should be a list"),
        ("sources: [a]", "sources should hold names"),
        ("sources: {feed: {}}\nfallback: {needs: [fed]}", "no source is called 'fed'. Did you mean 'feed'?"),
        ("world: {events: [dirft]}", "there is no event 'dirft'. Did you mean 'drift'?"),
        ("sources: {a: {depends_on: b}, b: {depends_on: a}}", "sources.a.depends_on leads back to 'a'"),
        ("sources: {a: {depends_on: c}}", "no source is called 'c'"),
        ("review: {load: 5, peak: 2}", "review.peak is below review.load"),
        ("model: 3", "model should hold keys"),
        ("a: &x 1\nb: *x", "anchor"),
        ("\n", "is empty"),
    ],
)
def test_a_slip_is_one_line_that_says_where_and_what_is_right(text, said):
    with pytest.raises(MlpmError) as error:
        read(text)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_what_is_no_design_says_what_one_is():
    for wrong in (3, ["a"], "no_such_file.yaml"):
        with pytest.raises(MlpmError, match="YAML text, a mapping or a path"):
            mapping_of(wrong)


def test_a_file_is_read_too(tmp_path: Path):
    file = tmp_path / "screen.yaml"
    file.write_text("model: {retrain: 7}")
    assert (
        read_design(mapping_of(file)).model.retrain == read_design(mapping_of(str(file))).model.retrain == 7
    )


def test_yes_and_never_mean_what_they_say():
    design = read("label: {wait: yes}\nmodel: {retrain: never}\npeople: {appeal: never}")
    assert design.label.wait is True
    assert design.model.retrain is None is design.people.appeal


def test_the_defaults_that_were_taken_are_listed_and_what_was_said_is_not():
    text = "sources: {feed: {max_age: 2}}\nmonitors: [{watch: freshness, do: fallback}]"
    words = " ".join(assumed(mapping_of(text), read(text)))
    assert "nobody watches the values that arrive" in words
    assert "nobody watches how fresh" not in words
    assert "wrong values of feed are not refused" in words
    assert "feed are never too old" not in words
    assert "a wrong decision does medium harm" in words
    spelled_out = text + "\ndecision: {harm: medium}"
    assert "medium harm" not in " ".join(assumed(mapping_of(spelled_out), read(spelled_out)))


def test_every_key_that_is_explained_exists():
    whole = Design().__struct_fields__
    watched = {
        "freshness",
        "inputs",
        "outcomes",
        "groups",
        "goal",
        "outputs",
        "explored",
        "versions",
        "exposure",
    }
    for key in knowledge().design_keys:
        top, _, rest = key.partition(".")
        assert top in whole, key
        if rest and top == "monitors":
            assert rest in watched
        elif rest and top != "sources":
            part = getattr(Design(), top)
            assert part is None or rest in part.__struct_fields__, key
