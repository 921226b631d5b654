"""Who is needed in a phase, how much of it is the product manager's, and who answers for which gate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mlpm_magics.catalogue import Knowledge, find, knowledge
from mlpm_magics.entries import Phase, Role
from mlpm_magics.lifecycle.gates import gate_states
from mlpm_magics.lifecycle.parts.people import Named
from mlpm_magics.lifecycle.stamp import Stamp, Step, worded
from mlpm_magics.lifecycle.state import State
from mlpm_magics.results import GateOwner, PeopleView, Person

if TYPE_CHECKING:
    from mlpm_magics.lifecycle.project import Project

_LONGEST_NAME = 120


def needed(phase: str) -> tuple[Role, ...]:
    """The roles a phase needs, the lead first.

    Args:
        phase: its id, such as `data`.

    Raises:
        UnknownNameError: with the nearest phase.

    Example:
        >>> needed("model")[0].names
        ('ML scientist', 'applied scientist', 'research scientist', 'data scientist')
    """
    known = knowledge()
    return tuple(known.roles[role] for role in find(known.phases, phase, "phase").roles)


def part_of_the_pm(phase: str) -> str:
    """How much the product manager is involved in a phase, in words.

    Example:
        >>> part_of_the_pm("model").partition(".")[0]
        'Low'
    """
    found = find(knowledge().phases, phase, "phase")
    return f"{found.pm_involvement.capitalize()}. {found.pm_text}"


def people(project: Project | None = None, *, phase: str | None = None, happened: str = "") -> PeopleView:
    """Who is needed, what each decides, what to ask them, and who answers for which gate.

    Args:
        project: whose names and phase; without one, the roles alone.
        phase: another phase than the project's current one (without a project: the first).
        happened: what was just done, in a sentence.

    Raises:
        UnknownNameError: with the nearest phase.

    Example:
        >>> mlpm.people(phase="data").needed[0].title
        'Data engineer'
    """
    known = knowledge()
    state = project.state if project else None
    here = find(known.phases, phase or (state.phase if state else next(iter(known.phases))), "phase")
    names = {role: part.name for role, part in state.people.items()} if state else {}
    gates = _owners(known, here, state, names)
    gaps = tuple(gate for gate in gates if not gate.name and not gate.passed)
    return PeopleView(
        name=state.name if state else "",
        phase=here.id,
        phase_title=here.title,
        sentence=_sentence(here, gaps, state is not None),
        pm_involvement=here.pm_involvement,
        pm_text=here.pm_text,
        needed=tuple(_person(known, here, role, names) for role in _asked(here)),
        gates=gates,
        gaps=gaps if state else (),
        raci=raci(known),
        processes=here.processes,
        tools=here.tools,
        happened=happened,
        source=known.cite(here.sources),
    )


def raci(known: Knowledge) -> dict[str, dict[str, str]]:
    """By role, then by phase: R does it, A answers for at least one gate, C is asked, I is told."""
    table: dict[str, dict[str, str]] = {}
    for role in known.roles:
        row = {name: _letters(phase, role) for name, phase in known.phases.items()}
        table[role] = {name: letters for name, letters in row.items() if letters}
    return {role: row for role, row in table.items() if row}


def name_role(known: Knowledge, state: State, stamp: Stamp, role: str, name: str) -> Step:
    """Somebody fills a role, or nobody does any more."""
    entry = find(known.roles, role, "role")
    old = state.people.get(role)
    if not name.strip():
        if old is None:
            return state, ""
        rest = {other: part for other, part in state.people.items() if other != role}
        return msgspec.structs.replace(state, people=rest), f"Nobody is {entry.title.lower()} any more."
    words = worded(name, "a name", _LONGEST_NAME)
    if old and old.name == words:
        return state, ""
    instead = f", after {old.name}" if old else ""
    named = {**state.people, role: Named(name=words, when=stamp.when, who=stamp.who)}
    return msgspec.structs.replace(state, people=named), f"{entry.title}: {words}{instead}."


def _letters(phase: Phase, role: str) -> str:
    accountable = "A" if any(gate.accountable == role for gate in phase.gate) else ""
    if role in phase.consulted:
        return accountable + "C"
    if role in phase.informed:
        return accountable + "I"
    return accountable + ("R" if role in phase.roles else "")


def _asked(phase: Phase) -> tuple[str, ...]:
    """The roles of a phase, the lead first, then those who answer for a gate without being among them."""
    return tuple(dict.fromkeys((*phase.roles, *(gate.accountable for gate in phase.gate))))


def _person(known: Knowledge, phase: Phase, role: str, names: dict[str, str]) -> Person:
    entry = known.roles[role]
    words = {"R": "does it", "C": "is asked", "I": "is told", "A": "answers for a gate"}
    part = ", ".join(words[letter] for letter in reversed(_letters(phase, role)))
    return Person(
        role=role,
        title=entry.title,
        also=entry.names,
        name=names.get(role, ""),
        brings=entry.brings,
        decides=entry.decides,
        ask=entry.ask,
        part=part,
        source=known.cite(entry.sources),
    )


def _owners(
    known: Knowledge, phase: Phase, state: State | None, names: dict[str, str]
) -> tuple[GateOwner, ...]:
    there = gate_states(known, state) if state else {}
    return tuple(
        GateOwner(
            gate=gate.id,
            title=gate.title,
            phase=phase.id,
            role=gate.accountable,
            role_title=known.roles[gate.accountable].title,
            name=names.get(gate.accountable, ""),
            passed=gate.id in there and there[gate.id].passed,
        )
        for gate in phase.gate
    )


def _sentence(phase: Phase, gaps: tuple[GateOwner, ...], in_project: bool) -> str:
    roles = len(_asked(phase))
    start = f"{phase.title} phase: {roles} roles are needed; you are involved: {phase.pm_involvement}."
    if not in_project:
        return start
    missing = list(dict.fromkeys(gap.role_title for gap in gaps))
    if not missing:
        return f"{start} Every open gate has somebody who answers for it."
    gates = "one open gate" if len(gaps) == 1 else f"{len(gaps)} open gates"
    return f"{start} Nobody answers for {gates} yet: name {'; '.join(missing)}."
