"""Is this data ready to learn from? Ten questions, each answered from the table (`%ml_profile`)."""

from __future__ import annotations

import importlib
import time as clocks
from typing import cast

from mlpm_magics.evidence.clock import Clock, Progress
from mlpm_magics.results import ReadinessReport

_TO_FINISH_S = 2e-4  # a column, when what is known is put together


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
    answers: object = None,
    budget_s: float | None = None,
    random_state: int = 0,
    progress: Progress | None = None,
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
        answers: what people answer to questions that a table cannot: a mapping from a question to `yes`, `no`
            or `unknown`, with the reason after a comma or as `{"answer": "yes", "because": "…"}`. A good word
            never outweighs what was found.
        budget_s: seconds it may take, reading the table included; None for as long as it needs. At the end,
            as after an interrupt, the report holds what is known, its `complete` is False, its verdict is
            `not_ready` (what was not looked at is no pass), and `not_run` names the rest. Of columns
            too many to be read in half of the time, those that were read are checked. A query on an engine is
            waited for.
        random_state: for the sample of texts that patterns look at.
        progress: called with the name of each step and the share that is done (0 to 1).
        name: what the table is called.

    Returns:
        The report: verdict, answers, findings, columns, and what was not checked.

    Raises:
        MlpmError: for what is no table, a column that is not there, a role that is given twice, or an answer
            to a question that is not asked.

    Example:
        >>> import pandas as pd
        >>> profile(pd.DataFrame({"paid": [1, None]}), target="paid").verdict
        'not_ready'
    """
    begin = clocks.monotonic()
    said = importlib.import_module("mlpm_magics.readiness.said").read_said(answers)
    if progress is not None:
        progress("opening the table", 0.0)
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
    spent = clocks.monotonic() - begin + _TO_FINISH_S * len(table.columns)
    left = float("inf") if budget_s is None else max(0.0, budget_s - spent)
    return cast(ReadinessReport, report.make(table, Clock(left, progress), said))
