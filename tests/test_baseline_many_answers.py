"""More than two answers: whether their chances hold, and why no threshold follows from two costs."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from lifecycle_samples import to_phase

import mlpm_magics as mlpm
from mlpm_magics.baselines.calibration import of_many
from mlpm_magics.catalogue import knowledge

NAMES = ("north", "south", "west")


def said_and_true(rows: int = 4000) -> tuple[np.ndarray, np.ndarray]:
    """Chances of three answers, and answers that come as often as that."""
    random = np.random.default_rng(8)
    said = random.dirichlet([1.0, 1.0, 1.0], rows)
    return said, (said.cumsum(axis=1) < random.random(rows)[:, None]).sum(axis=1)


def test_chances_that_hold_hold_for_every_answer():
    said, true = said_and_true()
    found = of_many(said, true, (np.arange(len(true)),), NAMES)
    assert found.answer == "calibrated"
    assert {one.name: one.answer for one in found.answers} == dict.fromkeys(NAMES, "calibrated")
    for one in found.answers:
        assert one.interval[0] <= one.said <= one.interval[1]
    assert sum(one.rows for one in found.answers) == len(true)


def test_one_answer_that_is_said_too_often_is_named():
    said, true = said_and_true()
    said[:, 1] += 0.25
    said /= said.sum(axis=1, keepdims=True)
    found = of_many(said, true, (np.arange(len(true)),), NAMES)
    assert found.answer == "off"
    south = next(one for one in found.answers if one.name == "south")
    assert south.said > south.interval[1]
    assert "south" in found.sentence


def test_few_rows_cannot_tell():
    said, true = said_and_true(30)
    found = of_many(said, true, (np.arange(30),), NAMES)
    assert found.answer == "cannot_tell"


def test_a_baseline_tells_it_and_why_two_costs_set_no_threshold(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    random = np.random.default_rng(9)
    frame = pd.DataFrame(random.normal(size=(900, 2)), columns=["a", "b"])
    frame["team"] = np.array(NAMES)[np.digitize(frame.a + 0.4 * random.normal(size=900), [-0.5, 0.5])]
    costs = {"wrong_yes": 5, "wrong_no": 9}
    report = mlpm.baseline(frame, target="team", costs=costs, budget_s=300)
    assert {one.name for one in report.calibration.answers} == set(NAMES)
    [wrong] = report.mistakes
    assert wrong.kind == "wrong_answer"
    assert wrong.share == pytest.approx(1 - report.rung.figures["accuracy"], abs=1e-6)
    assert "Answer by answer" in report.to_markdown()
    why = knowledge().problem_types["classification"].no_threshold
    assert any(why in note for note in report.notes)
    project = mlpm.start_project("Teams")
    to_phase(project, "model")
    project.record(report)
    assert why[1:40] in project.gates["threshold_set"].why
    assert "about" in mlpm.empathy(baseline=report).cards[0].often.lower()
