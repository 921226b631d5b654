"""Gates: what must be so before a phase ends, and when something that was so no longer is.

A criterion is `open` until what it asks for is there (`met`), or until somebody goes on without it and says
why (`waived`). It remembers the fingerprint of the report it rested on. It is `reopened` when that report
turns against it, or when the phase has been left and the report is now about something else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import msgspec

from mlpm_magics.catalogue import Knowledge
from mlpm_magics.entries import GateCriterion, Phase
from mlpm_magics.errors import shown
from mlpm_magics.lifecycle.state import Passed, State
from mlpm_magics.results import GateState

_GOOD = ("good_fit", "fit_with_cautions", "ready", "ready_with_cautions", "holds")
_UNTOUCHED = Passed(state="open")
_TO_TYPE = {"fit": "%ml_fit", "profile": "%ml_profile TABLE --target COLUMN", "design": "%ml_check NAME"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Whether what a criterion asks for is there, and that in words.

    `on` is the fingerprint of the report that says so, and `about` what that report rests on.
    """

    holds: bool
    why: str
    on: str = ""
    about: str = ""


def words_of(verdict: str) -> str:
    """A verdict as it is said."""
    return "cannot tell yet" if verdict == "ask" else verdict.replace("_", " ")


def evidence(criterion: GateCriterion, state: State) -> Evidence:
    """What the project file says about a criterion."""
    match criterion.met_by:
        case "fit":
            if state.fit is None:
                return Evidence(False, "no fit verdict is recorded yet")
            why = f"the fit verdict is: {words_of(state.fit.verdict)}"
            return Evidence(state.fit.verdict in _GOOD, why, state.fit.digest, "the problem or its answers")
        case "profile":
            if state.data is None:
                return Evidence(False, "no profile is recorded yet")
            why = f"the profile of {shown(state.data.table, 60)!r} says: {words_of(state.data.verdict)}"
            return Evidence(state.data.verdict in _GOOD, why, state.data.fingerprint, "the data")
        case "design":
            if state.design is None:
                return Evidence(False, "no check of a design is recorded yet")
            broken = f" ({', '.join(state.design.broken)})" if state.design.broken else ""
            design = shown(state.design.name, 60)
            why = f"the check of the design {design!r} says: {state.design.verdict}{broken}"
            return Evidence(state.design.verdict in _GOOD, why, state.design.digest, "the design")
        case _:
            waiting = undone(criterion, state)
            why = f"still to do: {', '.join(waiting)}" if waiting else "its tasks are done"
            return Evidence(bool(criterion.tasks) and not waiting, why)


def undone(criterion: GateCriterion, state: State) -> list[str]:
    """The tasks of a criterion that are not ticked."""
    return [task for task in criterion.tasks if task not in state.tasks or state.tasks[task].done == "no"]


def settle(known: Knowledge, state: State, when: str, who: str) -> tuple[State, list[str], list[str]]:
    """Bring every criterion in line with the rest of the file.

    Returns:
        The new state, the ids of the criteria that are met now and were not, and a sentence for each that
        was reopened.
    """
    gates = dict(state.gates)
    met: list[str] = []
    reopened: list[str] = []
    order = list(known.phases)
    for phase in known.phases.values():
        left = order.index(phase.id) < order.index(state.phase)
        for criterion in phase.gate:
            old = gates.get(criterion.id, _UNTOUCHED)
            found = evidence(criterion, state)
            now, why = _judged(old, found, left)
            if (now, why) == (old.state, old.why) and (now != "met" or found.on == old.on):
                continue
            on = old.on if now == "reopened" else found.on
            gates[criterion.id] = Passed(state=now, why=why, when=when, who=who, on=on)
            if now == "met" != old.state:
                met.append(criterion.id)
            if now == "reopened" != old.state:
                back = f" Go back: %ml_lifecycle back {phase.id}" if left else ""
                reopened.append(
                    f"Gate {criterion.id!r} of the {phase.title.lower()} phase is open again: {why}.{back}"
                )
    return msgspec.structs.replace(state, gates=gates), met, reopened


def _judged(
    old: Passed, found: Evidence, left: bool
) -> tuple[Literal["open", "met", "waived", "reopened"], str]:
    """The state that follows from the one before, and why. `left`: its phase has been left."""
    same = found.on == old.on
    match old.state:
        case "waived" if not found.holds and same:
            return "waived", old.why
        case "open" | "waived" if found.holds:
            return "met", found.why
        case "open":
            return "open", ""
        case "met" | "reopened" if found.holds and (same or not left):
            return "met", found.why
        case _:
            if not found.holds:
                return ("open", "") if not found.on and not left else ("reopened", found.why)
            return "reopened", f"{found.about} changed since this gate was passed"


def gate_states(known: Knowledge, state: State) -> dict[str, GateState]:
    """Every criterion of the phases up to the current one, by id."""
    order = list(known.phases)
    until = order.index(state.phase)
    return {
        criterion.id: _shown(known.phases[name], criterion, state, place < until)
        for place, name in enumerate(order[: until + 1])
        for criterion in known.phases[name].gate
    }


def blocking(known: Knowledge, state: State) -> list[GateState]:
    """What keeps the current phase from ending: earlier gates that are open again, then its own open ones."""
    return [
        gate
        for gate in gate_states(known, state).values()
        if gate.state == "reopened" or (gate.state == "open" and gate.phase == state.phase)
    ]


def _shown(phase: Phase, criterion: GateCriterion, state: State, left: bool) -> GateState:
    kept = state.gates.get(criterion.id, _UNTOUCHED)
    return GateState(
        id=criterion.id,
        title=criterion.title,
        phase=phase.id,
        state=kept.state,
        why=kept.why or evidence(criterion, state).why,
        how="" if kept.state in ("met", "waived") else _how(phase, criterion, state, left),
        matters=criterion.why,
        when=kept.when,
        who=kept.who,
    )


def _how(phase: Phase, criterion: GateCriterion, state: State, left: bool) -> str:
    if criterion.met_by == "statement":
        waiting = undone(criterion, state)
        return f"%ml_lifecycle done {waiting[0]}" if waiting else f"%ml_lifecycle waive {criterion.id}"
    return f"%ml_lifecycle back {phase.id}" if left else _TO_TYPE[criterion.met_by]
