"""What each engine does in its own way: count distinct values approximately, draw a random sample of rows.

One class an engine, found by the name narwhals gives it. Everything else is the same for all engines and
stands in `lazy.py`.
"""

from __future__ import annotations

import importlib
import math
from collections.abc import Sequence
from typing import Any, Protocol

_SHORT = 0.98  # rows drawn one by one are a few more or fewer; cutting off the end would cut off the newest


class Native(Protocol):
    """The hooks; `table` is what the user handed in, after `numbered`."""

    def numbered(self, table: Any) -> Any:
        """The table with its columns called by position where the engine trips over some names."""
        ...

    def about_distinct(self, table: Any, names: Sequence[str]) -> list[int]:
        """About how many different values each column has, in one query."""
        ...

    def sample(self, table: Any, rows: int, of: int, seed: int) -> Any:
        """About `rows` random rows of `of`, as a table of the same engine."""
        ...


class _AnyName:
    def numbered(self, table: Any) -> Any:
        """Every name is fine."""
        return table


class DuckDB(_AnyName):
    """A DuckDB relation."""

    def about_distinct(self, table: Any, names: Sequence[str]) -> list[int]:
        """HyperLogLog, by DuckDB."""
        counts = ", ".join(f"approx_count_distinct({_quoted(name)})" for name in names)
        return list(table.aggregate(counts).fetchall()[0])

    def sample(self, table: Any, rows: int, of: int, seed: int) -> Any:
        """A reservoir: exactly `rows` rows, the same for the same seed."""
        sql = f"SELECT * FROM mlpm_rows USING SAMPLE reservoir({rows:d} ROWS) REPEATABLE ({seed:d})"  # noqa: S608 - two integers
        return table.query("mlpm_rows", sql)


class Spark:
    """A PySpark DataFrame, classic or Connect."""

    def numbered(self, table: Any) -> Any:
        """Dots, backticks and names that come twice mean something else to Spark."""
        return table.toDF(*(f"c{at}" for at in range(len(table.columns))))

    def about_distinct(self, table: Any, names: Sequence[str]) -> list[int]:
        """HyperLogLog++, by Spark."""
        functions = importlib.import_module("pyspark.sql.functions")
        counts = [functions.approx_count_distinct(name).alias(f"n{at}") for at, name in enumerate(names)]
        return list(table.agg(*counts).collect()[0])

    def sample(self, table: Any, rows: int, of: int, seed: int) -> Any:
        """Row by row with one chance."""
        return table.sample(fraction=_SHORT * rows / of, seed=seed).limit(rows)


class Polars(_AnyName):
    """A polars LazyFrame."""

    def about_distinct(self, table: Any, names: Sequence[str]) -> list[int]:
        """HyperLogLog, by polars."""
        polars = importlib.import_module("polars")
        counts = [
            polars.col(name).drop_nulls().approx_n_unique().alias(f"c{i}") for i, name in enumerate(names)
        ]
        return list(table.select(counts).collect().row(0))

    def sample(self, table: Any, rows: int, of: int, seed: int) -> Any:
        """Rows whose hashed number falls below a bound."""
        polars = importlib.import_module("polars")
        share = math.floor(_SHORT * rows / of * 2**32)
        return table.filter(polars.int_range(polars.len()).hash(seed) % 2**32 < share).head(rows)


class Ibis(_AnyName):
    """An Ibis table: BigQuery, Snowflake, Databricks, Postgres, Trino and many more."""

    def about_distinct(self, table: Any, names: Sequence[str]) -> list[int]:
        """Whatever the backend offers."""
        counts = table.aggregate(**{f"c{i}": table[name].approx_nunique() for i, name in enumerate(names)})
        return list(counts.to_pyarrow().to_pylist()[0].values())

    def sample(self, table: Any, rows: int, of: int, seed: int) -> Any:
        """Row by row; not every backend repeats it for a seed."""
        return table.sample(_SHORT * rows / of).limit(rows)


class Dask(_AnyName):
    """A Dask DataFrame."""

    def about_distinct(self, table: Any, names: Sequence[str]) -> list[int]:
        """HyperLogLog, by Dask."""
        dask = importlib.import_module("dask")
        return [
            int(count) for count in dask.compute(*(table[name].dropna().nunique_approx() for name in names))
        ]

    def sample(self, table: Any, rows: int, of: int, seed: int) -> Any:
        """Row by row with one chance."""
        return table.sample(frac=_SHORT * rows / of, random_state=seed)


ENGINES: dict[str, tuple[str, Native]] = {
    "duckdb": ("DuckDB", DuckDB()),
    "pyspark": ("Spark", Spark()),
    "pyspark[connect]": ("Spark", Spark()),
    "polars": ("polars", Polars()),
    "ibis": ("Ibis", Ibis()),
    "dask": ("Dask", Dask()),
}


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
