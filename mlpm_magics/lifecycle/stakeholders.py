"""The map of the people a product does something to, as far as it is filled in."""

from __future__ import annotations

import msgspec

from mlpm_magics.catalogue import Knowledge, find
from mlpm_magics.lifecycle.parts.people import Words
from mlpm_magics.lifecycle.stamp import Stamp, Step, full_stop, worded
from mlpm_magics.lifecycle.state import State

_LONGEST = 600


def say(known: Knowledge, state: State, stamp: Stamp, who: str, text: str) -> Step:
    """What it does to some people, or nothing."""
    entry = find(known.affected, who, "kind of people")
    old = state.stakeholders.get(who)
    if not text.strip():
        if old is None:
            return state, ""
        rest = {name: said for name, said in state.stakeholders.items() if name != who}
        after = msgspec.structs.replace(state, stakeholders=rest)
        return after, f"{entry.title}: off the map of the people."
    words = worded(text, "what it does to them", _LONGEST)
    if old and old.text == words:
        return state, ""
    said = {**state.stakeholders, who: Words(text=words, when=stamp.when, who=stamp.who)}
    after = msgspec.structs.replace(state, stakeholders=said)
    return after, f"What it does to {entry.title[:1].lower()}{entry.title[1:]}: {full_stop(words)}"
