"""Text files in and out: YAML read safely, files written whole or not at all.

Every scalar is read as text. Types come from whoever knows the schema (`msgspec.convert(…, strict=False)`),
so that `NO` stays a word, `1.10` keeps its zero and `12:30` is not seconds.
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from mlpm_magics.errors import InvalidValueError, shown

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
_LEFT_BEHIND_S = 3_600.0  # a temporary file this old, or this far in the future, belongs to nobody any more


_KINDS = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "yes or no",
    "array": "a list",
    "object": "names with values",
    "null": "nothing",
}

_MISFITS = (
    (r"Expected `str` matching regex '\^\(https", "should be an address that begins with https://"),
    (r"Expected `([^`]+)`, got `([^`]+)`", "should be {}, not {}"),
    (r"Expected `([^`]+)`", "should be {}"),
    (r"Object missing required field `([^`]+)`", "{} is missing"),
    (r"Object contains unknown field `([^`]+)`", "there is no {}"),
    (r"Invalid enum value (.+)", "cannot be {}"),
)


class Document(dict[str, Any]):
    """A mapping read from YAML that remembers the line (from 1) of each of its keys in `lines`."""

    def __init__(self) -> None:
        """An empty mapping."""
        super().__init__()
        self.lines: dict[str, int] = {}


def misfit_in_words(error: Exception) -> tuple[str, str]:
    """What does not fit its schema, in words, and where: the path in `$.a[0]` form, or "".

    Args:
        error: a `msgspec.ValidationError`.

    Example:
        >>> misfit_in_words(ValueError("Expected `float`, got `str` - at `$.value`"))
        ('should be a number, not text', '$.value')
    """
    problem, _, path = str(error).partition(" - at `")

    for pattern, words in _MISFITS:
        found = re.match(pattern, problem)
        if found:
            kinds = [
                " or ".join(_KINDS.get(name, name) for name in part.split(" | ")) for part in found.groups()
            ]
            return words.format(*kinds), path.rstrip("`")
    return problem[:1].lower() + problem[1:], path.rstrip("`")


def read_yaml(text: str, where: str) -> Document:
    """Read one YAML mapping; every scalar is text, nothing is executed.

    Args:
        text: at most 1 MB and 20 levels deep; no anchors, aliases, tags or repeated keys.
        where: how to call the text in an error, e.g. a file name.

    Raises:
        InvalidValueError: with the line, for anything else.

    Example:
        >>> read_yaml("answers: {complex_logic: yes}", "brief")["answers"]
        {'complex_logic': 'yes'}
    """
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise InvalidValueError("is larger than 1 MB", where=where)
    events = _events(text, where)
    try:
        try:
            return _document(events, where)
        except InvalidValueError:
            for _ in events:  # of a text that is no YAML, that is said first
                pass
            raise
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f", line {mark.line + 1}" if mark else ""
        raise InvalidValueError(
            f"is not readable as YAML ({shown(error.problem or error.context)})",
            where=f"{where}{line}",
            hint="A text with a colon, a hash or a quote in it needs quotes around it",
        ) from None
    except (yaml.YAMLError, UnicodeError) as error:
        raise InvalidValueError(f"is not readable as YAML ({shown(error)})", where=where) from None


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _events(text: str, where: str) -> Iterator[yaml.Event]:
    """What YAML is made of, but for anchors, aliases, tags and deep nesting.

    Nobody writes those in a brief, and they hide bombs.
    """
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise InvalidValueError(
                    f"is nested deeper than {MAX_DEPTH} levels", where=_line(event, where)
                )
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if getattr(event, "anchor", None) is not None:
            problem = "uses an anchor or alias (& or *), which is not allowed"
            raise InvalidValueError(problem, where=_line(event, where))
        if getattr(event, "tag", None) is not None:
            raise InvalidValueError("uses a type tag (!), which is not allowed", where=_line(event, where))
        yield event


def _number(event: yaml.Event) -> int:
    """The line of the text, from 1; 0 where it is not known."""
    return event.start_mark.line + 1 if event.start_mark else 0


def _line(event: yaml.Event, where: str) -> str:
    return f"{where}, line {_number(event)}" if event.start_mark else where


def _document(events: Iterator[yaml.Event], where: str) -> Document:
    """The one mapping that a text holds; an empty one where it holds nothing."""
    found: Document | None = None
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent) and found is not None:
            raise InvalidValueError(
                "is not readable as YAML (holds more than one document)", where=_line(event, where)
            )
        if isinstance(event, yaml.MappingStartEvent):
            found = _mapping(events, where)
        elif isinstance(event, yaml.NodeEvent):
            raise InvalidValueError("should be a list of 'key: value' lines", where=where)
    return Document() if found is None else found


def _mapping(events: Iterator[yaml.Event], where: str) -> Document:
    document = Document()
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        if not isinstance(event, yaml.ScalarEvent):
            raise InvalidValueError("has a key that is not a word", where=_line(event, where))
        key = event.value
        if key in document:
            raise InvalidValueError(f"has the key {shown(key)!r} twice", where=_line(event, where))
        document[key] = _value(next(events), events, where)
        document.lines[key] = _number(event)
    return document


def _value(event: Any, events: Iterator[yaml.Event], where: str) -> Any:
    if isinstance(event, yaml.ScalarEvent):
        is_null = not event.style and event.value in ("", "~", "null")
        return None if is_null else event.value
    if isinstance(event, yaml.MappingStartEvent):
        return _mapping(events, where)
    items = []
    for item in events:
        if isinstance(item, yaml.SequenceEndEvent):
            break
        items.append(_value(item, events, where))
    return items


def write_whole(path: Path, text: str) -> None:
    """Write `text` to `path` so that a reader sees the old file or the new one, never a part.

    A temporary file beside it is flushed to disk and then put in its place; one that a killed process left
    there an hour ago or more is swept away. Characters that UTF-8 cannot hold are written as escapes.

    Raises:
        InvalidValueError: when the folder is missing or may not be written to; the old file is kept.
    """
    if not os.path.isdir(path.parent):  # unlike Path's, it takes any name
        raise InvalidValueError(f"the folder {shown(path.parent)} does not exist", where=shown(path.name))
    handle, temporary = -1, ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8", "backslashreplace"))
            file.flush()
            os.fsync(file.fileno())
        mode = path.stat().st_mode & 0o777 if os.path.exists(path) else 0o666 & ~_umask()
        Path(temporary).chmod(mode)
        os.replace(temporary, path)
        _settle(path)
    except (OSError, ValueError) as error:  # ValueError: a name with NUL
        raise InvalidValueError(
            f"could not be written ({getattr(error, 'strerror', None) or error})",
            where=shown(path.name),
            hint="The old file is kept",
        ) from None
    finally:
        with contextlib.suppress(OSError):
            if temporary:
                os.unlink(temporary)


def _settle(path: Path) -> None:
    """After the replacing: the folder flushed, where a system can do that, and what was left behind swept."""
    with contextlib.suppress(OSError):
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    with contextlib.suppress(OSError):
        for left in os.scandir(path.parent):
            if left.name.startswith(f".{path.name}.") and left.name.endswith(".tmp"):
                age = abs(time.time() - left.stat().st_mtime)
                if age > _LEFT_BEHIND_S:
                    os.unlink(left.path)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
