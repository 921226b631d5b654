"""The text of a project file, rewritten so that comments, key order and hand-made layout stay.

`git diff` then shows what changed and nothing else. Keys are changed in place or added, hardly ever removed,
because the comments behind a key would go with it. What need not change stays as text: sections that hold the
same, and the log, which only grows, but for its last entry. Laying all out anew took a tenth of a second, and
thousands of entries took seconds.
"""

from __future__ import annotations

import io
import re
from typing import Any

import msgspec
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import CommentMark, YAMLError
from ruamel.yaml.tokens import CommentToken

from mlpm_magics.errors import InvalidValueError, shown
from mlpm_magics.lifecycle.state import State

_HEADER = (
    "The project of this folder, kept by %ml_lifecycle. Read it, comment it, keep it in git;\n"
    "it holds answers, reasons and numbers, never values of your data. Times are UTC."
)
# "log:" and its list, indented as it is written here: an entry begins "  - ", what is in it is further in
_LOG = re.compile(
    r"(?m)^(?P<above>log:[^\n]*\n(?: *#[^\n]*\n)*)(?P<entries>  - [^\n]*\n(?:(?:[ #][^\n]*)?\n)*)"
)
_ENTRY = re.compile(r"(?m)^  - ")
_SECTION = re.compile(r"(?m)^(?=\w+:(?:\s|$))")
_TIED = re.compile(r"[&*]\w")  # perhaps an anchor, by which one section hangs on another
_LIVE = re.compile(r"(?m)^ *[^#\s]")  # more than comments
_END = "...\n"
_WIDE = 1_000_000  # a sentence stays on its line


def fresh(state: State) -> str:
    """The text of a new project file."""
    document = _plain(msgspec.to_builtins(state))
    document.yaml_set_start_comment(_HEADER)
    return _dumped(document)


def rewritten(text: str, before: State, after: State, where: str) -> str:
    """The text of a file that held `before`, with `after` in it.

    Raises:
        InvalidValueError: when the text is such that it cannot be written back.
    """
    known = len(before.log)
    head, kept, tail = (
        _without_old_entries(text, known) if after.log[:known] == before.log else (text, "", "")
    )
    if kept:
        before = msgspec.structs.replace(before, log=before.log[-1:])
        after = msgspec.structs.replace(after, log=after.log[known - 1 :])
    old, new = msgspec.to_builtins(before), msgspec.to_builtins(after)
    try:
        written = in_sections(head + tail, old, new) or in_whole(head + tail, old, new)
    except (YAMLError, ValueError) as error:
        reason = shown(str(error).partition("\n")[0])
        raise InvalidValueError(f"cannot be written to as it is ({reason})", where=where) from None
    if kept:
        written = _LOG.sub(lambda log: f"{log['above']}{kept}{log['entries']}", written, count=1)
    return written.replace("\n", "\r\n") if "\r\n" in text else written


def in_whole(text: str, before: dict[str, Any], after: dict[str, Any]) -> str:
    """The text with what differs brought in; all of it is laid out anew."""
    document = _yaml().load(text)
    _merge(document, before, after)
    return _dumped(document)


def in_sections(text: str, before: dict[str, Any], after: dict[str, Any]) -> str:
    """The same, where only sections differ that are there before and after, and stand alone; otherwise "".

    Only these are laid out anew.
    """
    above, *sections = _SECTION.split(text)
    keys = [section.partition(":")[0] for section in sections]
    differ = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    there = set(keys) & before.keys() & after.keys()
    if not differ <= there or len(set(keys)) < len(keys) or _TIED.search(text) or _LIVE.search(above):
        return ""
    try:
        for place, key in enumerate(keys):
            if key in differ:
                written = in_whole(sections[place], {key: before[key]}, {key: after[key]})
                is_last = place == len(keys) - 1
                sections[place] = written if is_last else written.removesuffix(_END)
    except YAMLError:  # a section does not stand alone after all
        return ""
    return "".join((above, *sections))


