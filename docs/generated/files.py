"""The forms of `mlpm.yaml` and of a team's own `mlpm_knowledge/*.yaml`, from the types that read them."""

from __future__ import annotations

import os
import tempfile
import typing
from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Any
from unittest import mock

import msgspec
import yaml
from writing import anchor, listing, prose, table

from mlpm_magics.catalogue import OWN_FOLDER, Knowledge
from mlpm_magics.lifecycle import start_project
from mlpm_magics.lifecycle.state import State

GROUP = "Python and files"


def pages(known: Knowledge) -> dict[str, str]:
    """One page a file."""
    return {"project_file.md": _project(), "own_knowledge.md": _own(known)}


def _project() -> str:
    blocks = [
        "# mlpm.yaml",
        "The project, beside the notebook: plain YAML for people and `git diff`. `%ml_lifecycle start NAME` "
        "creates it, nothing else does. It holds answers, reasons and numbers, never a value of your data. "
        "It is written whole or not at all; comments are kept; a file from a newer version is refused.",
        "## For example",
        listing(_sample(), "yaml"),
        "## What it can hold",
        *(_struct(kind) for kind in _reached(State)),
    ]
    return "\n\n".join(blocks) + "\n"


def _sample() -> str:
    """A real file, just begun."""
    with tempfile.TemporaryDirectory() as folder, mock.patch.dict(os.environ, {"MLPM_USER": "you"}):
        project = start_project("Keep our customers", folder)
        project.done("clarify_problem", note="Support and sales agree on one sentence")
        return Path(folder, "mlpm.yaml").read_text("utf-8")


def _own(known: Knowledge) -> str:
    kinds = {field.name: typing.get_args(field.type)[1] for field in msgspec.structs.fields(Knowledge)}
    blocks = [
        f"# {OWN_FOLDER}/*.yaml",
        "A team's own knowledge, beside the notebook, in the form of the package's own. A file is a mapping "
        "from a kind to a list of entries. An entry with a new id is added; one with an id of the "
        "package's takes its place, whole. A field that is not known, or a reference to nothing, is named "
        "with its place.",
        *(_kind(known, name, kind) for name, kind in kinds.items()),
    ]
    return "\n\n".join(blocks) + "\n"


def _kind(known: Knowledge, name: str, kind: type[msgspec.Struct]) -> str:
    inner = [_struct(part, 3, name) for part in _reached(kind)[1:]]
    parts = [f"({anchor('own', name)})=\n## {name}", prose(kind.__doc__ or ""), _fields(kind)]
    example = next(iter(getattr(known, name).values()), None)
    if example is not None:
        plain = {
            key: value
            for key, value in msgspec.to_builtins(example).items()
            if value not in ("", [], {}, None)
        }
        dumped = yaml.safe_dump({name: [plain]}, sort_keys=False, allow_unicode=True, width=76)
        parts += ["For example, from the package:", listing(dumped, "yaml")]
    return "\n\n".join([*parts, *inner])


def _struct(kind: type[msgspec.Struct], level: int = 3, within: str = "") -> str:
    title = f"{kind.__name__}, in {within}" if within else _called(kind)
    return f"{'#' * level} {title}\n\n{prose(kind.__doc__ or '')}\n\n{_fields(kind)}"


def _called(kind: type[msgspec.Struct]) -> str:
    return "The file" if kind is State else kind.__name__


def _fields(kind: type[msgspec.Struct]) -> str:
    rows = [
        (f"`{field.encode_name}`", _worded(field.type), "must be there" if field.required else "")
        for field in msgspec.structs.fields(kind)
    ]
    return table(("key", "holds", ""), rows)


def _worded(kind: Any) -> str:
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Literal:
        return "one of " + ", ".join(f"`{value}`" for value in inner)
    if origin in (typing.Union, UnionType):
        return " or ".join(_worded(part) for part in inner if part is not type(None))
    if origin in (tuple, list):
        return f"a list of {_worded(inner[0])}"
    if origin is dict:
        return f"a mapping: {_worded(inner[0])} to {_worded(inner[1])}"
    plain = {str: "text", int: "a whole number", float: "a number", bool: "yes or no", Any: "anything"}
    return plain.get(kind, f"`{getattr(kind, '__name__', kind)}`")


def _reached(kind: type[msgspec.Struct]) -> list[type[msgspec.Struct]]:
    """A type and every type inside of it, each once."""
    found = [kind]
    for at in found:
        for field in msgspec.structs.fields(at):
            found += [inner for inner in _inside(field.type) if inner not in found]
    return list(dict.fromkeys(found))


def _inside(kind: Any) -> Iterator[type[msgspec.Struct]]:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield kind
    for inner in typing.get_args(kind):
        yield from _inside(inner)
