"""What was stopped early says less and never something else."""

from __future__ import annotations

import contextlib
import signal
import threading
import warnings
from unittest import mock

import numpy as np
import pandas as pd
import pytest

import mlpm_magics as mlpm
from mlpm_magics.evidence.clock import Clock, OutOfTimeError
from mlpm_magics.evidence.costs import read_costs
from mlpm_magics.evidence.encoding import encode
from mlpm_magics.evidence.ladder import start
from mlpm_magics.evidence.measuring import Measuring, one_thread
from mlpm_magics.evidence.prepared import prepare
from mlpm_magics.evidence.rungs import LADDER, NETWORK
from mlpm_magics.results import FitEvidence
from mlpm_magics.table import open_table

STOPPED = "Interrupted before this was measured."
COSTS = read_costs({"wrong_yes": 5, "wrong_no": 20})


def prepared(rows: int = 300, **roles):
    """By two conditions, with a time, a customer, and some answers the other way round."""
    random = np.random.default_rng(11)
    frame = pd.DataFrame(random.normal(size=(rows, 4)), columns=list("abcd"))
    frame["when"] = pd.date_range("2020-01-01", periods=rows, freq="3D")
    frame["who"] = [f"c{i}" for i in random.integers(0, rows // 10, rows)]
    frame["y"] = ((frame.a > 0) & (frame.b > -0.5)) ^ (random.random(rows) < 0.1)
    return prepare(open_table(frame, target="y", **roles))


@pytest.fixture(scope="module")
def runs() -> tuple[list[FitEvidence], FitEvidence]:
    """What would have been said had it been stopped at each step, and what is said at the end."""
    cut: dict[str, FitEvidence] = {}

    def stop_here(step: str, share: float) -> None:
        cut.setdefault(step, measuring.known(STOPPED))

    clock = Clock(600, stop_here)
    measuring = Measuring(prepared(time="when", entity="who"), clock, 0.7, COSTS)
    with one_thread():
        whole = measuring.run()
    return list(cut.values()), whole


def test_no_criterion_is_answered_otherwise_than_in_the_whole_run(runs):
    cut, whole = runs
    assert len(cut) > len(LADDER) + 6, "every rung and every measurement was a place to stop"
    assert {"yes", "no"} <= {found.answer for found in whole.criteria.values()}
    for early in cut:
        for name, found in early.criteria.items():
            assert found == whole.criteria[name] or (found.answer, found.text) == ("cannot_tell", STOPPED)


def test_rungs_are_told_as_in_the_whole_run_and_none_is_best_before_all_were_tried(runs):
    cut, whole = runs
    skills = {rung.id: rung.skill for rung in whole.ladder}
    assert any(rung.simplest for rung in whole.ladder)
    for early in cut:
        assert {rung.id: rung.skill for rung in early.ladder}.items() <= skills.items()
        if len(early.ladder) < len(whole.ladder):
            assert not any(rung.simplest or rung.within_margin for rung in early.ladder)
            assert early.rule is None or early.rule.share_of_best is None
            assert not early.ladder or any("not climbed" in note for note in early.notes)


def test_the_sentence_of_an_early_stop_claims_nothing_of_rules_or_models(runs):
    cut, whole = runs
    assert "simplest" in whole.sentence or "rule" in whole.sentence
    for early in cut:
        if early.criteria["simple_rules_suffice"].text == STOPPED:
            assert early.sentence == STOPPED


def test_a_network_that_is_interrupted_is_not_judged_half_learned():
    few = prepared(600)
    train, test = start(few).split(0)
    x = encode(few, train, test)
    batches = mock.Mock(side_effect=KeyboardInterrupt)
    with warnings.catch_warnings(), one_thread():
        warnings.simplefilter("ignore")  # as where it is measured
        with (
            mock.patch("sklearn.neural_network._multilayer_perceptron.gen_batches", batches),
            pytest.raises(KeyboardInterrupt),
        ):
            NETWORK.predict(few, x, few.one_hot[train], train, test)
    batches.assert_called_once()


def makes_an_error_of_it(stop) -> None:
    """As numpy does while it reads the format of an array."""
    try:
        stop()
    except BaseException as stopped:
        raise ValueError("not a valid format") from stopped


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarm to ring")
def test_a_library_that_makes_an_error_of_the_alarm_is_out_of_time_all_the_same():
    with pytest.raises(OutOfTimeError), Clock(0.02).alarm():
        makes_an_error_of_it(lambda: threading.Event().wait(60))


def test_a_library_that_makes_an_error_of_an_interrupt_is_interrupted_all_the_same():
    with pytest.raises(KeyboardInterrupt), Clock(60).alarm():
        makes_an_error_of_it(lambda: signal.raise_signal(signal.SIGINT))


def test_any_other_error_stays_what_it_is():
    with pytest.raises(ValueError, match="a bug"), Clock(60).alarm():
        raise ValueError("a bug")


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarm to ring")
def test_an_engine_that_tells_of_the_alarm_in_its_own_words_is_out_of_time_all_the_same():
    class TellsItsOwnWay:
        def to_pandas(self) -> pd.DataFrame:
            with contextlib.suppress(BaseException):  # as engines do
                threading.Event().wait(60)
            raise RuntimeError("query cancelled")

    found = mlpm.measure_fit(TellsItsOwnWay(), target="y", budget_s=0.3, name="orders")
    assert (found.complete, found.task, found.table) == (False, "unknown", "orders")


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarm to ring")
def test_the_budget_counts_from_the_call_and_reading_the_table_is_part_of_it():
    class Slow:
        def to_pandas(self) -> pd.DataFrame:
            threading.Event().wait(60)
            raise AssertionError("nobody stopped it")

    found = mlpm.measure_fit(Slow(), target="y", budget_s=0.3)
    assert found.seconds < 30, "it was stopped while it read"
    assert found.sentence == "The budget of 0.3 s was used up before the table was read."
    assert {one.answer for one in found.criteria.values()} == {"cannot_tell"}
    assert found.sentence in found.to_markdown()
    assert "0 of 0 rows" not in found.to_markdown()
