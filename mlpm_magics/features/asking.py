"""What only people can answer: whether a column is known in time, and whether it may be used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from mlpm_magics.errors import InvalidValueError, WrongTypeError, shown
from mlpm_magics.features.discarding import Told
from mlpm_magics.features.signs import Signs
from mlpm_magics.results import OpenQuestion, PlannedColumn
from mlpm_magics.table import Table
from mlpm_magics.table.moments import read_cadence
from mlpm_magics.table.words import named

_ASKED_ALL_THE_SAME = ("gives_answer_away", "written_later")


def told(table: Table, known: object, others: object, keep: object, discard: object) -> Told:
    """What was said, by the names of columns.

    Raises:
        MlpmError: for a column that is not there, an answer that is neither yes nor no, or two that clash.
    """
    if not isinstance(known, Mapping | None):
        raise WrongTypeError("is a mapping from a column to True or False", where="known")
    answers: dict[str, bool] = {}
    for label, answer in (known or {}).items():
        if not isinstance(answer, bool):
            raise InvalidValueError(f"{shown(label, 40)!r} is answered by True or False", where="known")
        answers[table.column(label, "known").name] = answer
    kept, left = (_named(table, given, where) for given, where in ((keep, "keep"), (discard, "discard")))
    for name in sorted(kept & left):
        raise InvalidValueError(f"`{name}` cannot be both kept and left out", where="keep")
    for name in sorted(kept):
        if answers.get(name) is False:
            raise InvalidValueError(
                f"`{name}` is known only after the decision, so it cannot be kept", where="keep"
            )
    return Told(answers, kept, left, bool(others))


def window_days(given: object) -> float | None:
    """How far to look back, in days.

    Raises:
        InvalidValueError: for anything that is no step in time.
    """
    found = read_cadence(given, "window")
    return None if found is None else found.days


def _named(table: Table, given: object, where: str) -> frozenset[str]:
    labels = given if isinstance(given, Iterable) and not isinstance(given, str | bytes | tuple) else [given]
    if isinstance(given, tuple) and not any(column.label == given for column in table.columns):
        labels = given
    return frozenset(table.column(label, where).name for label in labels if label is not None)


def with_answers(column: PlannedColumn, signs: Signs, said: Told) -> PlannedColumn:
    """The column with what is known about its moment: roles are known, the rest is as it was answered."""
    if column.role in ("time", "entity"):
        return msgspec.structs.replace(column, known="yes")
    suspicious = next(
        (
            found[column.name]
            for found in (signs.later, signs.giving_away, signs.telling, signs.sounding_later)
            if column.name in found
        ),
        column.reason if column.how in _ASKED_ALL_THE_SAME else "",
    )
    answer = said.known.get(column.name, True if said.others and not suspicious else None)
    return msgspec.structs.replace(
        column,
        known="open" if answer is None else "yes" if answer else "no",
        suspicious=suspicious if answer is None and is_asked(column) else "",
    )


def is_asked(column: PlannedColumn) -> bool:
    """Whether it matters when the column is known: it is used, or left out only because of that."""
    return bool(column.makes) or column.how in _ASKED_ALL_THE_SAME


def questions(
    columns: Sequence[PlannedColumn], table: Table, signs: Signs, said: Told
) -> tuple[OpenQuestion, ...]:
    """What is still open, the suspicious first."""
    asked = [c for c in columns if c.known == "open" and is_asked(c)]
    found = [
        OpenQuestion(
            about="known",
            columns=(c.name,),
            text=f"Is `{c.name}` known, with this value, when the decision is taken? {c.suspicious}",
            suspicious=True,
        )
        for c in sorted(asked, key=lambda c: bool(c.makes))
        if c.suspicious
    ]
    used = {c.name for c in columns if c.makes}
    for group, (tell, sentence) in signs.stand_ins.items():
        names = tuple(name for name in tell if name in used)
        if names and not set(names) <= said.keep:
            text = f"May {named(names)} be used? {sentence}"
            found.append(OpenQuestion(about="stand_in", columns=(*names, group), text=text, suspicious=True))
    traits = tuple(name for name in signs.traits if name in used and name not in said.keep)
    if traits:
        text = (
            f"May {named(traits)} be used at all? The name speaks of a protected trait; ask for legal advice."
        )
        found.append(OpenQuestion(about="protected", columns=traits, text=text, suspicious=True))
    rest = tuple(c.name for c in asked if not c.suspicious)
    if rest:
        each = "each of these columns" if len(rest) > 1 else "this column"
        text = f"Is {each} known, with this value, when the decision is taken? {named(rest, 30)}."
        found.append(OpenQuestion(about="known", columns=rest, text=text))
    if table.target is not None and any(c.how == "history" for c in columns):
        text = (
            f"After how long is `{table.target.name}` known? Earlier answers of the same "
            f"`{table.entity.name if table.entity else ''}` are not used, because the table does not say "
            "when each became known."
        )
        found.append(OpenQuestion(about="past_answers", columns=(table.target.name,), text=text))
    return tuple(found)
