"""The check of a design."""

from __future__ import annotations

from mlpm_magics.entries import GateCriterion
from mlpm_magics.errors import shown
from mlpm_magics.lifecycle.proofs.proof import Proof
from mlpm_magics.lifecycle.state import State

RESTS_ON = ("design",)
TO_TYPE = "%ml_check NAME"


def found(criterion: GateCriterion, state: State) -> Proof:
    """Whether everything holds in the design."""
    if state.design is None:
        return Proof(None, "no check of a design is recorded yet")
    broken = f" ({', '.join(state.design.broken)})" if state.design.broken else ""
    name = shown(state.design.name, 60)
    why = f"the check of the design {name!r} says: {state.design.verdict}{broken}"
    return Proof(state.design.verdict == "holds", why)
