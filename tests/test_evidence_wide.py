"""A table of many columns takes seconds, not minutes, and is told the same."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mlpm_magics.evidence.encoding import Encoded, coarse
from mlpm_magics.evidence.folds import folds_of

PLACES = 16
values = st.sampled_from([-2.5, 0.0, 1.0, 1e30]) | st.floats(-1e6, 1e6, width=32)
columns = arrays(float, st.tuples(st.integers(1, 60), st.integers(1, 4)), elements=values)


@settings(deadline=None, max_examples=60)
@given(columns)
def test_ranges_keep_the_order_and_are_few(train):
    found = coarse(Encoded(train, train[:5], (), ()), PLACES).train
    assert found.shape == train.shape
    for before, after in zip(train.T, found.T, strict=True):
        assert len(np.unique(after)) <= PLACES
        assert (np.diff(after[np.argsort(before, kind="stable")]) >= 0).all()
        if len(np.unique(before)) <= PLACES:
            assert (before == after).all(), "few values stay as they are"


def test_ranges_hold_about_equally_many_rows_and_come_from_the_training_rows():
    random = np.random.default_rng(3)
    train = np.exp(random.normal(size=(800, 2)))
    found = coarse(Encoded(train, np.array([[-1.0, 0.0], [1e9, 1e9]]), (), ()), PLACES)
    counts = np.unique(found.train[:, 0], return_counts=True)[1]
    assert counts.min() >= 40
    assert counts.max() <= 60
    assert found.test.tolist() == [[0, 0], [PLACES - 1, PLACES - 1]]


def test_few_rows_are_cut_into_ten_folds_and_those_of_a_wide_table_into_five():
    rows = np.arange(600)
    folds = {inputs: folds_of(rows, rows % 2, "classes", 0, inputs).max() + 1 for inputs in (20, 128, 500)}
    assert folds == {20: 10, 128: 10, 500: 5}
