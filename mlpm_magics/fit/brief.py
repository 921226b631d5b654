"""What the PM said: a brief from a mapping, YAML text, a file or a plain sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from mlpm_magics.catalogue import find, knowledge
from mlpm_magics.documents import Document, read_yaml
from mlpm_magics.errors import InvalidValueError, UnknownNameError, WrongTypeError, shown
from mlpm_magics.results import Reply

_YES = {"yes", "y", "true", "ja", "oui", "si", "1"}
_NO = {"no", "n", "false", "nein", "non", "0"}
_UNKNOWN = {"unknown", "?", "don't know", "dont know", "do not know", "not sure", "unsure"}


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """A problem as its PM describes it.

    `answers` maps criterion ids to what was stated, or agreed where several people answer; `answers_by` maps
    each person to their own; `confirmed` maps criterion ids to the reason for which a stated answer
    stands although the data denies it.
    """

    statement: str = ""
    problem_type: str = ""
    decision: str = ""
    goal: str = ""
    answers: dict[str, Reply] = {}
    answers_by: dict[str, dict[str, Reply]] = {}
    confirmed: dict[str, str] = {}
    notes: str = ""

    @property
    def words(self) -> str:
        """Everything said in prose."""
        return " ".join(part for part in (self.statement, self.decision, self.goal, self.notes) if part)


KEYS = tuple(field.name for field in msgspec.structs.fields(Brief))


def read_brief(given: object) -> Brief:
    """A brief from whatever the user has.

    Args:
        given: a mapping with the keys of `Brief`; YAML text of one; the path of a YAML file; or a sentence.

    Raises:
        InvalidValueError, UnknownNameError, WrongTypeError: one line each, naming the key and its line.

    Example:
        >>> read_brief("answers: {complex_logic: yes}").answers
        {'complex_logic': 'yes'}
    """
    if isinstance(given, Brief):
        return given
    if isinstance(given, Path) or (isinstance(given, str) and _names_a_file(given)):
        return _from_mapping(_read_file(Path(given)), Path(given).name)
    if isinstance(given, str):
        if _is_yaml(given):
            return _from_mapping(read_yaml(given, "brief"), "brief")
        return Brief(statement=" ".join(given.split()))
    if isinstance(given, Mapping):
        return _from_mapping(given, "brief")
    raise WrongTypeError(
        f"a brief is a sentence, YAML or a mapping, not {type(given).__name__}", where="brief"
    )


def read_answer(value: object, where: str) -> Reply:
    """`yes`, `no` or `unknown` from what people type; YAML and Python booleans count.

    Raises:
        InvalidValueError: for anything else.
    """
    word = str(value).strip().lower() if value is not None else "unknown"
    if word in _YES:
        return "yes"
    if word in _NO:
        return "no"
    if word in _UNKNOWN:
        return "unknown"
    raise InvalidValueError(
        f"{shown(value, 40)!r} is not an answer", where=where, allowed=("yes", "no", "unknown")
    )


def _names_a_file(text: str) -> bool:
    return bool(re.fullmatch(r"[^\n]+\.ya?ml", text.strip()))


def _read_file(path: Path) -> Document:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:  # ValueError: no UTF-8 text, or no name that a file can have
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise InvalidValueError(f"cannot be read ({reason})", where=shown(path)) from None
    return read_yaml(text, path.name)


def _is_yaml(text: str) -> bool:
    first = next(
        (line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")), ""
    )
    key = re.match(r"\s*['\"]?([\w-]+)['\"]?\s*:(\s|$)", first)
    return bool(key) and ("\n" in text.strip() or key[1].lower() in KEYS)  # type: ignore[index]


def _from_mapping(given: Mapping[Any, object], where: str) -> Brief:
    fields: dict[str, object] = {}
    for key, value in given.items():
        if key not in KEYS:
            raise UnknownNameError(
                f"{shown(key, 40)!r} is not a key of a brief",
                where=_place(given, key, where),
                given=key,
                allowed=KEYS,
            )
        if value is None or value == "":
            continue
        place = _place(given, key, where)
        match key:
            case "answers":
                fields["answers"] = _read_answers(value, where, place)
            case "answers_by":
                fields["answers_by"] = _read_people(value, where, place)
            case "confirmed":
                fields["confirmed"] = _read_confirmed(value, where, place)
            case "problem_type":
                find(knowledge().problem_types, str(value), "problem type", place)
                fields[key] = str(value)
            case _:
                fields[str(key)] = _read_prose(value, place)
    return msgspec.convert(fields, Brief)


def _read_answers(given: object, where: str, place: str) -> dict[str, Reply]:
    if not isinstance(given, Mapping):
        raise InvalidValueError("answers should be lines of 'criterion: yes, no or unknown'", where=place)
    answers: dict[str, Reply] = {}
    for name, value in given.items():
        line = _place(given, name, where)
        find(knowledge().criteria, str(name), "criterion", line)
        answers[str(name)] = read_answer(value, f"{line}, {name}")
    return answers


def _read_people(given: object, where: str, place: str) -> dict[str, dict[str, Reply]]:
    if not isinstance(given, Mapping):
        raise InvalidValueError(
            "answers_by should be names, each with lines of 'criterion: yes'", where=place
        )
    return {
        shown(" ".join(str(who).split()), 60): _read_answers(
            {} if theirs is None else theirs, where, _place(given, who, where)
        )
        for who, theirs in given.items()
    }


def _read_confirmed(given: object, where: str, place: str) -> dict[str, str]:
    if not isinstance(given, Mapping):
        raise InvalidValueError("confirmed should be lines of 'criterion: because …'", where=place)
    reasons: dict[str, str] = {}
    for name, value in given.items():
        line = _place(given, name, where)
        find(knowledge().criteria, str(name), "criterion", line)
        reasons[str(name)] = _read_prose("" if value is None else value, line)
        if not reasons[str(name)].strip():
            raise InvalidValueError(
                "needs a reason", where=f"{line}, {name}", hint=f"Write {name}: because …"
            )
    return reasons


def _read_prose(value: object, place: str) -> str:
    if isinstance(value, Mapping):
        return " ".join(f"{key}: {text}." for key, text in value.items())
    if isinstance(value, list):
        return " ".join(str(item) for item in value)
    if isinstance(value, str | int | float):
        return " ".join(str(value).split())
    raise InvalidValueError(f"should be text, not {type(value).__name__}", where=place)


def _place(given: Mapping[Any, object], key: object, where: str) -> str:
    line = given.lines.get(str(key)) if isinstance(given, Document) else None
    return f"{where}, line {line}" if line else where
