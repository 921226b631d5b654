"""What of a date can be learned from: its age, its day, and the parts of the calendar that were seen."""

from __future__ import annotations

import numpy as np

from mlpm_magics.evidence.columns.quick import told_by
from mlpm_magics.results import PlannedColumn
from mlpm_magics.table import Column, Table
from mlpm_magics.table.dates import DAY, Dates
from mlpm_magics.table.plain import Array
from mlpm_magics.table.words import span

_WEEKS, _YEARS = 28, 548
_SEVERAL, _SURE = 4, 3.0


def dated(table: Table, column: Column, dates: Dates) -> PlannedColumn:
    """The plan for a column of dates."""
    seconds = dates.filled.astype(np.float64)
    covered = float(seconds.max() - seconds.min()) / DAY if len(seconds) else 0.0
    parts: list[str] = []
    reasons = [f"A date; the table covers {span(covered)}."]
    settings: dict[str, float | int | str | bool | tuple[str, ...]] = {"reading": dates.reading}
    if column is table.time:
        reasons.append("Every later row lies after what was learned, so the day itself is not used.")
    elif table.time is not None and table.moments is not None:
        parts.append("age")
        settings |= {"time": table.time.name, "time_reading": table.moments.reading}
        reasons.append(f"What counts is how long before `{table.time.name}` it was.")
    else:
        parts.append("day")
        reasons.append("Name the time of the rows with --time to get its age at that moment.")
    parts += _calendar(table, dates, covered, reasons)
    return PlannedColumn(
        name=column.name,
        kind=column.kind,
        treatment="decompose" if parts else "discard",
        how="date_parts" if parts else "moment_alone",
        reason=" ".join(reasons),
        settings={**settings, "parts": tuple(parts)},
    )


def _calendar(table: Table, dates: Dates, covered: float, reasons: list[str]) -> list[str]:
    """The parts of the calendar that were seen often enough to come back, and that go with the answer."""
    seconds = np.where(dates.valid, dates.seconds, 0)
    days = seconds // DAY
    hours, weekdays = seconds % DAY // 3600, (days + 3) % 7
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12
    seen = {
        "hour": (hours, bool((dates.filled % DAY != 0).mean() > 0.5)),
        "weekday": (weekdays, covered >= _WEEKS),
        "month": (months, covered >= _YEARS),
    }
    enough = {
        part: values for part, (values, often) in seen.items() if often and _varies(values[dates.valid])
    }
    parts = [part for part, values in enough.items() if _tells(table, values, dates)]
    if parts:
        reasons.append(f"The answer differs by {' and '.join(parts)}.")
    if len(parts) < len(enough):
        left = " or ".join(part for part in enough if part not in parts)
        reasons.append(f"It does not differ by {left} beyond chance, so that is left out.")
    if covered < _YEARS:
        reasons.append("A season cannot be told from a trend in less than a year and a half: no month.")
    return parts


def _varies(values: Array) -> bool:
    """Whether several parts of the calendar were seen, none of them as an exception only."""
    counts = np.bincount(values.astype(np.int64))
    return int((counts > 0.01 * len(values)).sum()) >= _SEVERAL


def _tells(table: Table, values: Array, dates: Dates) -> bool:
    """Whether the answer differs between the parts; without an answer to hold them against, they stay."""
    if table.task == "other":
        return True
    return told_by(table, np.where(dates.valid, values, -1)) > _SURE
