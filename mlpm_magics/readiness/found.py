"""What a check hands back, the examples it carries, and how numbers are worded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mlpm_magics.evidence.columns import CannotTellError, Limits
from mlpm_magics.results import Severity
from mlpm_magics.table.words import named, number, of, percent, plural, span

__all__ = [
    "CannotTellError",
    "Example",
    "Found",
    "Limits",
    "named",
    "number",
    "of",
    "percent",
    "plural",
    "span",
]


@dataclass(frozen=True)
class Found:
    """One thing found.

    Attributes:
        columns: display names of the columns it is about.
        severity: how bad it is.
        message: what was found, with numbers; column names in backticks.
        action: what to do.
        evidence: the numbers.
        weight: 0 to 1; what is worse comes first among findings of one severity.
    """

    columns: tuple[str, ...]
    severity: Severity
    message: str
    action: str
    evidence: Mapping[str, float | int] = field(default_factory=dict)
    weight: float = 0.5


@dataclass(frozen=True)
class Example:
    """A table for a check to be tried on: the arguments of `profile`, and the columns it should name."""

    data: Any
    columns: tuple[str, ...] = ()
    arguments: Mapping[str, Any] = field(default_factory=dict)
