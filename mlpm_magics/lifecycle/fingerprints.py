"""What a project rests on, each as a fingerprint: when one changes, the gates that rest on it open again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from mlpm_magics.lifecycle.state import State

# what a gate can rest on, and how that is called in a sentence
CALLED = {
    "goal": "the goal",
    "prediction": "what is predicted",
    "costs": "the costs of the mistakes",
    "answers": "the problem or its answers",
    "columns": "the columns of the data",
    "data": "the data",
    "features": "the plan of the features",
    "baseline": "the baseline",
    "design": "the design",
    "lines": "the agreed margin or floor",
}
_OF_THE_CARD = {
    "goal": ("goal", "kill_line"),
    "prediction": ("entity", "decision_time", "outcome", "outcome_wait"),
    "costs": ("cost_wrong_yes", "cost_wrong_no"),
    "lines": ("margin", "floor", "current_quality"),
}

ON_THE_CARD = ("goal", "costs", "lines")  # what a baseline is held against


def digest(content: object) -> str:
    """Sixteen characters that differ where the content does."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


def card_digest(state: State) -> str:
    """What of the problem card a baseline is held against, as a digest."""
    held = (*(field for name in ON_THE_CARD for field in _OF_THE_CARD[name]), "volume")
    return digest([state.card[field].text if field in state.card else "" for field in held])


def fingerprints(state: State) -> dict[str, str]:
    """What there is, by what it is; what is not there yet is left out."""
    found = {
        name: digest([state.card[field].text if field in state.card else "" for field in fields])
        for name, fields in _OF_THE_CARD.items()
        if any(field in state.card for field in fields)
    }
    parts = {
        "answers": state.fit and state.fit.digest,
        "columns": state.data and state.data.columns,
        "data": state.data and state.data.fingerprint,
        "features": state.features and state.features.digest,
        "baseline": state.baseline and state.baseline.digest,
        "design": state.design and state.design.digest,
    }
    return found | {name: value for name, value in parts.items() if value}


def written(rests_on: Iterable[str], found: Mapping[str, str]) -> str:
    """The fingerprints of some as a line of the file: `goal 1f0c…, data 9b3e…`."""
    return ", ".join(f"{name} {found[name]}" for name in rests_on if name in found)


def read(on: str, rests_on: tuple[str, ...]) -> dict[str, str]:
    """The fingerprints of such a line; a bare one, from an older file, is that of the first."""
    if on and " " not in on:
        return {rests_on[0]: on} if rests_on else {}
    pairs = (piece.partition(" ") for piece in on.split(", ") if piece)
    return {name: value for name, _, value in pairs}


def changed(on: str, rests_on: tuple[str, ...], found: Mapping[str, str]) -> list[str]:
    """What is no longer as it was; what was not there then cannot have changed."""
    then = read(on, rests_on)
    return [name for name in rests_on if name in then and name in found and then[name] != found[name]]
