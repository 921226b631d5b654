"""What can be typed next in a design, for Tab."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterable

import msgspec

from mlpm_magics.design.language import Design, Fallback, Feature, Monitor, Part, Review, Source

_INNER: dict[str, type[Part]] = {
    "sources": Source,
    "features": Feature,
    "monitors": Monitor,
    "review": Review,
    "fallback": Fallback,
}
_KEY = re.compile(r"^(\s*)(?:- )?\{?\s*([A-Za-z_]\w*)\s*:")


def words_for(lines: list[str]) -> Iterable[str]:
    """The words that can follow the last of `lines`: a key of its part, or a value of its key."""
    line = lines[-1]
    inside = _part_of(lines)
    kind = _kind(inside)
    asked = re.search(r"([A-Za-z_]\w*)\s*:\s*[\w]*$", line)
    if asked is not None:
        key = asked.group(1)
        return _values(kind, key) or _values(Design, key)
    if inside == "" and line[:1].isspace():
        return ()
    return [f"{field.encode_name}:" for field in msgspec.structs.fields(kind)]


def _part_of(lines: list[str]) -> str:
    """The top key that the last line stands under; "" at the top."""
    line = lines[-1]
    if not line[:1].isspace() and "{" not in line and not line.startswith("-"):
        return ""
    for text in reversed(lines):
        found = _KEY.match(text)
        if found and not found.group(1) and not text.startswith("-"):
            return found.group(2)
    return ""


def _kind(part: str) -> type[Part]:
    if not part:
        return Design
    if part in _INNER:
        return _INNER[part]
    hint = typing.get_type_hints(Design).get(part, Design)
    return hint if isinstance(hint, type) and issubclass(hint, Part) else Design


def _values(kind: type[Part], key: str) -> tuple[str, ...]:
    """The words that a key can take."""
    names = {field.encode_name: field.name for field in msgspec.structs.fields(kind)}
    if key not in names:
        return ()
    hint = typing.get_type_hints(kind)[names[key]]
    if hint is bool:
        return ("true", "false")
    if typing.get_origin(hint) is typing.Literal:
        return tuple(str(word) for word in typing.get_args(hint))
    return ("never",) if type(None) in typing.get_args(hint) else ()
