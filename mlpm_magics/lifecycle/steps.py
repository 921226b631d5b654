"""What can be done with a project: each step takes the state of the file and gives the next, with a sentence.

An empty sentence means that nothing is new and nothing goes into the log.
"""

from __future__ import annotations

import msgspec

from mlpm_magics.catalogue import Knowledge, find
from mlpm_magics.errors import InvalidValueError, UnknownNameError, shown
from mlpm_magics.lifecycle.fingerprints import fingerprints, written
from mlpm_magics.lifecycle.gates import blocking, evidence, gate_states
from mlpm_magics.lifecycle.parts.steps import Passed, Ticked
from mlpm_magics.lifecycle.stamp import Stamp, Step, full_stop
from mlpm_magics.lifecycle.state import State
from mlpm_magics.results import GateState

_MOST_NAMED = 6


def tick(known: Knowledge, state: State, stamp: Stamp, task: str, note: str, document: str) -> Step:
    """A task is done; one that is done already is confirmed where its gate is open again."""
    title = _task(known, state, task)
    old = state.tasks.get(task)
    again = [
        criterion.id
        for phase in known.phases.values()
        for criterion in phase.gate
        if task in criterion.tasks and _reopened(state, criterion.id)
    ]
    was_done = old is not None and old.done == "yes"
    if old and was_done and note in ("", old.note) and document in ("", old.document) and not again:
        return state, ""
    kept = old if old and was_done else Ticked(done="no")
    ticked = Ticked(
        done="yes",
        when=stamp.when,
        who=stamp.who,
        note=note or kept.note,
        document=document or kept.document,
    )
    said = f" Note: {full_stop(note)}" if note else ""
    said += f" Document: {full_stop(document)}" if document else ""
    word = "Confirmed" if was_done and again else "Done"
    after = msgspec.structs.replace(state, tasks={**state.tasks, task: ticked})
    return _closed_again(known, after, again), f"{word}: {title} ({task}).{said}"


def _reopened(state: State, gate: str) -> bool:
    return gate in state.gates and state.gates[gate].state == "reopened"


def _closed_again(known: Knowledge, state: State, gates: list[str]) -> State:
    """The state in which those of the gates that hold can be met again, on what there is now."""
    criteria = {c.id: c for phase in known.phases.values() for c in phase.gate}
    fresh = {name: Passed(state="open") for name in gates if evidence(criteria[name], state).holds}
    return msgspec.structs.replace(state, gates={**state.gates, **fresh})


def untick(known: Knowledge, state: State, stamp: Stamp, task: str) -> Step:
    """A task is not done after all."""
    title = _task(known, state, task)
    old = state.tasks.get(task)
    if old is None or old.done == "no":
        return state, ""
    tasks = {**state.tasks, task: Ticked(done="no", when=stamp.when, who=stamp.who)}
    return msgspec.structs.replace(state, tasks=tasks), f"Not done after all: {title} ({task})."


def go_on(known: Knowledge, state: State) -> Step:
    """The next phase, when nothing stands in the way."""
    order = list(known.phases)
    here = order.index(state.phase)
    title = known.phases[state.phase].title
    if here == len(order) - 1:
        raise InvalidValueError(
            f"{title} is the last phase; there is none to go on to",
            hint=f"For another round: %ml_lifecycle back {order[0]}",
        )
    _refuse_open(title, blocking(known, state))
    following = known.phases[order[here + 1]]
    waived = [
        gate.id
        for gate in gate_states(known, state).values()
        if gate.state == "waived" and gate.phase == state.phase
    ]
    without = f" Without: {', '.join(waived)}." if waived else ""
    return (
        msgspec.structs.replace(state, phase=following.id),
        f"Went on from {title} to {following.title}.{without}",
    )


def go_without(known: Knowledge, state: State, stamp: Stamp, gate: str, reason: str) -> Step:
    """A gate criterion is waived, for a reason."""
    found = _gate(known, state, gate)
    if found.state == "met":
        raise InvalidValueError(f"{gate} is met; there is nothing to waive")
    if not reason:
        raise InvalidValueError(f"say why {gate} is waived", hint=f'%ml_lifecycle waive {gate} --because "…"')
    criterion = next(c for c in known.phases[found.phase].gate if c.id == gate)
    on = written(evidence(criterion, state).rests_on, fingerprints(state))
    waived = Passed(state="waived", why=reason, when=stamp.when, who=stamp.who, on=on)
    return (
        msgspec.structs.replace(state, gates={**state.gates, gate: waived}),
        f"Waived {gate}, because: {full_stop(reason)}",
    )


def go_back(known: Knowledge, state: State, phase: str, reason: str) -> Step:
    """An earlier phase; what was ticked stays ticked."""
    order = list(known.phases)
    find(known.phases, phase, "phase")
    here = order.index(state.phase)
    if order.index(phase) >= here:
        raise InvalidValueError(
            f"{phase} is the current phase" if phase == state.phase else f"{phase} is still ahead",
            hint=f"Back leads to: {', '.join(order[:here])}" if here else "This is the first phase",
        )
    because = f" Because: {full_stop(reason)}" if reason else ""
    what = f"Went back from {known.phases[state.phase].title} to {known.phases[phase].title}.{because}"
    return msgspec.structs.replace(state, phase=phase), what


def _refuse_open(title: str, open_: list[GateState]) -> None:
    if not open_:
        return
    named = ", ".join(gate.id for gate in open_[:_MOST_NAMED])
    more = f" and {len(open_) - _MOST_NAMED} more" if len(open_) > _MOST_NAMED else ""
    first = open_[0]
    raise InvalidValueError(
        f"the {title.lower()} phase cannot end yet; still open: {named}{more}",
        hint=f"To meet {first.id}: {first.how}. "
        f'To go on without it: %ml_lifecycle waive {first.id} --because "…"',
    )


def _task(known: Knowledge, state: State, task: str) -> str:
    """The title of a task; its phase need not be the current one."""
    phases = sorted(known.phases.values(), key=lambda phase: phase.id != state.phase)
    titles = {t.id: t.title for phase in phases for t in phase.tasks}
    if task in titles:
        return titles[task]
    criteria = {c.id: c for phase in phases for c in phase.gate}
    if task in criteria:
        tasks = ", ".join(criteria[task].tasks) if criteria[task].ticks_suffice else ""
        met_by = f"ticking {tasks}" if tasks else f"a recorded {criteria[task].met_by}"
        raise UnknownNameError(f"{task} is a gate criterion, not a task", hint=f"It is met by {met_by}")
    raise UnknownNameError(f"no task is called {shown(task, 60)!r}", given=task, allowed=titles)


def _gate(known: Knowledge, state: State, gate: str) -> GateState:
    there = gate_states(known, state)
    if gate in there:
        return there[gate]
    ahead = {c.id: phase.title for phase in known.phases.values() for c in phase.gate}
    if gate in ahead:
        raise InvalidValueError(f"{gate} belongs to the {ahead[gate].lower()} phase, which is still ahead")
    for phase in known.phases.values():
        for criterion in phase.gate:
            if gate in criterion.tasks:
                raise UnknownNameError(
                    f"{gate} is a task, not a gate criterion", hint=f"It belongs to {criterion.id}"
                )
    open_first = sorted(there, key=lambda name: there[name].passed)
    raise UnknownNameError(f"no gate criterion is called {shown(gate, 60)!r}", given=gate, allowed=open_first)
