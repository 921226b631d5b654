"""What `measure_fit` answers on tables whose truth is known, and how it behaves at the edges."""

from __future__ import annotations

import runpy
import signal

import numpy as np
import pandas as pd
import pytest

import mlpm_magics as mlpm
from mlpm_magics.errors import MlpmError
from mlpm_magics.evidence.clock import Clock, OutOfTimeError

PATIENT = 300.0  # seconds: a busy machine must not change what is found


def inputs(rows: int, seed: int = 3) -> pd.DataFrame:
    return pd.DataFrame(np.random.default_rng(seed).normal(size=(rows, 5)), columns=list("abcde"))


def measure(frame: pd.DataFrame, **more):
    return mlpm.measure_fit(frame, target="y", budget_s=PATIENT, **more)


def test_two_columns_that_only_count_together_are_found_by_a_rule():
    frame = inputs(1500)
    wrong = np.random.default_rng(1).random(1500) < 0.05
    frame["y"] = ((frame.a > 0) ^ (frame.b > 0)) ^ wrong
    found = measure(frame)
    assert found.criteria["signal_exists"].answer == "yes"
    skills = {rung.id: rung.skill for rung in found.ladder}
    assert skills["pair_table"] > 0.4 > 0.1 > skills["linear_scorecard"]


def test_the_rule_in_python_predicts_what_its_sentence_says(tmp_path):
    frame = inputs(1200)
    frame["kind"] = np.where(frame.c > 0.3, "new", "old")
    frame["y"] = (frame.a > 0.5) & (frame.kind == "new")
    rule = measure(frame).rule
    assert rule is not None
    (tmp_path / "rule.py").write_text(rule.python, "utf-8")
    answer = runpy.run_path(str(tmp_path / "rule.py"))["answer"]
    chances = np.array([answer(row) for row in frame.to_dict("records")])
    assert np.mean((chances > 0.5) == frame.y) > 0.97
    assert "`a`" in rule.sentence
    assert "`kind`" in rule.sentence


def test_a_leak_is_named_and_set_aside_with_what_comes_with_it():
    frame = inputs(1200)
    frame["y"] = np.random.default_rng(4).random(1200) < 0.3
    spent = np.where(frame.y, np.random.default_rng(5).lognormal(3, 1, 1200), 0.0)
    frame["refund"], frame["share"] = spent, spent / 7 + np.random.default_rng(6).normal(scale=0.3, size=1200)
    found = measure(frame)
    assert found.criteria["leakage"].answer == "yes"
    assert {item.what for item in found.set_aside} >= {"refund", "share"}
    assert found.criteria["signal_exists"].answer != "yes", "what is left is noise"


def test_copies_of_rows_stay_together():
    frame = inputs(300)
    frame["y"] = np.random.default_rng(2).random(300) < 0.5
    found = measure(pd.concat([frame] * 5, ignore_index=True))
    assert found.criteria["signal_exists"].answer != "yes"


def test_few_rows_are_not_enough_to_tell():
    frame = inputs(40)
    frame["y"] = frame.a + np.random.default_rng(8).normal(scale=2, size=40) > 0
    found = measure(frame)
    assert found.criteria["complex_logic"].answer == "cannot_tell"
    assert found.criteria["deep_learning_helps"].answer != "yes"


def test_a_used_up_budget_is_said_and_what_is_known_is_kept():
    frame = inputs(3000)
    frame["y"] = frame.a > 0
    found = mlpm.measure_fit(frame, target="y", budget_s=0.4)
    assert not found.complete
    unreached = [c for c in found.criteria.values() if "budget" in c.text]
    assert unreached
    assert all(c.answer == "cannot_tell" for c in unreached)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there is no such signal here")
def test_whatever_is_running_is_stopped_when_the_time_is_up():
    def for_ever():
        while True:
            pass

    with pytest.raises(OutOfTimeError), Clock(0.05).alarm():
        for_ever()


def test_an_alarm_that_was_not_needed_never_rings():
    clock = Clock(0.2)
    with clock.alarm():
        pass
    while clock.spent < 0.3:
        pass


def test_what_was_measured_is_said_while_the_rest_goes_on():
    frame = inputs(400)
    frame["y"] = frame.a > 0
    said = []
    measure(frame, progress=lambda words, share: said.append((words, share)))
    first = next(at for at, (words, _) in enumerate(said) if "of the answer" in words)
    assert said[first][1] < 0.3, "long before the end"
    assert [share for _, share in said] == sorted(share for _, share in said)


def test_an_interrupt_keeps_what_is_known():
    frame = inputs(1500)
    frame["y"] = frame.a + frame.b > 0

    def stop(step: str, share: float) -> None:
        if share > 0.6:
            raise KeyboardInterrupt

    found = measure(frame, progress=stop)
    assert not found.complete
    assert found.ladder
    assert any("nterrupted" in c.text for c in found.criteria.values())


def test_the_same_seed_gives_the_same_evidence():
    frame = inputs(600)
    frame["y"] = frame.a * frame.b + frame.c
    one, two = (measure(frame).to_dict() for _ in range(2))
    assert {**one, "seconds": 0} == {**two, "seconds": 0}


def test_a_required_accuracy_out_of_reach_is_a_no():
    frame = inputs(2000)
    frame["y"] = (frame.a > 0) ^ (np.random.default_rng(9).random(2000) < 0.25)
    assert measure(frame, required_accuracy=0.99).criteria["ceiling"].answer == "no"
    assert measure(frame, required_accuracy=0.6).criteria["ceiling"].answer == "yes"


def test_rows_that_are_alike_and_answered_differently_bound_what_can_be_reached():
    r = np.random.default_rng(4)
    frame = pd.DataFrame({"a": r.integers(0, 6, 2000), "b": r.choice(["x", "y"], 2000)})
    frame.loc[frame.a == 0, "b"] = None  # what is missing equals what is missing
    frame["y"] = (frame.a > 2) ^ (r.random(2000) < 0.2)
    best = (
        frame.assign(b=frame.b.fillna("-"))
        .groupby(["a", "b"])["y"]
        .agg(lambda y: y.value_counts().max())
        .sum()
    )
    ceiling = measure(frame).criteria["ceiling"]
    assert ceiling.interval is not None
    assert ceiling.interval[1] == pytest.approx(best / 2000, abs=0.005)
    assert "alike" in ceiling.text


@pytest.mark.parametrize(
    "y", [[1] * 30, [None] * 30, [f"text number {i}" for i in range(30)]], ids=["constant", "empty", "text"]
)
def test_a_target_that_cannot_be_learned_is_one_clear_line(y):
    with pytest.raises(MlpmError) as caught:
        measure(inputs(30).assign(y=y))
    assert "\n" not in str(caught.value)


def test_columns_of_every_kind_are_used_or_named_with_the_reason():
    random = np.random.default_rng(12)
    frame = inputs(500)
    frame["y"] = frame.a > 0
    frame["id"] = [f"id-{i}" for i in range(500)]
    frame["when"] = pd.Timestamp("2024-01-01") + pd.to_timedelta(random.integers(0, 300, 500), unit="D")
    frame["note"] = ["word " * int(n) for n in random.integers(1, 9, 500)]
    frame["list"] = [[1]] * 500
    frame["empty"] = None
    frame["one"] = 1
    frame.loc[::7, "b"] = np.inf
    found = measure(frame)
    named = set(found.used) | {item.what for item in found.set_aside}
    assert named == set(frame.columns) - {"y"}
    assert {"id", "list", "empty", "one"} <= {item.what for item in found.set_aside}
