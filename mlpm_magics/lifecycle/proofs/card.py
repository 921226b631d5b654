"""The problem card: the fields a criterion asks for are set and can be used."""

from __future__ import annotations

from mlpm_magics.catalogue import knowledge
from mlpm_magics.entries import GateCriterion
from mlpm_magics.lifecycle.card import card_of
from mlpm_magics.lifecycle.proofs.proof import Proof
from mlpm_magics.lifecycle.state import State

RESTS_ON: tuple[str, ...] = ()
TO_TYPE = '%ml_lifecycle set FIELD "…"'


def found(criterion: GateCriterion, state: State) -> Proof:
    """Whether its fields are set and can be used."""
    missing = [field for field in criterion.asks if field not in state.card]
    if len(missing) == len(criterion.asks):
        return Proof(None, f"not on the problem card yet: {', '.join(missing)}")
    if missing:
        return Proof(False, f"still missing on the problem card: {', '.join(missing)}")
    card = card_of(knowledge(), state)
    against = [
        remark
        for remark in card.remarks
        if remark.severity == "blocker" and remark.fields[0] in criterion.asks
    ]
    if against:
        return Proof(False, against[0].sentence.rstrip("."))
    return Proof(True, f"on the problem card: {', '.join(criterion.asks)}")


def to_type(criterion: GateCriterion, state: State) -> str:
    """The line for the first field that is missing, or else the first."""
    missing = [field for field in criterion.asks if field not in state.card]
    return f'%ml_lifecycle set {(missing or criterion.asks)[0]} "…"'
