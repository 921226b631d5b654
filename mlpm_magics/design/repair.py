"""The smallest change of choices after which a property holds, nothing else breaks and the product is in use.

Facts and limits are never touched. Everything that could help is done at once and taken back piece by piece;
for each property changes are tried one at a time, then what is left of all, then pairs. A changed design is
given up at its first break. Where too much can happen to explore it often, repairs are looked for with fewer
things going wrong; with as many as the design says they are explored once more, and what was not says so.
"""

from __future__ import annotations

import functools
import itertools
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import msgspec

from mlpm_magics.design.changes import ADDED, changed, looked_up, told
from mlpm_magics.design.choices import Edit, Option, boldest, boldly, options, place
from mlpm_magics.design.events import Event
from mlpm_magics.design.explore import Search, explore
from mlpm_magics.design.language import Design, Do, Monitor
from mlpm_magics.design.properties import ON_THE_TEXT, OVER_TIME
from mlpm_magics.design.shrinking import fewest
from mlpm_magics.design.tick import step
from mlpm_magics.design.world import World
from mlpm_magics.results import Repair

_OTHERS = 3
_EFFORT = 300_000
"""Situations to explore for the repairs of one design: some four seconds."""
_A_TRIAL = 20
"""What it costs to begin with a changed design, in situations."""
_TRIALS = 25
"""How many changed designs should fit into the effort; else they are tried with fewer faults."""
_ALL_RESPONSES: tuple[Do, ...] = ("fallback", "stop", "rollback")
_SEARCHING = 0.8
"""The share of the effort for finding; the rest is for how far a number can go."""


