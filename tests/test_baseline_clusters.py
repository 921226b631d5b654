"""Groups in tables that have some, and in tables that have none."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import mlpm_magics as mlpm


def groups(frame: pd.DataFrame, **more):
    return mlpm.baseline(frame, problem_type="clustering", budget_s=300.0, **more)


def blobs(rows: int, apart: float) -> pd.DataFrame:
    random = np.random.default_rng(1)
    middle = apart * np.array([[0, 0, 1], [1, 1, 0], [-1, 1, -1]])
    which = np.arange(rows) % 3
    frame = pd.DataFrame(middle[which] + random.normal(size=(rows, 3)), columns=["spend", "visits", "age"])
    return frame.assign(plan=np.array(["basic", "gold", "free"])[which])


def test_three_clouds_are_three_groups_told_in_words():
    report = groups(blobs(900, 4.0), group="plan")
    assert report.verdict == "beats_baseline"
    assert report.chosen == "3_groups"
    assert report.rung.value > 0.9
    assert "somebody acts differently" in report.sentence
    told = report.groups
    assert len(told) == 3
    assert "high `visits`" in " ".join(told)
    assert any("`plan`" in note for note in report.notes)


@pytest.mark.parametrize("stretch", [1.0, 6.0])
def test_one_cloud_round_or_long_is_one_group(stretch):
    random = np.random.default_rng(2)
    frame = pd.DataFrame(random.normal(size=(900, 4)), columns=list("abcd"))
    frame["b"] = frame.a * (stretch - 1) + frame.b
    report = groups(frame)
    assert report.verdict == "no_better"
    assert report.chosen == "one_group"


def test_too_few_rows_are_one_clear_line():
    with pytest.raises(mlpm.MlpmError, match="too few"):
        groups(blobs(60, 4.0))
