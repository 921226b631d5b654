"""A design from YAML text, a file or a mapping; what it cannot be is said in one clear line."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from mlpm_magics.catalogue import knowledge
from mlpm_magics.design.events import COSTED
from mlpm_magics.design.language import Design, Part
from mlpm_magics.documents import read_yaml
from mlpm_magics.errors import InvalidValueError, UnknownNameError, WrongTypeError, shown

_WORDS = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}


def mapping_of(design: object, where: str = "design") -> Mapping[str, Any]:
    """What was written, as a mapping.

    Args:
        design: a mapping, YAML text (more than one line, or with a colon), or a path to a YAML file.
        where: how to call it in an error.

    Raises:
        InvalidValueError: no such file, no YAML, or nothing in it.
        WrongTypeError: when it is none of the above.
    """
    if isinstance(design, Design):
        return design.written()
    if isinstance(design, Path) or (isinstance(design, str) and "\n" not in design and ":" not in design):
        try:
            text = Path(design).read_text("utf-8", "replace")
        except (OSError, ValueError):  # not there, not readable, or no name that a file can have
            raise InvalidValueError(
                f"there is no file {shown(design)!r}", where=where, hint="Give YAML text, a mapping or a path"
            ) from None
        design = read_yaml(text, where)
    elif isinstance(design, str):
        design = read_yaml(design, where)
    if not isinstance(design, Mapping):
        raise WrongTypeError(
            f"should be YAML text, a mapping or a path, not {type(design).__name__}", where=where
        )
    if not design:
        raise InvalidValueError("is empty", where=where, hint="Start from %%ml_design --template NAME")
    return design


def read_design(given: Mapping[str, Any], where: str = "design") -> Design:
    """The design that a mapping holds, with its defaults.

    Raises:
        InvalidValueError: a value of the wrong kind, with its line and what is allowed.
        UnknownNameError: a key, source or event that there is not, with the nearest.
    """
    whole: Design = _part(given, Design, where, "")
    _together(whole, where)
    return whole


def _part(given: Mapping[str, Any], kind: type[Part], where: str, path: str) -> Any:
    """A part of the design from its keys."""
    lines = getattr(given, "lines", {})
    base = where.partition(", line ")[0]
    hints = typing.get_type_hints(kind, include_extras=True)
    names = {field.encode_name: field.name for field in msgspec.structs.fields(kind)}
    values = {}
    for key, value in given.items():
        place = f"{base}, line {lines[key]}" if key in lines else where
        if key not in names:
            inside = f" in {path}" if path else ""
            raise UnknownNameError(
                f"there is no key {shown(key)!r}{inside}", where=place, given=key, allowed=names
            )
        dotted = f"{path}.{key}" if path else key
        values[names[key]] = _value(value, hints[names[key]], place, dotted)
    missing = [field.encode_name for field in msgspec.structs.fields(kind) if field.required]
    for key in missing:
        if names[key] not in values:
            raise InvalidValueError(f"{path} needs {key!r}", where=where, allowed=_choices(hints[names[key]]))
    return kind(**values)


def _choices(hint: Any) -> tuple[str, ...]:
    return tuple(str(word) for word in typing.get_args(hint)) if typing.get_origin(hint) is Literal else ()


def _value(value: Any, hint: Any, where: str, path: str) -> Any:
    """A value of the kind that its key takes."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        if value is None or (isinstance(value, str) and value.strip() == "never"):
            return None
        return _value(value, inner[0], where, path)
    if isinstance(hint, type) and issubclass(hint, Part):
        if value is None:
            return hint()
        if not isinstance(value, Mapping):
            raise InvalidValueError(f"{path} should hold keys, such as {{…}}", where=where)
        return _part(value, hint, where, path)
    if origin is dict:
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            raise InvalidValueError(f"{path} should hold names, each with its keys", where=where)
        return {str(key): _value(item, inner[1], where, f"{path}.{key}") for key, item in value.items()}
    if origin is tuple:
        if value is None:
            return ()
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise InvalidValueError(f"{path} should be a list, such as [a, b]", where=where)
        return tuple(_value(item, inner[0], where, f"{path}.{i}") for i, item in enumerate(value))
    return _scalar(value, hint, where, path)


