"""One page for the people who decide: what is asked, what the evidence says, what is still unknown."""

from __future__ import annotations

from mlpm_magics.catalogue import Knowledge, find, knowledge
from mlpm_magics.lifecycle.foresight import premortem
from mlpm_magics.lifecycle.gates import blocking
from mlpm_magics.lifecycle.parts.baseline import BaselinePart
from mlpm_magics.lifecycle.project import Project
from mlpm_magics.lifecycle.signs import figures, signs, unknown
from mlpm_magics.lifecycle.state import State
from mlpm_magics.results import Advice, DecisionReport, GateState, PhaseGates, Premortem, Sign

_MOST_RISKS, _MOST_NAMED = 3, 3


def decision_report(project: Project) -> DecisionReport:
    """What the project file says, as one page for the people who decide, with the evidence behind it.

    Args:
        project: as `open_project` gives it.

    Raises:
        MlpmError: when the file names a phase that there is not.

    Example:
        >>> mlpm.decision_report(mlpm.open_project()).save("decision.html")
    """
    known, state = knowledge(), project.state
    phase = find(known.phases, state.phase, "phase")
    fear = premortem(project)
    shown = signs(known, state, fear)
    advice, because = _advice(known, state, fear, shown)
    card = project.card
    gain, interval, unit = _gain(state.baseline)
    return DecisionReport(
        name=state.name,
        statement=state.brief.statement or (state.card["goal"].text if "goal" in state.card else ""),
        asked=_asked(known, state),
        advice=advice,
        sentence=_sentence(advice, phase.title.lower(), bool(blocking(known, state))),
        because=because,
        signs=shown,
        gain=gain,
        gain_interval=interval,
        gain_unit=unit,
        gates=_gates(known, state, project),
        risks=tuple(item for item in fear.items if item.pressing != "other")[:_MOST_RISKS],
        unknown=unknown(known, state, card),
        decides=_decides(known, state, project),
        card=tuple(card.entries.values()),
        remarks=card.remarks,
        criteria=tuple(project.gates.values()),
        data=dict(state.data.answers) if state.data else {},
        figures=figures(known, state),
        people=tuple((known.roles[r].title, p.name) for r, p in state.people.items() if r in known.roles),
        score=f"{project.test_score.score:g} of 7. {project.test_score.reading}" if state.tests else "",
        log=state.log,
    )


def _asked(known: Knowledge, state: State) -> str:
    order = list(known.phases)
    here = order.index(state.phase)
    title = known.phases[state.phase].title
    if here == len(order) - 1:
        return "Keep it running until the next review?"
    following = known.phases[order[here + 1]]
    what = f"{following.sentence[:1].lower()}{following.sentence[1:]}"
    return f"Go on from the {title.lower()} phase to the {following.title.lower()} phase: {what}"


def _advice(
    known: Knowledge, state: State, fear: Premortem, shown: tuple[Sign, ...]
) -> tuple[Advice, tuple[str, ...]]:
    """The advice, and what it rests on, the heaviest first."""
    stop = []
    if state.baseline and state.baseline.line == "below":
        stop.append("The result is below the kill line, where it was agreed to stop.")
    if state.fit and state.fit.verdict == "not_a_fit":
        stop.append("The fit verdict is: not a fit as framed.")
    if stop:
        return "stop", tuple(stop)
    open_ = blocking(known, state)
    waiting = [_criterion(known, gate) for gate in open_[:_MOST_NAMED]]
    if len(open_) > _MOST_NAMED:
        waiting.append(f"{len(open_) - _MOST_NAMED} more gate criteria are open.")
    bad = [sign.text for sign in shown if sign.light == "bad"]
    if waiting or bad:
        return "not_yet", (*bad, *waiting)
    waived = [gate for gate in state.gates.values() if gate.state == "waived"]
    conditions = [f"Waived: {gate.why.rstrip('.')}." for gate in waived]
    conditions += [sign.text for sign in shown if sign.light == "caution"]
    if conditions:
        return "go_with_conditions", tuple(conditions)
    return "go", ("Every gate so far is met, and nothing recorded speaks against it.",)


