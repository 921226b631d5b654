"""What must never happen: predicates on a tick, on all that can follow, or on the text of the design.

A property's sentence, source and incident stand under the same name in `knowledge/design_properties.yaml`.
"""

from __future__ import annotations

from collections.abc import Callable

from mlpm_magics.design.language import Design
from mlpm_magics.design.state import (
    BIT,
    CAUSES,
    CLEAN_AGAIN,
    ERASED,
    FALLBACK,
    IMMATURE,
    MASKED,
    MODEL,
    OK,
    State,
    Tick,
)
from mlpm_magics.design.world import World

Breaks = Callable[[Tick, State], bool]
"""Whether a tick, and the state before it, break the property."""


CAUSED_BY = {
    "stale_unnoticed": "stale",
    "garbled_unnoticed": "wrong",
    "drift_unnoticed": "drift",
    "blind_spot": "blind",
    "proxy_gap": "proxy",
    "group_harm": "group",
    "poisoned_live": "poison",
    "masked_outcome": "masked",
    "immature_labels": "immature",
    "mixed_versions": "mix",
    "untested_population": "newpop",
    "leak_live": "leak",
}
"""The cause without which a property cannot break."""

UNNOTICED = {
    name: BIT[CAUSED_BY[name]]
    for name in (
        "stale_unnoticed",
        "garbled_unnoticed",
        "drift_unnoticed",
        "blind_spot",
        "proxy_gap",
        "group_harm",
        "mixed_versions",
        "untested_population",
        "leak_live",
    )
}
"""The properties that break when nobody notices a cause in time, with its bit in `Tick.late`."""


def _unnoticed(name: str) -> Callable[[World], Breaks]:
    """Decisions were bad, for the cause of this property, for longer than the limit, and nobody knew."""
    return lambda world: lambda t, before: t.late & UNNOTICED[name] > 0


def _harm_after_alarm(world: World) -> Breaks:
    limit = world.limits.after_alarm + 1
    return lambda t, before: t.mode == MODEL and t.causes > 0 and t.longest > limit


def _exposure(world: World) -> Breaks | None:
    limit = world.limits.exposure
    return None if limit is None else lambda t, before: t.exposure > limit


def _harm_outlives_cause(world: World) -> Breaks | None:
    limit = world.limits.outlive
    return None if limit is None else lambda t, before: t.outlives > limit


def _no_clean_version(world: World) -> Breaks:
    return lambda t, before: t.no_clean


def _runaway_feedback(world: World) -> Breaks:
    limit = world.limits.skew
    return lambda t, before: t.skew > limit


def _poisoned_live(world: World) -> Breaks | None:
    limit, number = world.limits.attack, CAUSES.index(CAUSED_BY["poisoned_live"])
    if limit is None:
        return None
    return lambda t, before: t.mode == MODEL and t.alarms[number][0] + t.alarms[number][1] > limit


def _masked_outcome(world: World) -> Breaks:
    return lambda t, before: t.mode == MODEL and t.live & MASKED > 0


def _immature_labels(world: World) -> Breaks:
    return lambda t, before: t.mode == MODEL and t.live & IMMATURE > 0


def _overflow(when_full: str) -> Callable[[World], Breaks | None]:
    def of(world: World) -> Breaks | None:
        return (lambda t, before: t.backlog > 0) if world.when_full == when_full else None

    return of


def _review_wait(world: World) -> Breaks | None:
    if world.when_full != "queue" or world.limits.wait is None:
        return None
    longest = world.capacity * world.limits.wait
    return lambda t, before: t.backlog > longest


def _wrong_stands(world: World) -> Breaks | None:
    limit = world.limits.correct
    return None if limit is None else lambda t, before: t.case > limit


def _irreversible_unchecked(world: World) -> Breaks | None:
    auto, waved = world.design.act.by == "auto", world.when_full == "wave_through"
    if world.design.decision.reversible:
        return None
    return lambda t, before: (t.harmful and (auto or (waved and t.backlog > 0))) or (t.mistake and auto)


def _fallback_dead(world: World) -> Breaks:
    needs, ready, handover = world.fallback_needs, world.fallback_ready, world.limits.handover

    def breaks(t: Tick, before: State) -> bool:
        if t.mode != FALLBACK:
            return False
        late = handover < t.in_fallback <= ready
        return late or any(t.sources[source][0] != OK for source in needs)

    return breaks


def _erasure_late(world: World) -> Breaks | None:
    limit = world.limits.erase
    return None if limit is None else lambda t, before: t.erasure > limit


def _erasure_undone(world: World) -> Breaks:
    return lambda t, before: before.erasure == CLEAN_AGAIN and t.live & ERASED > 0


def _stays_off(world: World) -> Breaks:
    limit = world.limits.resume
    return lambda t, before: t.off > limit


OVER_TIME: dict[str, Callable[[World], Breaks | None]] = {
    "stale_unnoticed": _unnoticed("stale_unnoticed"),
    "garbled_unnoticed": _unnoticed("garbled_unnoticed"),
    "drift_unnoticed": _unnoticed("drift_unnoticed"),
    "harm_after_alarm": _harm_after_alarm,
    "exposure": _exposure,
    "harm_outlives_cause": _harm_outlives_cause,
    "no_clean_version": _no_clean_version,
    "runaway_feedback": _runaway_feedback,
    "blind_spot": _unnoticed("blind_spot"),
    "proxy_gap": _unnoticed("proxy_gap"),
    "group_harm": _unnoticed("group_harm"),
    "poisoned_live": _poisoned_live,
    "masked_outcome": _masked_outcome,
    "immature_labels": _immature_labels,
    "rubber_stamp": _overflow("wave_through"),
    "alarm_flood": _overflow("ignore"),
    "review_wait": _review_wait,
    "wrong_stands": _wrong_stands,
    "irreversible_unchecked": _irreversible_unchecked,
    "fallback_dead": _fallback_dead,
    "mixed_versions": _unnoticed("mixed_versions"),
    "erasure_late": _erasure_late,
    "erasure_undone": _erasure_undone,
    "untested_population": _unnoticed("untested_population"),
    "leak_live": _unnoticed("leak_live"),
    "stays_off": _stays_off,
}
"""Broken by a tick: for each the predicate in a world, or None where no limit is set or it cannot apply."""

OF_ALL_THAT_FOLLOWS = ("never_back", "oscillates", "stops_for_nothing")
"""Broken by what can or cannot follow a state; `explore.py` decides them on the whole graph."""


def _leak_in_design(design: Design) -> bool:
    return any(feature.known == "after" for feature in design.features.values())


def _proxy_feature_unwatched(design: Design) -> bool:
    proxies = any(feature.proxy_of for feature in design.features.values())
    return proxies and not any(monitor.watch == "groups" for monitor in design.monitors)


def _no_response_to_harm(design: Design) -> bool:
    acts = any(monitor.do != "alert" or monitor.watch == "exposure" for monitor in design.monitors)
    return design.decision.harm == "high" and not acts


ON_THE_TEXT: dict[str, Callable[[Design], bool]] = {
    "leak_in_design": _leak_in_design,
    "proxy_feature_unwatched": _proxy_feature_unwatched,
    "no_response_to_harm": _no_response_to_harm,
}
"""Broken by what the design says, whatever happens."""

NAMES = (*OVER_TIME, *OF_ALL_THAT_FOLLOWS, *ON_THE_TEXT)


def breakable(world: World) -> list[tuple[str, Breaks]]:
    """The properties that a tick can break in this world."""
    found = ((name, of(world)) for name, of in OVER_TIME.items())
    return [(name, breaks) for name, breaks in found if breaks is not None]
