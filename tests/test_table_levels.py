"""Texts told apart: the same codes and the same texts however pandas holds them, few or very many."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from mlpm_magics.readiness.rows import alike
from mlpm_magics.table import open_table
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
