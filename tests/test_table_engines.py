"""A table on an engine stays there: the same facts as in memory, and only a sample of the rows."""

from __future__ import annotations

import datetime as dt
import shutil

import numpy as np
import pandas as pd
import pytest
from engines import ENGINES, on

from mlpm_magics.errors import MlpmError
from mlpm_magics.table import Table, open_table
from mlpm_magics.table.engines import lazy

LARGE = 60_000


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    random = np.random.default_rng(7)
    frame = pd.DataFrame(
        {
            "amount": random.lognormal(3, 1, LARGE),
            "count": random.integers(0, 500, LARGE),
            'a "name" with `marks` | x': random.normal(size=LARGE),
            "town": random.choice(["Ulm", "Köln", "Graz"], LARGE, p=[0.6, 0.39, 0.01]),
            "day": pd.Timestamp("2024-01-01") + pd.to_timedelta(random.integers(0, 400, LARGE), unit="D"),
            "left": random.random(LARGE) < 0.1,
            "note": [f"note {i}" for i in range(LARGE)],
            "row": np.arange(LARGE),
        }
    )
    frame.loc[:99, "amount"] = np.nan
    frame.loc[200:204, "amount"] = np.inf
    frame.loc[300:899, "town"] = None
    return frame


@pytest.fixture(scope="module", params=ENGINES)
def far(
    request: pytest.FixtureRequest, frame: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory
) -> Table:
    path = tmp_path_factory.mktemp("far") / "rows.parquet"
    frame.to_parquet(path, coerce_timestamps="us", allow_truncated_timestamps=True)
    return open_table(on(request.param, path), target="town")


def whole(table: Table, name: str) -> lazy.Whole:
    found = next(column.whole for column in table.columns if column.name == name)
    assert found is not None
    return found


def test_a_large_table_sends_a_sample_and_says_how_many_rows_there_are(far, frame):
    assert far.total == LARGE
    assert 0.9 * lazy.MOST_ROWS < far.rows <= lazy.MOST_ROWS
    assert [column.label for column in far.columns] == list(frame.columns)
    assert far.is_sample
    assert far.engine


def test_what_the_engine_counts_is_what_memory_counts(far, frame):
    amount = frame["amount"].replace([np.inf, -np.inf], np.nan)
    found = whole(far, "amount")
    assert (found.missing, found.infinite) == (100, 5)
    assert found.low == amount.min()
    assert found.high == amount.max()
    assert found.mean == pytest.approx(amount.mean())
    assert found.deviation == pytest.approx(amount.std(ddof=0))
    assert whole(far, "count").mean == pytest.approx(frame["count"].mean())
    assert whole(far, "town").missing == 600


def test_moments_and_rows_per_class_are_exact(far, frame):
    assert whole(far, "day").low == dt.datetime(2024, 1, 1)
    assert whole(far, "day").high == frame["day"].max().to_pydatetime()
    assert whole(far, "town").levels == frame["town"].value_counts().to_dict()


def test_distinct_values_are_about_right_and_never_more_than_the_rows(far, frame):
    for column in far.columns:
        assert column.whole.distinct <= LARGE - column.whole.missing
        assert column.whole.distinct == pytest.approx(frame[column.label].nunique(), rel=0.12)


def test_the_sample_looks_like_the_table(far, frame):
    share = far.columns[5].numbers.mean()
    assert share == pytest.approx(frame["left"].mean(), abs=0.005)
    last = far.columns[7].numbers
    assert np.mean(last > 0.9 * LARGE) == pytest.approx(0.1, abs=0.006), "the end is drawn from as well"
    notes = far.columns[6]
    assert notes.distinct == far.rows, "no row twice"


