"""The smallest change of choices after which a property holds, nothing else breaks and the product is in use.

Facts and limits are never touched. Changes are tried one at a time, then in pairs; then everything that could
help is done at once and taken back piece by piece. A candidate is first held against the behaviours that
broke others: most fail there, and only the rest is explored.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from mlpm_magics.design.changes import ADDED, changed, looked_up, told
from mlpm_magics.design.explore import explore
from mlpm_magics.design.language import Design, Monitor
from mlpm_magics.design.properties import ON_THE_TEXT, OVER_TIME
from mlpm_magics.design.state import SEES
from mlpm_magics.design.world import World
from mlpm_magics.results import Repair

_GRID = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 75, 90, 120, 180, 250, 365)
_MOST_STATES = 150_000
_OTHERS = 3

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
        yield Option(
            "review.capacity", _near(review.capacity, (*_GRID, review.load, peak), least=review.capacity)
        )
    if fallback is not None and fallback.ready:
        yield Option("fallback.ready", _near(fallback.ready, (0, *_GRID), most=fallback.ready))
    for number, monitor in enumerate(design.monitors):
        if monitor.watch == "exposure":
            yield Option(f"monitors.{number}.at", _near(monitor.at or 0, _GRID, most=monitor.at or 0))
        else:
            yield Option(f"monitors.{number}.every", _near(monitor.every, _GRID, most=monitor.every))
        yield Option(f"monitors.{number}.after", _near(monitor.after, (0, *_GRID), most=monitor.after))
    if model.retrain:
        yield Option("model.keep", _near(model.keep, _GRID, least=model.keep))
        yield Option("model.window", _near(design.window, _GRID))
        yield Option("model.retrain", _near(model.retrain, _GRID))
    if any(feature.known == "after" for feature in design.features.values()):
        yield Option("model.shadow", (design.label.delay + 1,))
    if design.limits.correct is not None:
        appeal = design.people.appeal
        most = design.limits.correct if appeal is None else appeal
        yield Option(
            "people.appeal", _near(most, (*_GRID, design.limits.correct), most=most, itself=appeal is None)
        )


def _responses(design: Design) -> Iterator[Option]:
    for number, monitor in enumerate(design.monitors):
        if monitor.watch == "exposure":
            continue
        fitting = ["fallback", "stop", "rollback", "retrain"]
        if monitor.watch == "versions":
            fitting.insert(0, "complete")
        yield Option(f"monitors.{number}.do", tuple(do for do in fitting if do != monitor.do))


def _new_monitors(design: Design) -> Iterator[Option]:
    there = {monitor.watch for monitor in design.monitors}
    if "exposure" not in there and design.limits.exposure:
        most = max(1, design.limits.exposure - 2 * design.act.per_tick)
        yield Option(
            ADDED, (Monitor(watch="exposure", at=most, do="stop"), Monitor(watch="exposure", at=1, do="stop"))
        )
    for watch in SEES:
        if watch in there or watch == "exposure" or (watch == "explored" and not design.feedback.explore):
            continue
        responses = (
            ("complete", "fallback", "stop")
            if watch == "versions"
            else ("fallback", "stop", "retrain", "rollback")
        )
        yield Option(ADDED, tuple(Monitor(watch=watch, do=do) for do in responses))  # type: ignore[arg-type]


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


class Finder:
    """Looks for repairs of one design within a time limit.

    Args:
        design: the design.
        broken: what breaks in it now.
        seconds: how long to look for each property.
        clock: seconds that only grow; another one in tests.
    """

    def __init__(
        self,
        design: Design,
        broken: Iterable[str],
        seconds: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Keep what is asked for; nothing is explored yet."""
        self.design, self.broken = design, frozenset(broken)
        self.seconds, self.clock = seconds, clock
        self.ends = 0.0
        self.tried = 0
        self._known: dict[Design, frozenset[str] | None] = {}

    def repairs(self, name: str) -> tuple[Repair, ...]:
        """Repairs of one property, the smallest first; none when none was found in time."""
        self.ends = self.clock() + self.seconds
        every = [option for option in options(self.design)]
        singles = [((o.path, value),) for o in every for value in o.values]
        found: list[tuple[Edit, ...]] = []
        for edits in singles:
            if self._late() or len(found) > _OTHERS:
                break
            path = edits[0][0]
            if all(path != other[0][0] or path == ADDED for other in found) and self.works(edits, name):
                found.append(edits)
        if not found:
            found = list(itertools.islice(self._pairs(every, name), 1)) or list(
                self._all_at_once(every, name)
            )
        self.ends = self.clock() + self.seconds
        return tuple(self._told(edits, name) for edits in found[: 1 + _OTHERS])

    def works(self, edits: Sequence[Edit], name: str) -> bool:
        """The property holds with these changes, and nothing breaks that held before."""
        design = self.design
        for path, value in edits:
            design = changed(design, path, value)
        allowed = self.broken - {name}
        self.tried += 1
        if any(breaks(design) for n, breaks in ON_THE_TEXT.items() if n not in allowed):
            return False
        forbidden = [n for n in OVER_TIME if n not in allowed]
        search = explore(
            World(design), max_states=_MOST_STATES, stop_at=forbidden, go_on=lambda _: not self._late()
        )
        return search.complete and not set(search.broken) - allowed

    def _late(self) -> bool:
        return self.clock() > self.ends

    def _pairs(self, every: list[Option], name: str) -> Iterator[tuple[Edit, ...]]:
        """Two changes, for half of the time; of a number, its boldest value only."""
        half = self.clock() + self.seconds / 2
        bold = [((o.path, value)) for o in every for value in _bold(o)]
        for one, other in itertools.combinations(bold, 2):
            if self.clock() > half or self._late():
                return
            if (one[0] != other[0] or one[0] == ADDED) and self.works((one, other), name):
                yield (one, other)

    def _all_at_once(self, every: list[Option], name: str) -> Iterator[tuple[Edit, ...]]:
        """Everything that could help, taken back piece by piece while it still holds."""
        for response in ("fallback", "stop", "rollback"):
            edits = [edit for option in every if (edit := _strongest(option, response)) is not None]
            if self._late() or not self.works(edits, name):
                continue
            for edit in list(edits):
                fewer = [other for other in edits if other is not edit]
                if self.works(fewer, name):
                    edits = fewer
            yield tuple(edits)
            return

    def _told(self, edits: tuple[Edit, ...], name: str) -> Repair:
        edits, threshold = self._loosened(edits, name)
        changes = tuple(told(self.design, path, value) for path, value in edits)
        text = "; ".join(change.text for change in changes)
        return Repair(changes=changes, text=text[:1].upper() + text[1:] + ".", threshold=threshold)

    def _loosened(self, edits: tuple[Edit, ...], name: str) -> tuple[tuple[Edit, ...], str]:
        """Each number as near to what it was as still holds, and how far the first can go."""
        words = ""
        result = list(edits)
        for i, (path, value) in enumerate(edits):
            if path == ADDED and value.watch != "exposure":
                now, goal, of = 366, value.every, lambda n, v=value: msgspec.structs.replace(v, every=n)
            elif isinstance(value, int) and not isinstance(value, bool):
                before = looked_up(self.design, path)
                now = self.design.window if path == "model.window" and before is None else before
                if now is None:
                    continue
                goal, of = value, lambda n: n
            else:
                continue
            at = self._furthest(result, i, path, of, now, goal, name)
            result[i] = (path, of(at))
            key = "every" if path == ADDED else path.rpartition(".")[2]
            if not words:
                way = "up to" if at < now else "from"
                words = f"holds {way} {key} = {at}"
        return tuple(result), words

    def _furthest(
        self, edits: list[Edit], i: int, path: str, of: Callable[[int], Any], now: int, goal: int, name: str
    ) -> int:
        """The value nearest to `now` with which it still holds, found by halving between it and `goal`."""
        fails, holds = now, goal
        while abs(fails - holds) > 1 and not self._late():
            middle = (fails + holds) // 2
            trial = [*edits[:i], (path, of(middle)), *edits[i + 1 :]]
            if self.works(trial, name):
                holds = middle
            else:
                fails = middle
        return holds


def _bold(option: Option) -> tuple[Any, ...]:
    numbers = all(isinstance(value, int) and not isinstance(value, bool) for value in option.values)
    if not numbers:
        return option.values
    ends = {min(option.values), max(option.values)}
    return tuple(sorted(ends))


def _strongest(option: Option, response: str) -> Edit | None:
    """The value of an option that could help most; None for what helps only by chance."""
    path, values = option.path, option.values
    key = path.rpartition(".")[2]
    if path == ADDED:
        fitting = [
            monitor
            for monitor in values
            if monitor.do in (response, "complete") or monitor.watch == "exposure"
        ]
        return (
            (ADDED, fitting[-1] if fitting and fitting[0].watch == "exposure" else fitting[0])
            if fitting
            else None
        )
    if key == "do":
        return (path, response) if response in values else None
    if key in ("retrain", "window"):
        return None
    if key in ("keep", "capacity"):
        return (path, max(values))
    if key in ("every", "after", "ready", "at", "appeal"):
        return (path, min(values))
    return (path, values[-1])
