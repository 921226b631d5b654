"""Rows from whatever holds a table: a frame, files, anything that can turn into a frame, or an engine."""

from __future__ import annotations

import contextlib
import dataclasses
import importlib
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from mlpm_magics.errors import InvalidValueError, MlpmError, UnknownNameError, WrongTypeError, shown
from mlpm_magics.table.engines.files import ENDINGS, large, many, relation
from mlpm_magics.table.engines.lazy import MOST_ROWS, Brought, fetch, stays

_HINT = "Give a pandas DataFrame, a path to .parquet, .csv or .json, or a table with to_pandas()"


def read(
    data: object, *, count_by: Iterable[object] = (), seed: int = 0, sample_of: object = None
) -> Brought:
    """All rows, sharing their cells with `data` where they can; of a large table elsewhere, a sample.

    Args:
        data: what the user handed in.
        count_by: columns whose values an engine should count over all rows.
        seed: for the sample.
        sample_of: the target, where a sample of at most 50,000 rows that have one is all that is wanted, of a
            table in memory too.

    Raises:
        WrongTypeError: for anything that is no table.
        UnknownNameError: for a file that is not there.
        InvalidValueError: for a file or object that cannot be read.
    """
    if isinstance(data, str | Path):
        brought = _path(Path(data), count_by, seed, sample_of)
    elif stays(data):
        brought = fetch(data, count_by=count_by, seed=seed, sample_of=sample_of)
    else:
        brought = _here(_frame(data))
    return brought if sample_of is None else _drawn(brought, sample_of, seed)


def _drawn(brought: Brought, target: object, seed: int) -> Brought:
    """At most 50,000 of the rows that have a target, where more of them are here; in their order."""
    frame = brought.frame
    if len(frame) <= MOST_ROWS:
        return brought
    found = [i for i, label in enumerate(frame.columns) if isinstance(label, str) and label == target]
    answered = np.arange(len(frame))
    if len(found) == 1:
        answered = np.flatnonzero(frame.iloc[:, found[0]].notna())
    rows = answered
    if len(rows) > MOST_ROWS:
        rows = np.sort(np.random.default_rng(seed).choice(rows, MOST_ROWS, replace=False))
    few = frame.iloc[rows]
    return dataclasses.replace(brought, frame=few, unanswered=len(frame) - len(answered))


def _frame(data: object) -> pd.DataFrame:
    """What is here already, or turns into a frame."""
    if isinstance(data, pd.DataFrame):
        return pd.DataFrame(data, copy=False)  # without the subclass and the attributes of `data`
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
    return frame


def _here(frame: pd.DataFrame, file: str = "") -> Brought:
    return Brought(frame, len(frame), file=file)


def first_rows(data: object, most: int) -> pd.DataFrame | None:
    """The first rows of files that take a while to read; None for whatever is here sooner, or has no more.

    Raises:
        MlpmError: for files that cannot be read.
    """
    if not isinstance(data, str | Path) or _comes_whole(Path(data), sample_only=True):
        return None
    with _files(Path(data), in_order=True) as rows:
        frame: pd.DataFrame = rows.limit(most).to_arrow_table().to_pandas()
        return frame if len(frame) == most else None


def _path(path: Path, count_by: Iterable[object], seed: int, sample_of: object) -> Brought:
    if _comes_whole(path, sample_only=sample_of is not None):
        return _here(_file(path), path.name)
    with _files(path) as rows:
        brought = fetch(rows, count_by=count_by, seed=seed, sample_of=sample_of)
        return dataclasses.replace(brought, file=path.name)


def _comes_whole(path: Path, *, sample_only: bool) -> bool:
    if many(path):
        return False
    _checked(path)
    return not large(path, sample_only=sample_only)


@contextlib.contextmanager
def _files(path: Path, *, in_order: bool = False) -> Iterator[Any]:
    """The files as a relation; what goes wrong with them is one line."""
    try:
        with relation(path, in_order=in_order) as rows:
            yield rows
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
