"""The problem card: fields in the PM's own words, read as numbers, dates and durations, and held together."""

from __future__ import annotations

from mlpm_magics.catalogue import Knowledge
from mlpm_magics.lifecycle.card.lines import agreed_lines
from mlpm_magics.lifecycle.card.reading import amount_in, date_in, days_in
from mlpm_magics.lifecycle.card.rules import remarks
from mlpm_magics.lifecycle.card.setting import set_field
from mlpm_magics.lifecycle.kind import kind_of
from mlpm_magics.lifecycle.state import State
from mlpm_magics.results.card import CardEntry, ProblemCard

__all__ = ["card_of", "set_field"]


def card_of(known: Knowledge, state: State) -> ProblemCard:
    """The card of a project, with what is missing in it or does not go together."""
    entries = {
        name: CardEntry(
            field=name,
            title=field.title,
            text=state.card[name].text,
            amount=amount_in(state.card[name].text),
            date=date_in(state.card[name].text),
            days=days_in(state.card[name].text),
            when=state.card[name].when,
            who=state.card[name].who,
        )
        for name, field in known.card_fields.items()
        if name in state.card
    }
    first = next(iter(known.phases))
    kind = kind_of(known, state)
    problem_type = kind.id if kind else ""
    return ProblemCard(
        name=state.name,
        entries=entries,
        remarks=remarks(known, entries),
        open=tuple(n for n, field in known.card_fields.items() if field.phase == first and n not in entries),
        lines=agreed_lines(known, entries, problem_type),
        problem_type=problem_type,
    )
