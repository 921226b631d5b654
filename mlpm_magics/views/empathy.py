"""The page of empathy: days to read aloud, the map of the people, questions and exercises."""

from __future__ import annotations

from mlpm_magics.results import EmpathyCards, LifeCard, Stakeholder
from mlpm_magics.views import blocks as b
from mlpm_magics.views.cited import cited


def page(report: EmpathyCards) -> b.Page:
    """Build the page."""
    blocks: list[b.Block] = (
        [b.Paragraph((b.Strong("Just now: "), report.happened))] if report.happened else []
    )
    blocks.append(b.Headline("plain" if report.cards else "open", "In their shoes", report.sentence))
    if report.to_type:
        blocks.append(
            b.Paragraph(("For the cards: ", b.Code(report.to_type), ", then ", b.Code("%ml_empathy")))
        )
    if report.cards:
        blocks.append(
            b.Paragraph("Read each aloud, slowly, and answer the questions before you talk of numbers.")
        )
    blocks += [_card(card) for card in report.cards]
    change = (_how_to_change(),) if report.in_project else ()
    blocks.append(b.Section("Did it change anything?", (b.Paragraph(report.measure), *change)))
    blocks.append(_map(report))
    blocks.append(_situations(report))
    blocks.append(_exercises(report))
    title = f"{report.name}: in their shoes" if report.name else "In their shoes"
    return b.Page(title, tuple(blocks))


def _card(card: LifeCard) -> b.Section:
    told: list[b.Block] = [b.Paragraph(line) for line in card.lines]
    told.append(b.Points(tuple(b.Point(question, "open") for question in card.ask)))
    told.append(b.Paragraph((b.Strong("How many: "), *b.pieces(b.marked(card.often)))))
    if card.alike:
        shared = f"Told only in facts that {card.alike:,} cases share, so that they point at nobody."
        told.append(b.Paragraph(shared))
    return b.Section(card.title, tuple(told))


def _how_to_change() -> b.Paragraph:
    return b.Paragraph(("If it did: ", b.Code('%ml_lifecycle set cost_wrong_yes "…"'), " or cost_wrong_no."))


def _map(report: EmpathyCards) -> b.Section:
    said = sum(bool(one.text) for one in report.stakeholders)
    points = b.Points(tuple(_stakeholder(one, report.in_project) for one in report.stakeholders))
    title = f"What it does to whom ({said} of {len(report.stakeholders)} said)"
    if report.in_project:
        return b.Section(title, (points,))
    how = b.Paragraph(("To keep a map, begin a project: ", b.Code("%ml_lifecycle start NAME")))
    return b.Section(title, (points, how), folded=True)


def _stakeholder(one: Stakeholder, in_project: bool) -> b.Point:
    by = f" ({one.who})" if one.who else ""
    if one.text:
        return b.Point((b.Strong(f"{one.title}: "), one.text, by), "good")
    typed = b.Code(f'%ml_empathy map {one.id} "…"') if in_project else ""
    return b.Point((b.Strong(f"{one.title}. "), one.ask), "open", typed)


def _situations(report: EmpathyCards) -> b.Section:
    sections = tuple(
        b.Section(
            situation.title,
            (
                b.Points(tuple(b.Point(question) for question in situation.questions)),
                b.Paragraph(("Source: ", *cited(situation.source), ".")),
            ),
        )
        for situation in report.situations
    )
    return b.Section("Questions, by situation", sections, folded=bool(report.cards))


def _exercises(report: EmpathyCards) -> b.Section:
    points = tuple(
        b.Point(
            (b.Strong(f"{one.title} ({one.minutes} minutes). "), one.text),
            "plain",
            "Our own suggestion." if one.ours else (*cited(one.source), "."),
        )
        for one in report.exercises
    )
    return b.Section("Exercises for a team", (b.Points(points),), folded=True)
