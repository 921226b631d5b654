"""A behaviour as a story: the ticks where something happens, in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from mlpm_magics.catalogue import Knowledge, knowledge
from mlpm_magics.design.events import Event
from mlpm_magics.design.explore import Moment as Step
from mlpm_magics.design.state import CAUSES, ERASED, FALLBACK, FLAGS, MODEL, STOPPED, State
from mlpm_magics.design.world import World
from mlpm_magics.errors import shown
from mlpm_magics.results import Moment
from mlpm_magics.results.design import How


def story(world: World, steps: Sequence[Step], ending: str) -> tuple[Moment, ...]:
    """The ticks of a behaviour where something happens, and the last one, which breaks a property.

    Args:
        world: the design it happens in.
        steps: the behaviour from its start on.
        ending: what the last tick shows, as a sentence.
    """
    known = knowledge()
    moments = []
    for tick in range(1, len(steps)):
        event, state = steps[tick]
        before = steps[tick - 1][1]
        words = _event(known, world, event) + _changes(known, world, before, state)
        last = tick == len(steps) - 1
        if last:
            words.append(ending)
        how = _how(world, state)
        if last and how == "well":
            how = "broken"
        if words:
            moments.append(
                Moment(
                    tick=tick,
                    told=tuple(words),
                    how=how,
                    event=event.name if event is not None else "",
                )
            )
    if not moments:
        moments = [Moment(tick=0, told=(ending,), how="broken")]
    return tuple(moments)


def _event(known: Knowledge, world: World, event: Event | None) -> list[str]:
    if event is None:
        return []
    entry = known.design_events[event.name]
    source = shown(world.names[event.source], 40) if event.source >= 0 else ""
    refused = entry.refused if event.refused else ""
    with_it = [shown(world.names[number], 40) for number, _ in event.hit[1:]]
    more = f" ({', '.join(with_it)} with it)" if with_it else ""
    return [(refused or entry.text).replace("{source}", source) + more]


def _changes(known: Knowledge, world: World, before: State, state: State) -> list[str]:
    """What the tick changed, in the order of its parts."""
    words = []
    causes = known.design_causes
    for number, name in enumerate(CAUSES):
        was, now = before.alarms[number], state.alarms[number]
        if now[1] == 1 and not was[1]:
            words.append(f"an alarm shows {causes[name].sight}")
        elif now[0] == 1 and not was[0] and not state.live & ~before.live & FLAGS.get(name, 0):
            words.append(f"decisions are bad now: {causes[name].is_}")
    words[:0] = _models(before, state)
    if state.erasure == -1 and before.erasure > 0:
        words.append("the live model no longer carries the erased data")
    if before.mix and not state.mix:
        words.append("one version runs everywhere again")
    if before.mode != state.mode:
        fallback = world.design.fallback
        to = f": {shown(fallback.to, 60)}" if fallback and fallback.to else ""
        words.append(
            {
                MODEL: "the model is back in use",
                FALLBACK: f"the fallback takes over{to}",
                STOPPED: "the product is stopped",
            }[state.mode]
        )
    if state.backlog and not before.backlog:
        over = "more cases than can be reviewed"
        words.append(
            {
                "wave_through": f"{over}: they pass unread",
                "ignore": f"{over}: they are ignored",
            }.get(world.when_full, f"{over}: a queue begins")
        )
    return words


def _models(before: State, state: State) -> list[str]:
    """Training, release and rollback, where the versions show them."""
    causes = knowledge().design_causes
    new = [cause for cause, flag in FLAGS.items() if state.live & flag and not before.live & flag]
    gone = [cause for cause, flag in FLAGS.items() if before.live & flag and not state.live & flag]
    words = [f"a training: {causes[cause].is_}" for cause in new]
    words += [
        f"a training: {causes[cause].is_}; that version is rolled back at once"
        for cause, flag in FLAGS.items()
        if state.alarms[CAUSES.index(cause)][1] == 1 and not (state.live | before.live) & flag
    ]
    if state.live & ERASED and not before.live & ERASED and before.erasure == -1:
        words.append("a version with the erased data is back")
    if gone and not new:
        words.append("a clean version is in use")
    elif before.drift and not state.drift:
        words.append("a training learns the changed world")
    return words


def _how(world: World, state: State) -> How:
    if state.mode == STOPPED:
        return "off"
    if state.mode == FALLBACK:
        return "fallback"
    return "harm" if state.alarms != world.nothing else "well"
