"""The newest report of each kind in the user's variables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

T = TypeVar("T")


def newest(kind: type[T], names: Mapping[str, object]) -> tuple[str, T] | None:
    """The variable that was set last to a report of this kind, and the report; None where there is none.

    A result that was only shown counts, too: IPython keeps it as `_3`. Names of variables keep the order in
    which they were first set, so a name that was set again counts as old as it first was.
    """
    found = None
    for name, value in list(names.items()):
        if type(value) is kind and (not name.startswith("_") or name[1:].isdigit()):
            found = (name, value)
    return found
