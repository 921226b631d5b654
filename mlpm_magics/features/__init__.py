"""What becomes of each column before a model learns from it, and why (`%ml_features`)."""

from __future__ import annotations

import importlib
import time as clock
from collections.abc import Mapping
from typing import cast

from mlpm_magics.errors import InvalidValueError
from mlpm_magics.results import FeaturePlan


def plan_features(
    data: object,
    *,
    target: object,
    time: object = None,
    entity: object = None,
    group: object = None,
    known: Mapping[object, bool] | None = None,
    others_known: bool = False,
    keep: object = None,
    discard: object = None,
    window: object = None,
    measure_gain: bool = True,
    budget_s: float = 30,
    random_state: int = 0,
    name: str = "",
) -> FeaturePlan:
    """Plan the features: scale, take apart, add up, encode or leave out, each with its reason, measured.

    The plan decides nothing for you that only you can know: what is known when the decision is taken, and
    what may be used at all, is asked (`.open_questions`).

    Args:
        data: whatever `profile` takes.
        target: the column that should be predicted.
        time: when a row happened, which is the moment of the decision.
        entity: whom or what a row is about; with `time`, what came before is added up.
        group: a group to be fair to, or several; kept out, and what stands in for it is asked about.
        known: column -> whether it is known when the decision is taken. What is not is left out; what is
            stays, even where it looks as if it gave the answer away.
        others_known: whether all others are known in time, too; one that looks suspicious is still asked.
        keep: columns to keep all the same.
        discard: columns to leave out.
        window: how far to look back, such as `30d`; chosen from the table by default.
        measure_gain: whether to measure what the plan gains over the raw columns, the longest part.
        budget_s: seconds from the call on: half of it for looking for what speaks against columns, all of it
            for planning; then the rest is left out and named, and the gain is no longer waited for.
        random_state: for samples and folds; the same seed gives the same plan.
        name: what the table is called.

    Returns:
        The plan: `.columns`, `.open_questions`, `.gain`, `.pipeline` (a scikit-learn estimator, not fitted)
        and `.to_code()`.

    Raises:
        MlpmError: for what is no table, a column that is not there, or answers that clash.

    Example:
        >>> import pandas as pd
        >>> table = pd.DataFrame({"spend": range(100), "plan": ["a", "b"] * 50, "left": [0, 1, 1, 0] * 25})
        >>> plan = plan_features(table, target="left")
        >>> [(column.name, column.how) for column in plan.columns]
        [('spend', 'identifier'), ('plan', 'levels')]
        >>> plan.pipeline.fit_transform(table).shape
        (100, 2)
    """
    since = clock.monotonic()
    if target is None:
        raise InvalidValueError("name the column to predict", where="target")
    importlib.import_module("mlpm_magics.evidence.measuring").check(None, budget_s, random_state)
    tables = importlib.import_module("mlpm_magics.table")
    asking = importlib.import_module("mlpm_magics.features.asking")
    planning = importlib.import_module("mlpm_magics.features.planning")
    table = tables.open_table(
        data, name=name, target=target, time=time, entity=entity, group=group, seed=random_state
    )
    said = asking.told(table, known, others_known, keep, discard)
    days = asking.window_days(window)
    budget = importlib.import_module("mlpm_magics.evidence.clock").Clock(budget_s, since=since)
    plan = planning.planned(table, said, days, budget)
    if not measure_gain:
        return cast(FeaturePlan, plan)
    gain = importlib.import_module("mlpm_magics.features.gain").gain_of(
        table, plan, said, days, budget_s, since
    )
    return cast(FeaturePlan, planning.with_gain(plan, gain))
