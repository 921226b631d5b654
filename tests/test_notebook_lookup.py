"""A table is found by its name, by its place in something, or in a file; nothing typed is ever run."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlpm_magics.errors import MlpmError
from mlpm_magics.notebook.lookup import column_names, find_table, hidden_file, table_names

CHURN = pd.DataFrame({"left": [0, 1], "my column": [1, 2], 3: [1, 2]})
NAMES = {
    "churn": CHURN,
    "_hidden": CHURN,
    "data": SimpleNamespace(train=CHURN, parts={"a": CHURN}),
    "frames": {"x": CHURN, "two words": CHURN, 0: CHURN},
    "listed": [CHURN],
    "café": CHURN,
    "number": 5,
    "Frame": pd.DataFrame,
}


@pytest.mark.parametrize(
    ("typed", "called"),
    [
        ("churn", "churn"),
        ("café", "café"),
        ("data.train", "data.train"),
        ("data.parts[a]", 'data.parts["a"]'),
        ("frames[x]", 'frames["x"]'),
        ('frames["x"]', 'frames["x"]'),
        ("frames['two words']", 'frames["two words"]'),
        ("frames[0]", "frames[0]"),
        ("listed[0]", "listed[0]"),
        ("listed[-1]", "listed[-1]"),
    ],
)
def test_a_table_is_looked_up_step_by_step(typed, called):
    table, name = find_table(typed, NAMES)
    assert table is CHURN
    assert name == called


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("chrun", "there is no table called 'chrun'. Did you mean 'churn'?"),
        ("data.trian", "'data' has no part 'trian'. Did you mean 'train'?"),
        ("frames[y]", "'frames' has no part 'y'"),
        ("listed[5]", "'listed' has no part '5'"),
        ("number[0]", "'number' has no part '0'"),
        ("churn.copy()", "cannot look up 'churn.copy()'"),
        ("churn[[0]]", "cannot look up"),
        ("__import__('os')", "there is no table called"),
        ("", "there is no table called ''"),
    ],
)
def test_what_is_not_there_is_named_with_the_nearest(typed, says):
    with pytest.raises(MlpmError) as caught:
        find_table(typed, NAMES)
    assert says in str(caught.value)


def test_without_any_table_it_says_how_to_get_one():
    with pytest.raises(MlpmError, match=r"load one, or give a path"):
        find_table("churn", {"x": 1})


def test_a_path_is_a_file_and_a_misspelt_one_names_the_nearest(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("churn.csv").write_text("left\n1\n", encoding="utf-8")
    assert find_table("churn.csv", NAMES) == (Path("churn.csv"), "churn.csv")
    with pytest.raises(MlpmError, match=r"there is no file 'chrun.csv'. Did you mean 'churn.csv'\?"):
        find_table("chrun.csv", {})
    with pytest.raises(MlpmError, match="there is no file"):
        find_table("x" * 5000 + ".csv", {})


@pytest.mark.parametrize(("kind", "other"), [("folder", "churn/"), ("file", "./churn")])
def test_a_variable_that_hides_a_file_says_how_to_get_the_file(tmp_path, monkeypatch, kind, other):
    monkeypatch.chdir(tmp_path)
    assert hidden_file("churn", NAMES) == ""
    if kind == "folder":
        Path("churn").mkdir()
    else:
        Path("churn").touch()
    assert find_table("churn", NAMES)[0] is CHURN
    assert hidden_file("churn", NAMES).endswith(f"for the {kind} of that name, type {other}")
    assert find_table(other, NAMES) == (Path("churn"), other)
    assert hidden_file(other, NAMES) == ""


@given(st.text())
def test_nothing_that_is_typed_is_run(typed):
    canary: list[int] = []
    message = ""
    try:
        find_table(typed, {"canary": canary, "a": {"b": canary}})
    except MlpmError as error:
        message = str(error)
    assert message.isprintable()
    assert canary == []


def test_tables_are_recognised_by_their_shape_alone():
    assert table_names(NAMES) == ["café", "churn"]


def test_columns_that_are_not_text_are_left_out():
    assert column_names(CHURN) == ["left", "my column"]
    assert column_names(5) == []
