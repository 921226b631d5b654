"""Every behaviour of a design, breadth first: the first break that is found is one of the earliest.

The search keeps the states it has seen, how each was first reached, and what can follow each, so that the
properties about all that follows are decided on the same graph.
"""

from __future__ import annotations

import gc
from array import array
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from mlpm_magics.design.events import Event
from mlpm_magics.design.properties import UNNOTICED, breakable
from mlpm_magics.design.state import MODEL, State
from mlpm_magics.design.tick import step
from mlpm_magics.design.world import World

Moment = tuple[Event | None, State]
"""A tick of a behaviour: what happened, and the state at its end."""

_ROUND = 5_000


@dataclass(slots=True)
class Broken:
    """A property that some behaviour breaks: where it was first found.

    `parent` and `event` lead to the tick that breaks it; `faults` is the fewest that any break needs.
    """

    parent: int
    event: int
    faults: int


@dataclass(slots=True)
class Search:
    """What was explored.

    `complete`: everything that can happen was seen. `interrupted`: the user ended it. `met`: the bits of the
    causes that came up.
    """

    world: World
    events: tuple[Event, ...]
    states: list[State]
    parents: array[int]
    causes: array[int]
    transitions: int = 0
    complete: bool = True
    interrupted: bool = False
    broken: dict[str, Broken] = field(default_factory=dict)
    met: int = 0
    lap: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def behaviour(self, name: str) -> list[Moment]:
        """The behaviour that breaks a property, tick by tick; the first entry is the start."""
        found = self.broken[name]
        moments: list[Moment] = []
        if found.event >= -1:
            event = None if found.event < 0 else self.events[found.event]
            moments.append((event, step(self.world, self.states[found.parent], event).end()))
        at = found.parent
        while at >= 0:
            number = self.causes[at]
            moments.append((None if number < 0 else self.events[number], self.states[at]))
            at = self.parents[at]
        moments.reverse()
        moments.extend((None, self.states[i]) for i in self.lap.get(name, ()))
        return moments


