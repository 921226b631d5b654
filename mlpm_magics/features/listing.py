"""A plan as a Python listing that needs pandas and scikit-learn only, for an engineer to take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from mlpm_magics.errors import InvalidValueError
from mlpm_magics.features.making import MONTHS, WEEKDAYS, history_names, kinds_of, missing_flag
from mlpm_magics.features.reading import MISSING
from mlpm_magics.results import FeaturePlan, PlannedColumn

_HEAD = """import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler, TargetEncoder
"""
_PARTS = {
    "number": """def number(column):
    return pd.to_numeric(column, errors="coerce").astype(float).replace([np.inf, -np.inf], np.nan)
""",
    "signed_log": """def signed_log(values):
    return np.sign(values) * np.log1p(np.abs(values))
""",
    "flag": """def flag(column):
    words = column.map(lambda value: str(value).strip().lower(), na_action="ignore")
    known = {"true": 1, "yes": 1, "y": 1, "t": 1, "1": 1, "1.0": 1}
    known |= {"false": 0, "no": 0, "n": 0, "f": 0, "0": 0, "0.0": 0}
    return words.map(known).astype(float)
""",
    "level": f'''def level(column):
    def text(value):
        whole = isinstance(value, (bool, float)) and float(value).is_integer()
        return str(int(value)) if whole else str(value).strip()

    return column.astype(object).map(text, na_action="ignore").fillna("{MISSING}").astype(object)
''',
    "date": """def date(column, **how):
    return pd.to_datetime(column, errors="coerce", utc=True, **how).dt.tz_localize(None)
""",
    "one_each": """def one_each(name, words, which):
    return {f"{name} ({word})": (which == word).astype(float) for word in words}
""",
    "earlier": '''def earlier(past, rows, columns, days):
    """What the table held of the same entity before each row's moment; a window ends before it."""
    groups = {name: group.sort_values("time", kind="stable") for name, group in past.groupby("entity")}
    made = []
    for name, moment in zip(rows["entity"], rows["time"]):
        before = groups.get(name, past.iloc[:0])
        before = before[before["time"] < moment]
        window = before[before["time"] >= moment - pd.Timedelta(days=days)]
        known = pd.notna(moment)
        since = (moment - before["time"].iloc[-1]) / pd.Timedelta(days=1) if len(before) else np.nan
        row = [len(before) if known else np.nan, len(window) if known else np.nan, since]
        for column in columns:
            filled = before[column].dropna()
            row += [filled.iloc[-1] if len(filled) else np.nan, window[column].mean()]
        made.append(row)
    return np.array(made, dtype=float).reshape(len(rows), 3 + 2 * len(columns)).T
