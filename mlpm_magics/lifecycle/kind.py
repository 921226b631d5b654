"""The family of a project's problem, as it was stated or guessed."""

from __future__ import annotations

from mlpm_magics.catalogue import Knowledge
from mlpm_magics.entries import ProblemType
from mlpm_magics.lifecycle.state import State


def kind_of(known: Knowledge, state: State) -> ProblemType | None:
    """The family; None where nobody has said a word about it."""
    guessed = state.fit.kind if state.fit else ""
    return known.problem_types.get(state.brief.problem_type or guessed)