class Finder:
    """Looks for repairs of one design within a time limit.

    Args:
        search: what was explored of the design.
        broken: what breaks in it now.
        seconds: the hard limit for repairs of all its properties together.
        clock: seconds that only grow; another one in tests.

    The effort is counted in situations explored, so that the same design gets the same repairs on every
    machine that is fast enough to keep the limit.
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
        self._left = len(self.broken)
        self._spent = self._ends = 0.0
        self.explored = self._enough = 0
        self.hopeless: set[str] = set()
        self.interrupted = False
        self._happened: tuple[Event | None, ...] = ()
        self._most = self._faults = self.design.world.faults
        self._together: list[Edit] = []
        self._not_together, self._together_with = self.broken, self._faults
        spent = Counter(self._most - state.left for state in search.states)
        self._situations = tuple(itertools.accumulate(spent[n] for n in range(self._most + 1)))

    def repairs(self, name: str) -> tuple[Repair, ...]:
        """Repairs of one property, the smallest first; none where time ran out. An interrupt ends all."""
        try:
            return () if self.interrupted else self._repairs(name)
        except KeyboardInterrupt:
            self.interrupted = True
            return ()

    def _repairs(self, name: str) -> tuple[Repair, ...]:
        begun = self.clock()
        share = (self.seconds - self._spent) / max(1, self._left)
        effort = (_EFFORT - self.explored) // max(1, self._left)
        self._ends = begun + share
        self._enough = self.explored + int(_SEARCHING * effort)
        singly = (self.explored + self._enough) // 2
        found_broken = self.search.broken.get(name)
        self._faults = self._tried_with(effort, least=found_broken.faults if found_broken else 0)
        happened = self.search.behaviour(name)[1:] if name in OVER_TIME else []
        self._happened = tuple(event for event, _ in happened)
        every = options(self.design)
        found: list[tuple[Edit, ...]] = []
        for edit in ((option.path, value) for option in every for value in option.values):
            if self._late() or len(found) > _OTHERS or self.explored > singly:
                break
            # a second way to do the same is no other way
            if all(place(edit) != place(other) for other, *_ in found) and self.works([edit], name):
                found.append((edit,))
        if not found and self._mended_together(name):
            found = [fewest(self._together, lambda fewer: self.works(fewer, name))]
        if not found:
            found = list(itertools.islice(self._pairs(every, name), 1))
        if not found:
            found = list(self._all_at_once(every, name))
        if not found and not self._late():
            self.hopeless.add(name)
        self._enough += effort - int(_SEARCHING * effort)
        told = (self._told(edits, lambda fewer: self.works(fewer, name)) for edits in found)
        repairs = tuple(repair for repair in told if repair is not None)
        self._left -= 1
        self._spent += self.clock() - begun
        return repairs

    def everything(self) -> tuple[Repair | None, tuple[str, ...]]:
        """Changes that together mend all that choices can mend, and what still breaks with them."""
        try:
            return self._everything()
        except KeyboardInterrupt:
            self.interrupted = True
            return None, ()

    def _everything(self) -> tuple[Repair | None, tuple[str, ...]]:
        self._ends = self.clock() + self.seconds / 2
        self._enough = self.explored + _EFFORT // 3
        self._faults = self._tried_with(_EFFORT // 3, least=0)
        found = self._together_mended()
        if found is not None and self._faults < self._most and found[0] is None:
            self._faults = self._most
            found = self._together_mended()
        return found or (None, ())

    def _together_mended(self) -> tuple[Repair | None, tuple[str, ...]] | None:
        """The same with as many faults as are tried now; None where nothing helps."""
        every, best = options(self.design), None
        for response in _ALL_RESPONSES:
            edits = boldly(every, response)
            left = self._broken_with(edits, frozenset())
            if left is not None and left < self.broken and (best is None or len(left) < len(best[1])):
                best = edits, left
        if best is None:
            return None
        edits, left = best
        one = self._one_for_all(every, left)
        found = (one,) if one else fewest(edits, lambda fewer: self._mends(fewer, left))
        self._together, self._not_together, self._together_with = list(found), left, self._faults
        words = self._told(found, lambda fewer: self._mends(fewer, left))
        return words, tuple(name for name in self.search.broken if name in left)

    def _tried_with(self, effort: int, least: int) -> int:
        """The most faults with which enough changed designs can be explored; `least` at the least."""
        least = min(self._most, max(1, least))
        for faults in range(self._most, least, -1):
            if self._situations[faults] * _TRIALS <= effort:
                return faults
        return least

    def _mended_together(self, name: str) -> bool:
        """What mends all of it mends this property, too, with as many faults as are tried now."""
        if name in self._not_together:
            return False
        return self._faults == self._together_with or self.works(self._together, name)

    def _one_for_all(self, every: list[Option], left: frozenset[str]) -> Edit | None:
        """A single change after which only `left` breaks, looked for in half of the time."""
        half = (self.explored + self._enough) // 2
        for edit in ((option.path, value) for option in every for value in option.values):
            if self.explored > half or self._late():
                break
            if self._mends([edit], left):
                return edit
        return None

    def _mends(self, edits: Sequence[Edit], allowed: frozenset[str]) -> bool:
        left = self._broken_with(edits, frozenset(OVER_TIME) - allowed)
        return left is not None and left <= allowed

    def works(self, edits: Sequence[Edit], name: str) -> bool:
        """The property holds with these changes, and nothing breaks that held before."""
        allowed = self.broken - {name}
        if name in OVER_TIME and self._breaks_alike(World(self._with(edits)), name):
            self.explored += _A_TRIAL
            return False
        return self._mends(edits, allowed)

    def _with(self, edits: Sequence[Edit]) -> Design:
        design = self.design
        for path, value in edits:
            design = changed(design, path, value)
        return changed(design, "world.faults", self._faults)

    def _broken_with(self, edits: Sequence[Edit], stop_at: frozenset[str]) -> frozenset[str] | None:
        """What breaks with these changes; None where that cannot be told, or `stop_at` breaks."""
        design = self._with(edits)
        self.explored += _A_TRIAL
        search = explore(
            World(design),
            stop_at=stop_at,
            go_on=lambda states: not self._late(states),
        )
        self.explored += len(search.states)
        if not search.complete:
            return None
        return frozenset(search.broken) | {name for name, breaks in ON_THE_TEXT.items() if breaks(design)}

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

    def _late(self, states: int = 0) -> bool:
        return self.explored + states > self._enough or self.clock() > self._ends

    def _pairs(self, every: list[Option], name: str) -> Iterator[tuple[Edit, ...]]:
        """Two changes, for half of the time; of a number, its boldest values only."""
        half = (self.explored + self._enough) // 2
        bold = [(option.path, value) for option in every for value in boldest(option)]
        for one, other in itertools.combinations(bold, 2):
            if self.explored > half or self._late():
                return
            if place(one) != place(other) and self.works((one, other), name):
                yield (one, other)

    def _all_at_once(self, every: list[Option], name: str) -> Iterator[tuple[Edit, ...]]:
        """Everything that could help, taken back piece by piece while it still holds."""
        for response in _ALL_RESPONSES:
            edits = boldly(every, response)
            if not self._late() and self.works(edits, name):
                yield fewest(edits, lambda fewer: self.works(fewer, name))
                return

    def _told(self, edits: tuple[Edit, ...], holds: Callable[[Sequence[Edit]], bool]) -> Repair | None:
        """The repair in words; None when it does not hold with as many faults as the design says."""
        looser, threshold = self._loosened(edits, holds)
        explored, self._faults = self._faults, self._most
        whole = explored == self._most or holds(looser)
        refuted = not whole and not self._late()
        if refuted:  # what was tried first, before its numbers were loosened
            looser, threshold, whole = edits, "", holds(edits)
            refuted = not whole and not self._late()
        self._faults = explored
        if refuted:
            return None
        changes = tuple(told(self.design, path, value) for path, value in looser)
        text = "; ".join(change.text for change in changes)
        text = text[:1].upper() + text[1:] + "."
        return Repair(changes=changes, text=text, threshold=threshold, faults=None if whole else explored)

    def _loosened(
        self, edits: tuple[Edit, ...], holds: Callable[[Sequence[Edit]], bool]
    ) -> tuple[tuple[Edit, ...], str]:
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
            fails, goes = now, goal
            while abs(fails - goes) > 1 and not self._late():
                middle = (fails + goes) // 2
                if holds([*result[:i], (path, of(middle)), *result[i + 1 :]]):
                    goes = middle
                else:
                    fails = middle
            result[i] = (path, of(goes))
            key = "every" if path == ADDED else path.rpartition(".")[2]
            words = words or f"holds {'up to' if goes < now else 'from'} {key} = {goes}"
        return tuple(result), words


def _watched_every(monitor: Monitor, ticks: int) -> Monitor:
    return msgspec.structs.replace(monitor, every=ticks)
