"""What a project file holds, as frozen values, and the one way from its text to them.

Text that is not a whole, plain project file of a known schema is refused with one line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from mlpm_magics.documents import Document, misfit_in_words, read_yaml
from mlpm_magics.errors import InvalidValueError, shown
from mlpm_magics.lifecycle.parts.baseline import BaselinePart, Looked
from mlpm_magics.lifecycle.parts.data import DataPart
from mlpm_magics.lifecycle.parts.design import DesignPart
from mlpm_magics.lifecycle.parts.features import FeaturesPart
from mlpm_magics.lifecycle.parts.fit import BriefPart, EvidencePart, FitPart
from mlpm_magics.lifecycle.parts.part import Part
from mlpm_magics.lifecycle.parts.people import HazardPart, Named, TestedPart, Words
from mlpm_magics.lifecycle.parts.steps import Passed, Ticked
from mlpm_magics.results import LogEntry

SCHEMA = 1
END = "..."
_CONFLICT = re.compile(r"^(<{7}|={7}|>{7}|\|{7})(?=\s|$)", re.MULTILINE)


class State(Part, frozen=True, kw_only=True):
    """A whole project file. An older one lacks parts; then they have their defaults.

    `card`: the problem card, by field. `stakeholders`: what the product does to whom. `people`: who fills
    which role. `hazards`: what was decided about what can go wrong. `looks`: how
    often each hold-out was looked at, by its digest. `tests`: the ML Test Score, by test.
    """

    schema: int
    name: str
    phase: str
    brief: BriefPart = BriefPart()
    card: dict[str, Words] = msgspec.field(default_factory=dict)
    stakeholders: dict[str, Words] = msgspec.field(default_factory=dict)
    people: dict[str, Named] = msgspec.field(default_factory=dict)
    fit: FitPart | None = None
    data: DataPart | None = None
    evidence: EvidencePart | None = None
    features: FeaturesPart | None = None
    baseline: BaselinePart | None = None
    looks: dict[str, Looked] = msgspec.field(default_factory=dict)
    design: DesignPart | None = None
    hazards: dict[str, HazardPart] = msgspec.field(default_factory=dict)
    tests: dict[str, TestedPart] = msgspec.field(default_factory=dict)
    tasks: dict[str, Ticked] = msgspec.field(default_factory=dict)
    gates: dict[str, Passed] = msgspec.field(default_factory=dict)
    log: tuple[LogEntry, ...] = ()


def read_state(text: str, where: str) -> State:
    """The project in `text`.

    Args:
        text: the whole file.
        where: its name, for errors.

    Raises:
        InvalidValueError: one line with the place, for anything but a whole project file.
    """
    conflict = _CONFLICT.search(text)
    if conflict:
        line = text.count("\n", 0, conflict.start()) + 1
        raise InvalidValueError(
            "holds two versions that git could not join",
            where=f"{where}, line {line}",
            hint="Keep the lines of one side, and delete those that start with <<<<<<<, ======= and >>>>>>>",
        )
    document = read_yaml(text, where)
    _check_schema(document, where)
    if text.rstrip().rpartition("\n")[2] != END:
        raise InvalidValueError(
            f"does not end with the line {END!r}, so its end may be missing",
            where=where,
            hint="Take it back from git or a copy; if nothing is missing, add a line of three dots",
        )
    try:
        return msgspec.convert(_without_gaps(document), State, strict=False)
    except msgspec.ValidationError as error:
        raise _misfit(error, document, where) from None


def _check_schema(document: Document, where: str) -> None:
    if not document:
        raise InvalidValueError("is empty", where=where, hint="Take it back from git or a copy")
    written = document.get("schema")
    if not isinstance(written, str) or not re.fullmatch(r"\d{1,9}", written, re.ASCII):
        raise InvalidValueError(
            "is not a project file of mlpm_magics: it has no line 'schema: 1'", where=where
        )
    if int(written) > SCHEMA:
        raise InvalidValueError(
            f"was written by a newer version (schema {int(written)}, this one reads {SCHEMA})",
            where=where,
            hint="Update mlpm_magics: pip install -U mlpm_magics",
        )
    if int(written) < 1:
        raise InvalidValueError(f"has the schema {written}, which never was", where=where)


def _without_gaps(value: Any) -> Any:
    """The same without keys whose value is empty: an empty value means the default."""
    if isinstance(value, Mapping):
        return {key: _without_gaps(item) for key, item in value.items() if item is not None}
    return value if not isinstance(value, list) else [_without_gaps(item) for item in value]


def _misfit(error: Exception, document: Document, where: str) -> InvalidValueError:
    """What does not fit, in words, with the line of the innermost key that is known."""
    problem, path = misfit_in_words(error)
    line, inner, names = 0, document, []
    for name, number, any_key in re.findall(r"\.(\w+)|\[(\d+)\]|(\[\.\.\.\])", path):
        key: Any = _culprit(str(error), document, inner) if any_key else name or int(number)
        names.append(str(key))
        if isinstance(inner, Document):
            line = inner.lines.get(key, line)
        try:
            inner = inner[key]
        except (LookupError, TypeError):
            break
    if not isinstance(inner, Document) or line == 0:
        place = f"{where}, line {line}" if line else where
    else:
        place = f"{where}, line {min([*inner.lines.values(), line + 1])}"
    what = f"{'.'.join(names)}: " if names else ""
    return InvalidValueError(f"{shown(what, 80)}{shown(problem, 160)}", where=place)


def _culprit(message: str, document: Document, inner: Any) -> str:
    """The key of a mapping without fixed keys that the message is about: alone in it, it fails the same."""
    if not isinstance(inner, Document):
        return ""
    entries = dict(inner)
    for key, value in entries.items():
        inner.clear()
        inner[key] = value
        try:
            msgspec.convert(_without_gaps(document), State, strict=False)
        except msgspec.ValidationError as error:
            if str(error) == message:
                return key
        finally:
            inner.clear()
            inner.update(entries)
    return ""
