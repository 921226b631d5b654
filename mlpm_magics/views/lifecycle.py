"""The page of a project: what just happened, where it stands, what is open, who is needed, what is next."""

from __future__ import annotations

from mlpm_magics.catalogue import knowledge
from mlpm_magics.entries import Role
from mlpm_magics.lifecycle.roles import needed, part_of_the_pm
from mlpm_magics.results import GateState, JustChanged, LifecycleReport, TaskState
from mlpm_magics.views import blocks as b
from mlpm_magics.views import card

_TONES: dict[str, b.Tone] = {"open": "open", "met": "good", "waived": "caution", "reopened": "bad"}
_WORDS = {"open": "Open", "met": "Met", "waived": "Waived", "reopened": "Open again"}
_RECENT, _MOST, _FEW = 5, 200, 2


def page(report: LifecycleReport) -> b.Page:
    """After a step what that changed, where a part was asked for that part, else the whole board."""
    blocks: list[b.Block] = (
        [b.Paragraph((b.Strong("Just now: "), report.happened))] if report.happened else []
    )
    if report.unfolded == "change":
        blocks += [*_changed(report), headline(report), _next(report), _rest(report)]
        return b.Page(f"{report.name}: what just happened", tuple(blocks))
    if report.unfolded:
        blocks += [headline(report), *_unfolded(report), _next(report), _rest(report)]
    else:
        blocks += _board(report)
    return b.Page(f"{report.name}: where the project stands", tuple(blocks))


def _rest(report: LifecycleReport) -> b.Paragraph:
    """Where the rest of the board is."""
    todo = sum(not (task.done or task.settled) for task in report.tasks)
    left = f"{todo} {'task is' if todo == 1 else 'tasks are'} left in this phase. " if todo else ""
    gate = (". What must be so before the phase ends: ", b.Code("%ml_lifecycle gate"), ".")
    more = (".",) if report.unfolded == "gate" else gate
    return b.Paragraph((left, "The whole board: ", b.Code("%ml_lifecycle"), *more))


def _unfolded(report: LifecycleReport) -> list[b.Block]:
    if report.unfolded == "card":
        return _card(report, folded=False)
    return [_gate(report) if report.unfolded == "gate" else _log(report)]


def _board(report: LifecycleReport) -> list[b.Block]:
    problem = (". Problem: ", b.Strong(report.statement)) if report.statement else ()
    return [
        headline(report),
        stepper(report),
        b.Paragraph(("Project: ", b.Strong(report.name), *problem)),
        _next(report),
        _tasks(report),
        _gate(report),
        *_card(report, folded=True),
        b.Paragraph((b.Strong("Your part as product manager: "), part_of_the_pm(report.phase))),
        _needed(report.phase),
        _log(report),
    ]


def _changed(report: LifecycleReport) -> list[b.Block]:
    """A field as it was read, what goes together with it or not, and the gate criteria that moved."""
    changed = report.changed or JustChanged()
    points = [
        b.Point((b.Strong(entry.title), f", read as: {card.read_as(entry)}"), "plain")
        for entry in changed.entries
        if card.read_as(entry) != card.IN_WORDS
    ]
    points += [b.Point(f"No longer so: {remark.sentence}", "good") for remark in changed.gone]
    remarks = {remark.sentence for remark in changed.remarks}
    few = sum(gate.state == "reopened" for gate in changed.gates) <= _FEW  # else told in a sentence
    for gate in changed.gates:
        why = f"{_capital(gate.why)}."
        one_of_few = gate.state == "reopened" and few
        if one_of_few or (gate.title not in report.happened and why not in remarks):
            text = (b.Strong(f"{_WORDS[gate.state]}: "), f"{gate.title}{_earlier(report.phase, gate)}")
            points.append(b.Point(text, _TONES[gate.state], why))
    told: list[b.Block] = [b.Points(tuple(points))] if points else []
    return [*told, card.remarks(changed.remarks)] if changed.remarks else told


def headline(report: LifecycleReport) -> b.Headline:
    """The project in one sentence."""
    again = any(gate.state == "reopened" for gate in report.gates)
    ready = report.type_next in ("", "%ml_lifecycle advance")
    if again:
        return b.Headline("bad", "Look again", report.sentence)
    return b.Headline("good", "Done", report.sentence) if ready else b.Headline("plain", "", report.sentence)


def stepper(report: LifecycleReport) -> b.Picture:
    """The phases as a row of steps."""
    steps = tuple((step.title, step.state) for step in report.steps)
    return b.Picture(b.Stepper(steps), "; ".join(f"{s.title}: {s.state}" for s in report.steps))


def gates(report: LifecycleReport) -> b.Points:
    """The criteria of the current phase, and those of earlier phases that are not simply met."""
    told = [gate for gate in report.gates if gate.phase == report.phase or gate.state != "met"]
    return b.Points(tuple(_criterion(report, gate) for gate in told))


