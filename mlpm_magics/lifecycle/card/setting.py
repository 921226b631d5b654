"""Setting a field of the problem card."""

from __future__ import annotations

import msgspec

from mlpm_magics.catalogue import Knowledge, find
from mlpm_magics.errors import shown
from mlpm_magics.lifecycle.card.reading import date_in
from mlpm_magics.lifecycle.parts.people import Words
from mlpm_magics.lifecycle.stamp import Stamp, Step, full_stop, worded
from mlpm_magics.lifecycle.state import State

_LONGEST = 300


def set_field(known: Knowledge, state: State, stamp: Stamp, field: str, text: str) -> Step:
    """A field says something else, or nothing."""
    entry = find(known.card_fields, field, "field")
    old = state.card.get(field)
    if not text.strip():
        if old is None:
            return state, ""
        rest = {name: said for name, said in state.card.items() if name != field}
        return msgspec.structs.replace(state, card=rest), f"{entry.title} is off the problem card."
    words = worded(text, f"the {entry.title.lower()}", _LONGEST)
    if old and old.text == words:
        return state, ""
    card = {**state.card, field: Words(text=words, when=stamp.when, who=stamp.who)}
    before = f" (before: {shown(old.text, 80)})" if old else ""
    said = f"{entry.title}{before}: {full_stop(words)}"
    if "date" in entry.holds and (day := date_in(words)):
        said += f" Read as the date {day}." if day not in words else ""
    return msgspec.structs.replace(state, card=card), said
