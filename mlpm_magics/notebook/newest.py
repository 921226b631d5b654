"""The newest report of each kind in the user's variables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from mlpm_magics.results import Report

T = TypeVar("T", bound="Report")


def newest(kind: type[T], names: Mapping[str, object]) -> tuple[str, T] | None:
    """The report of this kind that was made last, by any of its names; None where there is none.

    A result that was only shown counts, too: IPython keeps it as `_3`; a name that somebody gave it is said
    rather than that one.
    """
    from mlpm_magics.results.report import made_as  # not before it is needed: loading stays light

    found = [
        (made_as(value), not name.startswith("_"), name, value)
        for name, value in list(names.items())
        if type(value) is kind and (not name.startswith("_") or name[1:].isdigit())
    ]
    if not found:
        return None
    *_, name, report = max(found, key=lambda one: one[:2])
    return name, report
