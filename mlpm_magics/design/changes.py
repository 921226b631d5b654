"""One key of a design, changed: by a dotted path as a PM types it, or as a step of a repair."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from mlpm_magics.design.language import Design, Fallback, Monitor, Part, Review
from mlpm_magics.errors import InvalidValueError, UnknownNameError, shown
from mlpm_magics.results import Change

ADDED = "monitors.+"
"""The path of a monitor that is added."""

_SINGLE = tuple(name for name in Design.__struct_fields__ if name not in ("sources", "features", "monitors"))
_OPTIONAL: dict[str, Part] = {"review": Review(), "fallback": Fallback()}


def changed(design: Design, path: str, value: Any) -> Design:
    """The design with the key at `path` set to `value`, which is already of its kind."""
    if path == ADDED:
        return msgspec.structs.replace(design, monitors=(*design.monitors, value))
    return _set(design, path.split("."), value)  # type: ignore[no-any-return]


def _set(part: Any, steps: list[str], value: Any) -> Any:
    step, rest = steps[0], steps[1:]
    if isinstance(part, dict):
        return {**part, step: _set(part[step], rest, value)}
    if isinstance(part, tuple):
        number = int(step)
        return (*part[:number], _set(part[number], rest, value), *part[number + 1 :])
    if not rest:
        return msgspec.structs.replace(part, **{step: value})
    inner = getattr(part, step)
    inner = _OPTIONAL[step] if inner is None else inner
    return msgspec.structs.replace(part, **{step: _set(inner, rest, value)})


def looked_up(design: Design, path: str) -> Any:
    """The value at a path; None also where an optional part is missing."""
    at: Any = design
    for step in path.split("."):
        if at is None:
            return None
        if isinstance(at, dict):
            at = at[step]
        else:
            at = at[int(step)] if isinstance(at, tuple) else getattr(at, step)
    return at


def told(design: Design, path: str, value: Any) -> Change:
    """A change in words."""
    if path == ADDED:
        keys = ", ".join(f"{key}: {_word(item)}" for key, item in monitor_keys(value).items())
        return Change(field="monitors", before="", after=f"{{{keys}}}", text=f"add the monitor {{{keys}}}")
    before = looked_up(design, path)
    name = path
    if path.startswith("monitors."):
        _, number, key = path.split(".")
        name = f"{key} of the {design.monitors[int(number)].watch} monitor"
    text = f"set {name} to {_word(value)} (now {_word(before)})"
    return Change(field=path, before=_word(before), after=_word(value), text=text)


def monitor_keys(monitor: Monitor) -> dict[str, Any]:
    """A monitor without its defaults."""
    whole: dict[str, Any] = Design(monitors=(monitor,)).written()["monitors"][0]
    return whole


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(str, value))}]"
    return "never" if value is None else str(value)


def with_typed(given: Mapping[str, Any], path: str, typed: str, where: str) -> dict[str, Any]:
    """What was written, with one key as a PM types it: `model.keep=8` or `monitors.inputs.every=2`.

    Raises:
        UnknownNameError: for a part, a source or a monitor that there is not.
        InvalidValueError: for a path that leads to no single key. Values are judged when the design is read.
    """
    steps = path.split(".")
    copy: dict[str, Any] = _copied(given)
    at: Any = copy
    for i, step in enumerate(steps[:-1]):
        if isinstance(at, list):
            at = at[_monitor_number(at, step, where)]
            continue
        if step not in at or at[step] is None:
            if i == 0 and step in _SINGLE:
                at[step] = {}
            else:
                raise UnknownNameError(
                    f"no {shown(step)!r} in {shown(path)!r}", where=where, given=step, allowed=at or _SINGLE
                )
        at = at[step]
        if not isinstance(at, (dict, list)):
            raise InvalidValueError(f"{shown(path)!r} leads to no key", where=where)
    if not isinstance(at, dict):
        raise InvalidValueError(
            f"{shown(path)!r} leads to no key",
            where=where,
            hint="For example model.keep=8 or monitors.0.every=2",
        )
    at[steps[-1]] = _list(typed) if typed.startswith("[") else typed
    return copy


def _list(typed: str) -> list[str]:
    return [word.strip() for word in typed.strip("[]").split(",") if word.strip()]


def _monitor_number(monitors: list[Any], step: str, where: str) -> int:
    names = [str(item.get("watch", "")) for item in monitors]
    if step.isdecimal() and int(step) < len(monitors):
        return int(step)
    if step in names:
        return names.index(step)
    raise UnknownNameError(
        f"no monitor {shown(step)!r}", where=where, given=step, allowed=[*map(str, range(len(names))), *names]
    )


def _copied(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _copied(item) for key, item in value.items()}
    return [_copied(item) for item in value] if isinstance(value, (list, tuple)) else value
