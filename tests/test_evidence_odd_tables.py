"""Tables with hardly anything in them: what cannot be told is said, and nothing is claimed."""

from __future__ import annotations

import evidence_worlds as worlds
import numpy as np
import pandas as pd
import pytest

import mlpm_magics as mlpm
from mlpm_magics.errors import MlpmError
from mlpm_magics.evidence.ladder import CARD, Ladder, run, start
from mlpm_magics.evidence.measures import repeatable_decision, signal_exists
from mlpm_magics.evidence.prepared import prepare
from mlpm_magics.evidence.rungs import BASE, FOREST, LADDER, NETWORK
from mlpm_magics.table import open_table

DAYS = pd.Timestamp("2024-01-01") + pd.to_timedelta(np.arange(200) * 37 % 191, unit="D")


def made(frame: pd.DataFrame, *rungs, **roles) -> Ladder:
    ladder = start(prepare(open_table(frame, target="y", **roles)))
    for rung in rungs:
        ladder.steps[rung.id] = run(rung, ladder)
    return ladder


def inputs(rows: int) -> pd.DataFrame:
    return pd.DataFrame(np.random.default_rng(5).normal(size=(rows, 3)), columns=list("abc"))


def test_a_fold_without_the_rare_answer_is_no_trouble_to_any_rung():
    ladder = made(inputs(200).assign(y=np.arange(200) == 7), *LADDER[:6], CARD)
    assert signal_exists.measure(ladder).text.startswith("Only 1 row has another answer")
    assert repeatable_decision.measure(ladder).answer == "no"


@pytest.mark.parametrize("empty", [{}, {"a": np.nan, "b": None}])
def test_without_a_column_to_learn_from_nothing_is_said_of_a_signal(empty):
    frame = pd.DataFrame({"y": np.arange(200) % 3 == 0}).assign(**empty)
    found = signal_exists.measure(made(frame, *LADDER[:2]))
    assert found.answer == "cannot_tell"
    assert "No column is left" in found.text


def test_copies_of_a_few_rows_are_no_more_than_those_few():
    frame = inputs(20).assign(y=np.arange(20) % 2 == 0)
    ladder = made(pd.concat([frame] * 25, ignore_index=True), LADDER[0])
    found, enough = signal_exists.measure(ladder), repeatable_decision.measure(ladder)
    assert found.answer == "cannot_tell"
    assert "500 rows are copies of 20" in found.text
    assert enough.answer != "yes"
    assert enough.effect == pytest.approx(20)
    assert "many are copies" in enough.text


def test_few_rows_that_are_alike_in_time_are_no_proof_of_a_signal():
    walks = worlds.random_walks(0, 120).data
    found = signal_exists.measure(made(walks, LADDER[6], time="day"))
    assert found.answer == "cannot_tell"
    assert "too few to see whether it holds forward in time" in found.text
    mixed = walks.assign(
        y=2 * walks.rate + inputs(120).a, day=walks.day.sample(frac=1, random_state=1).values
    )
    assert signal_exists.measure(made(mixed, LADDER[6], time="day")).answer == "yes", "not alike in time"


@pytest.mark.parametrize(
    ("answers", "line"),
    [
        (DAYS, "`y` holds dates. Predict the days until then"),
        (DAYS.astype(str), "`y` holds dates. Predict the days until then"),
        ([f"c{i}" for i in range(200)], "`y` only numbers or names the rows"),
        ([np.nan] * 200, "`y` is empty"),
        ([3] * 200, "`y` is the same in every row"),
        ([1.5] + [np.nan] * 199, "`y` is filled in 1 row,"),
    ],
)
def test_a_target_that_nothing_can_be_learned_of_is_refused_in_a_line_that_says_why(answers, line):
    with pytest.raises(MlpmError) as refused:
        mlpm.measure_fit(inputs(200).assign(y=answers), target="y")
    assert line in str(refused.value)


def test_a_target_that_only_counts_the_rows_is_noted():
    assert "`y` only numbers the rows" in " ".join(made(inputs(200).assign(y=np.arange(200))).prepared.notes)


def test_verbs_agree_with_the_title_of_every_rung():
    said = {rung.does("is", "are") for rung in (BASE, *LADDER, CARD, FOREST, NETWORK)}
    assert said == {
        "the base rate is", "one condition is", "the best column's group means are", "two conditions are",
        "a table over two columns is", "three conditions are", "a linear scorecard is",
        "a card of whole points is", "a curve per column, added up is", "boosted trees are",
        "a forest of random trees is", "a neural network is",
    }  # fmt: skip
