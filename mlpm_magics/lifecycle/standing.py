"""Where a project stands, as a report: made from the file's state and the knowledge base alone."""

from __future__ import annotations

from typing import Literal

from mlpm_magics.catalogue import Knowledge
from mlpm_magics.lifecycle.card import card_of
from mlpm_magics.lifecycle.gates import blocking, gate_states
from mlpm_magics.lifecycle.next_step import next_step
from mlpm_magics.lifecycle.state import State
from mlpm_magics.results import GateState, JustChanged, LifecycleReport, PhaseStep, TaskState
from mlpm_magics.results.lifecycle import Part

_NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def standing(
    known: Knowledge,
    state: State,
    happened: str = "",
    unfolded: Part = "",
    before: State | None = None,
) -> LifecycleReport:
    """The report on a project.

    Args:
        known: the phases.
        state: what the project file holds.
        happened: what was just done, in a sentence.
        unfolded: the part that was asked for.
        before: what the file held before the last step; None where there was none.
    """
    order = list(known.phases)
    now = order.index(state.phase)
    open_ = blocking(known, state)
    said, line = next_step(known, state, open_)
    return LifecycleReport(
        name=state.name,
        phase=state.phase,
        sentence=_sentence(known, state, open_),
        happened=happened,
        statement=state.brief.statement,
        steps=tuple(
            PhaseStep(id=name, title=known.phases[name].title, state=_place(i - now))
            for i, name in enumerate(order)
        ),
        tasks=tuple(task_states(known, state).values()),
        gates=tuple(gate_states(known, state).values()),
        next_step=said,
        type_next=line,
        log=state.log,
        unfolded=unfolded,
        card=card_of(known, state) if state.card or unfolded == "card" else None,
        changed=None if before is None else _changed(known, before, state),
    )


def _changed(known: Knowledge, before: State, after: State) -> JustChanged:
    """What one step changed: fields, what goes together with them, and gates."""
    was, card = card_of(known, before), card_of(known, after)
    texts = {name: entry.text for name, entry in was.entries.items()}
    entries = tuple(entry for name, entry in card.entries.items() if texts.get(name) != entry.text)
    fields = {entry.field for entry in entries}
    still = {remark.rule for remark in card.remarks}
    said = {name: (gate.state, gate.why) for name, gate in gate_states(known, before).items()}
    gates = gate_states(known, after) if after.phase == before.phase else {}
    return JustChanged(
        entries=entries,
        remarks=tuple(remark for remark in card.remarks if fields.intersection(remark.fields)),
        gone=tuple(remark for remark in was.remarks if remark.rule not in still),
        gates=tuple(gate for name, gate in gates.items() if said.get(name) != (gate.state, gate.why)),
    )


def task_states(known: Knowledge, state: State) -> dict[str, TaskState]:
    """The tasks of the current phase, by id."""
    states = {}
    phase, gates = known.phases[state.phase], gate_states(known, state)
    for task in phase.tasks:
        kept = state.tasks.get(task.id)
        states[task.id] = TaskState(
            id=task.id,
            title=task.title,
            help=task.help,
            done=kept is not None and kept.done == "yes",
            when=kept.when if kept else "",
            who=kept.who if kept else "",
            note=kept.note if kept else "",
            document=kept.document if kept else "",
            settled=all(gates[c.id].passed for c in phase.gate if task.id in c.tasks),
        )
    return states


def _place(distance: int) -> Literal["done", "now", "ahead"]:
    return "done" if distance < 0 else "now" if distance == 0 else "ahead"


def _counted(number: int, one: str, many: str) -> str:
    word = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return f"{word} {one if number == 1 else many}"


def _sentence(known: Knowledge, state: State, open_: list[GateState]) -> str:
    order = list(known.phases)
    phase = known.phases[state.phase]
    where = f"{phase.title} phase, {order.index(phase.id) + 1} of {len(order)}"
    again = [gate for gate in open_ if gate.phase != phase.id]
    own = len(open_) - len(again)
    parts = [f"{_counted(own, 'gate criterion', 'gate criteria')} open"] if own or not again else []
    if again:
        earlier = ", ".join(dict.fromkeys(known.phases[gate.phase].title.lower() for gate in again))
        parts.append(f"{_counted(len(again), 'earlier one', 'earlier ones')} open again ({earlier})")
    if not open_:
        ready = "nothing is open" if phase.id == order[-1] else "its gate is met, so you can go on"
        return f"{where}: {ready}."
    return f"{where}: {' and '.join(parts)}."
