"""The door: what is let in, how columns are called, and that nothing is copied or changed."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from mlpm_magics.errors import InvalidValueError, MlpmError, UnknownNameError
from mlpm_magics.table import open_table
from mlpm_magics.table.moments import read_cadence, read_day

FRAME = pd.DataFrame({"a": [1.5, 2.5, None], "b": ["x", "y", "x"]})


class Speaks:
    """A table of another library."""

    def __init__(self, answer: object) -> None:
        self.answer = answer

    def to_pandas(self) -> object:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


class Stream:
    """A table that only speaks the Arrow PyCapsule protocol."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return pa.table(FRAME).__arrow_c_stream__(requested_schema)


@pytest.mark.parametrize(
    "data", [FRAME, pa.table(FRAME), Speaks(FRAME), Stream()], ids=lambda d: type(d).__name__
)
def test_tables_of_other_libraries_come_in(data):
    table = open_table(data)
    assert [c.name for c in table.columns] == ["a", "b"]
    assert [c.missing for c in table.columns] == [1, 0]


@pytest.mark.parametrize("ending", ["parquet", "csv", "json"])
def test_files_come_in_under_their_name(tmp_path, ending):
    path = tmp_path / f"sales.{ending}"
    getattr(FRAME, f"to_{ending}")(path)
    for given in (path, str(path)):
        table = open_table(given)
        assert table.name == f"sales.{ending}"
        assert table.columns[-1].distinct == 2


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.txt", b"x", "a table is read from .parquet, .csv or .json, not .txt"),
        (
            "a.csv",
            b"a,b\n1,2\n1,2,3\nsecret",
            "could not be read as csv (expected 2 fields in line 3, saw 3)",
        ),
        ("a.json", b"{secret", "could not be read as json"),
        ("a.json", b"[" * 100_000, "could not be read as json"),
        ("a.parquet", b"secret", "could not be read as parquet"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line_without_its_content(tmp_path, name, content, says):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InvalidValueError) as caught:
        open_table(path)
    assert says in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_header_that_names_two_columns_alike_adds_no_column_and_no_row(tmp_path):
    file = tmp_path / "twice.csv"
    file.write_text("y,y\n0,1\n1,0\n")
    table = open_table(file)
    assert (table.rows, len(table.columns)) == (2, 2)
    assert len({column.name for column in table.columns}) == 2


def test_a_missing_file_is_named_with_the_nearest(tmp_path):
    (tmp_path / "sales.csv").write_text("a\n1\n")
    with pytest.raises(UnknownNameError, match=r"Did you mean 'sales\.csv'"):
        open_table(tmp_path / "sale.csv")


@pytest.mark.parametrize("content", [b"", b"a,b\n"])
def test_a_file_without_rows_is_an_empty_table(tmp_path, content):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert open_table(path).rows == 0


def test_a_file_in_an_old_encoding_can_be_read(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("Straße,n\nKöln,1\n".encode("latin-1"))
    assert open_table(path).columns[0].name == "Straße"


@pytest.mark.parametrize("answer", [RuntimeError("ada@example.org"), 5, None])
def test_a_table_that_does_not_come_out_is_one_line(answer):
    with pytest.raises(MlpmError) as caught:
        open_table(Speaks(answer))
    assert "Speaks" in str(caught.value)
    assert "ada" not in str(caught.value)


def test_names_are_unique_and_printable():
    labels = ["a", "a", "a (column 2)", "", "\x1b[31m", None]
    frame = pd.DataFrame([range(6)], columns=labels)
    names = [column.name for column in open_table(frame).columns]
    assert names == [
        "a (column 1)",
        "a (column 2)'",
        "a (column 2)",
        "column 4 (no name)",
        "\\x1b[31m",
        "column 6 (no name)",
    ]


def test_the_cells_are_shared_not_copied():
    frame = pd.DataFrame({"a": np.arange(1000.0)})
    column = open_table(frame).columns[0]
    assert np.shares_memory(column.plain.values, frame["a"].to_numpy())


def test_a_column_never_shows_what_it_holds():
    assert repr(open_table(FRAME).columns[1]) == "Column('b')"


# --- steps and days ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "days"),
    [
        ("1d", 1),
        ("12h", 0.5),
        ("1w", 7),
        ("1m", 30.4375),
        ("M", 30.4375),
        ("30min", 1 / 48),
        ("daily", 1),
        ("2 weeks", 14),
        ("q", 91.3125),
        ("1y", 365.25),
        (pd.Timedelta("36h"), 1.5),
        (dt.timedelta(days=2), 2),
    ],
)
def test_a_step_in_time_is_read(given, days):
    assert read_cadence(given).days == pytest.approx(days)


@pytest.mark.parametrize(
    "given", ["", "d1", "1 fortnight", "-1d", "0h", "9" * 50 + "d", 5, pd.NaT, dt.timedelta(0), []]
)
def test_what_is_no_step_is_refused(given):
    with pytest.raises(InvalidValueError, match="is not a step in time"):
        read_cadence(given)


@pytest.mark.parametrize(
    "given",
    [
        "2024-02-03",
        " 2024-02-03 10:00",
        dt.date(2024, 2, 3),
        dt.datetime(2024, 2, 3, 4),
        pd.Timestamp("2024-02-03"),
        np.datetime64("2024-02-03"),
    ],
)
def test_a_day_is_read(given):
    assert read_day(given) == dt.date(2024, 2, 3)


NO_DAYS = ["", "2024", "2024-13-01", "03/02/2024", 20240203, pd.NaT, np.datetime64("NaT"), [], "x" * 9999]


@pytest.mark.parametrize("given", NO_DAYS)
def test_what_is_no_day_is_refused(given):
    with pytest.raises(InvalidValueError, match="is not a date"):
        read_day(given)
