"""The plan of features. `asks`: what its open questions are about, or nothing for the plan itself."""

from __future__ import annotations

from mlpm_magics.entries import GateCriterion
from mlpm_magics.lifecycle.proofs.proof import Proof
from mlpm_magics.lifecycle.state import State

RESTS_ON = ("features",)
TO_TYPE = "%ml_features TABLE --target COLUMN"
_ABOUT = {
    "known": "whether they are known when the decision is taken",
    "stand_in": "whether they stand in for a group",
    "protected": "whether they may be used at all",
}


def found(criterion: GateCriterion, state: State) -> Proof:
    """Whether the plan is there, and the questions it asks are answered."""
    part = state.features
    if part is None:
        return Proof(None, "no plan of features is recorded yet")
    if criterion.asks == ("irrelevant_discarded",):
        return Proof(True, f"the plan leaves out {part.discarded} columns and uses {part.used}")
    for about in criterion.asks:
        waiting = part.open.get(about, 0)
        if part.suspicious.get(about):
            return Proof(False, f"{_columns(part.suspicious[about])} suspicious: nobody said {_ABOUT[about]}")
        if waiting:
            return Proof(None, f"{_columns(waiting)} open: nobody said {_ABOUT[about]}")
    return Proof(True, f"the plan of features for {part.used} columns says so")


def _columns(number: int) -> str:
    return "one column is" if number == 1 else f"{number} columns are"