def _criterion(report: LifecycleReport, gate: GateState) -> b.Point:
    earlier = _earlier(report.phase, gate)
    text: b.Text = (b.Strong(_WORDS[gate.state]), f": {gate.title}{earlier}  ", b.Code(gate.id))
    by = f" ({gate.who}, {gate.when})" if gate.when and gate.state != "open" else ""
    if gate.state in ("met", "waived"):
        return b.Point(text, _TONES[gate.state], f"{_capital(gate.why)}{by}.")
    asked = report.unfolded == "gate"
    if gate.how.startswith("%ml_lifecycle done") and not asked:  # the tasks above say it
        return b.Point(text, _TONES[gate.state], f"{_capital(gate.why)}{by}.")
    matters = f" Why it matters: {gate.matters}" if asked else ""
    nobody = "" if gate.owner or not asked else f" Nobody is named yet as {_role_title(gate.accountable)}."
    why = f"{_capital(gate.why)}{by}.{matters}{nobody} To meet it: "
    return b.Point(text, _TONES[gate.state], (why, b.Code(gate.how)))


def _earlier(phase: str, gate: GateState) -> str:
    return "" if gate.phase == phase else f" ({knowledge().phases[gate.phase].title.lower()} phase)"


def _card(report: LifecycleReport, folded: bool) -> list[b.Block]:
    """The problem card, and outside its fold what does not go together in it."""
    if report.card is None:
        return []
    told: list[b.Block] = [card.remarks(report.card.remarks)] if report.card.remarks and folded else []
    return [
        *told,
        b.Section("The problem card", tuple(card.blocks(report.card, short=folded)), folded=folded),
    ]


def _gate(report: LifecycleReport) -> b.Section:
    title = knowledge().phases[report.phase].title.lower()
    without = b.Paragraph(
        ("To go on without one, say why: ", b.Code('%ml_lifecycle waive GATE --because "…"'))
    )
    is_open = any(not gate.passed for gate in report.gates)
    return b.Section(
        f"The gate: what must be so before the {title} phase ends",
        (gates(report), *((without,) if is_open else ())),
    )


def _next(report: LifecycleReport) -> b.Section:
    lines: list[b.Block] = [b.Paragraph(report.next_step)]
    if report.type_next:
        lines.append(b.Paragraph(("Type: ", b.Code(report.type_next))))
    return b.Section("Next", tuple(lines))


def _tasks(report: LifecycleReport) -> b.Section:
    done = sum(task.done or task.settled for task in report.tasks)
    title = f"Tasks: {done} of {len(report.tasks)} done"
    return b.Section(title, (b.Points(tuple(_task(task) for task in report.tasks)),))


def _task(task: TaskState) -> b.Point:
    if task.settled and not task.done:
        return b.Point(
            (f"Settled: {task.title}  ", b.Code(task.id)), "good", "Its gate is passed without a tick."
        )
    if not task.done:
        return b.Point((f"To do: {task.title}  ", b.Code(task.id)), "plain", task.help)
    note = f" {task.note}" if task.note else ""
    note += f" See {task.document}." if task.document else ""
    return b.Point((f"Done: {task.title}  ", b.Code(task.id)), "good", f"{task.who}, {task.when}.{note}")


def _needed(phase: str) -> b.Section:
    found = knowledge().phases[phase]
    rows = tuple((_role(role), role.brings, role.decides, role.ask) for role in needed(phase))
    table = b.Table("People, the lead first", ("Who", "Brings", "Decides", "Ask them"), rows)
    things = b.Points(
        tuple(b.Point((b.Strong("Process: "), text)) for text in found.processes)
        + tuple(b.Point((b.Strong("Tool: "), text)) for text in found.tools)
    )
    return b.Section("Who and what is needed: people, processes, tools", (table, things), folded=True)


def _role(role: Role) -> str:
    return f"{role.title} ({', '.join(role.names)})" if role.names else role.title


def _role_title(role: str) -> str:
    roles = knowledge().roles
    return roles[role].title.lower() if role in roles else role


def _log(report: LifecycleReport) -> b.Section:
    asked = report.unfolded == "log"
    newest = report.log[::-1][: _MOST if asked else _RECENT]
    rows = tuple((entry.when, entry.who, entry.what) for entry in newest)
    older = len(report.log) - len(newest)
    where = "in mlpm.yaml" if asked else "shown by %ml_lifecycle log"
    more = f"; {older} older: {where}" if older else ""
    number = "1 entry" if len(report.log) == 1 else f"{len(report.log)} entries"
    table = b.Table(f"{number}, the newest first{more}", ("When", "Who", "What"), rows)
    return b.Section("Log", (table,), folded=not asked)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
