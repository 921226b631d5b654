"""What a table says about whether ML fits: rungs, paired gaps, and one measurement a file."""

from __future__ import annotations

import importlib
from time import monotonic
from typing import cast

from mlpm_magics.evidence.clock import Clock, Progress
from mlpm_magics.results import FitEvidence


def measure_fit(
    data: object,
    *,
    target: object,
    time: object = None,
    entity: object = None,
    group: object = None,
    required_accuracy: float | None = None,
    costs: object = None,
    budget_s: float = 30,
    random_state: int = 0,
    progress: Progress | None = None,
    name: str = "",
) -> FitEvidence:
    """Measure on a table what speaks for and against ML, instead of guessing it.

    Simple models and complex ones are tried on the same folds; each criterion is a difference between two of
    them, with a 90 % interval, and is answered yes, no or cannot tell. Nothing is learned from columns that
    give the answer away.

    Args:
        data: whatever `profile` takes. At most 10,000 rows are measured, drawn at random from those with an
            answer; of large files, something is told of the first rows before.
        target: the column that should be predicted: classes or a number.
        time: when a row happened; lets it see change and growth.
        entity: whom or what a row is about; rows of one entity are never split between learning and testing.
        group: a group to be fair to.
        required_accuracy: the share of right answers that is needed, such as 0.95.
        costs: what the mistakes cost: a mapping with `wrong_yes` and `wrong_no` (each in `unit`) and, where
            known, `decisions` per `period`. For a target of two classes; gaps are then told in money too.
        budget_s: seconds in all, from the call: reading the table and loading libraries count. When they are
            used up, the rest is reported as not measured.
        random_state: for the folds and samples; the same seed gives the same evidence.
        progress: called with each step's name or what it found, and the share that is done, from 0 to 1.
        name: what the table is called.

    Raises:
        MlpmError: one line, for what is no table, or a target that cannot be predicted.

    Example:
        >>> import pandas as pd
        >>> table = pd.DataFrame({"x": range(200), "big": [i > 99 for i in range(200)]})
        >>> measure_fit(table, target="big").criteria["leakage"].answer
        'yes'
    """
    begin = monotonic()
    measuring = importlib.import_module("mlpm_magics.evidence.measuring")
    measuring.check(required_accuracy, budget_s, random_state)
    money = importlib.import_module("mlpm_magics.evidence.costs").read_costs(costs)
    clock = Clock(budget_s, progress, since=begin)

    tables = importlib.import_module("mlpm_magics.table")
    roles = {"target": target, "time": time, "entity": entity, "group": group}

    def opened(rows: object = data) -> object:
        return tables.open_table(rows, name=name, seed=random_state, sample_only=True, **roles)

    def first(most: int) -> object:
        rows = tables.first_rows(data, most)
        return None if rows is None else opened(rows)

    found = measuring.measured(
        opened,
        first,
        name=name,
        required_accuracy=required_accuracy,
        costs=money,
        clock=clock,
        seed=random_state,
    )
    return cast(FitEvidence, found)
