"""The map of the people the product does something to."""

from __future__ import annotations

from mlpm_magics.entries import GateCriterion
from mlpm_magics.lifecycle.proofs.proof import Proof
from mlpm_magics.lifecycle.state import State

RESTS_ON: tuple[str, ...] = ()
TO_TYPE = '%ml_empathy map WHO "…"'
_NEEDED = ("wrongly_flagged", "missed")


def found(criterion: GateCriterion, state: State) -> Proof:
    """Whether it says what a mistake does to those it hits, on both sides."""
    missing = _missing(state)
    if missing:
        said = f"not said yet what it does to: {', '.join(missing)}"
        return Proof(None if len(missing) == len(_NEEDED) else False, said)
    return Proof(True, f"said for {len(state.stakeholders)} kinds of people")


def to_type(criterion: GateCriterion, state: State) -> str:
    """The line for the first of them that nobody has said."""
    return next((f'%ml_empathy map {who} "…"' for who in _missing(state)), TO_TYPE)


def _missing(state: State) -> list[str]:
    return [who for who in _NEEDED if who not in state.stakeholders]
