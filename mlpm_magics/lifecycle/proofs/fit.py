"""The fit verdict, and the answers of the brief."""

from __future__ import annotations

from mlpm_magics.entries import GateCriterion
from mlpm_magics.lifecycle.proofs.proof import Proof
from mlpm_magics.lifecycle.stamp import words_of
from mlpm_magics.lifecycle.state import State

RESTS_ON = ("answers",)
TO_TYPE = "%ml_fit"


def found(criterion: GateCriterion, state: State) -> Proof:
    """Whether the last verdict has nothing that stands against ML."""
    if state.fit is None:
        return Proof(None, "no fit verdict is recorded yet")
    good = state.fit.verdict in ("good_fit", "fit_with_cautions")
    return Proof(good, f"the fit verdict is: {words_of(state.fit.verdict)}")
