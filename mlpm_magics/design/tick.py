"""One tick of a product's life, in eight parts. Each part is a function beside the sentence it stands for.

The event comes first, then everything that follows from it without choice.
"""

from __future__ import annotations

from mlpm_magics.design.events import Event
from mlpm_magics.design.state import (
    BIT,
    CAUSES,
    CLEAN_AGAIN,
    CORRUPT,
    ERASED,
    FALLBACK,
    FLAGS,
    IMMATURE,
    MASKED,
    MODEL,
    OK,
    POISON,
    STOPPED,
    State,
    Tick,
)
from mlpm_magics.design.world import World

_WRONG, _POISON, _GROUP, _PROXY, _BLIND, _NEWPOP = (
    CAUSES.index(cause) for cause in ("wrong", "poison", "group", "proxy", "blind", "newpop")
)
_FLAG_OF = tuple(FLAGS.get(cause, 0) for cause in CAUSES)
_BITS = tuple(BIT[cause] for cause in CAUSES)
_MIX, _WRONG_BIT = BIT["mix"], BIT["wrong"]
_ANY_FLAG = CORRUPT | POISON | MASKED | IMMATURE
_BAD_DAYS = CORRUPT | POISON


def step(world: World, state: State, event: Event | None) -> Tick:
    """The state after one more tick in which `event`, or nothing, happens."""
    t = Tick(state)
    if t.drift:
        labels_mature(world, t)
    if event is not None:
        t.left -= not event.kind.free
        event.kind.happens(t, event.hit)
    data_arrive(world, t)
    if world.retrain:
        retrain(world, t)
    find_causes(world, t)
    detect(world, t)
    respond(world, t)
    people(world, t)
    return t


def labels_mature(world: World, t: Tick) -> None:
    """The world that changed can be learned only once its outcomes are known: the delay, and a tick."""
    t.drift = min(t.drift + 1, world.delay + 1)


def data_arrive(world: World, t: Tick) -> None:
    """A source that delivers is fresh. What is wrong, and known to nobody, goes into the training data."""
    t.sources, t.down, t.causes = world.arrived(t.sources)
    wrong = t.causes & _WRONG_BIT
    if t.alarms[_WRONG][1]:
        t.dirty = 0
    elif wrong:
        t.dirty = world.window
    elif t.dirty:
        t.dirty -= 1
    if t.alarms[_POISON][1]:
        t.poisoned = 0
    elif t.attack:
        t.poisoned = world.window
    elif t.poisoned:
        t.poisoned -= 1


def retrain(world: World, t: Tick) -> None:
    """A new model learns what is in the window, faults included; the gate may refuse it."""
    t.retrain_in -= 1
    if t.retrain_in > 0:
        return
    t.retrain_in = world.retrain
    label, feedback = world.design.label, world.design.feedback
    new = (CORRUPT if t.dirty else 0) | (POISON if t.poisoned else 0)
    if label.changed_by_action and not feedback.explore and t.mode == MODEL and not t.live & MASKED:
        new |= MASKED
    young = 2 * min(world.delay, world.window) * (2 if t.surge else 1)
    if not label.wait and world.delay > 0 and young >= world.window:
        new |= IMMATURE
    if t.erasure and not world.design.people.erase_from_training:
        new |= ERASED
    if world.gate == "golden" and new & _ANY_FLAG:
        return
    t.kept = (t.live, *t.kept)[: world.keep]
    t.live = new
    if t.drift > world.delay:
        t.drift = 0
    t.group &= not t.alarms[_GROUP][1]
    t.proxy &= not t.alarms[_PROXY][1]
    t.blind &= not t.alarms[_BLIND][1]
    t.newpop &= not t.alarms[_NEWPOP][1]
    if t.skew:
        grows = not feedback.explore and t.mode == MODEL
        t.skew = min(3, t.skew + 1) if grows else t.skew - 1


def find_causes(world: World, t: Tick) -> None:
    """Why decisions would be bad; they are so only while the model decides (a mix: in the fallback too)."""
    causes = t.causes  # what the sources are to blame for
    if t.live & _ANY_FLAG:
        for cause, flag in FLAGS.items():
            if t.live & flag:
                causes |= BIT[cause]
    if t.drift:
        causes |= BIT["drift"]
    if t.group:
        causes |= BIT["group"]
    if t.proxy:
        causes |= BIT["proxy"]
    if t.blind:
        causes |= BIT["blind"]
    if world.leaks:
        causes |= BIT["leak"]
    if t.mix:
        causes |= _MIX
    if t.newpop:
        causes |= BIT["newpop"]
    t.causes = causes
    t.harmful = harming(t.mode, causes) > 0


