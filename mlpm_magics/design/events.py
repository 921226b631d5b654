"""What can happen to a product: for each event when it is possible, when it can happen, what it does.

One event, or none, happens in a tick. Those that cost a fault are the ones a PM plans for; the free ones end
what has begun, and may never come.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

from mlpm_magics.design.language import Design
from mlpm_magics.design.state import DOWN, ERASED, OK, WRONG, State, Tick

Hit = tuple[tuple[int, bool], ...]
"""The numbers of the sources that are hit, each with whether its values are checked at the door."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event.

    `possible(design)`: this design makes it possible at all. `can(state, source)`: it can happen now.
    `happens(tick, hit)`: what it changes. `of_source`: it befalls one source, and what depends on it.
    """

    possible: Callable[[Design], bool]
    can: Callable[[State, int], bool]
    happens: Callable[[Tick, Hit], None]
    free: bool = False
    of_source: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that can happen in this design; `source` is the number of the source, -1 for none."""

    name: str
    source: int
    kind: Kind
    hit: Hit = ()

    @property
    def refused(self) -> bool:
        """It befalls a source whose wrong values are refused at the door."""
        return bool(self.hit) and self.hit[0][1]


def _outage(t: Tick, hit: Hit) -> None:
    _status(t, {source: DOWN for source, _ in hit})


def _garbled(t: Tick, hit: Hit) -> None:
    # what is checked at the door is refused there: nothing arrives
    _status(t, {source: DOWN if checked else WRONG for source, checked in hit})


def _recovers(t: Tick, hit: Hit) -> None:
    _status(t, {source: OK for source, _ in hit})


def _status(t: Tick, new: dict[int, int]) -> None:
    sources = list(t.sources)
    for source, status in new.items():
        sources[source] = (status, sources[source][1])
    t.sources = tuple(sources)


def _begins(field: str) -> Callable[[Tick, Hit], None]:
    def happens(t: Tick, hit: Hit) -> None:
        setattr(t, field, 1)

    return happens


def _ends(field: str) -> Callable[[Tick, Hit], None]:
    def happens(t: Tick, hit: Hit) -> None:
        setattr(t, field, 0)

    return happens


def _withdraw(t: Tick, hit: Hit) -> None:
    """A person leaves: every model so far was trained on their data."""
    t.live |= ERASED
    t.kept = tuple(flags | ERASED for flags in t.kept)
    t.erasure = 0


def _mistake(t: Tick, hit: Hit) -> None:
    t.mistake = True


def _open(design: Design) -> bool:
    return any(source.open and not source.moderated for source in design.sources.values())


KINDS: dict[str, Kind] = {
    "outage": Kind(lambda d: bool(d.sources), lambda s, i: s.sources[i][0] == OK, _outage, of_source=True),
    "garbled": Kind(lambda d: bool(d.sources), lambda s, i: s.sources[i][0] == OK, _garbled, of_source=True),
    "drift": Kind(lambda d: True, lambda s, i: not s.drift, _begins("drift")),
    "attack": Kind(_open, lambda s, i: not s.attack, _begins("attack")),
    "surge": Kind(lambda d: d.review is not None, lambda s, i: not s.surge, _begins("surge")),
    "groupshift": Kind(lambda d: bool(d.protected), lambda s, i: not s.group, _begins("group")),
    "proxygap": Kind(lambda d: d.label.proxy, lambda s, i: not s.proxy, _begins("proxy")),
    "blindspot": Kind(lambda d: d.label.seen_for == "acted_on", lambda s, i: not s.blind, _begins("blind")),
    "imbalance": Kind(lambda d: d.feedback.data_from_actions, lambda s, i: not s.skew, _begins("skew")),
    "partial_release": Kind(
        lambda d: d.model.rollout == "unverified", lambda s, i: not s.mix, _begins("mix")
    ),
    "withdraw": Kind(
        lambda d: d.people.personal_data, lambda s, i: not (s.erasure or s.live & ERASED), _withdraw
    ),
    "mistake": Kind(lambda d: True, lambda s, i: True, _mistake),
    "new_population": Kind(
        lambda d: d.model.validated_on == "others", lambda s, i: not s.newpop, _begins("newpop")
    ),
    "recovers": Kind(
        lambda d: bool(d.sources), lambda s, i: s.sources[i][0] != OK, _recovers, free=True, of_source=True
    ),
    "attack_ends": Kind(_open, lambda s, i: bool(s.attack), _ends("attack"), free=True),
    "surge_ends": Kind(lambda d: d.review is not None, lambda s, i: bool(s.surge), _ends("surge"), free=True),
}
COSTED = tuple(name for name, kind in KINDS.items() if not kind.free)


def events_of(design: Design) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
    """The events of this design: those that cost a fault, and the free ones."""
    costed: list[Event] = []
    free: list[Event] = []
    wanted = COSTED if design.world.events is None else design.world.events
    hits = [_hit(design, name) for name in design.sources]
    for name, kind in KINDS.items():
        if not kind.possible(design) or not (kind.free or name in wanted):
            continue
        into = free if kind.free else costed
        if kind.of_source:
            kinds = [_after(design, kind, n) if name == "recovers" else kind for n in design.sources]
            into.extend(Event(name, i, kinds[i], hit) for i, hit in enumerate(hits))
        else:
            into.append(Event(name, -1, kind))
    return tuple(costed), tuple(free)


def _after(design: Design, kind: Kind, name: str) -> Kind:
    """What depends on a source cannot come back before it."""
    first = design.sources[name].depends_on
    if not first:
        return kind
    number = list(design.sources).index(first)
    return dataclasses.replace(kind, can=lambda s, i: s.sources[number][0] == OK != s.sources[i][0])


def _hit(design: Design, name: str) -> Hit:
    """A source and everything that depends on it, the source first."""
    reached = [name]
    for at in reached:  # grows while it is walked
        reached += [n for n, s in design.sources.items() if s.depends_on == at and n not in reached]
    numbers = list(design.sources)
    return tuple((numbers.index(n), design.sources[n].checked) for n in reached)
