"""Of a table that takes a while to read, something measured is told soon, and what was sampled is said."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import mlpm_magics as mlpm

PATIENT = 300.0  # seconds: a busy machine must not change what is found


def measured_until_growth(folder):
    """What is found before it is interrupted early, and what was told meanwhile."""
    told: list[str] = []

    def listen(words: str, _share: float) -> None:
        told.append(words)
        if words == "growth":
            raise KeyboardInterrupt

    return mlpm.measure_fit(folder, target="y", progress=listen, budget_s=PATIENT), told


def test_a_folder_of_few_rows_is_measured_at_once(tmp_path):
    pytest.importorskip("duckdb")
    frame = pd.DataFrame({"a": range(300), "y": ["no", "yes", "yes"] * 100})
    frame.to_parquet(tmp_path / "rows.parquet")
    found, told = measured_until_growth(tmp_path)
    assert not any(words.startswith("In the first") for words in told)
    assert (found.rows, found.used_rows) == (300, 300)


def test_a_folder_of_files_soon_tells_of_its_first_rows_and_then_of_a_sample(tmp_path):
    pytest.importorskip("duckdb")
    random = np.random.default_rng(5)
    frame = pd.DataFrame({"a": random.normal(size=60_000), "b": random.normal(size=60_000)})
    frame["y"] = frame["a"] + random.normal(size=60_000) > 0
    frame.loc[:19_999, "a"] = random.normal(size=20_000)  # the first rows know nothing of the answer
    frame.to_parquet(tmp_path / "rows.parquet")
    found, told = measured_until_growth(tmp_path)
    assert any(words.startswith("In the first 10,000 rows: `") for words in told[:2])
    assert "`a` alone explains" in found.criteria["leakage"].text
    assert (found.rows, found.used_rows) == (60_000, 10_000)
    assert "50,000 of 60,000 rows came here, drawn at random." in found.notes
