"""What can happen to a product: for each event when it is possible, when it can happen, what it does.

One event, or none, happens in a tick. Those that cost a fault are the ones a PM plans for; the free ones end
what has begun, and may never come.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mlpm_magics.design.language import Design
from mlpm_magics.design.state import DOWN, ERASED, OK, WRONG, State, Tick


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event.

    `possible(design)`: this design makes it possible at all. `can(state, source)`: it can happen now.
    `happens(tick, source, checked)`: what it changes. `of_source`: it befalls one source.
    """

    possible: Callable[[Design], bool]
    can: Callable[[State, int], bool]
    happens: Callable[[Tick, int, bool], None]
    free: bool = False
    of_source: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that can happen in this design; `source` is the number of the source, -1 for none."""

    name: str
    source: int
    checked: bool
    kind: Kind


def _outage(t: Tick, source: int, checked: bool) -> None:
    _status(t, source, DOWN)


def _garbled(t: Tick, source: int, checked: bool) -> None:
    # what is checked at the door is refused there: nothing arrives
    _status(t, source, DOWN if checked else WRONG)


def _recovers(t: Tick, source: int, checked: bool) -> None:
    _status(t, source, OK)


def _status(t: Tick, source: int, status: int) -> None:
    sources = list(t.sources)
    sources[source] = (status, sources[source][1])
    t.sources = tuple(sources)


def _begins(field: str) -> Callable[[Tick, int, bool], None]:
    def happens(t: Tick, source: int, checked: bool) -> None:
        setattr(t, field, 1)

    return happens


def _ends(field: str) -> Callable[[Tick, int, bool], None]:
    def happens(t: Tick, source: int, checked: bool) -> None:
        setattr(t, field, 0)

    return happens


def _withdraw(t: Tick, source: int, checked: bool) -> None:
    """A person leaves: every model so far was trained on their data."""
    t.live |= ERASED
    t.kept = tuple(flags | ERASED for flags in t.kept)
    t.erasure = 0


def _mistake(t: Tick, source: int, checked: bool) -> None:
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
    checked = [source.checked for source in design.sources.values()]
    for name, kind in KINDS.items():
        if not kind.possible(design) or not (kind.free or name in wanted):
            continue
        into = free if kind.free else costed
        if kind.of_source:
            into.extend(Event(name, i, door, kind) for i, door in enumerate(checked))
        else:
            into.append(Event(name, -1, False, kind))
    return tuple(costed), tuple(free)
