"""What becomes of a column that is kept, decided by what it holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from mlpm_magics.catalogue import Knowledge
from mlpm_magics.features.dating import dated
from mlpm_magics.features.making import signed_log
from mlpm_magics.features.reading import flags_in, numbers_in, words_in
from mlpm_magics.features.signs import Signs
from mlpm_magics.features.texts import is_free_text, taken_apart
from mlpm_magics.results import PlannedColumn
from mlpm_magics.table import Column, Table
from mlpm_magics.table.plain import Array
from mlpm_magics.table.words import number, percent, plural

_NAMES_A_THING = (
    "id", "code", "zip", "zipcode", "zip_code", "postcode", "postal_code", "plz", "area_code", "store",
    "shop", "branch", "hotel", "region", "district",
)  # fmt: skip
_FEWEST_PER_CLASS, _MOST_CLASSES = 25, 8
_COVERED = 0.9
_LARGEST_SHARE = 0.25


@dataclass(frozen=True)
class Levels:
    """The levels of a category that get a column of their own, and how many others share one.

    `share`: rows a level must have, as a share; `covered`: rows that fall in an own column, as a share.
    """

    own: tuple[tuple[str, int], ...]
    pooled: int
    share: float
    covered: float


def treated(table: Table, column: Column, signs: Signs, knowledge: Knowledge) -> PlannedColumn:
    """The plan for a column, without what it makes."""
    dates = table.moments if column is table.time else column.dates
    if dates is not None and len(dates.filled):
        return dated(table, column, dates)
    if column is table.time:
        return _planned(column, "discard", "no_moment", "Fewer than nine in ten of its cells are a date.")
    if column.kind in ("boolean", "number", "category", "text") and _is_flag(column):
        return _planned(column, "keep", "flag", f"It says yes in {percent(_yes(column))} of the rows.")
    if column.kind == "number" and _names_things(column):
        reason = "A number that names things, going by its name."
        return _category(table, column, knowledge, reason)
    if column.kind in ("number", "duration"):
        return _number(column, knowledge, "")
    if column.name in signs.numerals:
        return _number(column, knowledge, signs.numerals[column.name])
    if is_free_text(column):
        return taken_apart(table, column, knowledge)
    return _category(table, column, knowledge, "")


def _planned(column: Column, treatment: str, how: str, reason: str, **settings: object) -> PlannedColumn:
    fields = {"name": column.name, "kind": column.kind, "treatment": treatment, "how": how, "reason": reason}
    return PlannedColumn(**fields, settings=settings)  # type: ignore[arg-type]


def _is_flag(column: Column) -> bool:
    read = flags_in(column.plain)
    return bool((np.isnan(read) == column.is_missing).all()) and len(np.unique(read[~np.isnan(read)])) == 2


def _yes(column: Column) -> float:
    read = flags_in(column.plain)
    return float((read == 1).mean())


def _names_things(column: Column) -> bool:
    """Whether whole numbers are names: a code of a place or thing that comes back."""
    values = column.finite()
    whole = not (values % 1).any() if len(values) else False
    return (
        whole
        and column.scan.has_word(*_NAMES_A_THING)
        and 2 < (column.distinct or 0) < 0.5 * max(1, column.filled)
    )


# --- numbers ------------------------------------------------------------------------------------------------


def _number(column: Column, knowledge: Knowledge, reason: str) -> PlannedColumn:
    values = numbers_in(column.plain)
    values = values[~np.isnan(values)]
    unit = " seconds" if column.kind == "duration" else ""
    low, middle, high = np.quantile(values, (0.25, 0.5, 0.75)) if len(values) else (np.nan,) * 3
    spread = _spread(values, low, high, unit)
    if _has_long_tail(values, knowledge.limit("feature_plan.long_tail")):
        top = float(np.quantile(values, 0.99))
        times = f", {number(top / middle)} times the middle" if middle > 0 else ""
        text = f"{spread}, but one in a hundred above {number(top)}{times}: a long tail."
        return _planned(column, "scale", "scale_log", f"{reason} {text}".strip())
    return _planned(column, "scale", "scale", f"{reason} {spread}.".strip())


def _spread(values: Array, low: float, high: float, unit: str) -> str:
    if not len(values):
        return "No number at all"
    if low < high:
        return f"Half of the rows lie between {number(low)} and {number(high)}{unit}"
    return f"It is {number(low)}{unit} in {percent(float((values == low).mean()))} of the rows"


def _has_long_tail(values: Array, limit: float) -> bool:
    """Whether the numbers are lopsided, and the logarithm mends at least half of it."""
    if len(values) < 30 or len(np.unique(values[:5_000])) <= 10 or values.min() < 0:
        return False
    before, after = _skewness(values), _skewness(signed_log(values))
    return before > limit and abs(after) < before / 2


def _skewness(values: Array) -> float:
    scaled = values / (float(np.abs(values).max()) or 1.0)
    deviation = float(scaled.std())
    return float((((scaled - scaled.mean()) / deviation) ** 3).mean()) if deviation > 1e-12 else 0.0


# --- categories ---------------------------------------------------------------------------------------------


def _category(table: Table, column: Column, knowledge: Knowledge, reason: str) -> PlannedColumn:
    most = int(knowledge.limit("feature_plan.most_levels"))
    found = levels_of(column, knowledge)
    distinct = len(found.own) + found.pooled
    several = plural(distinct, "level")
    if distinct > most and found.covered < _COVERED and _may_average(table):
        text = f"{several} are too many for a column each."
        return _planned(column, "encode", "mean_answer", f"{reason} {text}".strip())
    text = f"{several}{_pooled(found, most)}."
    settings = {"share": found.share, "most": most + 1}
    return _planned(column, "encode", "levels", f"{reason} {text}".strip(), **settings)


def _pooled(found: Levels, most: int) -> str:
    """Which levels share a column, in words."""
    if not found.pooled:
        return ""
    if len(found.own) == most:
        return f"; the {most} most frequent have a column, the other {found.pooled:,} share one"
    rare = f"under {percent(found.share)} of the rows"
    if found.pooled == 1:
        return f", of which one is rare ({rare}) and counts as other"
    return f", of which {found.pooled:,} are rare ({rare} each) and share a column"


def levels_of(column: Column, knowledge: Knowledge) -> Levels:
    """Which levels get a column of their own, as scikit-learn's encoder will decide with these settings."""
    counts = Counter(words_in(column.plain))
    rows = max(1, sum(counts.values()))
    share = max(
        knowledge.limit("feature_plan.level_share"), knowledge.limit("feature_plan.level_rows") / rows
    )
    share = min(share, _LARGEST_SHARE)
    most = int(knowledge.limit("feature_plan.most_levels"))
    often = [(level, count) for level, count in sorted(counts.items()) if count >= share * rows]
    if len(often) + (len(often) < len(counts)) > most + 1:
        kept = {level for level, _ in sorted(often, key=lambda pair: -pair[1])[:most]}
        often = [(level, count) for level, count in often if level in kept]
    covered = sum(count for _, count in often) / rows
    return Levels(tuple(often), len(counts) - len(often), share, covered)


def _may_average(table: Table) -> bool:
    """Whether the target has a mean worth learning: a number, or few classes of enough rows."""
    if table.task == "number":
        return True
    if table.task != "classes" or table.target is None:
        return False
    counts = table.target.counts[table.target.counts > 0]
    return 2 <= len(counts) <= _MOST_CLASSES and int(counts.min()) >= _FEWEST_PER_CLASS
