"""Rows that were counted twice make a model look better than it is.

When the same row stands in the training and the test data, the test asks for something the model has already
seen. Rows that agree by coincidence, because there are few columns with few values, are ordinary.

Source: Kapoor and Narayanan 2023 (overlap of training and test data).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.readiness.found import CannotTellError, Example, Found, Limits, named, of
from mlpm_magics.readiness.rows import alike_inputs, alike_too, compared, expected_twins
from mlpm_magics.table import Table

QUESTION = "high_quality"
WHY = "A repeated row is tested on what was trained on, and counts twice."
NEEDS = ()
WHOLE_ROWS = True
_COINCIDENCE = 0.05
_SEEN, _SHARE = 5, 0.005


@dataclass(frozen=True)
class Measured:
    """Rows that repeat an earlier one and that coincidence does not explain; the columns not compared.

    `sampled`: rows of the sample that `repeated` was estimated from, and how many of them repeat one.
    """

    repeated: int
    rows: int
    numbered: tuple[str, ...]
    sampled: tuple[int, int] = (0, 0)


def measure(table: Table) -> Measured:
    """Count repeated rows, all columns compared but those that only number the rows."""
    nested = [column.name for column in table.columns if column.kind == "nested"]
    if nested:
        raise CannotTellError(f"`{nested[0]}` holds values inside values, which are not compared")
    both = (table.rows / max(1, table.total)) ** 2  # the chance that a row and its copy are in the sample
    if table.is_sample and both * table.total * _SHARE < _SEEN:
        raise CannotTellError(
            f"rows that repeat hardly show in a sample of {table.rows:,} of {table.total:,} rows"
        )
    numbers = [column for column in table.columns if column.is_identifier and not table.role(column)]
    left_out = {id(column) for column in numbers}
    columns = [c for c in table.columns if id(c) not in left_out and c.kind != "empty"]
    if table.rows < 2 or not columns:
        return Measured(0, table.rows, ())
    inputs = {id(column) for column in compared(table)}
    rest = [c for c in columns if id(c) not in inputs]
    again = np.flatnonzero(alike_too(alike_inputs(table), rest) != np.arange(table.rows))
    telling = expected_twins(columns, again) < _COINCIDENCE if len(again) else again
    names, seen = tuple(column.name for column in numbers), int(np.count_nonzero(telling))
    if not table.is_sample:
        return Measured(seen, table.rows, names)
    repeated = min(table.total, round(seen / both)) if seen >= _SEEN else 0
    return Measured(repeated, table.total, names, (table.rows, seen))


def judge(measured: Measured, limits: Limits) -> list[Found]:
    """Enough of them, in share and in number."""
    m = measured
    share = m.repeated / m.rows if m.rows else 0.0
    if share < limits["note"] or m.repeated < limits["fewest"]:
        return []
    about = "About " if m.sampled[0] else ""
    basis = f" ({m.sampled[1]:,} in a sample of {m.sampled[0]:,})" if m.sampled[0] else ""
    but = f" in everything but {named(m.numbered, 3)}" if m.numbered else ""
    return [
        Found(
            columns=(),
            severity="warning" if share >= limits["caution"] else "info",
            message=f"{about}{of(m.repeated, m.rows)} repeat an earlier row{but}{basis}, where "
            "coincidence would make hardly any.",
            action="Ask whether an export or a join doubled them; if so, keep one of each before splitting.",
            evidence={"repeated": m.repeated, "rows": m.rows, "share": share},
            weight=share,
        )
    ]


def bad() -> Example:
    """Sixty of two thousand rows were exported twice, under new row numbers."""
    random = np.random.default_rng(11)
    table = pd.DataFrame(
        {
            "spend": random.normal(size=2000),
            "visits": random.poisson(5, 2000),
            "age": random.integers(18, 90, 2000),
        }
    )
    table = pd.concat([table, table.iloc[:60]], ignore_index=True)
    return Example(table.assign(row_id=np.arange(len(table))))


def good() -> Example:
    """Two columns of few values agree by coincidence all the time."""
    random = np.random.default_rng(11)
    size = random.choice(["s", "m", "l"], 2000)
    return Example(pd.DataFrame({"size": size, "stars": random.integers(1, 6, 2000)}))
