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
_ANSWERS: dict[str, set[str]] = {"classification": {"yes_or_no", "classes"}, "regression": {"number"}}
# what turns a result into money for a stretch of time
_PRICED = ("cost_wrong_yes", "cost_wrong_no", "volume")
_TODAY = re.compile(r"\b(?:today|todays|now|current|currently|at present)\b")
_TIMES = re.compile(r"\b(?:times|twice)\b|\d\s?x\b")


def agreed_lines(
    known: Knowledge, entries: Mapping[str, CardEntry], problem_type: str = ""
) -> tuple[AgreedLine, ...]:
    """The lines that are on the card and hold a number; of several measures that one of the problem type."""
    return tuple(
        _line(known, role, entries, problem_type)
        for role in _ROLES
        if role in entries and entries[role].amount is not None
    )


def measure_in(known: Knowledge, text: str, problem_type: str = "") -> str:
    """What a text is about, of all that a baseline measures; "" where it names nothing, or is not plain.

    What a baseline of this problem type measures comes first.

    Example:
        >>> measure_in(knowledge(), "no region below 60 % found")
        'recall'
    """
    words = f" {' '.join(re.findall(r'[a-z0-9]+', text.lower()))} "
    own = _ANSWERS.get(problem_type, {problem_type})
    measures = known.line_measures.values()
    for measure in sorted(measures, key=lambda one: not own.intersection(one.answers)):
        if any(f" {word} " in words for word in measure.words):
            return "" if any(f" {word}" in words for word in measure.unless) else measure.id
    return ""


def is_measured(known: Knowledge, text: str, problem_type: str) -> bool:
    """Whether a baseline of this problem type measures what a text is about."""
    measure = known.line_measures.get(measure_in(known, text, problem_type))
    own = _ANSWERS.get(problem_type, {problem_type})
    return measure is not None and bool(own.intersection(measure.answers))


def _line(known: Knowledge, role: str, entries: Mapping[str, CardEntry], problem_type: str) -> AgreedLine:
    entry, today = entries[role], entries.get("current_quality")
    measure, amount = measure_in(known, entry.text, problem_type), entry.amount or Amount(number=0)
    if role == "kill_line" and not measure and _is_money(amount, entries):
        wanting = tuple(name for name in _PRICED if not _is_priced(name, entries))
        return AgreedLine(
            role="kill_line", text=entry.text, measure="money", number=amount.number, wanting=wanting
        )
    words = entry.text.lower()
    times = measure != "lift" and bool(_TIMES.search(words))
    relative = role == "margin" or bool(_TODAY.search(words))
    number: float | None = amount.number if times or measure == "lift" else _number(measure, amount)
    off = measure == "error"
    if relative and off and amount.unit == "%":  # an error has no points of a share: so much less than today
        times, number = True, 1 - amount.number / 100
    measured = (
        today is not None
        and today.amount is not None
        and measure_in(known, today.text, problem_type) == measure
    )
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
    if measure in ("error", "agreement"):
        return None if amount.unit == "%" else amount.number
    if amount.unit in ("%", "points"):
        return amount.number / 100
    return amount.number if -1 <= amount.number <= 1 else None


def _is_priced(name: str, entries: Mapping[str, CardEntry]) -> bool:
    """Whether a field holds its number, the volume one for a stretch of time."""
    amount = entries[name].amount if name in entries else None
    return amount is not None and (name != "volume" or amount.days is not None)


def _is_money(amount: Amount, entries: Mapping[str, CardEntry]) -> bool:
    """Whether an amount is in the unit of the costs, or where none are set, in a currency."""
    costs = [entries[name].amount for name in _PRICED[:2] if name in entries]
    units = {cost.unit for cost in costs if cost is not None}
    currency = len(amount.unit) == 3 and amount.unit.isupper()
    return bool(amount.unit) and (amount.unit in units if units else currency)
