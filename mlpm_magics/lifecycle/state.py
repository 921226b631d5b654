"""What a project file holds, as frozen values, and the one way from its text to them.

Text that is not a whole, plain project file of a known schema is refused with one line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from mlpm_magics.documents import Document, read_yaml
from mlpm_magics.errors import InvalidValueError, shown
from mlpm_magics.results import Answer, LogEntry, Readiness, Reply, Verdict

SCHEMA = 1
END = "..."
_CONFLICT = re.compile(r"^(<{7}|={7}|>{7}|\|{7})(?=\s|$)", re.MULTILINE)


class Part(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part of the file; what has its default is not written."""


class Ticked(Part, frozen=True, kw_only=True):
    """A task that was ticked, or whose tick was taken back."""

    done: Literal["yes", "no"]
    when: str = ""
    who: str = ""
    note: str = ""


class Passed(Part, frozen=True, kw_only=True):
    """A gate criterion. `on`: the fingerprint of the report it rested on when it was met or waived."""

    state: Literal["open", "met", "waived", "reopened"]
    why: str = ""
    when: str = ""
    who: str = ""
    on: str = ""


class Stated(Part, frozen=True, kw_only=True):
    """An answer of the brief; `open` where one was taken back."""

    answer: Reply | Literal["open"]
    when: str = ""
    who: str = ""


class BriefPart(Part, frozen=True, kw_only=True):
    """The brief as last recorded. An answer written by hand may be the bare word."""

    statement: str = ""
    problem_type: str = ""
    decision: str = ""
    goal: str = ""
    answers: dict[str, Reply | Stated] = {}
    answers_by: dict[str, dict[str, Reply]] = {}
    confirmed: dict[str, str] = {}
    notes: str = ""


class FitPart(Part, frozen=True, kw_only=True):
    """The last verdict, and the digest of the statement and the stated answers it was given on."""

    verdict: Verdict
    digest: str
    when: str = ""
    who: str = ""


class SaidPart(Part, frozen=True, kw_only=True):
    """What a person answered to a data question."""

    answer: Reply
    because: str = ""
    when: str = ""
    who: str = ""


class DataPart(Part, frozen=True, kw_only=True):
    """The last profile: answers to the data questions, what people said, the fingerprint of the data."""

    table: str
    rows: int
    verdict: Readiness
    fingerprint: str
    answers: dict[str, Answer]
    said: dict[str, SaidPart] = {}
    when: str = ""
    who: str = ""


class MeasuredAnswer(Part, frozen=True, kw_only=True):
    """A criterion that a table answered, and the sentence that says why."""

    answer: Reply
    text: str


class EvidencePart(Part, frozen=True, kw_only=True):
    """The last measurement of the criteria on a table."""

    table: str
    target: str
    rows: int
    answers: dict[str, MeasuredAnswer]
    when: str = ""
    who: str = ""


class DesignPart(Part, frozen=True, kw_only=True):
    """The last check of a design: what breaks in it, and the digest of the design."""

    name: str
    verdict: Literal["holds", "broken", "undecided"]
    digest: str
    faults: int
    broken: tuple[str, ...] = ()
    when: str = ""
    who: str = ""


class State(Part, frozen=True, kw_only=True):
    """A whole project file."""

    schema: int
    name: str
    phase: str
    brief: BriefPart = BriefPart()
    fit: FitPart | None = None
    data: DataPart | None = None
    evidence: EvidencePart | None = None
    design: DesignPart | None = None
    tasks: dict[str, Ticked] = {}
    gates: dict[str, Passed] = {}
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
        raise _misfit(str(error), document, where) from None


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


def _misfit(message: str, document: Document, where: str) -> InvalidValueError:
    """What does not fit, in words, with the line of the innermost key that is known."""
    problem, _, path = message.partition(" - at `")
    line, inner, names = 0, document, []
    for step in re.findall(r"\.(\w+)|\[(\d+)\]", path):
        key: Any = step[0] or int(step[1])
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
    return InvalidValueError(f"{shown(what, 80)}{problem[:1].lower()}{shown(problem[1:], 160)}", where=place)
