"""The plan of features. `asks`: what its open questions are about, or nothing for the plan itself."""

from __future__ import annotations

from mlpm_magics.catalogue import knowledge
from mlpm_magics.entries import GateCriterion
from mlpm_magics.lifecycle.kind import kind_of
from mlpm_magics.lifecycle.proofs.proof import Proof, undone
from mlpm_magics.lifecycle.state import State
from mlpm_magics.lifecycle.typed import table_line

RESTS_ON = ("features",)
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
    """A plan, or where it has asked something or nothing is predicted, the answer in words."""
    part, kind = state.features, kind_of(knowledge(), state)
    unplanned = kind is not None and not kind.plans_features
    asked = part is not None and any(part.open.get(about) for about in criterion.asks)
    if criterion.tasks and (asked or unplanned):
        waiting = undone(criterion, state) or criterion.tasks
        return f'%ml_lifecycle done {waiting[0]} --note "…"'
    return table_line("%ml_features", state)


def _answered(criterion: GateCriterion, state: State) -> bool:
    """Whether somebody answered in words; a bare tick is no answer to what something points at."""
    ticked = [state.tasks[task] for task in criterion.tasks if task in state.tasks]
    return bool(ticked) and all(task.done == "yes" and (task.note or task.document) for task in ticked)


def _columns(number: int) -> str:
    return "one column" if number == 1 else f"{number} columns"
