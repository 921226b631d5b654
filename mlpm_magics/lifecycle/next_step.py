"""What to do next in a project: the first thing that is open, in words and as a line to type."""

from __future__ import annotations

from mlpm_magics.catalogue import Knowledge
from mlpm_magics.lifecycle.card.examples import fields_of, story_of
from mlpm_magics.lifecycle.fingerprints import card_digest
from mlpm_magics.lifecycle.stamp import full_stop
from mlpm_magics.lifecycle.state import State
from mlpm_magics.lifecycle.typed import stand_ins
from mlpm_magics.results import GateState


def next_step(known: Knowledge, state: State, open_: list[GateState]) -> tuple[str, str]:
    """What to do next, in words, and what to type.

    Args:
        known: the phases.
        state: what is recorded.
        open_: the gate criteria that are open, the first one first.
    """
    if not open_:
        if state.phase == list(known.phases)[-1]:
            return "Come back for the next review, or when something changes.", ""
        return "Go on to the next phase.", "%ml_lifecycle advance"
    if not state.brief.statement and state.phase == next(iter(known.phases)):
        return (
            "Say the problem in one sentence, as to a colleague: what is asked here fits it then.",
            "%ml_fit …",
        )
    first = open_[0]
    match first.how.split()[:3]:
        case ["%ml_lifecycle", "back", _] if first.state == "reopened":
            return f"{full_stop(first.title)} This is open again: {first.why}.", first.how
        case ["%ml_lifecycle", "set", name]:
            field = fields_of(known, state)[name]
            said = f"{field.ask} For “{story_of(known, state)}”, for example:"
            return said, f'%ml_lifecycle set {name} "{field.example}"'
        case ["%ml_lifecycle", "done", name]:
            tasks = {task.id: task for phase in known.phases.values() for task in phase.tasks}
            task = tasks[name]
            return f"{full_stop(task.title)} {_found(known, first)}{task.help} When it is done:", first.how
        case ["%ml_lifecycle", "waive", _]:
            return f"{full_stop(first.title)} {_found(known, first)}To go on without it, say why:", first.how
        case ["%ml_baseline", *_] if state.baseline and state.baseline.card not in ("", card_digest(state)):
            return f"{full_stop(first.title)} The problem card says more now: measure again.", first.how
        case ["%ml_design", *_] if state.design:
            mend = (
                "Mend it, for example by this choice, if your product will keep it:"
                if state.design.repair
                else "No choice alone mends it: change the design, in its cell or in this form."
            )
            return f"{full_stop(first.title)} {_found(known, first)}{mend}", first.how
        case ["%ml_profile", *_] if state.data and "--answer" not in first.how:
            mend = f'Mend the table and type this again, or: %ml_lifecycle waive {first.id} --because "…"'
            return f"{full_stop(first.title)} {_found(known, first)}{mend}", first.how
    words = f"{full_stop(first.title)} {_found(known, first)}{stand_ins(first.how, state)}"
    return words.rstrip(), first.how


def _found(known: Knowledge, gate: GateState) -> str:
    """What a report says about it, in a sentence; "" where it is no report that has to say something."""
    criterion = next(c for c in known.phases[gate.phase].gate if c.id == gate.id)
    if criterion.met_by in ("statement", "card"):
        return ""
    return f"{gate.why[:1].upper()}{full_stop(gate.why[1:])} "
