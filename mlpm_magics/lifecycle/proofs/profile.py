"""The profile of the data: its verdict, its questions, or that certain checks found nothing.

`asks` is empty for the verdict, `every_question` for an answer to each question, or names checks.
"""

from __future__ import annotations

from mlpm_magics.catalogue import knowledge
from mlpm_magics.entries import GateCriterion
from mlpm_magics.errors import shown
from mlpm_magics.lifecycle.parts.data import DataPart
from mlpm_magics.lifecycle.parts.fit import Stated
from mlpm_magics.lifecycle.proofs.proof import Proof
from mlpm_magics.lifecycle.stamp import words_of
from mlpm_magics.lifecycle.state import State
from mlpm_magics.lifecycle.typed import table_line
from mlpm_magics.results import still_open

RESTS_ON = ("data",)
_MAGIC = "%ml_profile"


def found(criterion: GateCriterion, state: State) -> Proof:
    """What the last profile says to it."""
    if state.data is None:
        return Proof(None, "no profile is recorded yet")
    if criterion.asks == ("every_question",):
        return _answered(state.data, state)
    if criterion.asks:
        return _silent(criterion.asks, state.data)
    good = state.data.verdict in ("ready", "ready_with_cautions")
    said = words_of(state.data.verdict) + still_open(state.data.verdict, state.data.answers)
    return Proof(good, f"the profile of {shown(state.data.table, 60)!r} says: {said}")


def to_type(criterion: GateCriterion, state: State) -> str:
    """A profile, or where only a person can tell, the line with the answer to fill in."""
    data = state.data
    if data is None:
        return table_line(_MAGIC, state)
    if criterion.asks == ("every_question",):
        first = next(iter(_open(data, state)), "")
        return table_line(_MAGIC, state, f'--answer {first}=yes --because "…"' if first else "")
    if criterion.asks and found(criterion, state).holds is None:
        return f'%ml_lifecycle done {criterion.tasks[0]} --note "…"'
    return table_line(_MAGIC, state)


def _answered(data: DataPart, state: State) -> Proof:
    """Each question is answered by the table or, where it cannot tell, in the brief."""
    open_ = _open(data, state)
    if open_:
        return Proof(None, f"the table cannot tell, and nobody has said: {', '.join(open_)}")
    return Proof(True, "every data question is answered, by the table or in the brief")


def _open(data: DataPart, state: State) -> list[str]:
    """The questions that nobody has answered."""
    stated = {
        name
        for name, answer in state.brief.answers.items()
        if (answer.answer if isinstance(answer, Stated) else answer) in ("yes", "no")
    }
    questions = knowledge().data_questions
    return [
        name
        for name, answer in data.answers.items()
        if answer.status == "unknown" and name in questions and questions[name].criterion not in stated
    ]


def _silent(checks: tuple[str, ...], data: DataPart) -> Proof:
    fired = [name for name in checks if name in data.findings and data.findings[name].severity != "info"]
    table = shown(data.table, 60)
    if fired:
        return Proof(False, f"the profile of {table!r} found: {', '.join(fired)}")
    return Proof(None, f"the profile of {table!r} found nothing against it; a table cannot tell for sure")
