"""The check of a design."""

from __future__ import annotations

import shlex

from mlpm_magics.catalogue import knowledge
from mlpm_magics.entries import GateCriterion
from mlpm_magics.errors import shown
from mlpm_magics.lifecycle.kind import kind_of
from mlpm_magics.lifecycle.proofs.proof import Proof
from mlpm_magics.lifecycle.state import State

RESTS_ON = ("design",)


def found(criterion: GateCriterion, state: State) -> Proof:
    """Whether everything holds in the design."""
    if state.design is None:
        return Proof(None, "no check of a design is recorded yet")
    broken = f" ({', '.join(state.design.broken)})" if state.design.broken else ""
    name = shown(state.design.name, 60)
    why = f"the check of the design {name!r} says: {state.design.verdict}{broken}"
    return Proof(state.design.verdict == "holds", why)


def to_type(criterion: GateCriterion, state: State) -> str:
    """A sketch to start from, or the design that is there: its form where it has to be mended."""
    if state.design is None:
        kind = kind_of(knowledge(), state)
        return f"%ml_design --template {kind.sketch if kind else 'fraud_screen'}"
    name = state.design.name if state.design.name.isidentifier() else ""
    if not state.design.broken:
        return f"%ml_check {name}".rstrip()
    changes = [f"--set {shlex.quote(change)}" for change in state.design.repair] if name else []
    return " ".join(filter(None, ("%ml_design", name, *changes)))
