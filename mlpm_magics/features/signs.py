"""What the measurements in `evidence/columns` say about each column of a table, by the name of the column."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from mlpm_magics.catalogue import Knowledge
from mlpm_magics.evidence.clock import Clock, OutOfTimeError
from mlpm_magics.evidence.columns import (
    CannotTellError,
    alone,
    copies,
    exceptions,
    numerals,
    other_units,
    relevance,
    stand_ins,
    timing,
)
from mlpm_magics.evidence.columns.personal import personal_signs, secret_signs
from mlpm_magics.evidence.columns.traits import is_trait
from mlpm_magics.table import Column, Table
from mlpm_magics.table.words import named

_IN_STEP = 0.999


@dataclass(frozen=True)
class Signs:
    """What was measured, each as column -> sentence unless said otherwise.

    Attributes:
        giving_away: columns that give nearly every answer alone.
        telling: columns that give many, alone: worth asking about.
        later: columns whose dates or gaps say that they are written down later.
        sounding_later: columns whose name leaves open when they are written down.
        private: personal data and secrets.
        copies: groups of columns that say the same, with a sentence.
        irrelevant: columns that tell nothing about the answer.
        exceptions: columns that are the same in nearly every row.
        numerals: numbers stored as text.
        traits: columns named after a protected trait.
        stand_ins: group -> (columns that tell it, sentence).
        not_measured: what could not be measured, in words.
    """

    giving_away: dict[str, str] = field(default_factory=dict)
    telling: dict[str, str] = field(default_factory=dict)
    later: dict[str, str] = field(default_factory=dict)
    sounding_later: dict[str, str] = field(default_factory=dict)
    private: dict[str, str] = field(default_factory=dict)
    copies: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    irrelevant: dict[str, str] = field(default_factory=dict)
    exceptions: dict[str, str] = field(default_factory=dict)
    numerals: dict[str, str] = field(default_factory=dict)
    traits: tuple[str, ...] = ()
    stand_ins: dict[str, tuple[tuple[str, ...], str]] = field(default_factory=dict)
    not_measured: list[str] = field(default_factory=list)


def signs_of(table: Table, known: Knowledge, clock: Clock | None = None) -> Signs:
    """Measure everything but relevance; what cannot be measured on this table, or in time, is noted."""
    found = Signs(traits=tuple(column.name for column in table.inputs if is_trait(column)))
    for step, what in _STEPS.items():
        try:
            within(clock, what, partial(step, table, known, found), found)
        except CannotTellError as reason:
            found.not_measured.append(str(reason))
    return found


def within(clock: Clock | None, what: str, measure: Callable[[], None], found: Signs) -> None:
    """Measure something as long as there is time; what was not looked at to the end is noted."""
    if clock is None:
        return measure()
    try:
        with clock.alarm():
            clock.step(what, 0.0)
            measure()
    except OutOfTimeError:
        found.not_measured.append(f"{what}, for want of time (--budget gives more)")


def _answers(table: Table, known: Knowledge, found: Signs) -> None:
    limits, suspicious = known.limits_of("target_leakage"), known.limit("feature_plan.suspicious")
    for m in alone.measure(table):
        if m.beyond(limits):
            found.giving_away[m.column] = m.sentence
        elif m.skill >= suspicious and not m.straight:
            found.telling[m.column] = m.sentence


def _timing(table: Table, known: Knowledge, found: Signs) -> None:
    limits = known.limits_of("known_after_decision")
    for m in timing.measure(table):
        if m.how == "name":
            found.sounding_later[m.column] = m.sentence
        elif m.beyond(limits):
            found.later[m.column] = m.sentence
    for column in table.features:
        if timing.may_be_later(column):
            text = f"`{column.name}`, going by its name, may be written down after the decision."
            found.sounding_later.setdefault(column.name, text)


def _private(table: Table, known: Knowledge, found: Signs) -> None:
    for column in table.inputs:
        signs = (*secret_signs(column), *personal_signs(column))
        if signs:
            kinds = ", ".join(dict.fromkeys(sign.kind for sign in signs))
            by_name = ", going by its name" if all(sign.by_name for sign in signs) else ""
            seems = "seems to hold" if by_name else "holds"
            found.private[column.name] = f"`{column.name}` {seems} {kinds}{by_name}."


def _copies(table: Table, known: Knowledge, found: Signs) -> None:
    most = int(known.limit("feature_plan.most_levels"))
    by_name = {column.name: column for column in table.inputs}
    for same in copies.measure(table):
        columns = [by_name[name] for name in same.columns]
        for alike in _same_feature(table, columns, most):
            names = tuple(column.name for column in alike)
            found.copies.append((names, f"{named(names)} say the same in every row."))
    limits = known.limits_of("redundant_columns")
    for pair in other_units.measure(table):
        if pair.beyond(limits):
            found.copies.append((pair.columns, pair.sentence))


def _same_feature(table: Table, columns: list[Column], most: int) -> list[list[Column]]:
    """Of columns that part the rows alike, those that would make the same features.

    A number that follows from a name or a date is another feature than either (a price per day, a size per
    shop), unless the name has so few levels that each gets a column.
    """
    dates = [c for c in columns if c.kind == "date" or c is table.time]
    numbers = [c for c in columns if c.kind in ("number", "duration") and c not in dates]
    names = [c for c in columns if c not in dates and c not in numbers]
    if names and (names[0].distinct or 0) <= most:
        names, numbers = names + numbers, []
    if table.time is not None and table.moments is not None and table.time in dates:
        dates += [c for c in numbers if _runs_with_time(table, c)]
    return [alike for alike in (names, dates) if len(alike) > 1]


def _runs_with_time(table: Table, column: Column) -> bool:
    """Whether a number is the time in another unit, as nearly as makes no difference."""
    if table.moments is None:
        return False
    both = ~column.is_missing & table.moments.valid
    x, y = column.numbers[both].astype(np.float64), table.moments.seconds[both].astype(np.float64)
    spread = float(x.std() * y.std()) if len(x) > 2 else 0.0
    return spread > 0 and abs(float(((x - x.mean()) * (y - y.mean())).mean())) > _IN_STEP * spread


def add_relevance(table: Table, without: Collection[str], known: Knowledge, found: Signs) -> None:
    """Measure which columns tell nothing about the answer, beside those that a model may have.

    Args:
        table: the table.
        without: columns that are left out; beside one that gives the answer away, nothing else would count.
        known: for the limits.
        found: where it is noted.
    """
    kept = tuple(column for column in table.columns if column.name not in without)
    limits = known.limits_of("irrelevant_column")
    measured = relevance.measure(replace(table, columns=kept))
    found.irrelevant.update({m.column: m.sentence for m in measured if m.beyond(limits)})


def _exceptions(table: Table, known: Knowledge, found: Signs) -> None:
    limits = known.limits_of("near_constant_column")
    found.exceptions.update({m.column: m.sentence for m in exceptions.measure(table) if m.beyond(limits)})


def _numerals(table: Table, known: Knowledge, found: Signs) -> None:
    limits = known.limits_of("numbers_stored_as_text")
    found.numerals.update({m.column: m.sentence for m in numerals.measure(table) if m.beyond(limits)})


def _stand_ins(table: Table, known: Knowledge, found: Signs) -> None:
    limits = known.limits_of("proxy_for_group")
    for m in stand_ins.measure(table):
        if m.beyond(limits):
            found.stand_ins[m.column] = (m.strongest, m.sentence)


_STEPS: dict[Callable[[Table, Knowledge, Signs], None], str] = {
    _answers: "which columns give the answer away",
    _timing: "which columns are written down later",
    _private: "which columns hold personal data",
    _copies: "which columns say the same",
    _exceptions: "which columns are the same in nearly every row",
    _numerals: "which numbers are stored as text",
    _stand_ins: "which columns stand in for a group",
}
