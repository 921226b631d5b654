"""The card of whole points: it finds a card that is there, and its text, table and Python say one thing."""

from __future__ import annotations

import evidence_worlds as worlds
import numpy as np
import pandas as pd
import pytest

from mlpm_magics.evidence.ladder import CARD, Ladder, run, start
from mlpm_magics.evidence.points_text import points_written
from mlpm_magics.evidence.prepared import prepare
from mlpm_magics.evidence.rungs import LADDER
from mlpm_magics.evidence.scorecard import can_be_added_up, card_of
from mlpm_magics.table import open_table


def ladder(frame: pd.DataFrame) -> Ladder:
    made = start(prepare(open_table(frame, target="y")))
    made.steps[CARD.id] = run(CARD, made)
    return made


def mixed(rows: int = 700) -> pd.DataFrame:
    """Numbers with gaps, yes and no, categories with gaps and rare ones."""
    random = np.random.default_rng(4)
    frame = pd.DataFrame({"age": random.normal(40, 9, rows).round(1), "member": random.random(rows) < 0.4})
    frame["plan"] = random.choice(["basic", "plus", "pro", "x1", "x2"], rows, p=[0.5, 0.3, 0.18, 0.01, 0.01])
    frame["visits"] = random.poisson(2, rows).astype(float)
    score = 0.15 * (frame.age - 40) + 2 * frame.member + 1.5 * (frame.plan == "pro") + 0.4 * frame.visits
    frame["y"] = worlds.chance(random, (score - 2).to_numpy())
    frame.loc[random.random(rows) < 0.1, "age"] = np.nan
    frame.loc[random.random(rows) < 0.1, "plan"] = None
    return frame


def test_a_card_that_made_the_answers_is_found_again_to_the_point():
    made = ladder(worlds.whole_points(1, 2_000).data)
    card = points_written(made)
    assert card is not None
    found = {(line.column, line.condition): line.points for line in card.lines}
    assert found == {(f"c{i}", "is 1"): worth for i, worth in enumerate((2, 1, 2, 1, 3, 1))}


def test_on_whole_points_no_linear_model_does_better_by_more_than_the_margin():
    made = ladder(worlds.whole_points(3, 1_000).data)
    linear = run(next(rung for rung in LADDER if rung.id == "linear_scorecard"), made)
    assert made.skill(made.steps[CARD.id]) > made.skill(linear) - 0.02 > 0.2


@pytest.mark.parametrize("target", ["classes", "number"])
def test_the_python_and_the_lines_add_up_to_what_was_learned(target):
    frame = mixed()
    if target == "number":
        random = np.random.default_rng(5)
        frame["y"] = frame.y * 2.0 + frame.visits + random.normal(size=len(frame)) * 0.3
    made = ladder(frame)
    written = points_written(made)
    assert written is not None
    names: dict = {}
    exec(written.python, names)  # noqa: S102 - it is what a user would run
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    card = card_of(made.prepared, made.prepared.one_hot, np.arange(len(frame)))
    totals = card.totals(made.prepared, np.arange(len(frame)))
    assert [names["points"](row) for row in rows] == totals.tolist()
    meant = card.meaning(made.prepared, totals)
    assert np.allclose([names["answer"](row) for row in rows], meant, atol=0.02 * np.ptp(meant))
    assert {line.column for line in written.lines} <= set(frame.columns)
    assert all(line.points > 0 for line in written.lines)
    assert len({line.column for line in written.lines}) <= 8


def test_what_only_chance_made_gets_no_card():
    made = ladder(worlds.noise(2, 1_000).data)
    assert points_written(made) is None


def test_several_answers_cannot_be_one_total():
    frame = mixed().assign(y=np.random.default_rng(0).choice(["a", "b", "c"], 700))
    assert not can_be_added_up(prepare(open_table(frame, target="y")))
