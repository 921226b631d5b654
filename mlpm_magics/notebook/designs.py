"""A design by the name that was typed: the result of a check, YAML or a mapping in a variable, or a file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from mlpm_magics.errors import InvalidValueError, UnknownNameError, WrongTypeError, shown


def design_names(names: Mapping[str, object]) -> list[str]:
    """The variables that hold the check of a design."""
    from mlpm_magics.results import DesignCheck

    return [
        name for name, value in names.items() if isinstance(value, DesignCheck) and not name.startswith("_")
    ]


def find_design(typed: str | None, names: Mapping[str, object]) -> tuple[object, str]:
    """The design and its name.

    Args:
        typed: a variable, or a path that ends in `.yaml` or `.yml`; None for the only design there is.
        names: the variables there are.

    Raises:
        UnknownNameError: no such design, with the nearest.
        InvalidValueError: none was typed, and there is none or more than one; or no such file.
        WrongTypeError: a variable of another kind.
    """
    from mlpm_magics.results import DesignCheck

    there = design_names(names)
    if typed is None:
        if len({id(names[name]) for name in there}) != 1:
            raise InvalidValueError(
                "which design?" if there else "there is no design yet",
                allowed=there,
                hint="" if there else "Start with %ml_design --template fraud_screen",
            )
        typed = there[0]
    if typed.endswith((".yaml", ".yml")):
        path = Path(os.path.expanduser(typed))
        if not os.path.isfile(path):  # unlike Path's, it takes any name
            raise InvalidValueError(f"there is no file {shown(typed)!r}")
        return path, path.stem
    if typed not in names:
        hint = "" if there else "Start with %ml_design --template fraud_screen"
        raise UnknownNameError(f"no design is called {shown(typed)!r}", given=typed, allowed=there, hint=hint)
    value = names[typed]
    if isinstance(value, DesignCheck):
        return value.design, typed
    if isinstance(value, (Mapping, str)):
        return value, typed
    raise WrongTypeError(f"{shown(typed)!r} is no design but {type(value).__name__}")


def changes_of(words: Iterable[str], name: str) -> dict[str, str]:
    """Changes that were typed as KEY=VALUE.

    Raises:
        InvalidValueError: for a word that is none.
    """
    changes = {}
    for word in words:
        key, equals, value = word.partition("=")
        if not equals or not key or not value:
            raise InvalidValueError(
                f"{shown(word)!r} is no change", hint=f"For example %ml_whatif {name} model.keep=8"
            )
        changes[key] = value
    return changes