def _without_old_entries(text: str, number: int) -> tuple[str, str, str]:
    """The text before the log's older entries, these, and the text from its last entry on.

    Where the log is not laid out as it is written here, with so many entries, all of the text stands before.
    """
    text = text.replace("\r\n", "\n")
    log = _LOG.search(text)
    if not log:
        return text, "", ""
    begins = [found.start() for found in _ENTRY.finditer(log["entries"])]
    if len(begins) != number:
        return text, "", ""
    first, last = log.start("entries"), log.start("entries") + begins[-1]
    return text[:first], text[first:last], text[last:]


def _yaml() -> Any:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = _WIDE
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.explicit_end = True
    return yaml


def _dumped(document: CommentedMap) -> str:
    stream = io.StringIO()
    _yaml().dump(document, stream)
    return stream.getvalue()


def _merge(node: CommentedMap, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Bring `after` into the document, touching only what differs from `before`."""
    for key in before.keys() - after.keys():
        if isinstance(before[key], dict):
            del node[key]
        else:
            _put(node, key, None)  # nothing behind the colon reads as its default
    place = 0
    for key, new in after.items():
        old, there = before.get(key), node.get(key)
        if key not in node:
            _insert(node, place, key, new)
        elif new != old:
            if isinstance(new, dict) and isinstance(old, dict) and isinstance(there, CommentedMap):
                _merge(there, old, new)
            elif isinstance(there, CommentedSeq) and old and list(new[: len(old)]) == list(old):
                _extend(there, new[len(old) :])
            else:
                _put(node, key, _plain(new))
        place = list(node).index(key) + 1


def _extend(node: CommentedSeq, items: Any) -> None:
    """The log only grows."""
    for item in items:
        behind = _lift(node, len(node) - 1)
        node.append(_plain(item))
        _lay(node, len(node) - 1, behind)


def _put(node: CommentedMap, key: str, value: Any) -> None:
    """Another value in the place of one; the lines of comment behind a list that goes stay."""
    behind = _lift(node, key)
    node[key] = value
    _lay(node, key, behind)


def _insert(node: CommentedMap, place: int, key: str, value: Any) -> None:
    behind = _lift(node, list(node)[place - 1]) if place else ""
    node.insert(place, key, _plain(value))
    _lay(node, key, behind)


def _lift(node: Any, key: Any) -> str:
    """Take away the lines of comment behind an entry; a comment on the entry's own line stays."""
    comments, slot = _behind(node, key)
    token: Any = comments[slot] if comments else None
    own, _, rest = token.value.partition("\n") if token else ("", "", "")
    if not rest:
        return ""
    if own:
        token.value = own + "\n"
    else:
        comments[slot] = None
    return f"\n{rest}"


def _lay(node: Any, key: Any, lines: str) -> None:
    """Put lines of comment behind an entry."""
    if lines:
        comments, slot = _behind(node, key, make=True)
        comments[slot] = CommentToken(lines, CommentMark(0), None)


def _behind(node: Any, key: Any, make: bool = False) -> tuple[list[Any], int]:
    """Where the comment behind an entry is kept: with the last leaf in it."""
    inner = node[key]
    if isinstance(inner, CommentedMap | CommentedSeq) and inner and not inner.fa.flow_style():
        return _behind(inner, list(inner)[-1] if isinstance(inner, CommentedMap) else len(inner) - 1, make)
    size, slot = (4, 2) if isinstance(node, CommentedMap) else (2, 0)
    if make:
        node.ca.items[key] = [None] * size
    return node.ca.items.get(key) or [], slot


def _plain(value: Any) -> Any:
    """The same as YAML in block style."""
    if isinstance(value, dict):
        return CommentedMap((key, _plain(item)) for key, item in value.items())
    if isinstance(value, list | tuple):
        return CommentedSeq(_plain(item) for item in value)
    return value
