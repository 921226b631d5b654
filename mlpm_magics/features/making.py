"""What each column makes, row by row and without learning anything: the first half of the pipeline.

Each `how` has one function here and one entry under `feature_steps` in the knowledge base. A made column is
a number (scaled later), a flag (0 or 1), or a category (text, encoded later).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, cast

import numpy as np
import pandas as pd

from mlpm_magics.errors import shown
from mlpm_magics.features.history import History
from mlpm_magics.features.reading import MISSING, Rows
from mlpm_magics.results import PlannedColumn
from mlpm_magics.table.dates import DAY
from mlpm_magics.table.plain import Array

Kind = Literal["number", "flag", "levels", "mean"]
Made = dict[str, tuple[Kind, Array]]
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
OTHER = "other"
POOLED = "infrequent_sklearn"
_LONGEST_LEVEL = 40
_WORD = re.compile(r"[^\W\d_]+")


def signed_log(values: Array) -> Array:
    """log(1 + x), and the same mirrored for numbers below 0."""
    mirrored: Array = np.sign(values) * np.log1p(np.abs(values))
    return mirrored


def missing_flag(name: str) -> str:
    """What the flag for the gaps of a column is called."""
    return f"{name} is missing"


def vocabulary(text: str) -> set[str]:
    """The words of a text, lower case."""
    return {word.lower() for word in _WORD.findall(text)}


# --- one function per `how`: what the settings say, nothing else ------------------------------------------


def _scale(column: PlannedColumn, rows: Rows) -> Made:
    return {column.name: ("number", rows.numbers(column.name))}


def _scale_log(column: PlannedColumn, rows: Rows) -> Made:
    return {f"{column.name} (log)": ("number", signed_log(rows.numbers(column.name)))}


def _flag(column: PlannedColumn, rows: Rows) -> Made:
    return {column.name: ("flag", rows.flags(column.name))}


def _levels(column: PlannedColumn, rows: Rows) -> Made:
    return {column.name: ("levels", np.array(rows.words(column.name), dtype=object))}


def _mean_answer(column: PlannedColumn, rows: Rows) -> Made:
    return {f"{column.name} (mean answer)": ("mean", np.array(rows.words(column.name), dtype=object))}


def date_parts(column: PlannedColumn, rows: Rows) -> Made:
    """A date's parts that the settings name: age against the row's moment, day, hour, weekday, month."""
    seconds = rows.seconds(column.name, str(column.settings["reading"]))
    gone = np.isnan(seconds)
    days = np.floor(np.where(gone, 0, seconds) / DAY).astype(np.int64)
    made: Made = {}
    for part in cast(tuple[str, ...], column.settings["parts"]):
        match part:
            case "age":
                time = str(column.settings["time"])
                moment = rows.seconds(time, str(column.settings["time_reading"]))
                made[f"{column.name} (days before {time})"] = ("number", (moment - seconds) / DAY)
            case "day":
                made[f"{column.name} (day)"] = ("number", seconds / DAY)
            case "hour":
                made[f"{column.name} (hour)"] = ("number", np.floor(seconds % DAY / 3600))
            case "weekday":
                which = (days + 3) % 7
                made |= _one_each(column.name, WEEKDAYS, which, gone)
            case "month":
                which = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12
                made |= _one_each(column.name, MONTHS, which, gone)
    return made


def _one_each(name: str, words: tuple[str, ...], which: Array, gone: Array) -> Made:
    return {
        f"{name} ({word})": ("flag", ((which == at) & ~gone).astype(np.float64))
        for at, word in enumerate(words)
    }


def text_parts(column: PlannedColumn, rows: Rows) -> Made:
    """How long a text is, how many words it has, and which of the words in the settings it mentions."""
    texts = rows.words(column.name)
    gone = np.array([text == MISSING for text in texts], dtype=bool)
    length = np.array([len(text) for text in texts], dtype=np.float64)
    count = np.array([len(text.split()) for text in texts], dtype=np.float64)
    made: Made = {
        f"{column.name} (length)": ("number", np.where(gone, np.nan, length)),
        f"{column.name} (words)": ("number", np.where(gone, np.nan, count)),
    }
    wanted = cast(tuple[str, ...], column.settings["words"])
    held = [vocabulary(text) for text in texts] if wanted else []
    for word in wanted:
        flags = np.array([word in words for words in held], dtype=np.float64)
        made[f"{column.name} mentions {word}"] = ("flag", np.where(gone, 0.0, flags))
    return made


def past_of(column: PlannedColumn, rows: Rows) -> History:
    """The rows as the past of their entities."""
    names = cast(tuple[str, ...], column.settings["columns"])
    return History.of(
        rows.words(column.name),
        rows.seconds(str(column.settings["time"]), str(column.settings["time_reading"])),
        {name: rows.numbers(name) for name in names},
        MISSING,
    )


def history(column: PlannedColumn, rows: Rows, past: History) -> Made:
    """What came before, for rows that may be those of the past themselves."""
    moments = rows.seconds(str(column.settings["time"]), str(column.settings["time_reading"]))
    window = float(cast(float, column.settings["window_days"]))
    made = past.before(rows.words(column.name), moments, window)
    titles = history_names(column.name, window, cast(tuple[str, ...], column.settings["columns"]))
    return {title: ("number", made[key]) for key, title in titles.items()}


def history_names(entity: str, window: float, columns: Iterable[str]) -> dict[str, str]:
    """What the sums over the past are called, by what they are."""
    days = f"{window:g} day{'' if window == 1 else 's'}"
    names = {
        "earlier": f"earlier rows of this {entity}",
        "recent": f"rows of this {entity} in the last {days}",
        "since": f"days since the last row of this {entity}",
    }
    for name in columns:
        names[f"last {name}"] = f"last {name} of this {entity}"
        names[f"mean {name}"] = f"mean {name} of this {entity} in the last {days}"
    return names


MAKERS: dict[str, Callable[[PlannedColumn, Rows], Made]] = {
    "scale": _scale,
    "scale_log": _scale_log,
    "flag": _flag,
    "levels": _levels,
    "mean_answer": _mean_answer,
    "date_parts": date_parts,
    "text_parts": text_parts,
}


def made_of(column: PlannedColumn, rows: Rows, past: History | None) -> Made:
    """Everything that one column makes."""
    if column.how == "history":
        return history(column, rows, past) if past is not None else {}
    made = MAKERS[column.how](column, rows)
    if column.settings.get("flag_gaps"):
        gone = _gone(column, rows)
        made[missing_flag(column.name)] = ("flag", gone.astype(np.float64))
    return made


def _gone(column: PlannedColumn, rows: Rows) -> Array:
    """Where nothing was read."""
    match column.how:
        case "scale" | "scale_log":
            return np.isnan(rows.numbers(column.name))
        case "flag":
            return np.isnan(rows.flags(column.name))
        case "date_parts":
            return np.isnan(rows.seconds(column.name, str(column.settings["reading"])))
    return np.array([word == MISSING for word in rows.words(column.name)], dtype=bool)


def all_made(columns: Iterable[PlannedColumn], rows: Rows, past: History | None) -> Made:
    """Everything that the columns make."""
    made: Made = {}
    for column in columns:
        if column.treatment != "discard":
            made |= made_of(column, rows, past)
    return made


def kinds_of(columns: Sequence[PlannedColumn]) -> dict[str, Kind]:
    """What the columns make before anything is learned, by name: found on a table of no rows."""
    needed = {*(column.name for column in columns), *(name for c in columns for name in beside(c))}
    rows = Rows(pd.DataFrame({name: pd.Series(dtype=object) for name in needed}), columns)
    back = next((c for c in columns if c.how == "history"), None)
    past = past_of(back, rows) if back is not None else None
    return {name: kind for name, (kind, _) in all_made(columns, rows, past).items()}


def beside(column: PlannedColumn) -> tuple[str, ...]:
    """The other columns that are needed to make something of this one."""
    time = column.settings.get("time")
    return (*((str(time),) if time else ()), *cast(tuple[str, ...], column.settings.get("columns", ())))


def level_feature(column: str, level: object) -> str:
    """What the feature for a level of a category is called; two levels never share a name."""
    if level == POOLED:
        return f"{column}={OTHER}"
    text = shown(level, _LONGEST_LEVEL)
    if text == level and text != OTHER:
        return f"{column}={text}"
    return f"{column}={text} ({zlib.crc32(str(level).encode('utf-8', 'surrogatepass')):08x})"
