"""Texts told apart: the same codes and the same texts however pandas holds them, few or very many."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpm_magics.readiness.rows import alike, alike_too
from mlpm_magics.table import open_table, telling
from mlpm_magics.table.levels import MOST_LISTED, StoredTexts, coded, some_of


@pytest.mark.parametrize("distinct", [5, MOST_LISTED + 5, 210_000])
@pytest.mark.parametrize("dtype", ["object", "str", "string[python]", "string[pyarrow]"])
def test_codes_follow_the_first_appearance_and_lead_back_to_the_texts(distinct, dtype):
    random = np.random.default_rng(distinct)
    texts = np.array([f"text {i}" for i in range(distinct)], dtype=object)
    cells = np.concatenate([random.permutation(texts), random.choice(texts, 500)])
    cells[random.choice(len(cells), 50, replace=False)] = None
    values = pd.Series(cells).astype(dtype) if dtype != "object" else pd.Series(cells, dtype=object)
    codes, levels = coded(values.array)
    expected, texts_in_order = pd.factorize(cells)
    assert np.array_equal(codes, expected)
    assert len(levels) == len(texts_in_order)
    assert list(levels) == texts_in_order.tolist()
    assert some_of(levels, [3, 0]) == [texts_in_order[3], texts_in_order[0]]
    assert levels[4] == texts_in_order[4]
    assert levels[1:3] == texts_in_order[1:3].tolist()
    if len(levels) > MOST_LISTED and "pyarrow" in dtype:
        assert isinstance(levels, StoredTexts)


@pytest.mark.parametrize("rows", [3, 500, 70_000])
def test_rows_alike_are_those_that_pandas_calls_duplicates(rows):
    random = np.random.default_rng(rows)
    frame = pd.DataFrame(
        {
            "number": random.integers(0, rows // 3 + 1, rows) / 2,
            "text": random.choice(["a", "b", None], rows),
            "flag": random.random(rows) < 0.5,
            "day": pd.Timestamp("2024-01-01") + pd.to_timedelta(random.integers(0, 2, rows), unit="D"),
        }
    )
    frame.loc[random.random(rows) < 0.1, "number"] = np.nan
    frame.loc[random.random(rows) < 0.1, "number"] = -0.0
    first = alike(open_table(frame).columns, rows)
    again = frame.duplicated().to_numpy()
    assert np.array_equal(first != np.arange(rows), again)
    same = frame.iloc[first].reset_index(drop=True)
    assert same.equals(frame)
    columns = open_table(frame).columns
    assert np.array_equal(alike_too(alike(columns[:2], rows), columns[2:]), first)


_CELLS = st.text(st.sampled_from("ab\0é日"), max_size=20) | st.none()


@settings(max_examples=60, deadline=None)
@given(cells=st.lists(_CELLS, min_size=1, max_size=60), cut=st.integers(1, 60))
def test_texts_told_apart_by_hashes_are_those_that_pandas_tells_apart(cells, cut):
    cells = ["at least one", *cells, "at least one"]
    chunks = [pyarrow.array([*cells[:cut], "left out"], pyarrow.large_string())[: len(cells[:cut])]]
    chunks.append(pyarrow.array(["left out", *cells[cut:]], pyarrow.large_string())[1:])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(telling, "_FEWEST", 0)
        patch.setattr(telling, "_MANY", 0.0)
        told = telling.told_apart(pyarrow.chunked_array(chunks))
    expected, distinct = pd.factorize(np.array(cells, dtype=object))
    assert told is not None
    assert told[0].tolist() == expected.tolist()
    assert told[1] == len(distinct)


def test_texts_with_one_hash_are_still_told_apart(monkeypatch):
    monkeypatch.setattr(telling, "_hashes", lambda texts, *_: np.zeros(len(texts), dtype=np.uint64))
    texts = pd.Series([f"text {i}" for i in range(120_000)], dtype="str")
    assert telling.told_apart(pyarrow.chunked_array(texts.array.__arrow_array__())) is None
    assert coded(texts.array)[0].tolist() == list(range(120_000))
