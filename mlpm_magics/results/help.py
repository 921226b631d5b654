"""A page of help."""

from __future__ import annotations

from typing import ClassVar

from mlpm_magics.results.report import Report, Value


class HelpPart(Value, frozen=True, kw_only=True):
    """One explanation: paragraphs, labelled facts, and things to type with what they are for."""

    kind: str
    title: str
    text: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    to_type: tuple[tuple[str, str], ...] = ()
    source: str = ""


class HelpPage(Report, frozen=True, kw_only=True):
    """What `%ml_help` shows: the map, or everything known under one name."""

    view: ClassVar[str] = "help"
    schema: ClassVar[str] = "mlpm/help"

    title: str
    parts: tuple[HelpPart, ...]