@contextmanager
def _no_collecting() -> Iterator[None]:
    """The garbage collector rests: a search keeps all of its millions of tuples, and makes no cycles."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@_no_collecting()
def explore(
    world: World,
    *,
    max_states: int = 1_000_000,
    stop_at: Iterable[str] = (),
    go_on: Callable[[int], bool] | None = None,
    keep: bool = False,
) -> Search:
    """Explore every behaviour of a world.

    Args:
        world: the design, made ready.
        max_states: when so many different states were seen, the search ends incomplete.
        stop_at: the search ends, incomplete, when one of these properties is broken.
        go_on: asked now and then with the states seen so far; the search ends, incomplete, on False.
        keep: an interrupt ends the search, incomplete, instead of being raised.
    """
    search = Search(world, (*world.costed, *world.free), [world.start()], array("q", [-1]), array("h", [-1]))
    try:
        _look(search, max_states, frozenset(stop_at), go_on)
    except KeyboardInterrupt:
        if not keep:
            raise
        search.complete, search.interrupted = False, True
        known = len(search.causes)  # the last thing that is noted of a state
        del search.states[known:], search.parents[known:]
    return search


def _look(
    search: Search, max_states: int, wanted: frozenset[str], go_on: Callable[[int], bool] | None
) -> None:
    """Fill the search, state by state."""
    world = search.world
    costed = [(i, event.kind.can, event.source, event) for i, event in enumerate(world.costed)]
    free = [(len(costed) + i, e.kind.can, e.source, e) for i, e in enumerate(world.free)]
    all_events = costed + free
    states, parents, causes = search.states, search.parents, search.causes
    index = {states[0]: 0}
    follow, offsets = array("q"), array("q", [0])
    predicates = [(name, breaks) for name, breaks in breakable(world) if name not in UNNOTICED]
    faults = world.design.world.faults
    broken = search.broken
    # one object for equal parts: a state then costs little more than its outer tuple
    same: dict[tuple[object, ...], tuple[object, ...]] = {}
    at = met = 0
    try:
        while at < len(states):
            if at % _ROUND == 0 and go_on is not None and not go_on(len(states)):
                search.complete = False
                break
            state = states[at]
            quiet = step(world, state, None)
            ticks = [(-1, quiet)]
            for number, can, source, event in all_events if state.left else free:
                if can(state, source):
                    ticks.append((number, step(world, state, event)))
            for number, tick in ticks:
                met |= tick.causes
                tick.sources = same.setdefault(tick.sources, tick.sources)  # type: ignore[assignment]
                tick.alarms = same.setdefault(tick.alarms, tick.alarms)  # type: ignore[assignment]
                after = tick.end()
                place = index.setdefault(after, len(states))
                if place == len(states):
                    states.append(after)
                    parents.append(at)
                    causes.append(number)
                follow.append(place)
                hit = [name for name, breaks in predicates if breaks(tick, state)]
                if tick.late:
                    hit += [name for name, cause in UNNOTICED.items() if tick.late & cause]
                for name in hit:
                    before = broken.get(name)
                    if before is None:
                        broken[name] = Broken(at, number, faults - after.left)
                    elif faults - after.left < before.faults:
                        before.faults = faults - after.left
            offsets.append(len(follow))
            at += 1
            if len(states) > max_states or (wanted and not wanted.isdisjoint(broken)):
                search.complete = False
                break
    finally:
        search.transitions, search.met = len(follow), met
    if search.complete:
        _decide_what_follows(search, follow, offsets)


def _decide_what_follows(search: Search, follow: array[int], offsets: array[int]) -> None:
    """The properties about all that can follow a state."""
    states = search.states
    faults = search.world.design.world.faults
    lost = _cannot_come_back(states, follow, offsets)
    if lost:
        fewest = min(faults - states[i].left for i in lost)
        search.broken["never_back"] = Broken(lost[0], -2, fewest)
    for cycle in _quiet_cycles(follow, offsets):
        harmful = [_harmful(search.world, states[i]) for i in cycle]
        if any(harmful) and not all(harmful):
            entry = min(cycle)
            spent = faults - states[entry].left
            before = search.broken.get("oscillates")
            if before is None or entry < before.parent:
                turn = cycle.index(entry)
                search.lap["oscillates"] = (*cycle[turn + 1 :], *cycle[: turn + 1])
                fewest = spent if before is None else min(spent, before.faults)
                search.broken["oscillates"] = Broken(entry, -2, fewest)
            else:
                before.faults = min(spent, before.faults)
    resting = _from_start(follow, offsets)
    if any(states[i].mode != MODEL for i in resting):
        off = next(i for i in resting if states[i].mode != MODEL)
        search.broken["stops_for_nothing"] = Broken(off, -2, 0)


def _harmful(world: World, state: State) -> bool:
    return state.mode == MODEL and state.alarms != world.nothing


def _cannot_come_back(states: list[State], follow: array[int], offsets: array[int]) -> list[int]:
    """The states from which the product can never be in use again, first reached first."""
    can = bytearray(state.mode == MODEL for state in states)
    changed = True
    while changed:
        changed = False
        for i in range(len(states) - 1, -1, -1):
            if not can[i] and any(can[follow[j]] for j in range(offsets[i], offsets[i + 1])):
                can[i] = changed = True
    return [i for i, back in enumerate(can) if not back]


def _quiet_cycles(follow: array[int], offsets: array[int]) -> list[list[int]]:
    """The rounds that a product left alone turns in."""
    seen = array("q", [0]) * (len(offsets) - 1)
    cycles = []
    for start in range(len(seen)):
        at, walk = start, start + 1
        while not seen[at]:
            seen[at] = walk
            at = follow[offsets[at]]
        if seen[at] == walk:
            cycle, here = [at], follow[offsets[at]]
            while here != at:
                cycle.append(here)
                here = follow[offsets[here]]
            cycles.append(cycle)
    return cycles


def _from_start(follow: array[int], offsets: array[int]) -> list[int]:
    """The round that the product turns in when nothing ever goes wrong."""
    seen: dict[int, int] = {}
    at = 0
    while at not in seen:
        seen[at] = len(seen)
        at = follow[offsets[at]]
    return [i for i, when in seen.items() if when >= seen[at]]
