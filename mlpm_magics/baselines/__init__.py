"""The model phase, simplest first: a split, a ladder of baselines, and what the best simple one is worth."""

from __future__ import annotations

import importlib
import time as clock
from collections.abc import Sequence
from typing import cast

from mlpm_magics.evidence.clock import Progress
from mlpm_magics.results import AgreedLine, BaselineReport


def baseline(
    data: object,
    *,
    target: object = None,
    split: object = "70/30",
    time: object = None,
    entity: object = None,
    group: object = None,
    costs: object = None,
    kill_line: float | None = None,
    floor: float | None = None,
    lines: Sequence[AgreedLine] = (),
    problem_type: str | None = None,
    looks_before: object = None,
    budget_s: float = 30,
    random_state: int = 0,
    progress: Progress | None = None,
    name: str = "",
) -> BaselineReport:
    """How good the simplest models are, on rows that nobody learned from.

    The rows are split; kinds of models are tried on the training part, the simplest first, and one is chosen
    there; all are judged on the test part, with 90 % intervals. The same data and seed give the same split.

    Args:
        data: whatever `profile` takes.
        target: the column that should be predicted: classes or a number.
        split: `70/30`, `90/10`, or the share to learn from, such as 0.8.
        time: when a row happened; the newest part becomes the test.
        entity: whom or what a row is about; without `time`, no entity is in both parts.
        group: a column, or several, whose groups should be served alike.
        costs: what the mistakes cost: a mapping with `wrong_yes` and `wrong_no` (each in `unit`) and, where
            known, `decisions` per `period`. For a target of two classes; of a forecast a unit too many and
            one too few, of alerts and of an order one looked at for nothing and one not looked at, of
            recommendations (`wrong_no`) somebody who is shown nothing that they take. With more than two
            answers a mapping with `mixups`, such as `{"a taken for b": 20, "a": 9, "else": 5}`.
        kill_line: below this you stop: money saved per period where costs are known, else a share explained.
        floor: the least share that may be explained in any group.
        lines: what was agreed on before, as `project.card.lines` gives it: each is passed, missed, or cannot
            be told.
        problem_type: where the problem has another shape than its target: `forecasting`, `ranking`,
            `anomaly_detection`, `clustering` or `recommendation`.
        looks_before: how often the test part was looked at before: a number, or what gives it for the digest
            of a test part, such as `project.looks`.
        budget_s: seconds; when they are used up, the rest is reported as not measured.
        random_state: for the split and everything drawn.
        progress: called with the name of each step and the share that is done, from 0 to 1.
        name: what the table is called.

    Raises:
        MlpmError: one line, for what is no table, a target that cannot be predicted, or a split that cannot
            work.

    Example:
        >>> import pandas as pd
        >>> table = pd.DataFrame({"x": range(400), "y": [i % 7 + i / 100 for i in range(400)]})
        >>> baseline(table, target="y", split="90/10").split.test_rows
        40
    """
    since = clock.monotonic()
    report = importlib.import_module("mlpm_magics.baselines.report")
    wanted = importlib.import_module("mlpm_magics.baselines.wanted").Wanted(
        split=split,
        costs=costs,
        kill_line=kill_line,
        floor=floor,
        lines=lines,
        problem_type=problem_type,
        looks_before=looks_before,
        budget_s=budget_s,
        seed=random_state,
    )
    table = importlib.import_module("mlpm_magics.table").open_table(
        data, name=name, target=target, time=time, entity=entity, group=group, seed=random_state
    )
    return cast(BaselineReport, report.make(table, wanted, progress, since))
