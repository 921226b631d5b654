"""The public names of Python, the results they give, and the errors they raise."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import msgspec
from writing import anchor, prose, table, words

import mlpm_magics
from mlpm_magics import errors, results
from mlpm_magics.catalogue import Knowledge
from mlpm_magics.lifecycle.project import Project

GROUP = "Python and files"


def pages(known: Knowledge) -> dict[str, str]:
    """Functions, results, errors."""
    return {"python.md": _functions(), "results.md": _results(), "errors.md": _errors()}


def _functions() -> str:
    names = [name for name in mlpm_magics.__all__ if inspect.isfunction(getattr(mlpm_magics, name))]
    blocks = [
        "# Python",
        "`import mlpm_magics as mlpm`; the magics are thin over these. What they return is in "
        "[Results](results.md), what they raise in [Errors](errors.md).",
    ]
    blocks += [
        f"({anchor('python', n)})=\n## {n}\n\n{_auto('autofunction', f'mlpm_magics.{n}')}" for n in names
    ]
    blocks.append("## Project\n\nWhat `open_project` and `start_project` return.")
    blocks.append(_auto("autoclass", f"{Project.__module__}.Project", ":members:"))
    return "\n\n".join(blocks) + "\n"


def _auto(directive: str, target: str, *options: str) -> str:
    lines = "\n".join(f"   {option}" for option in options)
    return f"```{{eval-rst}}\n.. {directive}:: {target}\n{lines}\n```"


def _results() -> str:
    kinds = [getattr(results, name) for name in results.__all__]
    classes = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, results.Value)]
    reports = [kind for kind in classes if issubclass(kind, results.Report) and kind is not results.Report]
    parts = [kind for kind in classes if kind not in reports and kind not in (results.Report, results.Value)]
    blocks = [
        "# Results",
        "What every function returns: frozen values. Fields are given by name and cannot be changed.",
        "## Every report",
        prose(results.Report.__doc__ or ""),
        *_methods(results.Report),
        "## Reports",
        *(_result(kind) for kind in reports),
        "## What reports are made of",
        *(_result(kind) for kind in parts),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _result(kind: type[Any]) -> str:
    rows = [(f"`{field.name}`", f"`{_type(kind, field.name)}`") for field in msgspec.structs.fields(kind)]
    blocks = [
        f"({anchor('results', kind.__name__)})=\n### {kind.__name__}",
        prose(inspect.getdoc(kind) or ""),
    ]
    if rows:
        blocks.append(table(("field", "type"), rows))
    return "\n\n".join([*blocks, *_methods(kind)])


def _type(kind: type[Any], field: str) -> str:
    written = next(
        annotated[field] for c in kind.__mro__ if field in (annotated := inspect.get_annotations(c))
    )
    return str(written).replace("|", "or")


def _methods(kind: type[Any]) -> Iterator[str]:
    for name, member in vars(kind).items():
        if not name.startswith("_") and (inspect.isfunction(member) or isinstance(member, property)):
            directive = "autoproperty" if isinstance(member, property) else "automethod"
            yield _auto(directive, f"{kind.__module__}.{kind.__qualname__}.{name}")


def _errors() -> str:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    rows = [
        (
            f"`{kind.__name__}`",
            ", ".join(f"`{base.__name__}`" for base in kind.__bases__),
            words(kind.__doc__ or ""),
        )
        for kind in kinds
    ]
    blocks = [
        "# Errors",
        words(errors.__doc__ or ""),
        "In a notebook such an error is that one line, without a traceback; in a script it is an exception. "
        "Anything else that is raised is a bug, and keeps its traceback.",
        table(("error", "is a", "when"), rows),
        "## What an error holds",
        "`.what`, `.where`, `.hint` and `.allowed` are its parts, `.message` (and `str()`) the whole line.",
        _auto("automethod", "mlpm_magics.errors.MlpmError.__init__"),
    ]
    return "\n\n".join(blocks) + "\n"