def _scalar(value: Any, hint: Any, where: str, path: str) -> Any:
    if hint is bool:
        answer = value if isinstance(value, bool) else _WORDS.get(str(value).strip().lower())
        if answer is None:
            raise InvalidValueError(f"{path} should be true or false, not {shown(value)!r}", where=where)
        return answer
    if typing.get_origin(hint) is Literal:
        words = _choices(hint)
        if str(value) not in words:
            raise InvalidValueError(
                f"{path} cannot be {shown(value)!r}", where=where, given=value, allowed=words
            )
        return str(value)
    if isinstance(value, (Mapping, list, tuple)):
        raise InvalidValueError(f"{path} should be one value", where=where)
    if hint is str:
        return "" if value is None else str(value)
    try:
        return msgspec.convert(value, hint, strict=isinstance(value, bool) or value is None)
    except msgspec.ValidationError:
        bounds = next(item for item in hint.__metadata__ if isinstance(item, msgspec.Meta))
        what = f"a whole number from {bounds.ge} to {bounds.le:,}"
        raise InvalidValueError(f"{path} should be {what}, not {shown(value)!r}", where=where) from None


def _together(design: Design, where: str) -> None:
    """What the keys say of each other."""
    named: list[tuple[str, tuple[str, ...]]] = [
        (f"features.{n}.from", (f.from_,)) for n, f in design.features.items() if f.from_
    ]
    named += [(f"sources.{n}.depends_on", (s.depends_on,)) for n, s in design.sources.items() if s.depends_on]
    named += [(f"monitors.{i}.needs", m.needs) for i, m in enumerate(design.monitors)]
    named += [(f"monitors.{i}.of", (m.of,)) for i, m in enumerate(design.monitors) if m.of]
    named += [("fallback.needs", design.fallback.needs)] if design.fallback else []
    for path, names in named:
        for name in names:
            if name not in design.sources:
                raise UnknownNameError(
                    f"{path}: no source is called {shown(name)!r}",
                    where=where,
                    given=name,
                    allowed=design.sources,
                )
    for name, source in design.sources.items():
        chain, at = [name], source.depends_on
        while at and at not in chain:
            chain.append(at)
            at = design.sources[at].depends_on
        if at:
            raise InvalidValueError(
                f"sources.{shown(name, 40)}.depends_on leads back to {shown(at, 40)!r}", where=where
            )
    for event in design.world.events or ():
        if event not in COSTED:
            raise UnknownNameError(
                f"world.events: there is no event {shown(event)!r}", where=where, given=event, allowed=COSTED
            )
    for i, monitor in enumerate(design.monitors):
        if monitor.watch == "exposure" and monitor.at is None:
            raise InvalidValueError(
                f"monitors.{i} watches exposure and needs 'at'",
                where=where,
                hint="For example {watch: exposure, at: 10}",
            )
    review = design.review
    if review and review.peak is not None and review.peak < review.load:
        raise InvalidValueError("review.peak is below review.load", where=where)


def assumed(given: Mapping[str, Any], design: Design) -> tuple[str, ...]:
    """The defaults that were taken, in words; only those that a verdict can hang on."""
    found: list[str] = []
    for key in knowledge().design_keys.values():
        if not key.assumed:
            continue
        top, _, rest = key.id.partition(".")
        part = given.get(top)
        if top == "monitors" and rest:
            unsaid = bool(design.monitors) and not any(m.watch == rest for m in design.monitors)
        elif top == "sources" and rest:
            lacking = [name for name, source in (part or {}).items() if rest not in (source or {})]
            found.extend(key.assumed.format(name=shown(name, 40)) for name in lacking)
            continue
        elif top == "fallback":
            unsaid = part is None and any(m.do in ("fallback", "rollback") for m in design.monitors)
        else:
            unsaid = rest not in (part or {}) if rest else part is None
        if unsaid:
            found.append(key.assumed)
    return tuple(found)
