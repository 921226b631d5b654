"""A design made ready for exploring: what can happen in it, who sees what, and where each counter stops."""

from __future__ import annotations

from dataclasses import dataclass

from mlpm_magics.design import events as ev
from mlpm_magics.design.language import Design, Monitor
from mlpm_magics.design.state import BIT, CAUSES, DOWN, OK, SEES, WRONG, State

Sources = tuple[tuple[int, int], ...]
Arrived = tuple[Sources, frozenset[int], int]


@dataclass(frozen=True, slots=True)
class Watcher:
    """A monitor as one cause sees it: it goes off after `enough` ticks of watching with `needs` not down."""

    enough: int
    needs: tuple[int, ...]
    do: str
    after: int


class World:
    """Everything the semantics ask of a design, looked up once."""

    def __init__(self, design: Design) -> None:
        """Look the design up."""
        self.design = design
        self._arrived: dict[Sources, Arrived] = {}
        self._numbers_of: dict[int, tuple[int, ...]] = {}
        self.names = tuple(design.sources)
        self.costed, self.free = ev.events_of(design)
        limits = design.limits
        self.max_age = tuple(source.max_age for source in design.sources.values())
        self.age_cap = tuple(0 if age is None else age + 1 for age in self.max_age)
        self.window = design.window
        self.retrain = design.model.retrain or 0
        self.delay = design.label.delay
        self.gate = design.model.gate
        self.keep = design.model.keep
        self.leaks = self._leaks()
        self.watchers = tuple(self._watchers(cause) for cause in CAUSES)
        self.limits = limits
        self.unnoticed_cap = max(limits.unnoticed, limits.attack or 0) + 1
        longest = max((monitor.after for monitor in design.monitors), default=0)
        self.alarm_cap = max(limits.after_alarm + 2, longest + 1, (limits.attack or 0) + 1)
        self.exposure_at = min(
            (m.at for m in design.monitors if m.watch == "exposure" and m.at is not None), default=None
        )
        held_against = [n for n in (limits.exposure, self.exposure_at) if n is not None]
        self.exposure_cap = max(held_against) + 1 if held_against else 0
        fallback = design.fallback
        self.fallback_needs = self._numbers(fallback.needs) if fallback else ()
        self.fallback_ready = fallback.ready if fallback else 0
        self.in_fallback_cap = max(self.fallback_ready, limits.handover) + 1
        review = design.review
        self.capacity = review.capacity if review else 0
        self.load = review.load if review else 0
        self.peak = self.load if review is None or review.peak is None else review.peak
        self.when_full = review.when_full if review else ""
        waits = limits.wait if limits.wait is not None else 0
        self.backlog_cap = self.capacity * waits + 1
        self.nothing = tuple((0, 0, *(0 for _ in seen)) for seen in self.watchers)

    def arrived(self, sources: Sources) -> Arrived:
        """The sources a tick later, which are down, and the causes of bad decisions in them; remembered."""
        found = self._arrived.get(sources)
        if found is None:
            aged = tuple(
                (status, min(age + 1, cap)) if status == DOWN else (status, 0)
                for (status, age), cap in zip(sources, self.age_cap, strict=True)
            )
            causes = 0
            for (status, age), limit in zip(aged, self.max_age, strict=True):
                causes |= BIT["stale"] if limit is not None and age > limit else 0
                causes |= BIT["wrong"] if status == WRONG else 0
            down = frozenset(i for i, (status, _) in enumerate(aged) if status == DOWN)
            found = self._arrived[sources] = (aged, down, causes)
        return found

    def numbers(self, causes: int) -> tuple[int, ...]:
        """The causes of a set of bits by number, remembered."""
        found = self._numbers_of.get(causes)
        if found is None:
            found = tuple(i for i in range(len(CAUSES)) if causes >> i & 1)
            self._numbers_of[causes] = found
        return found

    def _numbers(self, names: tuple[str, ...]) -> tuple[int, ...]:
        return tuple(self.names.index(name) for name in names)

    def _leaks(self) -> bool:
        """A feature is known only after the decision, and no version ran beside the old one long enough."""
        design = self.design
        late = any(feature.known == "after" for feature in design.features.values())
        return late and design.model.shadow < design.label.delay + 1

    def _watchers(self, cause: str) -> tuple[Watcher, ...]:
        """The monitors that can see a cause."""
        design = self.design

        def can(monitor: Monitor) -> bool:
            if monitor.watch == "explored" and not design.feedback.explore:
                return False
            return cause in SEES[monitor.watch]

        return tuple(
            Watcher(design.lag(m) + m.every, self._numbers(m.needs), m.do, m.after)
            for m in design.monitors
            if can(m)
        )

    def start(self) -> State:
        """The first day: all well, but for what the history already holds."""
        design = self.design
        return State(
            left=design.world.faults,
            mode=0,
            in_fallback=0,
            retrain_in=self.retrain,
            live=0,
            kept=(0,) * self.keep,
            drift=0,
            attack=0,
            surge=0,
            group=int(bool(design.protected) and design.label.biased_history),
            proxy=0,
            blind=int(design.label.seen_for == "acted_on" and design.label.biased_history),
            newpop=int(design.model.validated_on == "elsewhere"),
            mix=0,
            skew=0,
            erasure=0,
            dirty=0,
            poisoned=0,
            exposure=0,
            backlog=0,
            case=0,
            outlives=0,
            off=0,
            sources=tuple((OK, 0) for _ in self.names),
            alarms=self.nothing,
        )
