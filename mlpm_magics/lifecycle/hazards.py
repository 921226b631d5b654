"""What is decided about something that can go wrong: who owns it, and how it stands."""

from __future__ import annotations

import msgspec

from mlpm_magics.catalogue import Knowledge, find
from mlpm_magics.errors import InvalidValueError, shown
from mlpm_magics.lifecycle.parts.people import HazardPart
from mlpm_magics.lifecycle.stamp import Stamp, Step, full_stop, worded
from mlpm_magics.lifecycle.state import State
from mlpm_magics.results import HazardState

STATES: tuple[HazardState, ...] = ("open", "watched", "mitigated", "accepted")
_NEED_A_REASON = ("accepted", "mitigated")
_LONGEST_NAME = 120


def decide(
    known: Knowledge,
    state: State,
    stamp: Stamp,
    hazard: str,
    becomes: HazardState | None,
    owner: str,
    because: str,
) -> Step:
    """A hazard gets an owner, another state, or both."""
    entry = find(known.hazards, hazard.lower(), "hazard")
    old = state.hazards.get(entry.id, HazardPart())
    name = worded(owner, "an owner", _LONGEST_NAME) if owner.strip() else old.owner
    reason = worded(because, "a reason") if because.strip() else ""
    now = becomes or old.state
    if now not in STATES:
        raise InvalidValueError(f"{shown(now, 40)!r} is no state of a hazard", allowed=STATES)
    if becomes in _NEED_A_REASON and not reason and becomes != old.state:
        word = {"accepted": "accept", "mitigated": "mitigate"}[becomes]
        raise InvalidValueError(
            f"say why {entry.id.upper()} is {becomes}",
            hint=f'%ml_premortem {word} {entry.id.upper()} --because "…"',
        )
    kept = reason or (old.because if now == old.state else "")
    if (now, name, kept) == (old.state, old.owner, old.because):
        return state, ""
    part = HazardPart(state=now, owner=name, because=kept, when=stamp.when, who=stamp.who)
    said = []
    if name != old.owner:
        said.append(f"{name} owns {entry.id.upper()} ({entry.title.lower()}).")
    if (now, kept) != (old.state, old.because):
        why = f", because: {full_stop(kept)}" if kept else "."
        said.append(f"{entry.id.upper()} ({entry.title.lower()}) is {now}{why}")
    return msgspec.structs.replace(state, hazards={**state.hazards, entry.id: part}), " ".join(said)
