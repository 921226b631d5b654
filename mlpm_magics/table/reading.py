"""Rows from whatever holds a table: a frame, files, anything that can turn into a frame, or an engine."""

from __future__ import annotations

import dataclasses
import importlib
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from mlpm_magics.errors import InvalidValueError, MlpmError, UnknownNameError, WrongTypeError, shown
from mlpm_magics.table.engines.files import ENDINGS, large, many, relation
from mlpm_magics.table.engines.lazy import Brought, fetch, stays

_HINT = "Give a pandas DataFrame, a path to .parquet, .csv or .json, or a table with to_pandas()"


def read(data: object, *, count_by: Iterable[object] = (), seed: int = 0) -> Brought:
    """All rows, sharing their cells with `data` where they can; of a large table elsewhere, a sample.

    Args:
        data: what the user handed in.
        count_by: columns whose values an engine should count over all rows.
        seed: for the sample.

    Raises:
        WrongTypeError: for anything that is no table.
        UnknownNameError: for a file that is not there.
        InvalidValueError: for a file or object that cannot be read.
    """
    if isinstance(data, pd.DataFrame):
        return _here(pd.DataFrame(data, copy=False))  # without the subclass and the attributes of `data`
    if isinstance(data, str | Path):
        return _path(Path(data), count_by, seed)
    if stays(data):
        return fetch(data, count_by=count_by, seed=seed)
    convert = _converter(data)
    if convert is None:
        method = next((m for m in ("to_frame", "collect") if callable(getattr(type(data), m, None))), "")
        hint = f"Use .{method}() on it" if method else _HINT
        raise WrongTypeError(f"a {type(data).__name__} is not a table", hint=hint)
    try:
        frame = convert(data)
    except ImportError:
        raise InvalidValueError(
            f"reading a {type(data).__name__} needs pyarrow", hint="Install it with: pip install pyarrow"
        ) from None
    except Exception as error:
        raise InvalidValueError(
            f"the {type(data).__name__} could not be turned into a table ({type(error).__name__})"
        ) from None
    if not isinstance(frame, pd.DataFrame):
        raise WrongTypeError(f"a {type(data).__name__} does not turn into a table", hint=_HINT)
    return _here(frame)


def _here(frame: pd.DataFrame, file: str = "") -> Brought:
    return Brought(frame, len(frame), file=file)


def _path(path: Path, count_by: Iterable[object], seed: int) -> Brought:
    if many(path):
        return _from_files(path, count_by, seed)
    _checked(path)
    return _from_files(path, count_by, seed) if large(path) else _here(_file(path), path.name)


def _from_files(path: Path, count_by: Iterable[object], seed: int) -> Brought:
    try:
        with relation(path) as rows:
            return dataclasses.replace(fetch(rows, count_by=count_by, seed=seed), file=path.name)
    except MlpmError:
        raise
    except Exception as error:  # the message may quote the file
        raise InvalidValueError(
            f"could not be read ({type(error).__name__})", where=shown(path.name)
        ) from None


def _converter(data: object) -> Callable[[Any], Any] | None:
    kind = type(data)
    if isinstance(data, pd.Series | pd.Index):
        return None
    for method in ("to_pandas", "toPandas"):
        if callable(getattr(kind, method, None)):
            return lambda table: getattr(table, method)()
    return _from_arrow if hasattr(kind, "__arrow_c_stream__") else None


def _from_arrow(table: Any) -> pd.DataFrame:
    frame: pd.DataFrame = importlib.import_module("pyarrow").table(table).to_pandas()
    return frame


def _checked(path: Path) -> None:
    """That the file can be read at all."""
    if path.suffix.lower() not in ENDINGS:
        raise InvalidValueError(
            f"a table is read from .parquet, .csv or .json, not {shown(path.suffix) or 'such a file'}",
            where=shown(path.name),
        )
    try:
        there = path.is_file()
    except (OSError, ValueError):
        there = False
    if not there:
        raise UnknownNameError(f"there is no file {shown(path)!r}", given=path.name, allowed=_beside(path))


def _file(path: Path) -> pd.DataFrame:
    ending = path.suffix.lower()
    try:
        match ending:
            case ".parquet":
                return pd.read_parquet(path)
            case ".csv":
                return _csv(path)
        return _json(path)
    except MlpmError:
        raise
    except ImportError:
        raise InvalidValueError(
            "reading a .parquet file needs pyarrow",
            where=shown(path.name),
            hint="Install it with: pip install pyarrow",
        ) from None
    except pd.errors.EmptyDataError:
        return pd.DataFrame()
    except Exception as error:  # the message of a parser may quote the file
        place = re.search(r"Expected \d+ fields in line \d+, saw \d+", str(error))
        reason = place[0][0].lower() + place[0][1:] if place else type(error).__name__
        raise InvalidValueError(
            f"could not be read as {ending[1:]} ({reason})", where=shown(path.name)
        ) from None


def _csv(path: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(path, low_memory=False)
    except UnicodeDecodeError:
        return pd.read_csv(path, low_memory=False, encoding="latin-1")


def _json(path: Path) -> pd.DataFrame:
    try:
        frame = pd.read_json(path)
    except ValueError:
        frame = pd.read_json(path, lines=True)
    if not isinstance(frame, pd.DataFrame):
        raise InvalidValueError("does not hold a table", where=shown(path.name))
    return frame


def _beside(path: Path) -> list[str]:
    try:
        return sorted(file.name for file in path.parent.iterdir() if file.suffix.lower() in ENDINGS)
    except (OSError, ValueError):
        return []
