"""Finds the table that was typed: a variable, a part of one, or a file. It looks up, it never evaluates."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from mlpm_magics.errors import InvalidValueError, MlpmError, UnknownNameError, shown

_HEAD = re.compile(r"[^\W\d]\w*")
_STEP = re.compile(r"""\.(?P<attribute>[^\W\d]\w*)|\[(?P<quote>['"]?)(?P<key>[^\[\]]*?)(?P=quote)\]""")
ENDINGS = (".parquet", ".csv", ".json")
_PATTERN = "*?["
_WAYS_TO_ROWS = ("shape", "collect", "compute", "toPandas", "to_arrow_table", "to_pyarrow")


def find_table(typed: str, names: Mapping[str, object]) -> tuple[object, str]:
    """The table called `typed`, and what it was called.

    Args:
        typed: `churn`, `data.train`, `frames["x"]` (a line loses these quotes on its way here), `frames[0]`,
            a path that ends in `.parquet`, `.csv` or `.json`, a folder, or a pattern: `sales/*.parquet`.
        names: the variables there are.

    Raises:
        UnknownNameError: with the nearest name or file.
    """
    is_file = typed.lower().endswith(ENDINGS)
    if is_file and _exists(Path(typed)):
        return Path(typed), typed
    if typed.endswith(("/", "\\")) and _exists(Path(typed)):
        return Path(typed), typed
    head = _HEAD.match(typed)
    if head is not None and head[0] in names:
        return _walk(typed, head.end(), names[head[0]])
    if is_file:
        if any(sign in typed for sign in _PATTERN):
            return Path(typed), typed
        raise UnknownNameError(
            f"there is no file {shown(typed)!r}", given=typed, allowed=_files_near(Path(typed))
        )
    if typed and _exists(Path(typed)):
        return Path(typed), typed
    tables = table_names(names)
    hint = "" if typed != "TABLE" else "TABLE stands for the name of yours"
    if not tables:
        hint = "No variable holds a table yet: load one, or give a path to a .csv or .parquet file"
    raise UnknownNameError(
        f"there is no table called {shown(typed)!r}", given=typed, allowed=tables, hint=hint
    )


def hidden_file(typed: str, names: Mapping[str, object]) -> str:
    """A line on the file or folder that a variable of its name hides, and how to get it; "" without one."""
    if typed not in names or not _exists(Path(typed)):
        return ""
    kind, other = ("folder", f"{typed}/") if Path(typed).is_dir() else ("file", f"./{typed}")
    return f"{shown(typed)!r} is the variable here; for the {kind} of that name, type {other}"


def table_names(names: Mapping[str, object]) -> list[str]:
    """The variables that look like tables."""
    return sorted(name for name, value in names.items() if name[:1] != "_" and looks_like_table(value))


def looks_like_table(value: object) -> bool:
    """Whether a value has columns, and rows here or on an engine; nothing of it is run or imported."""
    kind = type(value)
    return hasattr(kind, "columns") and any(hasattr(kind, way) for way in _WAYS_TO_ROWS)


def column_names(table: object) -> list[str]:
    """The names of a table's columns that are text, in order, as reports show them (and take them).

    Empty when it has none to tell. A name that is personal itself is not among them.
    """
    try:
        labels = list(table.column_names if hasattr(table, "column_names") else table.columns)  # type: ignore[attr-defined]
    except Exception:
        return []
    if not labels:
        return []
    from mlpm_magics.table.door import names_of

    return [name for name, label in zip(names_of(labels), labels, strict=True) if isinstance(label, str)]


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name too long to be one
        return False


def _files_near(path: Path) -> list[str]:
    try:
        return sorted(str(file) for file in path.parent.glob("*") if file.suffix.lower() in ENDINGS)
    except (OSError, ValueError):
        return []


def _walk(typed: str, start: int, value: object) -> tuple[object, str]:
    called = typed[:start]
    while start < len(typed):
        step = _STEP.match(typed, start)
        if step is None:
            raise InvalidValueError(
                f"cannot look up {shown(typed)!r}",
                hint='A table is written as name, name.part or name["part"]',
            )
        if step["attribute"] is not None:
            value, called = _attribute(value, step["attribute"], called), called + step[0]
        else:
            value, called = _item(value, step["key"], bool(step["quote"]), called)
        start = step.end()
    return value, called


def _attribute(value: object, name: str, called: str) -> object:
    try:
        return getattr(value, name)
    except Exception:
        parts = (part for part in dir(value) if part[:1] != "_")
        raise _missing(name, called, parts) from None


def _item(value: object, key: str, quoted: bool, called: str) -> tuple[object, str]:
    whole_number = re.fullmatch(r"-?\d+", key) is not None and not quoted
    for candidate in (int(key), key) if whole_number else (key,):
        with contextlib.suppress(Exception):  # whatever the object says to a key that is not there
            written = f"[{candidate}]" if isinstance(candidate, int) else f'["{candidate}"]'
            return value[candidate], f"{called}{written}"  # type: ignore[index]
    raise _missing(key, called, _tellable(value) if isinstance(value, Mapping) else ())


def _tellable(keys: Iterable[object]) -> list[object]:
    """Keys that may be listed in an error: tables by customer have customers for keys."""
    from mlpm_magics.table.patterns import may_be_private

    return [key for key in keys if not may_be_private(shown(key))]


def _missing(part: str, called: str, there: Iterable[object]) -> MlpmError:
    return UnknownNameError(f"{shown(called)!r} has no part {shown(part)!r}", given=part, allowed=there)
