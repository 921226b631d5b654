"""How far to look back per entity, and at which columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mlpm_magics.catalogue import Knowledge
from mlpm_magics.evidence.columns.quick import learned
from mlpm_magics.features.reading import words_in
from mlpm_magics.results import PlannedColumn
from mlpm_magics.table import Column, Table
from mlpm_magics.table.dates import DAY
from mlpm_magics.table.plain import Array
from mlpm_magics.table.words import number, plural, span

WINDOWS = (7.0, 30.0, 90.0, 365.0)
_SINGLE = 1.2


def looked_back(
    table: Table,
    entity: Column,
    numbers: Sequence[PlannedColumn],
    window_days: float | None,
    knowledge: Knowledge,
) -> PlannedColumn:
    """The plan for the column that says whom a row is about.

    Args:
        table: the table.
        entity: the column.
        numbers: the columns of numbers that are kept; the past of the strongest is added up.
        window_days: how far to look back; chosen from `WINDOWS` where it is not given.
        knowledge: for the limits.
    """
    alone = PlannedColumn(
        name=entity.name, kind=entity.kind, treatment="discard", how="entity_alone", reason=""
    )
    rows, distinct = entity.filled, max(1, entity.distinct or 0)
    if entity.kind == "nested" or table.time is None or table.moments is None:
        what = "Without the time of the rows (--time) nothing can be added up before a moment."
        return _because(alone, what)
    if rows < _SINGLE * distinct:
        return _because(alone, f"{rows:,} rows are about {distinct:,}: hardly anyone comes back.")
    codes = np.unique(words_in(entity.plain), return_inverse=True)[1]
    seconds = np.where(table.moments.valid, table.moments.seconds.astype(np.float64), np.nan)
    wanted = knowledge.limit("feature_plan.past_rows")
    days = window_days or _window(codes[~entity.is_missing], seconds[~entity.is_missing], wanted)
    chosen = _strongest(table, numbers, int(knowledge.limit("feature_plan.past_columns")))
    reason = (
        f"{plural(distinct, 'different one')} in {rows:,} rows, {number(rows / distinct)} rows each. The "
        f"window of {span(days)} "
        + (
            "is the one you gave."
            if window_days
            else f"is the shortest of {_listed()} in which half of those with a past have at least "
            f"{wanted:g} earlier rows, or the longest."
        )
        + " It ends before the moment of the row."
    )
    return PlannedColumn(
        name=entity.name,
        kind=entity.kind,
        treatment="aggregate",
        how="history",
        reason=reason,
        settings={
            "time": table.time.name,
            "time_reading": table.moments.reading,
            "window_days": days,
            "columns": chosen,
        },
    )


def _because(column: PlannedColumn, reason: str) -> PlannedColumn:
    import msgspec

    return msgspec.structs.replace(column, reason=reason)


def _listed() -> str:
    return f"{', '.join(f'{days:g}' for days in WINDOWS[:-1])} and {WINDOWS[-1]:g} days"


def _window(codes: Array, seconds: Array, wanted: float) -> float:
    """The shortest window in which half of the rows that have a past find enough of it."""
    known = ~np.isnan(seconds)
    codes, days = codes[known], seconds[known] / DAY
    order = np.lexsort((days, codes))
    codes, days = codes[order], days[order]
    if not len(codes):
        return WINDOWS[1]
    spread = float(days.max() - days.min()) + max(WINDOWS) + 1
    line = codes * spread + days - days.min()
    place = np.searchsorted(line, line, side="left")
    first = np.searchsorted(codes, codes, side="left")
    for window in WINDOWS:
        start = np.maximum(first, np.searchsorted(line, line - window, side="left"))
        earlier = (place - start)[place > first]
        if len(earlier) and np.median(earlier) >= wanted:
            return window
    return WINDOWS[-1]


def _strongest(table: Table, numbers: Sequence[PlannedColumn], most: int) -> tuple[str, ...]:
    found = learned(table)
    size = {c.name: float(s) for c, s in zip(found.made.columns, found.size, strict=True)} if found else {}
    names = sorted((column.name for column in numbers), key=lambda name: -size.get(name, 0.0))
    return tuple(names[:most])
