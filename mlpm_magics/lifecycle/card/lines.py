"""The kill line, the margin and the floor as a baseline can hold a result against them.

What is not plain is not guessed: a text that is the other way round, or names nothing that is measured, has
no measure. A margin in per cent is taken as points of a share, the stricter reading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from mlpm_magics.catalogue import Knowledge
from mlpm_magics.results.card import AgreedLine, Amount, CardEntry

_ROLES = ("kill_line", "margin", "floor")
_TODAY = re.compile(r"\b(?:today|todays|now|current|currently|at present)\b")
_TIMES = re.compile(r"\b(?:times|twice)\b|\d\s?x\b")


def agreed_lines(known: Knowledge, entries: Mapping[str, CardEntry]) -> tuple[AgreedLine, ...]:
    """The lines that are on the card and hold a number."""
    return tuple(
        _line(known, role, entries) for role in _ROLES if role in entries and entries[role].amount is not None
    )


def measure_in(known: Knowledge, text: str) -> str:
    """What a text is about, of all that a baseline measures; "" where it names nothing, or is not plain.

    Example:
        >>> measure_in(knowledge(), "no region below 60 % found")
        'recall'
    """
    words = f" {' '.join(re.findall(r'[a-z0-9]+', text.lower()))} "
    for measure in known.line_measures.values():
        if any(f" {word} " in words for word in measure.words):
            return "" if any(f" {word}" in words for word in measure.unless) else measure.id
    return ""


def _line(known: Knowledge, role: str, entries: Mapping[str, CardEntry]) -> AgreedLine:
    entry, today = entries[role], entries.get("current_quality")
    measure, amount = measure_in(known, entry.text), entry.amount or Amount(number=0)
    words = entry.text.lower()
    times = measure != "lift" and bool(_TIMES.search(words))
    relative = role == "margin" or bool(_TODAY.search(words))
    number: float | None = amount.number if times or measure == "lift" else _number(measure, amount)
    off = measure == "error"
    if relative and off and amount.unit == "%":  # an error has no points of a share: so much less than today
        times, number = True, 1 - amount.number / 100
    measured = today is not None and today.amount is not None and measure_in(known, today.text) == measure
    return AgreedLine(
        role=role,  # type: ignore[arg-type]
        text=entry.text,
        measure=measure,
        number=-number if off and relative and not times and number is not None else number,
        against="today_times" if times else "today_plus" if relative and measure != "lift" else "itself",
        today=_number(measure, today.amount) if today and today.amount and measured else None,
    )


def _number(measure: str, amount: Amount) -> float | None:
    """A share from 0 to 1, or an error in the unit of the target; None where the unit is not that."""
    if measure in ("", "lift"):
        return amount.number
    if measure == "error":
        return None if amount.unit == "%" else amount.number
    if amount.unit in ("%", "points"):
        return amount.number / 100
    return amount.number if -1 <= amount.number <= 1 else None
