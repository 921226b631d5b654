"""Whether what a criterion asks for is there."""

from __future__ import annotations

from dataclasses import dataclass

from mlpm_magics.entries import GateCriterion
from mlpm_magics.lifecycle.state import State


@dataclass(frozen=True, slots=True)
class Proof:
    """What is known about a criterion: it holds, it does not, or (None) nobody can tell yet; and why."""

    holds: bool | None
    why: str


def undone(criterion: GateCriterion, state: State) -> list[str]:
    """The tasks of a criterion that are not ticked, or not signed where that is asked for."""
    waiting = []
    for task in criterion.tasks:
        kept = state.tasks.get(task)
        if kept is None or kept.done == "no" or (criterion.signed and not (kept.document or kept.note)):
            waiting.append(task)
    return waiting
