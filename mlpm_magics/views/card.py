"""The page of a problem card: what is on it, how it was read, and what does not go together."""

from __future__ import annotations

from collections.abc import Iterable

from mlpm_magics.catalogue import knowledge
from mlpm_magics.lifecycle.card.examples import fields_for
from mlpm_magics.results import Amount, CardEntry, CardRemark, ProblemCard
from mlpm_magics.results.card import period_word
from mlpm_magics.views import blocks as b
from mlpm_magics.views.cited import cited

IN_WORDS = "in words"


def page(card: ProblemCard) -> b.Page:
    """Build the page."""
    return b.Page(f"{card.name}: the problem card", tuple(blocks(card)))


def blocks(card: ProblemCard, short: bool = False) -> list[b.Block]:
    """The card without its title. `short`: only what is on it."""
    found: list[b.Block] = [_headline(card, short)]
    if card.remarks and not short:
        found.append(remarks(card.remarks))
    if card.entries:
        rows = tuple((e.title, e.text, read_as(e)) for e in card.entries.values())
        found.append(b.Table("On the card", ("Field", "As typed", "Read as"), rows))
    if card.open and not short:
        found.append(_open(card))
    return found


def remarks(found: Iterable[CardRemark]) -> b.Points:
    """What is missing in a field or does not go together."""
    return b.Points(
        tuple(
            b.Point(
                remark.sentence,
                "bad" if remark.severity == "blocker" else "caution",
                (f"{', '.join(remark.fields)}. ", *cited(remark.source), "."),
            )
            for remark in found
        )
    )


def _headline(card: ProblemCard, short: bool) -> b.Headline:
    blockers = sum(remark.severity == "blocker" for remark in card.remarks)
    if not card.entries:
        return b.Headline("open", "Empty", "Nothing is on the problem card yet.")
    if blockers:
        count = "One thing" if blockers == 1 else f"{blockers} things"
        return b.Headline("bad", "Does not go together", f"{count} on the problem card cannot stay so.")
    if card.remarks:
        return b.Headline("caution", "Look again", "Something on the problem card may not go together.")
    if card.open:
        number = len(card.entries)
        there = "One field is set." if number == 1 else f"{number} fields are set, and they go together."
        still = "One is" if len(card.open) == 1 else f"{len(card.open)} are"
        where = ": %ml_lifecycle card shows what." if short else "."
        return b.Headline("plain", "", f"{there} {still} open{where}")
    return b.Headline("good", "Complete", "Every field is set, and they go together.")


def _open(card: ProblemCard) -> b.Section:
    fields = fields_for(knowledge(), card.problem_type)
    points = tuple(
        b.Point(
            (b.Strong(f"{fields[name].title}. "), fields[name].ask),
            "open",
            b.Code(f'%ml_lifecycle set {name} "{fields[name].example}"'),
        )
        for name in card.open
        if name in fields
    )
    return b.Section(f"Not on it yet ({len(points)}), with an example each", (b.Points(points),))


def read_as(entry: CardEntry) -> str:
    """How a field was read, in words."""
    field = knowledge().card_fields.get(entry.field)
    if entry.days is not None and field and "duration" in field.holds:
        return days_text(entry.days)
    parts = [amount_text(entry.amount)] if entry.amount else []
    parts += [f"by {entry.date}"] if entry.date else []
    return "; ".join(parts) or IN_WORDS


def amount_text(amount: Amount) -> str:
    """An amount as it is said.

    Example:
        >>> amount_text(Amount(number=4000, unit="customers", days=30))
        '4,000 customers a month'
    """
    number = f"{amount.number:,.10g}"
    per = f" a {period_word(amount.days)}" if amount.days else ""
    return f"{number} {amount.unit}{per}".replace("  ", " ").strip()


def days_text(days: float) -> str:
    """A stretch of days as it is said."""
    if days == 0:
        return "at once"
    if days < 1:
        return f"{days * 24:.3g} hours"
    return "1 day" if days == 1 else f"{days:.4g} days"