def harming(mode: int, causes: int) -> int:
    """The causes that make decisions bad now."""
    return causes if mode == MODEL else causes & _MIX if mode == FALLBACK else 0


def detect(world: World, t: Tick) -> None:
    """A monitor that sees a cause, and whose sources are not down, goes off after its lag and its pause."""
    if not t.causes:
        t.alarms = world.nothing
        return
    alarms = list(world.nothing)
    bad = harming(t.mode, t.causes)
    for number in world.numbers(t.causes):
        bit = _BITS[number]
        unnoticed, since, *watched = t.alarms[number]
        if since:
            since = min(since + 1, world.alarm_cap)
            t.longest = max(t.longest, since)
            alarms[number] = (0, since, *watched)
            continue
        if bad & bit:
            unnoticed = min(unnoticed + 1, world.unnoticed_cap)
        for i, watcher in enumerate(world.watchers[number]):
            if t.down.isdisjoint(watcher.needs):
                watched[i] += 1
                if watched[i] >= watcher.enough:
                    since = 1
        if since:
            t.longest = max(t.longest, 1)
            alarms[number] = (0, 1, *(0 for _ in watched))
            continue
        if unnoticed > world.limits.unnoticed:
            t.late |= bit
        alarms[number] = (unnoticed, 0, *watched)
    t.alarms = tuple(alarms)


def respond(world: World, t: Tick) -> None:
    """What the team decided to do happens, so many ticks after the alarm; else the model comes back."""
    stop = world.exposure_at is not None and t.exposure >= world.exposure_at
    fall_back = False
    if t.causes:
        for number in world.numbers(t.causes):
            since = t.alarms[number][1]
            if not since:
                continue
            for watcher in world.watchers[number]:
                if since - 1 < watcher.after:
                    continue
                do = watcher.do
                if do == "stop":
                    stop = True
                elif do == "fallback":
                    fall_back = True
                elif do == "rollback":
                    if CAUSES[number] == "mix":
                        t.mix = 0
                    elif not _FLAG_OF[number]:
                        fall_back = True
                    elif not _roll_back(t, _FLAG_OF[number]):
                        t.no_clean = True
                        stop = True
                elif do == "retrain" and world.retrain:
                    t.retrain_in = 1
                elif do == "complete":
                    t.mix = 0
    if stop:
        t.mode = STOPPED
    elif fall_back:
        if t.mode == MODEL:
            t.mode = FALLBACK
    elif t.mode != MODEL and not t.causes:
        half = 1 if world.exposure_at is None else max(1, world.exposure_at / 2)
        if t.exposure < half:
            t.mode = MODEL
    t.in_fallback = min(t.in_fallback + 1, world.in_fallback_cap) if t.mode == FALLBACK else 0


def _roll_back(t: Tick, flag: int) -> bool:
    """The newest version kept without the flag is used again; False where there is none."""
    if not t.live & flag:
        return True
    for i, flags in enumerate(t.kept):
        if not flags & flag:
            t.kept = (*t.kept[i + 1 :], t.live, *t.kept[:i])
            t.live = flags
            return True
    return False


def people(world: World, t: Tick) -> None:
    """Those who review, those who wait for an appeal, those who left, and what is at stake."""
    if world.when_full and world.when_full != "safe_default":
        arrivals = world.peak if t.surge else world.load
        t.backlog = min(max(0, t.backlog + arrivals - world.capacity), world.backlog_cap)
    limits = world.limits
    if limits.correct is not None:
        _case(world, t)
    if t.live & ERASED:
        t.erasure = min(max(t.erasure, 0) + 1, (limits.erase or 0) + 1)
    elif t.erasure:
        t.erasure = CLEAN_AGAIN
    if world.exposure_cap:
        change = world.design.act.per_tick if harming(t.mode, t.causes) else -1
        t.exposure = min(max(0, t.exposure + change), world.exposure_cap)
    if limits.outlive is not None:
        lives_on = t.mode == MODEL and t.live & _BAD_DAYS and all(s == OK for s, _ in t.sources)
        t.outlives = min(t.outlives + 1, limits.outlive + 1) if lives_on else 0
    t.off = min(t.off + 1, limits.resume + 1) if t.mode != MODEL and not t.causes else 0


def _case(world: World, t: Tick) -> None:
    """A wrong decision stands until its appeal comes through."""
    design = world.design
    if t.case:
        t.case = min(t.case + 1, (world.limits.correct or 0) + 1)
    elif t.mistake or (t.harmful and design.decision.harm != "low"):
        t.case = 1
    blocked = design.people.same_staff_as_review and t.backlog
    if design.people.appeal is not None and t.case > design.people.appeal and not blocked:
        t.case = 0