@pytest.mark.parametrize("engine", [*ENGINES, "memory"])
def test_where_a_sample_will_do_it_is_drawn_from_the_rows_with_a_target(engine, frame, tmp_path):
    few = frame[["row", "town"]].copy()
    few.loc[few.index % 30 > 0, "town"] = None
    more = pd.concat([few, frame[["row", "town"]]], ignore_index=True)
    for rows, unanswered in ((few, LARGE - few["town"].count()), (more, more["town"].isna().sum())):
        path = tmp_path / "rows.parquet"
        rows.to_parquet(path)
        table = open_table(rows if engine == "memory" else on(engine, path), target="town", sample_only=True)
        assert (table.total, table.unanswered) == (len(rows), unanswered)
        assert 0.95 * min(lazy.MOST_ROWS, len(rows) - unanswered) < table.rows <= lazy.MOST_ROWS
        assert table.target.missing == 0
        assert table.columns[0].values.isin(rows.loc[rows["town"].notna(), "row"]).all()


@pytest.mark.parametrize("engine", ENGINES)
def test_a_small_table_comes_whole_and_is_like_the_one_in_memory(engine, frame, tmp_path):
    few = frame.head(3000).drop(columns="note")
    path = tmp_path / "few.parquet"
    few.to_parquet(path, coerce_timestamps="us", allow_truncated_timestamps=True)
    here, there = open_table(few), open_table(on(engine, path))
    assert not there.is_sample
    assert [c.kind for c in here.columns] == [c.kind for c in there.columns]
    assert [(c.missing, c.distinct) for c in here.columns] == [(c.missing, c.distinct) for c in there.columns]


def test_a_folder_and_a_pattern_of_files_are_one_table(frame, tmp_path):
    for number in range(3):
        frame.iloc[number::3].to_parquet(tmp_path / f"part {number}.parquet")
    for path in (tmp_path, tmp_path / "part*.parquet", str(tmp_path)):
        table = open_table(path, target="left")
        assert (table.total, table.engine) == (LARGE, "DuckDB")
        assert whole(table, "left").levels == {False: int((~frame.left).sum()), True: int(frame.left.sum())}


def test_a_folder_without_tables_or_of_several_kinds_is_one_clear_line(tmp_path):
    with pytest.raises(MlpmError, match=r"no \.parquet, \.csv, \.json file"):
        open_table(tmp_path)
    (tmp_path / "a.csv").write_text("x\n1\n")
    (tmp_path / "a.json").write_text("[]")
    with pytest.raises(MlpmError, match="several kinds"):
        open_table(tmp_path)


def test_an_engine_that_fails_is_one_line_without_its_message(tmp_path):
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path / "gone.parquet"
    pd.DataFrame({"secret value": [1]}).to_parquet(path)
    with duckdb.connect() as connection:
        relation = connection.read_parquet(str(path))
        shutil.move(path, tmp_path / "elsewhere.parquet")
        with pytest.raises(MlpmError) as caught:
            open_table(relation)
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


def test_names_that_mean_something_in_sql_are_names():
    duckdb = pytest.importorskip("duckdb")
    names = ['"; DROP TABLE kept; --', '"', "select", "a.b[0]", "it's", "{x}", "%s"]
    doubled = [name.replace('"', '""') for name in names]
    with duckdb.connect() as connection:
        connection.sql("CREATE TABLE kept AS SELECT 1 AS x")
        columns = ", ".join(f'range % {at + 2} AS "{name}"' for at, name in enumerate(doubled))
        table = open_table(connection.sql(f"SELECT {columns} FROM range({LARGE})"))  # noqa: S608 - ours
        assert [column.label for column in table.columns] == names
        assert [whole(table, name).distinct for name in names] == [2, 3, 4, 5, 6, 7, 8]
        assert connection.sql("SELECT * FROM kept").fetchall() == [(1,)]


def test_the_sample_is_the_same_for_the_same_seed(frame, tmp_path):
    path = tmp_path / "rows.parquet"
    frame.to_parquet(path)
    drawn = [open_table(on("duckdb", path), seed=seed).columns[0].numbers for seed in (1, 1, 2)]
    assert np.array_equal(drawn[0], drawn[1], equal_nan=True)
    assert not np.array_equal(drawn[0], drawn[2], equal_nan=True)