''',
}
_ENCODE = '''class Columns(TransformerMixin, BaseEstimator):
    """What needs no learning, each row by itself{past}."""

    def fit(self, table, y=None):
{remember}        return self

    def transform(self, table):
        made = {{}}
{lines}        self.names_ = list(made)
        return pd.DataFrame(made, index=table.index)

    def get_feature_names_out(self, names=None):
        return np.array(self.names_, dtype=object)
{looked_back}'''
_NAMED = {"weekday": "day_name", "month": "month_name"}
_CALENDAR = {"weekdays": WEEKDAYS, "months": MONTHS}
_PAST = """
    def past(self, table):
        return pd.DataFrame({{
            "entity": table[{entity!r}],
            "time": {time},
{numbers}        }})
"""


def listing(plan: FeaturePlan) -> str:
    """The listing; it ends with `features`, an estimator that is not fitted.

    Raises:
        InvalidValueError: where the plan keeps no column.
    """
    if not plan.used:
        raise InvalidValueError("the plan keeps no column, so there is nothing to list", where="features")
    columns = plan.used
    back = next((column for column in columns if column.how == "history"), None)
    lines = [line for column in columns for line in _lines(column)]
    body = "".join(f"        {line}\n" for line in lines)
    remember = "        self.past_ = self.past(table)\n" if back is not None else ""
    kinds = kinds_of(columns)
    made = _ENCODE.format(
        past="; remembers earlier rows per entity" if back is not None else "",
        remember=remember,
        lines=body,
        looked_back=_past(back) if back is not None else "",
    )
    text = body + made
    parts = [
        f"{name} = {_wrapped(list(words), len(name) + 3)}"
        for name, words in _CALENDAR.items()
        if name in body
    ]
    parts += [code for name, code in _PARTS.items() if f"{name}(" in text]
    return "\n\n".join([_HEAD, *parts, made, _learned(columns, kinds, plan)])


def _lines(column: PlannedColumn) -> list[str]:
    name = f"table[{column.name!r}]"
    read = {
        "scale": f"number({name})",
        "scale_log": f"number({name})",
        "flag": f"flag({name})",
        "levels": f"level({name})",
        "mean_answer": f"level({name})",
        "text_parts": f"level({name})",
        "date_parts": _date(column.name, str(column.settings.get("reading", "date"))),
    }.get(column.how, "")
    match column.how:
        case "scale" | "flag" | "levels":
            lines = [f"made[{column.name!r}] = {read}"]
        case "scale_log":
            lines = [f"made[{column.name + ' (log)'!r}] = signed_log({read})"]
        case "mean_answer":
            lines = [f"made[{column.name + ' (mean answer)'!r}] = {read}"]
        case "date_parts":
            lines = [f"moment = {read}", *_date_lines(column)]
        case "text_parts":
            lines = [f"text = {read}", f"filled = text != {MISSING!r}", *_text_lines(column)]
        case _:
            return _history_lines(column)
    if column.settings.get("flag_gaps"):
        gone = {"date_parts": "moment.isna()", "text_parts": "~filled"}.get(column.how, f"{read}.isna()")
        lines.append(f"made[{missing_flag(column.name)!r}] = ({gone}).astype(float)")
    return lines


def _date(name: str, reading: str) -> str:
    how = {
        "day_first": ", dayfirst=True, format='mixed'",
        "month_first": ", dayfirst=False, format='mixed'",
        "years": ", format='%Y'",
        "months": ", format='%Y%m'",
        "days": ", format='%Y%m%d'",
        "seconds": ", unit='s'",
        "milliseconds": ", unit='ms'",
    }.get(reading, "")
    return f"date(table[{name!r}]{how})"


def _date_lines(column: PlannedColumn) -> list[str]:
    name, lines = column.name, []
    for part in cast(tuple[str, ...], column.settings["parts"]):
        match part:
            case "age":
                time = str(column.settings["time"])
                then = _date(time, str(column.settings["time_reading"]))
                label = f"{name} (days before {time})"
                lines.append(f"made[{label!r}] = ({then} - moment) / pd.Timedelta(days=1)")
            case "day":
                since = "(moment - pd.Timestamp(0)) / pd.Timedelta(days=1)"
                lines.append(f"made[{name + ' (day)'!r}] = {since}")
            case "hour":
                lines.append(f"made[{name + ' (hour)'!r}] = moment.dt.hour.astype(float)")
            case "weekday" | "month":
                lines.append(f"made |= one_each({name!r}, {part}s, moment.dt.{_NAMED[part]}())")
    return lines


def _in_braces(name: str) -> str:
    """A name as it stands inside an f-string in double quotes."""
    escaped = repr(name)[1:-1].replace("\\'", "'").replace('"', '\\"')
    return escaped.replace("{", "{{").replace("}", "}}")


def _text_lines(column: PlannedColumn) -> list[str]:
    name = column.name
    lines = [
        f"made[{name + ' (length)'!r}] = text.str.len().where(filled).astype(float)",
        f"made[{name + ' (words)'!r}] = text.str.split().str.len().where(filled).astype(float)",
    ]
    words = cast(tuple[str, ...], column.settings["words"])
    if words:
        lines.append(r'held = text.where(filled, "").str.lower().str.findall(r"[^\W\d_]+")')
        label = f'f"{_in_braces(name)} mentions {{word}}"'
        lines.append(f"for word in {words!r}:")
        lines.append(f"    made[{label}] = held.map(lambda words, word=word: float(word in words))")
    return lines


def _history_lines(column: PlannedColumn) -> list[str]:
    window = float(cast(float, column.settings["window_days"]))
    columns = cast(tuple[str, ...], column.settings["columns"])
    names = list(history_names(column.name, window, columns).values())
    return [
        f"names = {_wrapped(names, 17)}",
        f"columns = {list(columns)!r}",
        f"made |= dict(zip(names, earlier(self.past_, self.past(table), columns, days={window:g})))",
    ]


def _past(column: PlannedColumn) -> str:
    """The method that makes the rows to look back at: entity, moment, and the numbers to add up."""
    time = _date(str(column.settings["time"]), str(column.settings["time_reading"]))
    names = cast(tuple[str, ...], column.settings["columns"])
    numbers = "".join(f"            {name!r}: number(table[{name!r}]),\n" for name in names)
    return _PAST.format(entity=column.name, time=time, numbers=numbers)


def _learned(columns: tuple[PlannedColumn, ...], kinds: Mapping[str, str], plan: FeaturePlan) -> str:
    """What is learned from the training rows."""
    parts = []
    for kind, how in (
        (
            "number",
            'make_pipeline(SimpleImputer(strategy="median", keep_empty_features=True), StandardScaler())',
        ),
        ("flag", 'SimpleImputer(strategy="most_frequent", keep_empty_features=True)'),
    ):
        names = [name for name, held in kinds.items() if held == kind]
        if names:
            parts.append(f'("{kind}s", {how},\n     {_wrapped(names, 5)}),')
    for column in columns:
        if column.how == "levels":
            share, most = column.settings["share"], column.settings["most"]
            settings = (
                f"min_frequency={share!r}, max_categories={most!r}, "
                'handle_unknown="infrequent_if_exist", sparse_output=False'
            )
            parts.append(f"({'levels of ' + column.name!r}, OneHotEncoder({settings}), [{column.name!r}]),")
    means = [name for name, held in kinds.items() if held == "mean"]
    if means:
        answers = "continuous" if plan.task == "number" else "binary" if plan.classes == 2 else "multiclass"
        parts.append(
            f'("mean answers", make_pipeline(TargetEncoder(target_type="{answers}"), StandardScaler()),\n'
            f"     {_wrapped(means, 5)}),"
        )
    body = "\n    ".join(parts)
    return (
        f"learn = ColumnTransformer([\n    {body}\n], sparse_threshold=0)\n\n"
        "features = make_pipeline(Columns(), learn)\n"
    )


def _wrapped(names: list[str], indent: int) -> str:
    """A list of names, as many on a line as fit."""
    lines, line = [], ""
    for name in names:
        piece = f"{name!r}, "
        if line and len(line) + len(piece) > 100 - indent:
            lines.append(line.rstrip())
            line = ""
        line += piece
    lines.append(line.rstrip(", "))
    return "[" + ("\n" + " " * (indent + 1)).join(lines) + "]"
