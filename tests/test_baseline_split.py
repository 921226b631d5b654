"""Which rows a baseline learns from and which it tests on."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpm_magics.baselines.split import read_split, split
from mlpm_magics.errors import MlpmError
from mlpm_magics.evidence.prepared import usable_rows
from mlpm_magics.table import open_table


def frame(rows: int = 400, seed: int = 1) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    table = pd.DataFrame(random.normal(size=(rows, 3)), columns=list("abc"))
    return table.assign(y=random.random(rows) < 0.3)


def parts(table: pd.DataFrame, asked: object = "70/30", **roles):
    opened = open_table(table, target="y", **roles)
    return split(opened, usable_rows(opened), asked, 0)


@pytest.mark.parametrize(
    ("typed", "share"), [("70/30", 0.7), ("90/10", 0.9), ("0.8", 0.8), (0.65, 0.65), ("75 : 25", 0.75)]
)
def test_a_split_is_a_pair_or_the_share_to_learn_from(typed, share):
    assert read_split(typed) == share
    assert len(parts(frame(1000), typed).train) == pytest.approx(1000 * share, abs=2)


@pytest.mark.parametrize("typed", ["70/20", "0/100", "half", 1.5, None, "nan", "", [70, 30], "1e400"])
def test_what_is_no_split_is_one_line(typed):
    with pytest.raises(MlpmError, match="split"):
        read_split(typed)


def test_the_newest_rows_are_the_test_and_one_moment_stays_on_one_side():
    table = frame(300).assign(day=pd.date_range("2026-01-01", periods=30).repeat(10))
    found = parts(table.sample(frac=1, random_state=2).reset_index(drop=True), time="day")
    days = table.sample(frac=1, random_state=2).reset_index(drop=True).day
    assert found.by == "time"
    assert days[found.train].max() < days[found.test].min()
    assert len(found.test) == 90
    assert "newest 30 %" in found.sentence


def test_no_entity_is_in_both_parts():
    table = frame(600).assign(who=np.arange(600) % 60)
    found = parts(table, entity="who")
    assert found.by == "entity"
    assert not set(table.who[found.train]) & set(table.who[found.test])
    assert 0.2 < len(found.test) / 600 < 0.4


def test_where_an_entity_always_answers_alike_its_older_rows_are_left_out():
    table = pd.DataFrame(
        {"who": np.arange(600) % 60, "day": pd.date_range("2026-01-01", periods=600, freq="D")}
    )
    table["y"] = table.who % 3 == 0
    table.loc[table.who >= 50, "day"] -= pd.Timedelta(days=500)  # gone before the newest part begins
    found = parts(table.assign(x=1.5), time="day", entity="who")
    assert not set(table.who[found.train]) & set(table.who[found.test])
    assert any("left out" in note for note in found.notes)


def test_exact_copies_stay_on_one_side():
    table = pd.concat([frame(200)] * 3, ignore_index=True)
    found = parts(table)
    assert not set(table.a[found.train]) & set(table.a[found.test])


def test_a_rare_answer_is_in_both_parts_in_the_same_share():
    table = frame(1000).assign(y=np.arange(1000) % 50 == 0)
    found = parts(table)
    assert table.y[found.train].sum() == 14
    assert table.y[found.test].sum() == 6


@settings(max_examples=25, deadline=None)
@given(st.integers(20, 200), st.integers(0, 5), st.booleans())
def test_the_same_rows_are_drawn_in_any_order_of_rows_and_columns(rows, seed, coarse):
    table = frame(rows, seed)
    if coarse:
        table = (table[["a", "b"]] > 0).assign(y=table.y)
    if table.y.sum() < 3:
        return
    mixed = table.sample(frac=1, random_state=seed)[list(table.columns[::-1])]
    one, other = parts(table), parts(mixed.reset_index(drop=True))
    first = table.iloc[one.test].sort_values(list(table.columns)).to_numpy()
    second = mixed.iloc[other.test][table.columns].sort_values(list(table.columns)).to_numpy()
    assert (first == second).all()
    assert sorted(one.key[one.test]) == sorted(other.key[other.test])
    assert len(one.train) + len(one.test) == rows


def test_another_seed_draws_other_rows():
    opened = open_table(frame(), target="y")
    usable = usable_rows(opened)
    assert set(split(opened, usable, "70/30", 0).test) != set(split(opened, usable, "70/30", 1).test)


@pytest.mark.parametrize(
    ("table", "roles", "says"),
    [
        (frame(40).assign(y=[True] + [False] * 39), {}, "all have the same"),
        (frame(1), {}, "only 1 row"),
        (frame(100).assign(y=np.arange(100) < 60, day=np.arange(100)), {"time": "day"}, "without time"),
    ],
)
def test_a_split_that_cannot_work_is_one_clear_line(table, roles, says):
    with pytest.raises(MlpmError, match=says):
        parts(table, **roles)
