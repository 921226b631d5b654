"""Is this data ready to learn from? Ten questions, each answered from the table (`%ml_profile`)."""

from __future__ import annotations

import importlib
from typing import cast

from mlpm_magics.results import ReadinessReport


def profile(
    data: object,
    *,
    target: object = None,
    time: object = None,
    entity: object = None,
    group: object = None,
    reference: object = None,
    as_of: object = None,
    cadence: object = None,
    random_state: int = 0,
    name: str = "",
) -> ReadinessReport:
    """Ask ten questions of a table; the table is read, never changed, and no cell of it is shown.

    Args:
        data: a pandas DataFrame, anything with `to_pandas()` or the Arrow PyCapsule protocol, or a path to a
            .parquet, .csv or .json file, a folder of them or a pattern. A DuckDB relation, a lazy frame of
            polars, and a table of Spark, Dask or Ibis stay where they are: of more than 50,000 rows, counts
            over all of them and a random sample come here. The same holds for files over 64 MB and folders.
        target: the column that should be predicted.
        time: the column that says when a row happened.
        entity: the column that says whom or what a row is about, such as a customer.
        group: a column, or several, whose groups should be treated fairly or be covered.
        reference: a table like those that will be served.
        as_of: the day to count freshness from; today by default.
        cadence: how often rows should come, such as `1d`, `12h`, `1w` or `1m` (a month).
        random_state: for the sample of texts that patterns look at.
        name: what the table is called.

    Returns:
        The report: verdict, answers, findings, columns, and what was not checked.

    Raises:
        MlpmError: for what is no table, a column that is not there, or a role that is given twice.

    Example:
        >>> import pandas as pd
        >>> profile(pd.DataFrame({"paid": [1, None]}), target="paid").verdict
        'not_ready'
    """
    table = importlib.import_module("mlpm_magics.table").open_table(
        data,
        name=name,
        target=target,
        time=time,
        entity=entity,
        group=group,
        reference=reference,
        as_of=as_of,
        cadence=cadence,
        seed=random_state,
    )
    report = importlib.import_module("mlpm_magics.readiness.report")
    return cast(ReadinessReport, report.make(table))
