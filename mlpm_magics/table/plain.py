"""Any pandas column as plain arrays: its kind, where it is filled, its values as numbers or levels.

Nothing of a cell is run: no `repr`, no comparison, no hash of anything but Python's, numpy's and pandas' own
simple types. Whatever else a cell holds is counted by the name of its type.
"""

from __future__ import annotations

import datetime as dt
import decimal
import fractions
import functools
import numbers
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from mlpm_magics.table.levels import coded, short

Form = Literal["number", "boolean", "date", "duration", "string", "level", "mixed", "nested", "empty"]
Array: TypeAlias = npt.NDArray[Any]
Mask: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Plain:
    """A column without its wrapping.

    Attributes:
        form: what the cells are.
        missing: one flag per row.
        values: numbers (native integers, float64, or 0/1), dates (`datetime64`, UTC) or seconds; else None.
        codes: for strings, levels and mixed cells, the position in `levels` of each row; -1 where missing. In
            as few bytes as the number of levels needs.
        levels: the distinct values behind the codes.
        families: for mixed and nested cells, how many of each family of types.
    """

    form: Form
    missing: Mask
    values: Array | None = None
    codes: Array | None = None
    levels: Sequence[object] = ()
    families: dict[str, int] = field(default_factory=dict)


def plain(series: pd.Series[Any]) -> Plain:
    """The column as plain arrays; a column that defeats everything is `nested`."""
    try:
        return _by_dtype(series)
    except (KeyboardInterrupt, MemoryError):
        raise
    except Exception:  # cells with opinions of their own
        return Plain("nested", np.zeros(len(series), dtype=bool), families={"other": len(series)})


def _by_dtype(series: pd.Series[Any]) -> Plain:
    dtype = series.dtype
    if isinstance(dtype, pd.SparseDtype):
        return _by_dtype(pd.Series(np.asarray(series.array)))
    if isinstance(dtype, pd.CategoricalDtype):
        return _categorical(series)
    if isinstance(dtype, pd.PeriodDtype):
        return _dates(np.asarray(series.array.to_timestamp()), _missing(series))
    if isinstance(dtype, pd.DatetimeTZDtype):
        return _dates(np.asarray(series.array.tz_convert(None)), _missing(series))
    if isinstance(dtype, np.dtype):
        match dtype.kind:
            case "M":
                return _dates(np.asarray(series.array), _missing(series))
            case "m":
                return _durations(np.asarray(series.array), _missing(series))
            case "b" | "i" | "u" | "f":
                return _numbers(np.asarray(series.array), _missing(series))
            case "O":
                return _objects(np.asarray(series.array, dtype=object))
        return Plain("nested", _missing(series), families={"other": len(series)})
    if pd.api.types.is_bool_dtype(dtype):
        return _numbers(series.to_numpy(dtype=bool, na_value=False), _missing(series))
    if pd.api.types.is_integer_dtype(dtype):
        unsigned = "uint" in str(dtype).lower()
        whole = series.to_numpy(dtype="uint64" if unsigned else "int64", na_value=0)
        return _numbers(whole, _missing(series))
    if pd.api.types.is_float_dtype(dtype):
        return _numbers(series.to_numpy(dtype="float64", na_value=np.nan), _missing(series))
    if pd.api.types.is_string_dtype(dtype):
        return _strings(series.array)
    return _objects(np.asarray(series.astype(object), dtype=object))


def _missing(series: pd.Series[Any]) -> Mask:
    missing = np.asarray(series.isna(), dtype=bool)
    return missing if missing.any() else _none(len(missing))


@functools.lru_cache(maxsize=2)
def _none(rows: int) -> Mask:
    """No row; one array for all columns without gaps."""
    none = np.zeros(rows, dtype=bool)
    none.flags.writeable = False
    return none


def _numbers(values: Array, missing: Mask) -> Plain:
    if missing.all():
        return Plain("empty", missing)
    if values.dtype.kind == "b":
        return Plain("boolean", missing, values=values.view(np.int8))
    if values.dtype.kind == "f" and values.dtype != np.float64:
        values = values.astype(np.float64)
    return Plain("number", missing, values=values)


def _dates(values: Array, missing: Mask) -> Plain:
    return Plain("empty", missing) if missing.all() else Plain("date", missing, values=values)


def _durations(values: Array, missing: Mask) -> Plain:
    if missing.all():
        return Plain("empty", missing)
    seconds = values.astype("timedelta64[us]").astype(np.int64) / 1e6
    return Plain("duration", missing, values=np.where(missing, np.nan, seconds))


def _categorical(series: pd.Series[Any]) -> Plain:
    codes = np.asarray(series.cat.codes, dtype=np.int32)
    missing = codes < 0
    if missing.all():
        return Plain("empty", missing)
    used = np.bincount(codes[~missing], minlength=len(series.cat.categories)) > 0
    renumbered = short(np.where(missing, -1, (np.cumsum(used) - 1)[codes]), int(used.sum()))
    every = list(series.cat.categories)
    return Plain("level", missing, codes=renumbered, levels=[every[i] for i in np.flatnonzero(used)])


