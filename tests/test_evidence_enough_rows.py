"""Whether twice the rows would help, and how good any model can be, on worlds whose truth is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from mlpm_magics.evidence.ladder import Ladder, run, start
from mlpm_magics.evidence.measures import ceiling, data_sufficient
from mlpm_magics.evidence.prepared import prepare
from mlpm_magics.evidence.rungs import FOREST, LADDER
from mlpm_magics.table import open_table


def ladder(frame: pd.DataFrame, name: str = "linear_scorecard") -> Ladder:
    made = start(prepare(open_table(frame, target="y")))
    rung = next(rung for rung in (FOREST, *LADDER) if rung.id == name)
    made.steps[rung.id] = run(rung, made)
    return made


def adding_up(rows: int, columns: int, noise: float, seed: int, *, classes: bool = False) -> pd.DataFrame:
    """A number, or yes and no, to which every column adds as much."""
    random = np.random.default_rng([seed, columns])
    x = random.normal(size=(rows, columns))
    y = x.sum(axis=1) / np.sqrt(columns) + noise * random.normal(size=rows)
    return pd.DataFrame(x, columns=[f"x{i}" for i in range(columns)]).assign(y=y > 0 if classes else y)


def skill(rows: int, columns: int, noise: float) -> float:
    """What a line learned from so many rows explains of a large fresh sample, on average: the truth."""
    found = []
    for seed in range(12):
        fresh, some = adding_up(4_000, columns, noise, 900), adding_up(rows, columns, noise, 100 + seed)
        x, y = some.drop(columns="y").to_numpy(), some.y.to_numpy()
        beta = np.linalg.solve(x.T @ x + np.eye(columns), x.T @ y)
        error = fresh.y - fresh.drop(columns="y").to_numpy() @ beta
        found.append(1 - float((error**2).mean() / fresh.y.var()))
    return float(np.mean(found))


def test_where_twice_the_rows_help_they_are_asked_for():
    assert skill(500, 60, 0.8) - skill(250, 60, 0.8) > 0.05, "the truth"
    answers = [data_sufficient.measure(ladder(adding_up(250, 60, 0.8, seed))).answer for seed in range(6)]
    assert answers.count("yes") == 0
    assert answers.count("no") >= 5


@pytest.mark.parametrize("classes", [False, True])
def test_where_twice_the_rows_bring_nothing_there_are_enough(classes):
    answers = [
        data_sufficient.measure(ladder(adding_up(1_200, 4, 0.6, seed, classes=classes))).answer
        for seed in range(4)
    ]
    assert answers.count("no") == 0
    assert answers.count("yes") >= 3


@pytest.mark.parametrize("name", ["one_condition", "pair_table", "black_box"])
def test_where_twice_the_rows_bring_nothing_no_kind_of_model_says_they_would(name):
    random = np.random.default_rng(5)
    frame = pd.DataFrame({"a": random.integers(0, 2, 1_600), "b": random.integers(0, 2, 1_600)})
    frame["y"] = (frame.a > 0) ^ (random.random(1_600) < 0.15)
    assert data_sufficient.measure(ladder(frame, name)).answer == "yes"


def test_where_rows_are_few_and_the_answer_is_mostly_chance_it_cannot_tell():
    answers = [data_sufficient.measure(ladder(adding_up(70, 4, 1.2, seed))).answer for seed in range(8)]
    assert answers.count("cannot_tell") >= 6


def test_little_to_learn_says_nothing_of_more_rows():
    found = data_sufficient.measure(ladder(adding_up(300, 4, 30.0, 1)))
    assert found.answer == "cannot_tell"
    assert "little to learn" in found.text


def copies_that_disagree(share: float) -> pd.DataFrame:
    """500 different rows, each three times; in `share` of them one copy in three was answered differently."""
    random = np.random.default_rng(7)
    once = pd.DataFrame(random.normal(size=(500, 4)), columns=list("abcd"))
    once["y"] = once.a > 0
    table = pd.concat([once] * 3, ignore_index=True)
    table.loc[: int(500 * share) - 1, "y"] ^= True
    return table


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_copies_that_disagree_bound_the_accuracy_at_what_their_majority_gets(share):
    made = ladder(copies_that_disagree(share), "one_condition")
    bound = 1 - share / 3
    found = ceiling.measure(made)
    assert found.interval[1] == pytest.approx(bound, abs=0.01)
    assert "alike in every input" in found.text
    assert found.answer == "cannot_tell", "nothing was required"
    assert ceiling.measure(made, bound + 0.04).answer == "no"
    assert ceiling.measure(made, bound - 0.06).answer == "yes"


def test_copies_that_agree_bound_nothing():
    found = ceiling.measure(ladder(copies_that_disagree(0.0), "one_condition"), 0.97)
    assert found.interval[1] == pytest.approx(1.0, abs=0.01)
    assert found.answer == "yes"
