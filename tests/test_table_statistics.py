"""What is measured of a column equals what pandas says of it, and survives the ends of the number range."""

from __future__ import annotations

import datetime as dt
import decimal
import math

import numpy as np
import pandas as pd
import pytest
from frames import NASTY
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpm_magics.table import open_table
from mlpm_magics.table.dates import read_dates, read_numbers
from mlpm_magics.table.patterns import words_of
from mlpm_magics.table.plain import plain


def column(values, **more):
    return open_table(pd.DataFrame({"a": pd.Series(values, **more)})).columns[0]


# --- numbers ---------------------------------------------


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(st.none(), st.integers(-(2**62), 2**62), st.floats(allow_infinity=True)),
        min_size=1,
        max_size=60,
    )
)
def test_counts_agree_with_pandas(cells):
    values = pd.Series(cells, dtype="float64")
    got = column(values)
    assert got.missing == values.isna().sum()
    assert got.distinct == values.nunique()
    finite = values[np.isfinite(values)]
    if got.kind == "number":
        assert got.infinite == len(values.dropna()) - len(finite)
        assert sum(got.histogram) == len(finite)
        assert len(got.histogram) <= 20
        if len(finite) and abs(finite).max() < 1e100:
            assert got.spread.mean == pytest.approx(finite.mean(), rel=1e-9, abs=1e-9 * abs(finite).max())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-(2**63), 2**63 - 1), min_size=1, max_size=60))
def test_long_whole_numbers_stay_apart(cells):
    got = column(cells, dtype="int64")
    assert got.distinct == len(set(cells))
    assert sum(got.histogram) == len(cells)
    assert math.isfinite(got.spread.mean)
    as_objects = column(cells, dtype=object)
    assert as_objects.distinct == len(set(cells))


def test_the_ends_of_the_number_range_have_a_mean_and_a_histogram():
    got = column([1e308, -1e308, 1.7e308] * 10)
    assert math.isfinite(got.spread.mean)
    assert math.isfinite(got.spread.deviation)
    assert sum(got.histogram) == 30


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.none(), st.text(max_size=5)), max_size=60))
def test_levels_agree_with_pandas(cells):
    values = pd.Series(cells, dtype=object)
    got = column(values)
    assert got.missing == values.isna().sum()
    assert got.distinct == values.nunique()
    assert sorted(got.text_counts.tolist()) == sorted(values.value_counts().tolist())


# --- kinds ---------------------------------------------

KINDS = {
    "bool_as_object": ["boolean"],
    "decimals": ["number"],
    "rationals": ["number"],
    "complex_numbers": ["nested"],
    "sparse_columns": ["number"],
    "bytes_values": ["nested"],
    "times_of_day": ["duration"],
    "periods": ["date"],
    "timedeltas": ["duration", "duration"],
    "several_zone_columns": ["date"] * 3,
    "dates_of_many_kinds": ["date"],
    "mixed_time_zones": ["date"],
    "out_of_range_dates": ["date"],
    "unused_levels": ["category"],
    "lists": ["nested", "number"],
    "everything_in_one_column": ["nested"],
    "hostile_objects": ["nested", "number"],
    "text_with_opinions": ["nested"],
    "all_missing_every_dtype": ["empty"] * 9,
    "nullable_dtypes": ["number"] * 3 + ["boolean", "category"],
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_kind_of_a_column_is_what_its_cells_are(kind):
    assert [c.kind for c in open_table(NASTY[kind]()).columns] == KINDS[kind]


def test_a_mixture_is_counted_by_family():
    got = column([1, "C123", 2.5, None, True], dtype=object)
    assert got.kind == "mixed"
    assert got.plain.families == {"number": 2, "text": 1, "boolean": 1}


def test_unused_levels_do_not_count():
    assert open_table(NASTY["unused_levels"]()).columns[0].distinct == 2


def test_text_that_comes_back_is_a_category_and_text_that_does_not_is_text():
    assert column(["x", "y"] * 50).kind == "category"
    assert column([f"note {i}" for i in range(100)]).kind == "text"


def test_decimals_and_big_integers_become_numbers():
    assert column([decimal.Decimal("1.5"), None], dtype=object).numbers[0] == 1.5
    assert column([10**400, 1], dtype=object).infinite == 1


# --- dates ---------------------------------------------


@pytest.mark.parametrize(
    "texts",
    [
        ["2024-02-03"],
        ["2024-2-3"],
        ["2024/02/03"],
        ["03.02.2024"],
        ["13/02/2024", "03/02/2024"],
        ["02/13/2024", "02/03/2024"],
        ["3 Feb 2024"],
        ["03-February-2024"],
        ["Feb 3, 2024"],
        ["20240203"],
        ["2024-02-03T00:00:00Z"],
        ["2024-02-03 00:00"],
        ["2024-02-03T05:30:00+05:30"],
        ["2024-02-03 00:00:00.000"],
    ],
    ids=lambda t: t[0],
)
def test_a_written_date_is_read(texts):
    dates = read_dates(plain(pd.Series(texts)))
    assert dt.datetime.fromtimestamp(int(dates.seconds[-1]), dt.UTC).date() == dt.date(2024, 2, 3)
    assert not dates.either_order


@pytest.mark.parametrize(
    "texts",
    [
        ["10-20-30"],
        ["1.2.3"],
        ["hello"],
        ["12345678"],
        ["2024-13-45"],
        ["99/99/2024"],
        ["+49 30 123456"],
        ["4-5"],
    ],
)
def test_what_only_looks_like_a_date_is_none(texts):
    assert read_dates(plain(pd.Series(texts * 3))) is None


def test_day_and_month_that_cannot_be_told_apart_are_said():
    assert read_dates(plain(pd.Series(["03/04/2024", "05/06/2024"]))).either_order


@pytest.mark.parametrize(
    ("number", "day"),
    [
        (2024, "2024-01-01"),
        (202402, "2024-02-01"),
        (20240203, "2024-02-03"),
        (1_706_918_400, "2024-02-03"),
        (1_706_918_400_000, "2024-02-03"),
    ],
)
def test_a_time_column_may_be_a_number(number, day):
    dates = read_numbers(plain(pd.Series([number, number])))
    assert dt.datetime.fromtimestamp(int(dates.seconds[0]), dt.UTC).date().isoformat() == day


@pytest.mark.parametrize("numbers", [[1, 2], [2024.5], [np.nan], [20249999], [np.inf]])
def test_other_numbers_are_no_time(numbers):
    dates = read_numbers(plain(pd.Series(numbers)))
    assert dates is None or not dates.valid.any()


@settings(max_examples=80, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=20))
def test_any_text_may_be_asked_for_a_date(texts):
    read_dates(plain(pd.Series(texts, dtype=object)))


def test_the_words_of_a_name():
    assert words_of("customerEmail_2") == ("customer", "email", "2")
    assert words_of("Date of birth") == ("date", "of", "birth")
    assert words_of("<&>") == ()