def _strings(values: Any) -> Plain:
    codes, levels = coded(values)
    missing = codes < 0
    if missing.all():
        return Plain("empty", missing)
    return Plain("string", missing if missing.any() else _none(len(codes)), codes=codes, levels=levels)


# --- object columns: a census of types first -----------------------------------------------------------

_FAMILIES: tuple[tuple[type, str], ...] = (
    (bool, "boolean"),
    (np.bool_, "boolean"),
    (numbers.Real, "number"),
    (decimal.Decimal, "number"),
    (dt.date, "date"),
    (np.datetime64, "date"),
    (dt.timedelta, "duration"),
    (np.timedelta64, "duration"),
    (dt.time, "duration"),
)
_NO_VALUE = (type(None), type(pd.NA), type(pd.NaT))


def _family(kind: type) -> str:
    if kind is str or kind is np.str_:
        return "text"
    if kind in _NO_VALUE:
        return "missing"
    ours = kind.__module__.partition(".")[0] in _TRUSTED
    return next((name for base, name in _FAMILIES if ours and issubclass(kind, base)), "other")


_TRUSTED = {"builtins", "numpy", "pandas", "datetime", "decimal", "fractions"}


def _objects(cells: Array) -> Plain:
    by_type = {kind: _family(kind) for kind in Counter(map(type, cells))}
    if set(by_type.values()) <= {"text", "missing"}:
        return _strings(cells)
    family = [by_type[kind] for kind in map(type, cells)]
    missing = np.fromiter(
        (name == "missing" or (name != "text" and name != "other" and _is_nothing(cell, name))
         for cell, name in zip(cells, family, strict=True)),
        dtype=bool,
        count=len(cells),
    )  # fmt: skip
    counts = Counter(name for name, gone in zip(family, missing, strict=True) if not gone)
    match list(counts):
        case []:
            return Plain("empty", missing)
        case ["text"]:
            return _strings(_filled(cells, missing))
        case ["boolean"]:
            flags = np.fromiter((not gone and bool(c) for c, gone in zip(cells, missing, strict=True)), bool)
            return _numbers(flags, missing)
        case ["number"]:
            return _numbers(_as_numbers(cells, missing), missing)
        case ["date"]:
            return _dates(_as_dates(cells, missing), missing)
        case ["duration"]:
            seconds = (np.nan if gone else _as_seconds(c) for c, gone in zip(cells, missing, strict=True))
            return Plain("duration", missing, values=np.fromiter(seconds, float, len(cells)))
    families = dict(counts)
    if "other" in families:
        return Plain("nested", missing, families=families)
    codes, levels = pd.factorize(_filled(cells, missing))
    return Plain(
        "mixed",
        missing,
        codes=short(codes, len(levels)),
        levels=np.asarray(levels).tolist(),
        families=families,
    )


def _filled(cells: Array, missing: Mask) -> Array:
    """The cells with None where they are missing."""
    if not missing.any():
        return cells
    kept = cells.copy()
    kept[missing] = None
    return kept


def _is_nothing(cell: Any, family: str) -> bool:
    if family == "number":
        if isinstance(cell, decimal.Decimal):
            return cell.is_nan()
        return isinstance(cell, float | np.floating) and bool(cell != cell)
    return isinstance(cell, np.datetime64 | np.timedelta64) and bool(np.isnat(cell))


def _as_numbers(cells: Array, missing: Mask) -> Array:
    """Whole numbers stay whole where 64 bits hold them: two long ids must not become one."""
    kept = cells[~missing]
    whole = all(isinstance(c, int | np.integer) for c in kept)
    if whole and all(-(2**63) <= int(c) < 2**63 for c in kept):
        values = np.zeros(len(cells), dtype=np.int64)
        values[~missing] = [int(c) for c in kept]
        return values
    floats = np.full(len(cells), np.nan)
    floats[~missing] = [_as_float(c) for c in kept]
    return floats


def _as_float(cell: int | float | decimal.Decimal | fractions.Fraction) -> float:
    try:
        return float(cell)
    except OverflowError:
        return np.inf if cell > 0 else -np.inf


def _as_dates(cells: Array, missing: Mask) -> Array:
    codes, levels = pd.factorize(_filled(cells, missing))
    known = np.array([as_date(level) for level in levels], dtype="datetime64[us]")
    return np.where(codes < 0, np.datetime64("NaT", "us"), known[codes])


def as_date(value: Any) -> Any:
    """A date without its zone (as UTC), as numpy takes it."""
    if isinstance(value, np.datetime64):
        return value.astype("datetime64[us]")
    if isinstance(value, pd.Timestamp):
        return (value.tz_convert(None) if value.tzinfo else value).to_datetime64()
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        value = (value - (value.utcoffset() or dt.timedelta())).replace(tzinfo=None)
    return value


def _as_seconds(cell: Any) -> float:
    if isinstance(cell, dt.time):
        return cell.hour * 3600 + cell.minute * 60 + cell.second + cell.microsecond / 1e6
    if isinstance(cell, np.timedelta64):
        return float(cell / np.timedelta64(1, "us")) / 1e6
    return float(cell.total_seconds())