def _criterion(known: Knowledge, gate: GateState) -> str:
    again = "Open again" if gate.state == "reopened" else "Open"
    owner = gate.owner or f"nobody named as {known.roles[gate.accountable].title.lower()}"
    return f"{again}: {gate.title[:1].lower()}{gate.title[1:]} ({owner})."


def _sentence(advice: Advice, phase: str, waiting: bool) -> str:
    if advice == "not_yet" and not waiting:
        return f"No gate criterion of the {phase} phase is open, but something found speaks against going on."
    return {
        "go": f"What the {phase} phase asks for is there.",
        "go_with_conditions": f"What the {phase} phase asks for is there, with conditions to keep.",
        "not_yet": f"The {phase} phase is not finished; going on now would be against its gate.",
        "stop": "Something recorded says stop; going on would need another goal, or another problem.",
    }[advice]


def _gain(part: BaselinePart | None) -> tuple[str, tuple[float, float, float] | None, str]:
    """The measured gain in the PM's units, in words and in numbers."""
    if part is None:
        return "No gain is measured yet: no baseline is recorded.", None, ""
    if part.saved is not None:
        if part.saved.low == part.saved.high == 0:  # what was chosen is a guess
            return f"Nothing is saved against the best guess without a model, {part.chosen}.", None, ""
        unit = f"{part.saved.unit} saved per {part.period}".strip()
        words = (
            f"About {part.saved.value:,.0f} {unit} (90 % interval {part.saved.low:,.0f} to "
            f"{part.saved.high:,.0f}), with {part.chosen}, against the best guess without a model"
            f"{'.' if part.saved.low > 0 else ': whether it pays cannot be told yet.'}"
        )
        return words, (part.saved.low, part.saved.value, part.saved.high), unit
    if part.over is not None:
        in_money = "" if part.kind == "clustering" else " Costs would tell what that is in money."
        words = f"{part.sentence}{in_money}"
        return words, (part.over.low, part.over.value, part.over.high), part.over.unit
    if part.result is not None:
        words = (
            f"{part.chosen}: {part.result.value * 100:.0f} % of what guessing leaves open is explained (90 % "
            f"interval {part.result.low * 100:.0f} % to {part.result.high * 100:.0f} %). Costs would tell "
            "what that is in money."
        )
        return words, (part.result.low, part.result.value, part.result.high), part.result.unit
    return part.sentence, None, ""


def _gates(known: Knowledge, state: State, project: Project) -> tuple[PhaseGates, ...]:
    order = list(known.phases)
    here = order.index(state.phase)
    gates = project.gates
    rows = []
    for place, (name, phase) in enumerate(known.phases.items()):
        states = [gates[c.id].state if c.id in gates else "open" for c in phase.gate]
        rows.append(
            PhaseGates(
                phase=name,
                title=phase.title,
                state="done" if place < here else "now" if place == here else "ahead",
                met=states.count("met"),
                waived=states.count("waived"),
                open=states.count("open"),
                reopened=states.count("reopened"),
            )
        )
    return tuple(rows)


def _decides(known: Knowledge, state: State, project: Project) -> str:
    role = known.roles["product_manager"].title if "product_manager" in known.roles else "Product manager"
    named = state.people.get("product_manager")
    who = f"{named.name} ({role.lower()})" if named else f"The {role.lower()} (nobody is named yet)"
    entries = project.card.entries
    if "decide_by" in entries:
        return f"{who} brings it to the decision: {entries['decide_by'].text}."
    due = entries["goal"].date if "goal" in entries else None
    until = f" The goal is due on {due}." if due else ""
    return f'{who} decides. By when is not set: `%ml_lifecycle set decide_by "…"`.{until}'
