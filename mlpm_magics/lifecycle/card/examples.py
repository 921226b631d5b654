"""The question and the example of each field, as they are for this project's family of problems."""

from __future__ import annotations

import msgspec

from mlpm_magics.catalogue import Knowledge
from mlpm_magics.entries import CardField
from mlpm_magics.lifecycle.kind import kind_of
from mlpm_magics.lifecycle.state import State

_USUAL = "classification"


def fields_of(known: Knowledge, state: State) -> dict[str, CardField]:
    """The fields of the card, each with the question and the example of the project's family of problems."""
    kind = kind_of(known, state)
    return fields_for(known, kind.id if kind else "")


def story_of(known: Knowledge, state: State) -> str:
    """The problem that the examples tell of, in its own sentence."""
    kind = kind_of(known, state)
    return known.card_examples[kind.id if kind and kind.id in known.card_examples else _USUAL].story


def fields_for(known: Knowledge, problem_type: str) -> dict[str, CardField]:
    """The same for a family by its id; one without examples of its own has the usual ones."""
    own = known.card_examples.get(problem_type)
    if own is None:
        return known.card_fields
    return {
        name: msgspec.structs.replace(
            field, ask=own.asks.get(name, field.ask), example=own.examples.get(name, field.example)
        )
        for name, field in known.card_fields.items()
    }
