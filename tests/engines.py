"""The engines that tables are tried on: each turns a parquet file into a table that stays where it is."""

from __future__ import annotations

import functools
import shutil
import warnings
from pathlib import Path
from typing import Any

import pytest

ENGINES = [
    "duckdb",
    "polars",
    "dask",
    pytest.param("ibis", marks=pytest.mark.filterwarnings("ignore::DeprecationWarning")),  # DuckDB to Ibis
    pytest.param("spark", marks=pytest.mark.spark),
]


def on(engine: str, path: Path) -> Any:
    """The table of a parquet file on an engine."""
    match engine:
        case "duckdb":
            return pytest.importorskip("duckdb").read_parquet(str(path))
        case "polars":
            return pytest.importorskip("polars").scan_parquet(path)
        case "dask":
            return pytest.importorskip("dask.dataframe").read_parquet(path)
        case "ibis":
            ibis = pytest.importorskip("ibis", reason='needs pip install "ibis-framework[duckdb]"')
            return ibis.duckdb.connect().read_parquet(str(path))
    return spark().read.parquet(str(path))


@functools.cache
def spark() -> Any:
    """A Spark of this process's own, on this machine only."""
    sql = pytest.importorskip("pyspark.sql")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java 17")
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.session.timeZone": "UTC",
    }
    builder = sql.SparkSession.builder.master("local[2]").appName("mlpm_magics tests")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Spark on pandas 3
        return functools.reduce(lambda b, item: b.config(*item), settings.items(), builder).getOrCreate()
