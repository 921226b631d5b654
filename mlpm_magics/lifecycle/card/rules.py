"""What in a problem card is missing or does not go together, by the rules of the knowledge base."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from mlpm_magics.catalogue import Knowledge, knowledge
from mlpm_magics.entries import CardRule
from mlpm_magics.errors import shown
from mlpm_magics.lifecycle.card.lines import measure_in
from mlpm_magics.results.card import CardEntry, CardRemark

Entries = tuple[CardEntry, ...]
_LOWER_IS_BETTER = re.compile(r"\b(?:below|under|at most|no more than|within|shorter than)\b", re.I)
_FEW_A_YEAR = 100


def remarks(known: Knowledge, entries: Mapping[str, CardEntry]) -> tuple[CardRemark, ...]:
    """Each rule that applies, blockers first. A rule whose fields are not all set says nothing."""
    found = []
    for rule in known.card_rules.values():
        if not all(field in entries for field in rule.fields):
            continue
        about = tuple(entries[field] for field in rule.fields)
        if not _APPLIES[rule.check](rule, about):
            continue
        texts = {"first": shown(about[0].text, 60), "second": shown(about[-1].text, 60)}
        found.append(
            CardRemark(
                rule=rule.id,
                fields=rule.fields,
                severity=rule.severity,
                sentence=rule.sentence.format(**texts),
                source=known.cite(rule.sources),
            )
        )
    return tuple(sorted(found, key=lambda remark: remark.severity != "blocker"))


def _lacks_number(rule: CardRule, about: Entries) -> bool:
    return about[0].amount is None


def _lacks_date(rule: CardRule, about: Entries) -> bool:
    return about[0].date is None


def _lacks_duration(rule: CardRule, about: Entries) -> bool:
    return about[0].days is None


def _past(rule: CardRule, about: Entries) -> bool:
    """The date was over when the field was set: what is written does not age into a mistake."""
    then = about[0].when[:10] or date.today().isoformat()
    return about[0].date is not None and about[0].date < then


def _longer(rule: CardRule, about: Entries) -> bool:
    first, second = _rhythm(about[0]), _rhythm(about[1])
    return first is not None and second is not None and first > rule.times * second


def _after(rule: CardRule, about: Entries) -> bool:
    """Counted from the day the field was set, the duration of the first ends after the date of the second."""
    if about[0].days is None or about[1].date is None:
        return False
    start = date.fromisoformat(about[1].when[:10]) if about[1].when else date.today()
    return (date.fromisoformat(about[1].date) - start).days < about[0].days


def _not_worse(rule: CardRule, about: Entries) -> bool:
    """The first should be easier to reach than the second, and is not."""
    line, goal = about[0].amount, about[1].amount
    if line is None or goal is None or line.unit.lower() != goal.unit.lower():
        return False
    if _LOWER_IS_BETTER.search(about[1].text):
        return line.number <= goal.number
    return line.number >= goal.number


def _units_differ(rule: CardRule, about: Entries) -> bool:
    units = [entry.amount.unit.lower() for entry in about if entry.amount is not None]
    return len(units) == len(about) and len(set(units)) > 1


def _line_elsewhere(rule: CardRule, about: Entries) -> bool:
    """In money for a stretch of time, or in what is measured, a line can be held whatever the goal is in."""
    line = about[0].amount
    measured = bool(measure_in(knowledge(), about[0].text))
    return _units_differ(rule, about) and line is not None and line.days is None and not measured


def _same(rule: CardRule, about: Entries) -> bool:
    return about[0].amount is not None and about[0].amount == about[1].amount


def _few_a_year(rule: CardRule, about: Entries) -> bool:
    amount = about[0].amount
    return amount is not None and bool(amount.days) and amount.number * 365 / (amount.days or 1) < _FEW_A_YEAR


def _rhythm(entry: CardEntry) -> float | None:
    """A duration, or the stretch that an amount is counted in."""
    return entry.days if entry.days is not None else entry.amount.days if entry.amount else None


_APPLIES: dict[str, Callable[[CardRule, Entries], bool]] = {
    "lacks_number": _lacks_number,
    "lacks_date": _lacks_date,
    "lacks_duration": _lacks_duration,
    "past": _past,
    "longer": _longer,
    "after": _after,
    "not_worse": _not_worse,
    "units_differ": _units_differ,
    "line_elsewhere": _line_elsewhere,
    "same": _same,
    "few_a_year": _few_a_year,
}
