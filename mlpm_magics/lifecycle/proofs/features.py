"""The plan of features. `asks`: what its open questions are about, or nothing for the plan itself."""

from __future__ import annotations

from mlpm_magics.entries import GateCriterion
from mlpm_magics.lifecycle.proofs.proof import Proof
from mlpm_magics.lifecycle.state import State

RESTS_ON = ("features",)
TO_TYPE = "%ml_features TABLE --target COLUMN"
_ABOUT = {
    "known": "whether it is known when the decision is taken",
    "stand_in": "whether it stands in for a group",
    "protected": "whether it may be used at all",
}


def found(criterion: GateCriterion, state: State) -> Proof:
    """Whether the plan is there, and the questions it asks are answered."""
    part = state.features
    if part is None:
        return Proof(None, "no plan of features is recorded yet")
    if criterion.asks == ("irrelevant_discarded",):
        return Proof(True, f"the plan leaves out {part.discarded} columns and uses {part.used}")
    for about in criterion.asks:
        waiting, suspicious = part.open.get(about, 0), part.suspicious.get(about, 0)
        if suspicious and not _answered(criterion, state):
            return Proof(
                False, f"something points at {_columns(suspicious)}, and nobody said {_ABOUT[about]}"
            )
        if waiting:
            return Proof(None, f"open for {_columns(waiting)}: {_ABOUT[about]}")
    return Proof(True, f"the plan of features for {part.used} columns says so")


def to_type(criterion: GateCriterion, state: State) -> str:
    """A plan, or where it has asked something, the answer in words."""
    part = state.features
    if part is not None and criterion.tasks and any(part.open.get(about) for about in criterion.asks):
        return f'%ml_lifecycle done {criterion.tasks[0]} --note "…"'
    return TO_TYPE


def _answered(criterion: GateCriterion, state: State) -> bool:
    """Whether somebody answered in words; a bare tick is no answer to what something points at."""
    ticked = [state.tasks[task] for task in criterion.tasks if task in state.tasks]
    return bool(ticked) and all(task.done == "yes" and (task.note or task.document) for task in ticked)


def _columns(number: int) -> str:
    return "one column" if number == 1 else f"{number} columns"
