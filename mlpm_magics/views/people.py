"""The page of the people: who is needed now, what to ask them, who answers for which gate, and RACI."""

from __future__ import annotations

from mlpm_magics.catalogue import knowledge
from mlpm_magics.results import PeopleView, Person
from mlpm_magics.views import blocks as b
from mlpm_magics.views.cited import cited

_INVOLVED: dict[str, float] = {"low": 1, "medium": 2, "high": 3, "very high": 4}


def page(report: PeopleView) -> b.Page:
    """Build the page."""
    blocks: list[b.Block] = (
        [b.Paragraph((b.Strong("Just now: "), report.happened))] if report.happened else []
    )
    tone: b.Tone = "caution" if report.gaps else "plain"
    blocks.append(b.Headline(tone, "Somebody is missing" if report.gaps else "", report.sentence))
    blocks.append(b.Paragraph((b.Strong("Your part as product manager: "), report.pm_text)))
    blocks.append(_involvement(report))
    if report.gaps:
        blocks.append(_gaps(report))
    blocks.append(
        b.Section("Who is needed now, the lead first", (b.Points(tuple(map(_who, report.needed))),))
    )
    blocks.append(_gates(report))
    blocks.append(_raci(report))
    things = b.Points(
        tuple(b.Point((b.Strong("Process: "), text)) for text in report.processes)
        + tuple(b.Point((b.Strong("Tool: "), text)) for text in report.tools)
    )
    blocks.append(b.Section("Processes and tools", (things,), folded=True))
    blocks.append(b.Paragraph(("To name somebody: ", b.Code("%ml_people set ROLE NAME"))))
    blocks.append(b.Paragraph(("Source: ", *cited(report.source), ".")))
    title = f"{report.name}: the people" if report.name else "The people"
    return b.Page(title, tuple(blocks))


def _involvement(report: PeopleView) -> b.Picture:
    """How much the product manager is involved, phase by phase."""
    phases = knowledge().phases
    rows = tuple(
        (
            f"{phase.title} (now)" if name == report.phase else phase.title,
            _INVOLVED[phase.pm_involvement],
            "good" if name == report.phase else "plain",
        )
        for name, phase in phases.items()
    )
    levels = [phase.pm_involvement for phase in phases.values()]
    said = "; ".join(f"{row[0]}: {level}, {row[1]} of 4" for row, level in zip(rows, levels, strict=True))
    return b.Picture(b.Bars(rows, " of 4", 4.0), f"How much the product manager is involved. {said}")  # type: ignore[arg-type]


def _gaps(report: PeopleView) -> b.Section:
    roles = {gap.role: gap.role_title for gap in report.gaps}
    points = tuple(
        b.Point(
            (b.Strong(title), ": ", _counted(sum(gap.role == role for gap in report.gaps))),
            "caution",
            b.Code(f"%ml_people set {role} NAME"),
        )
        for role, title in roles.items()
    )
    return b.Section("Open gates that nobody answers for", (b.Points(points),))


def _counted(many: int) -> str:
    return "one gate criterion" if many == 1 else f"{many} gate criteria"


def _who(person: Person) -> b.Point:
    also = f" ({', '.join(person.also)})" if person.also else ""
    name = f": {person.name}" if person.name else ""
    text: b.Text = (b.Strong(f"{person.title}{name}"), f"{also}, {person.part}. Decides: {person.decides}")
    ask = person.ask if person.ask.startswith("Yourself") else f"Ask them: {person.ask}"
    return b.Point(text, "good" if person.name else "open", ask)


def _gates(report: PeopleView) -> b.Section:
    rows = tuple(
        (gate.title, gate.role_title, gate.name or "nobody yet", "passed" if gate.passed else "open")
        for gate in report.gates
    )
    table = b.Table("One role answers for each", ("Gate criterion", "Role", "Who", "Now"), rows)
    return b.Section(
        f"Who answers for the gate of the {report.phase_title.lower()} phase", (table,), folded=True
    )


def _raci(report: PeopleView) -> b.Section:
    known = knowledge()
    rows = tuple(
        (
            known.roles[role].title if role in known.roles else role,
            *(row.get(phase, "") for phase in known.phases),
        )
        for role, row in report.raci.items()
    )
    header = ("Role", *(phase.title for phase in known.phases.values()))
    caption = "R does it, A answers for at least one gate, C is asked, I is told"
    return b.Section("The same for every phase (RACI)", (b.Table(caption, header, rows),), folded=True)
