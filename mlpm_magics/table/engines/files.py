"""Files that are too many or too large for memory: DuckDB reads them where they lie, without a server."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mlpm_magics.errors import InvalidValueError, UnknownNameError, shown
from mlpm_magics.table.engines.lazy import INSTALL

ENDINGS = (".parquet", ".csv", ".json")
_LARGE = 64 * 2**20  # bytes; pandas reads what is smaller, whole and exactly
_PACKED = 8 * 2**20  # the same of a .parquet file of which a sample will do: unpacked it is far larger
_MEMORY = "1GB"


def many(path: Path) -> bool:
    """Whether a path means several files: a folder, or a pattern such as `sales/*.parquet`."""
    try:
        return path.is_dir() or (not path.exists() and any(sign in str(path) for sign in "*?["))
    except (OSError, ValueError):
        return False


def large(path: Path, *, sample_only: bool = False) -> bool:
    """Whether a file is better read by DuckDB, and can be."""
    limit = _PACKED if sample_only and path.suffix.lower() == ".parquet" else _LARGE
    return path.stat().st_size > limit and importlib.util.find_spec("duckdb") is not None


@contextlib.contextmanager
def relation(path: Path, *, in_order: bool = False) -> Iterator[Any]:
    """The files as one DuckDB relation, within 1 GB of memory; closed at the end.

    `in_order`: its rows come as they lie in the files, which takes longer for all of them.

    Raises:
        UnknownNameError: no file is there.
        InvalidValueError: files of several kinds, or DuckDB is not installed.
    """
    pattern, ending = _pattern(path)
    try:
        duckdb = importlib.import_module("duckdb")
    except ImportError:
        raise InvalidValueError(
            "reading a folder of files needs duckdb", where=shown(path.name), hint=INSTALL
        ) from None
    with duckdb.connect(config={"memory_limit": _MEMORY, "preserve_insertion_order": in_order}) as connection:
        read = {
            ".parquet": connection.read_parquet,
            ".csv": connection.read_csv,
            ".json": connection.read_json,
        }
        yield read[ending](pattern)


def _pattern(path: Path) -> tuple[str, str]:
    """What DuckDB is told to read, and the ending of the files."""
    if path.is_file():
        return str(path), path.suffix.lower()
    if not path.is_dir():
        files = list(path.parent.glob(path.name)) if "**" not in str(path) else list(Path().glob(str(path)))
        return str(path), _one_ending({file.suffix.lower() for file in files}, path)
    ending = _one_ending({file.suffix.lower() for file in path.rglob("*") if file.is_file()}, path)
    return f"{path}/**/*{ending}", ending


def _one_ending(found: set[str], path: Path) -> str:
    endings = found & set(ENDINGS)
    if not endings:
        raise UnknownNameError(f"there is no {', '.join(ENDINGS)} file at {shown(path)!r}", given=path.name)
    if len(endings) > 1:
        raise InvalidValueError(
            f"holds files of several kinds ({', '.join(sorted(endings))})",
            where=shown(path.name),
            hint=f"Name one kind, e.g. {shown(path.name)}/*{min(endings)}",
        )
    return endings.pop()
