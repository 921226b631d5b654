"""Tasks that are ticked: somebody says so."""

from __future__ import annotations

from mlpm_magics.catalogue import knowledge
from mlpm_magics.entries import GateCriterion
from mlpm_magics.errors import shown
from mlpm_magics.lifecycle.proofs.proof import Proof, undone
from mlpm_magics.lifecycle.state import State

RESTS_ON: tuple[str, ...] = ()
TO_TYPE = "%ml_lifecycle done TASK"


def found(criterion: GateCriterion, state: State) -> Proof:
    """Whether all its tasks are ticked."""
    waiting = undone(criterion, state)
    if waiting:
        ticked = [task for task in waiting if task in state.tasks and state.tasks[task].done == "yes"]
        if ticked:
            return Proof(False, f"{ticked[0]} is ticked, and neither a document nor a note says who signed")
        titles = {task.id: task.title for phase in knowledge().phases.values() for task in phase.tasks}
        return Proof(False, f"still to do: {', '.join(f'“{titles[task]}”' for task in waiting)}")
    named = [state.tasks[task].document for task in criterion.tasks if state.tasks[task].document]
    documents = f"; see {', '.join(shown(name, 80) for name in named)}" if named else ""
    if criterion.met_by == "statement":
        return Proof(bool(criterion.tasks), f"its tasks are done{documents}")
    return Proof(bool(criterion.tasks), f"stated, not measured: its tasks are done{documents}")
