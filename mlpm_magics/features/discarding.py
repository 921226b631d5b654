"""Which columns become nothing, and why: the first reason that holds, the strongest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from mlpm_magics.catalogue import Knowledge
from mlpm_magics.features.signs import Signs
from mlpm_magics.table import Column, Table
from mlpm_magics.table.words import number, of

_ID = ("id", "ids", "uuid", "guid", "key", "account", "number", "no", "nr", "ref", "reference")
_MANY, _FEW_ROWS = 50, 30
_LATE = ("known_only_afterwards", "gives_answer_away", "written_later")
_PRIVATE = ("personal", "protected_group")
HIDDEN = "(name hidden)"


@dataclass(frozen=True)
class Told:
    """What people said, by the name of the column.

    `known`: whether it is known when the decision is taken; `others`: whether all others are that nothing
    points at. `keep` and `discard`: what they decided.
    """

    known: dict[str, bool] = field(default_factory=dict)
    keep: frozenset[str] = frozenset()
    discard: frozenset[str] = frozenset()
    others: bool = False


def discards(table: Table, signs: Signs, told: Told, knowledge: Knowledge) -> dict[str, tuple[str, str]]:
    """For each column that becomes nothing: the id of the step, and the reason as measured."""
    out: dict[str, tuple[str, str]] = {}
    for column in table.inputs:
        first = next(_reasons(table, column, signs, told, knowledge), None)
        if first is not None:
            out[column.name] = first
    roles = {column.name for column in (table.time, table.entity) if column is not None}
    for columns, sentence in signs.copies:
        others = tuple(name for name in columns if name not in roles)
        out |= _as_the_others(others, sentence, out, told)
        left = [name for name in columns if name not in out]
        wanted = [name for name in left if name in told.keep] or left[:1]
        for name in left:
            if name not in wanted and name not in roles:
                out[name] = ("copy", f"{sentence} `{wanted[0]}` stays.")
    return out


def _as_the_others(
    columns: tuple[str, ...], sentence: str, out: dict[str, tuple[str, str]], told: Told
) -> dict[str, tuple[str, str]]:
    """What says the same as a column that must not be used must not be used either."""
    left = [name for name in columns if name not in out and name not in told.keep]
    for name in columns:
        how = out[name][0] if name in out else ""
        if how in _PRIVATE:
            return dict.fromkeys(left, (how, f"{sentence} `{name}` is left out, so this one is, too."))
        if how in _LATE:
            reason = f"{sentence} `{name}` is left out as known too late."
            return dict.fromkeys((n for n in left if not told.known.get(n)), ("written_later", reason))
    return {}


def _names_one(column: Column) -> bool:
    """Whether the column says whom or what a row is about, going by its name: many, each in a few rows."""
    called = column.scan.tokens[-1:] and column.scan.tokens[-1] in _ID
    several = (column.distinct or 0) >= _MANY and column.filled < _FEW_ROWS * (column.distinct or 1)
    return bool(called) and several and column.kind in ("number", "text", "category")


def _reasons(
    table: Table, column: Column, signs: Signs, told: Told, knowledge: Knowledge
) -> Iterator[tuple[str, str]]:
    name = column.name
    if column.kind == "nested":
        yield "unreadable", "Its cells hold values inside values."
    if HIDDEN in name:
        yield (
            "nameless",
            "Its name is hidden, because it looks like personal data: is the first row a header?",
        )
    if name in told.discard:
        yield "told_to_discard", "You decided to leave it out."
    if told.known.get(name) is False:
        yield "known_only_afterwards", "You said that it is known only after the decision."
    if column.kind == "empty":
        yield "nearly_empty", "It has no value at all."
    if name in told.keep or column is table.time or column is table.entity:
        return
    if name in signs.private:
        yield "personal", signs.private[name]
    if column in table.groups:
        yield "protected_group", "You named it as a group to be fair to."
    if not told.known.get(name):
        if name in signs.later:
            yield "written_later", signs.later[name]
        if name in signs.giving_away:
            yield "gives_answer_away", signs.giving_away[name]
    if column.is_identifier:
        yield "identifier", f"It has another value in each of {column.filled:,} rows."
    if _names_one(column):
        rows = number(column.filled / (column.distinct or 1))
        yield "names_one", f"It names {column.distinct:,} different ones, each in about {rows} rows."
    if column.total_distinct == 1 and not column.total_missing:
        yield "same_in_every_row", f"It has the same value in all {column.total_rows:,} rows."
    if name in signs.exceptions:
        yield "few_exceptions", signs.exceptions[name]
    if column.total_missing >= knowledge.limit("feature_plan.nearly_empty") * max(1, column.total_rows):
        yield "nearly_empty", f"It is missing in {of(column.total_missing, column.total_rows)}."
    if name in signs.irrelevant:
        yield "irrelevant", signs.irrelevant[name]
