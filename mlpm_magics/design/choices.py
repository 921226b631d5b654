"""What could be chosen differently in a design: its choices with other values, the least change first.

Facts about the world and limits of the PM are not among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from mlpm_magics.design.changes import ADDED
from mlpm_magics.design.language import Design, Do, Monitor
from mlpm_magics.design.state import SEES

GRID = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 75, 90, 120, 180, 250, 365)
_RESPONSES: tuple[Do, ...] = ("fallback", "stop", "retrain", "rollback")
_COMPLETE: tuple[Do, ...] = ("complete", "fallback", "stop")

Edit = tuple[str, Any]
"""A path and its new value."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice that could be different: the values it could take, the least change first."""

    path: str
    values: tuple[Any, ...]


def options(design: Design) -> list[Option]:
    """Every choice of a design and what else it could be, what changes least first."""
    found = [*_switches(design), *_numbers(design), *_responses(design), *_new_monitors(design)]
    return [option for option in found if option.values]


def _switches(design: Design) -> Iterator[Option]:
    for name, source in design.sources.items():
        if not source.checked and "." not in name:
            yield Option(f"sources.{name}.checked", (True,))
        if source.open and not source.moderated and "." not in name:
            yield Option(f"sources.{name}.moderated", (True,))
    model, people = design.model, design.people
    if not design.label.wait and design.label.delay:
        yield Option("label.wait", (True,))
    if model.gate != "golden" and model.retrain:
        yield Option("model.gate", ("golden",))
    if model.rollout == "unverified":
        yield Option("model.rollout", ("verified",))
    if model.validated_on != "own":
        yield Option("model.validated_on", ("own",))
    if not design.feedback.explore:
        yield Option("feedback.explore", (True,))
    if design.act.by == "auto":
        yield Option("act.by", ("human",))
    if people.same_staff_as_review:
        yield Option("people.same_staff_as_review", (False,))
    if people.personal_data and not people.erase_from_training:
        yield Option("people.erase_from_training", (True,))
    if design.review is not None:
        ways = [way for way in ("queue", "safe_default") if way != design.review.when_full]
        yield Option("review.when_full", tuple(ways))
    if design.fallback is not None and design.fallback.needs:
        yield Option("fallback.needs", ((),))


def _numbers(design: Design) -> Iterator[Option]:
    model, review, fallback = design.model, design.review, design.fallback
    if review is not None:
        peak = max(review.load, review.peak or 0)
        more = _near(review.capacity, (*GRID, review.load, peak), least=review.capacity)
        yield Option("review.capacity", more)
    if fallback is not None and fallback.ready:
        yield Option("fallback.ready", _near(fallback.ready, (0, *GRID), most=fallback.ready))
    for number, monitor in enumerate(design.monitors):
        if monitor.watch == "exposure":
            yield Option(f"monitors.{number}.at", _near(monitor.at or 0, GRID, most=monitor.at or 0))
        else:
            yield Option(f"monitors.{number}.every", _near(monitor.every, GRID, most=monitor.every))
        yield Option(f"monitors.{number}.after", _near(monitor.after, (0, *GRID), most=monitor.after))
    if model.retrain is None:
        yield Option("model.retrain", (30, 7, 1))
    else:
        yield Option("model.keep", _near(model.keep, GRID, least=model.keep))
        yield Option("model.window", _near(design.window, GRID))
        yield Option("model.retrain", _near(model.retrain, GRID))
    if any(feature.known == "after" for feature in design.features.values()):
        yield Option("model.shadow", (design.label.delay + 1,))
    if design.limits.correct is not None:
        appeal = design.people.appeal
        most = design.limits.correct if appeal is None else appeal
        sooner = _near(most, (*GRID, design.limits.correct), most=most, itself=appeal is None)
        yield Option("people.appeal", sooner)


def _responses(design: Design) -> Iterator[Option]:
    for number, monitor in enumerate(design.monitors):
        if monitor.watch == "exposure":
            continue
        fitting = (*_COMPLETE, "rollback") if monitor.watch == "versions" else _RESPONSES
        yield Option(f"monitors.{number}.do", tuple(do for do in fitting if do != monitor.do))


def _new_monitors(design: Design) -> Iterator[Option]:
    there = {monitor.watch for monitor in design.monitors}
    if "exposure" not in there and design.limits.exposure:
        most = max(1, design.limits.exposure - 2 * design.act.per_tick)
        yield Option(ADDED, tuple(Monitor(watch="exposure", at=at, do="stop") for at in (most, 1)))
    for watch in SEES:
        if watch in there or watch == "exposure":
            continue
        responses = _COMPLETE if watch == "versions" else _RESPONSES
        yield Option(ADDED, tuple(Monitor(watch=watch, do=do) for do in responses))


def _near(
    now: int, grid: Iterable[int], *, least: int | None = None, most: int | None = None, itself: bool = False
) -> tuple[int, ...]:
    """Other values, the nearest first."""
    fitting = {
        value
        for value in grid
        if (value != now or itself) and (least is None or value >= least) and (most is None or value <= most)
    }
    return tuple(sorted(fitting, key=lambda value: abs(value - now)))


def boldest(option: Option) -> tuple[Any, ...]:
    """The values of an option that change most: both ends of a number, everything else."""
    numbers = all(isinstance(value, int) and not isinstance(value, bool) for value in option.values)
    return tuple(sorted({min(option.values), max(option.values)})) if numbers else option.values


def strongest(option: Option, response: Do) -> Edit | None:
    """The value of an option that could help most; None for what helps only by chance."""
    path, values = option.path, option.values
    key = path.rpartition(".")[2]
    if path == ADDED:
        if values[0].watch == "exposure":
            return (ADDED, values[-1])
        return next(((ADDED, monitor) for monitor in values if monitor.do in (response, "complete")), None)
    if key == "do":
        return (path, response) if response in values else None
    if key in ("retrain", "window"):
        return None
    if key in ("keep", "capacity"):
        return (path, max(values))
    if key in ("every", "after", "ready", "at", "appeal"):
        return (path, min(values))
    return (path, values[-1])


def boldly(every: list[Option], response: Do) -> list[Edit]:
    """Everything that could help at once."""
    return [edit for option in every if (edit := strongest(option, response)) is not None]


def place(edit: Edit) -> str:
    """What an edit touches; two edits of one place are two ways to do the same."""
    path, value = edit
    return f"{path} {value.watch}" if path == ADDED else path
