"""A design with one key changed, and how far that number can go before something turns."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Mapping

import msgspec

from mlpm_magics.catalogue import knowledge
from mlpm_magics.design.changes import changed, looked_up, with_typed
from mlpm_magics.design.check import check_design
from mlpm_magics.design.choices import GRID
from mlpm_magics.design.explore import explore
from mlpm_magics.design.language import Design
from mlpm_magics.design.properties import ON_THE_TEXT
from mlpm_magics.design.read import mapping_of, read_design
from mlpm_magics.design.world import World
from mlpm_magics.errors import InvalidValueError
from mlpm_magics.results import Change, DesignCheck, Turn

_MOST_STATES = 100_000
_SECONDS = 3.0


def what_if(
    design: object,
    changes: Mapping[str, object],
    *,
    faults: int | None = None,
    name: str = "",
    clock: Callable[[], float] = time.monotonic,
) -> DesignCheck:
    """Check a design with some keys changed, and where the last number changed turns a property.

    Args:
        design: as for `check_design`; also a `DesignCheck`, whose design is taken.
        changes: dotted keys and their new values, e.g. `{"model.keep": 8, "monitors.inputs.every": 2}`.
        faults: as for `check_design`.
        name: how to call the design.
        clock: seconds that only grow; another one in tests.

    Raises:
        UnknownNameError, InvalidValueError: a key or value that cannot be.

    Example:
        >>> base = {"label": {"delay": 3}, "model": {"retrain": 7}}
        >>> what_if(base, {"label.wait": "true"}).properties["immature_labels"]
        'holds'
    """
    if not changes:
        raise InvalidValueError("what should be changed?", where=name, hint="For example model.keep=8")
    given = design.design if isinstance(design, DesignCheck) else mapping_of(design, name or "design")
    before = read_design(given, name or "design")
    after = given
    for path, value in changes.items():
        typed = ("true" if value else "false") if isinstance(value, bool) else str(value)
        after = with_typed(after, path, typed, name or "design")
    read = read_design(after, name or "design")
    told = tuple(
        Change(field=path, before=_word(before, _path(before, path)), after=_word(read, _path(read, path)))
        for path in changes
    )
    last = _path(read, list(changes)[-1])
    turns: tuple[Turn, ...] = ()
    check = check_design(after, faults=faults, name=name, changes=told)
    with contextlib.suppress(KeyboardInterrupt):
        turns = () if check.interrupted else _turns(read, last, clock)
    return msgspec.structs.replace(check, flips=turns)


def _path(design: Design, path: str) -> str:
    """A path with monitors by number."""
    steps = path.split(".")
    if steps[0] == "monitors" and not steps[1].isdecimal():
        watched = [monitor.watch for monitor in design.monitors]
        steps[1] = str(watched.index(steps[1]))  # type: ignore[arg-type]
    return ".".join(steps)


def _word(design: Design, path: str) -> str:
    try:
        value = looked_up(design, path)
    except (KeyError, IndexError):
        value = None
    if isinstance(value, bool):
        return "true" if value else "false"
    return "never" if value is None else str(value)


def _turns(design: Design, path: str, clock: Callable[[], float]) -> tuple[Turn, ...]:
    """The nearest values, on both sides, at which a property turns."""
    now = looked_up(design, path)
    if not isinstance(now, int) or isinstance(now, bool):
        return ()
    ends = clock() + _SECONDS
    known: dict[int, frozenset[str] | None] = {}

    def broken(value: int) -> frozenset[str] | None:
        if value not in known:
            known[value] = None if clock() > ends else _broken(design, path, value)
        return known[value]

    here = broken(now)
    found: list[Turn] = []
    for side in (
        sorted((g for g in (0, *GRID) if g < now), reverse=True),
        [g for g in (0, *GRID) if g > now],
    ):
        near = now
        for value in side:
            there = broken(value)
            if here is None or there is None:
                break
            if there == here:
                near = value
                continue
            at, then = _between(broken, near, value, here)
            found += [
                Turn(
                    field=path,
                    property=name,
                    now=str(now),
                    value=str(at),
                    becomes="broken" if name in then else "holds",
                )
                for name in knowledge().design_properties
                if name in then ^ here
            ]
            break
    return tuple(found)


def _between(
    broken: Callable[[int], frozenset[str] | None], near: int, far: int, here: frozenset[str]
) -> tuple[int, frozenset[str]]:
    """The value nearest to `near` at which something else breaks than `here`."""
    then = broken(far)
    while abs(far - near) > 1:
        middle = (near + far) // 2
        there = broken(middle)
        if there is None:
            break
        if there == here:
            near = middle
        else:
            far, then = middle, there
    return far, then if then is not None else here


def _broken(design: Design, path: str, value: int) -> frozenset[str] | None:
    """What breaks with this value; None where that cannot be told, or the value cannot be."""
    trial = changed(design, path, value)
    try:
        trial = read_design(trial.written())
    except InvalidValueError:
        return None
    search = explore(World(trial), max_states=_MOST_STATES)
    if not search.complete:
        return None
    return frozenset(search.broken) | {name for name, breaks in ON_THE_TEXT.items() if breaks(trial)}
