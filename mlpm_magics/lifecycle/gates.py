"""Gates: what must be so before a phase ends, and when something that was so no longer is.

A criterion is `open` until what it asks for is there (`met`), or until somebody goes on without it and says
why (`waived`). It remembers the fingerprints of what it rested on. It is `reopened` when what is recorded
turns against it, when something it rested on has changed and the phase has been left, or when a report is
older than what changed. What was measured is then measured again in that phase; what was said has to be said
again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import msgspec

from mlpm_magics.catalogue import Knowledge, modules_in
from mlpm_magics.entries import GateCriterion, Phase
from mlpm_magics.lifecycle.fingerprints import (
    CALLED,
    ON_THE_CARD,
    card_digest,
    changed,
    fingerprints,
    read,
    written,
)
from mlpm_magics.lifecycle.parts.steps import Passed
from mlpm_magics.lifecycle.proofs import statement
from mlpm_magics.lifecycle.proofs.proof import Proof, undone
from mlpm_magics.lifecycle.state import State
from mlpm_magics.results import GateState

_UNTOUCHED = Passed(state="open")
_MOST_NAMED = 3  # of the gates that are met; those that are not are all named
_REPORTS = ("fit", "profile", "features", "baseline", "design")  # made again in their own phase


@dataclass(frozen=True, slots=True)
class Evidence:
    """Whether what a criterion asks for is there, and that in words.

    `measured`: it comes from what is recorded, not from a tick. `rests_on`: what that rests on.
    """

    holds: bool
    why: str
    measured: bool
    rests_on: tuple[str, ...]


def evidence(criterion: GateCriterion, state: State) -> Evidence:
    """What the file says about a criterion: what is recorded, or where that cannot tell, its tasks."""
    kind = modules_in("mlpm_magics.lifecycle.proofs")[criterion.met_by]
    rests_on = criterion.rests_on or kind.RESTS_ON
    proof: Proof = kind.found(criterion, state)
    if proof.holds is None and criterion.tasks and criterion.ticks_suffice:
        stated = statement.found(criterion, state)
        if stated.holds:
            return Evidence(True, stated.why, False, rests_on)
    return Evidence(bool(proof.holds), proof.why, criterion.met_by != "statement", rests_on)


def settle(known: Knowledge, state: State, when: str, who: str) -> tuple[State, list[str], list[str]]:
    """Bring every criterion in line with the rest of the file.

    Returns:
        The new state, the titles of the criteria that are met now and were not, and a sentence for each
        cause that reopened some.
    """
    gates = dict(state.gates)
    met: list[str] = []
    reopened: dict[str, list[tuple[Phase, GateCriterion]]] = {}  # by why
    order = list(known.phases)
    there = fingerprints(state)
    held = ON_THE_CARD if state.baseline and state.baseline.card == card_digest(state) else ()
    for phase in known.phases.values():
        left = order.index(phase.id) < order.index(state.phase)
        for criterion in phase.gate:
            old = gates.get(criterion.id, _UNTOUCHED)
            found = evidence(criterion, state)
            now, why = _judged(old, found, left, there, held)
            on = _remembered(old, found, now, left, there)
            if (now, why, on) == (old.state, old.why, old.on):
                continue
            stamp = (when, who) if (now, why) != (old.state, old.why) else (old.when, old.who)
            gates[criterion.id] = Passed(state=now, why=why, when=stamp[0], who=stamp[1], on=on)
            if now == "met" != old.state:
                met.append(_quoted(criterion))
            if now == "reopened" != old.state:
                reopened.setdefault(why, []).append((phase, criterion))
    told = [_told(why, those, order.index(state.phase), order) for why, those in reopened.items()]
    return msgspec.structs.replace(state, gates=gates), met, told


def _told(why: str, those: list[tuple[Phase, GateCriterion]], here: int, order: list[str]) -> str:
    """What was reopened for one reason, and the earliest phase to go back to."""
    first = those[0][0]
    back = f" Go back: %ml_lifecycle back {first.id}" if order.index(first.id) < here else ""
    by_phase: dict[str, list[str]] = {}
    for phase, criterion in those:
        by_phase.setdefault(phase.title.lower(), []).append(_quoted(criterion))
    named = "; ".join(f"{', '.join(titles)} of the {phase} phase" for phase, titles in by_phase.items())
    if len(those) == 1:
        return f"Gate {named} is open again: {why}.{back}"
    since = why.replace("this gate was passed", "they were passed")
    return f"{len(those)} gates are open again, because {since}: {named}.{back}"


def _judged(
    old: Passed, found: Evidence, left: bool, there: Mapping[str, str], held: tuple[str, ...]
) -> tuple[Literal["open", "met", "waived", "reopened"], str]:
    """The state that follows from the one before, and why.

    `left`: its phase has been left. `held`: what the last baseline was held against as it is now.
    """
    other = changed(old.on, found.rests_on, there)
    own = found.rests_on[0] if found.measured and found.rests_on else ""
    turned = own in there  # what is recorded speaks against it, rather than nothing being there
    first = turned and own not in read(old.on, found.rests_on)
    newer = [name for name in other if own != "baseline" or name not in held]
    stale = bool(own and newer and own not in other)  # the report is older than what changed
    match old.state:
        case "waived" if not found.holds and not other and not first:
            return "waived", old.why
        case "open" | "waived" if found.holds:
            return "met", found.why
        case "open":
            return "open", ""
        case "met" if found.holds and (not other or not (left or stale)):
            return "met", found.why
        case "reopened" if found.holds and (not other or (found.measured and not (left or stale))):
            return "met", found.why
        case _:
            if not found.holds:
                return ("reopened", found.why) if turned or left else ("open", "")
            what = " and ".join(CALLED[name] for name in other)
            return "reopened", f"{what} changed since this gate was passed"


def _remembered(old: Passed, found: Evidence, now: str, left: bool, there: Mapping[str, str]) -> str:
    """What the criterion rests on now; a phase that was left keeps what it was passed on.

    What was not there yet when it was passed is remembered from the moment it is there.
    """
    if now == "open":
        return ""
    if now == "reopened" or (now == old.state and (left or now == "waived")):
        then = read(old.on, found.rests_on)
        return written(found.rests_on, {**{n: there[n] for n in found.rests_on if n in there}, **then})
    return written(found.rests_on, there)


def gate_states(known: Knowledge, state: State) -> dict[str, GateState]:
    """Every criterion of the phases up to the current one, by id."""
    order = list(known.phases)
    until = order.index(state.phase)
    return {
        criterion.id: _shown(known.phases[name], criterion, state, place < until)
        for place, name in enumerate(order[: until + 1])
        for criterion in known.phases[name].gate
    }


def met_by(known: Knowledge, state: State, kind: str) -> str:
    """How the gates stand that a kind of report can meet, in words that follow what was recorded."""
    words = {"reopened": "open again", "open": "still open", "waived": "waived", "met": "met"}
    by_state: dict[str, list[str]] = {now: [] for now in words}
    for criterion in (c for phase in known.phases.values() for c in phase.gate if c.met_by == kind):
        by_state[state.gates.get(criterion.id, _UNTOUCHED).state].append(_quoted(criterion))
    parts = [_standing(words[now], names, now == "met") for now, names in by_state.items() if names]
    said = "; ".join(parts)
    return f". {said[0].upper()}{said[1:]}" if said else ""


def _standing(word: str, names: list[str], number_is_enough: bool) -> str:
    if len(names) == 1:
        return f"gate {names[0]} is {word}"
    if number_is_enough and len(names) > _MOST_NAMED:
        return f"{len(names)} gates are {word}"
    return f"gates {word}: {', '.join(names)}"


def _quoted(criterion: GateCriterion) -> str:
    return f"“{criterion.title}”"


def blocking(known: Knowledge, state: State) -> list[GateState]:
    """What keeps the current phase from ending: earlier gates that are open again, then its own open ones."""
    return [
        gate
        for gate in gate_states(known, state).values()
        if gate.state == "reopened" or (gate.state == "open" and gate.phase == state.phase)
    ]


def _shown(phase: Phase, criterion: GateCriterion, state: State, left: bool) -> GateState:
    kept = state.gates.get(criterion.id, _UNTOUCHED)
    named = state.people.get(criterion.accountable)
    return GateState(
        id=criterion.id,
        title=criterion.title,
        phase=phase.id,
        state=kept.state,
        why=kept.why or evidence(criterion, state).why,
        how="" if kept.state in ("met", "waived") else _how(phase, criterion, state, kept, left),
        matters=criterion.why,
        accountable=criterion.accountable,
        owner=named.name if named else "",
        when=kept.when,
        who=kept.who,
    )


def _how(phase: Phase, criterion: GateCriterion, state: State, kept: Passed, left: bool) -> str:
    document = ' --document "…"' if criterion.signed else ""
    if criterion.met_by == "statement":
        waiting = undone(criterion, state)
        if not waiting and kept.state == "reopened":
            waiting = list(criterion.tasks)  # what was said has to be said again
        if waiting:
            return f"%ml_lifecycle done {waiting[0]}{document}"
        return f"%ml_lifecycle waive {criterion.id}"
    said = criterion.met_by == "card" and kept.state == "reopened" and evidence(criterion, state).holds
    if left and (criterion.met_by in _REPORTS or said):  # what is on the card is looked at again there
        return f"%ml_lifecycle back {phase.id}"
    kind = modules_in("mlpm_magics.lifecycle.proofs")[criterion.met_by]
    return kind.to_type(criterion, state) if hasattr(kind, "to_type") else str(kind.TO_TYPE)
