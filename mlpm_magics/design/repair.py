"""The smallest change of choices after which a property holds, nothing else breaks and the product is in use.

Facts and limits are never touched. Changes are tried one at a time, then in pairs; then everything that could
help is done at once and taken back piece by piece. A changed design is given up at its first break.
"""

from __future__ import annotations

import functools
import itertools
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import msgspec

from mlpm_magics.design.changes import ADDED, changed, looked_up, told
from mlpm_magics.design.choices import Edit, Option, boldest, options, strongest
from mlpm_magics.design.events import Event
from mlpm_magics.design.explore import Search, explore
from mlpm_magics.design.language import Monitor
from mlpm_magics.design.properties import ON_THE_TEXT, OVER_TIME
from mlpm_magics.design.tick import step
from mlpm_magics.design.world import World
from mlpm_magics.results import Repair

_MOST_STATES = 150_000
_OTHERS = 3
_SEARCHING = 0.8
"""The share of the time for finding; the rest is for how far a number can go."""


class Finder:
    """Looks for repairs of one design within a time limit.

    Args:
        search: what was explored of the design.
        broken: what breaks in it now.
        seconds: how long to look for repairs of all its properties together.
        clock: seconds that only grow; another one in tests.
    """

    def __init__(
        self,
        search: Search,
        broken: Iterable[str],
        seconds: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Keep what is asked for; nothing is explored yet."""
        self.search, self.design, self.broken = search, search.world.design, frozenset(broken)
        self.seconds, self.clock = seconds, clock
        self.tried = 0
        self._left = len(self.broken)
        self._spent = self._ends = 0.0
        self._happened: tuple[Event | None, ...] = ()

    def repairs(self, name: str) -> tuple[Repair, ...]:
        """Repairs of one property, the smallest first; none when none was found in time."""
        begun = self.clock()
        share = (self.seconds - self._spent) / max(1, self._left)
        self._ends = begun + _SEARCHING * share
        self._happened = tuple(event for event, _ in self.search.behaviour(name)[1:])
        every = options(self.design)
        found: list[tuple[Edit, ...]] = []
        for edit in ((option.path, value) for option in every for value in option.values):
            if self._late() or len(found) > _OTHERS:
                break
            # a second way to do the same is no other way
            if all(_place(edit) != _place(other) for other, *_ in found) and self.works([edit], name):
                found.append((edit,))
        if not found:
            found = list(itertools.islice(self._pairs(every, name), 1))
        if not found:
            found = list(self._all_at_once(every, name))
        self._ends = begun + share
        repairs = tuple(self._told(edits, name) for edits in found)
        self._left -= 1
        self._spent += self.clock() - begun
        return repairs

    def works(self, edits: Sequence[Edit], name: str) -> bool:
        """The property holds with these changes, and nothing breaks that held before."""
        design = self.design
        for path, value in edits:
            design = changed(design, path, value)
        self.tried += 1
        allowed = self.broken - {name}
        if any(breaks(design) for n, breaks in ON_THE_TEXT.items() if n not in allowed):
            return False
        world = World(design)
        if name in OVER_TIME and self._breaks_alike(world, name):
            return False
        search = explore(
            world,
            max_states=_MOST_STATES,
            stop_at=[n for n in OVER_TIME if n not in allowed],
            go_on=lambda _: not self._late(),
        )
        return search.complete and not set(search.broken) - allowed

    def _breaks_alike(self, world: World, name: str) -> bool:
        """What broke the property in the design breaks it here too: the cheapest way to give up."""
        breaks = OVER_TIME[name](world)
        events = {(event.name, event.source): event for event in (*world.costed, *world.free)}
        state = world.start()
        for happened in self._happened if breaks is not None else ():
            event = None if happened is None else events.get((happened.name, happened.source))
            if happened is not None and (event is None or not event.kind.can(state, event.source)):
                return False
            tick = step(world, state, event)
            if breaks is not None and breaks(tick, state):
                return True
            state = tick.end()
        return False

    def _late(self) -> bool:
        return self.clock() > self._ends

    def _pairs(self, every: list[Option], name: str) -> Iterator[tuple[Edit, ...]]:
        """Two changes, for half of the time; of a number, its boldest values only."""
        half = self.clock() + (self._ends - self.clock()) / 2
        bold = [(option.path, value) for option in every for value in boldest(option)]
        for one, other in itertools.combinations(bold, 2):
            if self.clock() > half:
                return
            if _place(one) != _place(other) and self.works((one, other), name):
                yield (one, other)

    def _all_at_once(self, every: list[Option], name: str) -> Iterator[tuple[Edit, ...]]:
        """Everything that could help, taken back piece by piece while it still holds."""
        for response in ("fallback", "stop", "rollback"):
            edits = [edit for option in every if (edit := strongest(option, response)) is not None]
            if not edits or self._late() or not self.works(edits, name):
                continue
            for edit in tuple(edits):
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
            of: Callable[[int], Any] = int
            now: int | None
            if path == ADDED and value.watch != "exposure":
                # watched more rarely than harm may pass unnoticed, a new monitor would be no help of its own
                now, goal = self.design.limits.unnoticed + 1, value.every
                of = functools.partial(_watched_every, value)
            elif isinstance(value, int) and not isinstance(value, bool):
                now = self.design.window if path == "model.window" else looked_up(self.design, path)
                goal = value
            else:
                continue
            if now is None:  # it was never; there is nothing between never and a number
                continue
            at = self._furthest(result, i, of, now, goal, name)
            result[i] = (path, of(at))
            key = "every" if path == ADDED else path.rpartition(".")[2]
            way = "up to" if at < now else "from"
            words = words or f"holds {way} {key} = {at}"
        return tuple(result), words

    def _furthest(
        self, edits: list[Edit], i: int, of: Callable[[int], Any], now: int, goal: int, name: str
    ) -> int:
        """The value nearest to `now` with which it still holds, found by halving between it and `goal`."""
        fails, holds = now, goal
        while abs(fails - holds) > 1 and not self._late():
            middle = (fails + holds) // 2
            if self.works([*edits[:i], (edits[i][0], of(middle)), *edits[i + 1 :]], name):
                holds = middle
            else:
                fails = middle
        return holds


def _place(edit: Edit) -> str:
    path, value = edit
    return f"{path} {value.watch}" if path == ADDED else path


def _watched_every(monitor: Monitor, ticks: int) -> Monitor:
    return msgspec.structs.replace(monitor, every=ticks)
