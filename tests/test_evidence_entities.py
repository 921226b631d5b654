"""Whether entities differ beyond the inputs: found where they do, not where chance explains it."""

from __future__ import annotations

import evidence_time_worlds as worlds
import numpy as np
import pytest

from mlpm_magics.evidence.ladder import run, start
from mlpm_magics.evidence.measures import needs_personalization
from mlpm_magics.evidence.prepared import prepare
from mlpm_magics.evidence.rungs import LADDER
from mlpm_magics.table import open_table

LINEAR = next(rung for rung in LADDER if rung.id == "linear_scorecard")


def found(frame, *, entity="who", time=None):
    made = start(prepare(open_table(frame, target="y", entity=entity, time=time)))
    made.steps[LINEAR.id] = run(LINEAR, made)
    return needs_personalization.measure(made)


@pytest.mark.parametrize("kind", ["level", "slope"])
def test_entities_that_differ_are_found_and_only_known_ones_promised(kind):
    for seed in range(4):
        evidence = found(worlds.entity_world(kind, 2000, seed))
        assert evidence.answer == "yes"
        assert "already known" in evidence.caveat


def test_entities_that_differ_in_classes_are_found():
    assert found(worlds.entity_world("level", 3000, 1, classes=True)).answer == "yes"


@pytest.mark.parametrize("kind", ["none", "input"])
@pytest.mark.parametrize("classes", [False, True])
def test_one_model_for_all_is_told(kind, classes):
    answers = [found(worlds.entity_world(kind, 2000, seed, classes=classes)).answer for seed in range(6)]
    assert answers.count("yes") == 0
    assert answers.count("no") >= 4


def test_ids_as_numbers_or_text_give_the_same():
    frame = worlds.entity_world("level", 1000, 2)
    numeric = frame.assign(who=frame["who"].str[1:].astype(int))
    assert found(frame).answer == found(numeric).answer == "yes"


def test_one_answer_per_entity_is_a_look_up_and_not_called_personal():
    evidence = found(worlds.entity_world("constant", 1000, 1))
    assert evidence.answer == "cannot_tell"
    assert "look-up" in evidence.text


def test_shuffled_entities_show_nothing():
    frame = worlds.entity_world("level", 1500, 4)
    frame["who"] = np.random.default_rng(0).permutation(frame["who"])
    assert found(frame).answer != "yes"


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (lambda n: ["one"] * n, "one entity"),
        (lambda n: [f"id{i}" for i in range(n)], "one row only"),
        (lambda n: [f"c{i % 3}" for i in range(n)], "too few entities"),
    ],
)
def test_where_entities_do_not_come_back_it_cannot_tell(who, words):
    frame = worlds.entity_world("level", 800, 1)
    evidence = found(frame.assign(who=who(len(frame))))
    assert evidence.answer == "cannot_tell"
    assert words in evidence.text
    assert evidence.caveat


def test_few_rows_and_no_entity_say_what_would_settle_it():
    few = found(worlds.entity_world("level", 200, 1))
    assert (few.answer, few.rows_needed) == ("cannot_tell", 300)
    frame = worlds.entity_world("level", 400, 1)
    assert "entity" in found(frame.drop(columns="who"), entity=None).caveat
