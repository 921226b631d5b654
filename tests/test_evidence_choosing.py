"""The best of many looks better than it is; what is told of it must not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from mlpm_magics.evidence.ladder import Ladder, Step, start
from mlpm_magics.evidence.measures import complex_logic, interpretability_is_cheap, simple_rules_suffice
from mlpm_magics.evidence.prepared import prepare
from mlpm_magics.evidence.rungs import Rung
from mlpm_magics.table import open_table

ROWS, RUNGS, TABLES = 300, 12, 25


def equally_good(seed: int) -> Ladder:
    """Many rungs that can be read and a black box, each right by half and wrong by chance of its own."""
    random = np.random.default_rng(seed)
    frame = pd.DataFrame({"x": random.normal(size=ROWS), "y": random.normal(size=ROWS)})
    ladder = start(prepare(open_table(frame, target="y")))
    for name in (*(f"rung {i}" for i in range(RUNGS)), "black_box"):
        readable = name != "black_box"
        rung = Rung(name, name, readable, readable, lambda *_: np.zeros(0))
        predicted = 0.5 * ladder.prepared.one_hot + 0.5 * random.normal(size=(ROWS, 1))
        ladder.steps[name] = Step(rung, predicted, ((ladder.prepared.one_hot - predicted) ** 2).sum(axis=1))
    return ladder


@pytest.mark.parametrize("measure", [complex_logic, interpretability_is_cheap, simple_rules_suffice])
def test_where_all_are_equally_good_the_chosen_one_is_told_as_no_better(measure):
    ladders = [equally_good(seed) for seed in range(TABLES)]
    seeming = np.mean(
        [
            ladder.skill(ladder.best_of(readable=True)) - ladder.skill(ladder.steps["black_box"])
            for ladder in ladders
        ]
    )
    assert seeming > 0.05, "the best of many looks better than it is"
    told = [measure.measure(ladder) for ladder in ladders]
    assert abs(np.mean([found.effect for found in told])) < 0.02
    held = np.mean([found.interval[0] <= 0 <= found.interval[1] for found in told])
    assert held >= 0.8
