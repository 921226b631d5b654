"""The line that makes a report on a table: with the names the project knows, and words that stand for others.

`TABLE` and `COLUMN` stand for what nobody has typed yet; what each is, is said beside the line.
"""

from __future__ import annotations

import shlex
from itertools import pairwise

from mlpm_magics.catalogue import knowledge
from mlpm_magics.entries import ProblemType
from mlpm_magics.lifecycle.kind import kind_of
from mlpm_magics.lifecycle.parts.baseline import BaselinePart
from mlpm_magics.lifecycle.parts.data import DataPart
from mlpm_magics.lifecycle.parts.features import FeaturesPart
from mlpm_magics.lifecycle.state import State

_LONGEST = 60


def table_line(magic: str, state: State, *more: str) -> str:
    """What to type, as it was typed last for this table or the step before.

    Args:
        magic: such as `%ml_profile`.
        state: what is recorded; the newest step that names a table counts.
        more: what else to type.
    """
    steps = {
        "%ml_baseline": (state.baseline, state.features, state.data),
        "%ml_features": (state.features, state.data),
    }
    recorded: tuple[DataPart | FeaturesPart | BaselinePart | None, ...]
    recorded = steps.get(magic, (state.data,))
    part = next((one for one in recorded if one is not None), None)
    table = part.table if part else ""
    words = [magic, _word(table) or "TABLE"]
    named = dict(part.roles) if part else {}
    if not named and isinstance(part, FeaturesPart | BaselinePart) and part.target:
        named["target"] = (part.target,)
    for role in ("target", "time", "entity", "group"):
        if role in named:
            words += [f"--{role} {_word(column) or 'COLUMN'}" for column in named[role]]
        elif role in _needed(magic, state, named):
            words.append(f"--{role} COLUMN")
    if isinstance(part, BaselinePart) and part.kind not in ("", state.brief.problem_type):
        words += [f"--problem-type {part.kind}"] if part.kind not in ("classification", "regression") else []
    return " ".join([*words, *more])


def stand_ins(line: str, state: State) -> str:
    """What the words in capitals of a line stand for, in a sentence; "" where there is none."""
    words = line.split()
    told = ["TABLE for the name of your table"] if "TABLE" in words else []
    kind = kind_of(knowledge(), state)
    columns = [
        f"{_says(option[2:], kind)} ({option})" for option, word in pairwise(words) if word == "COLUMN"
    ]
    told += [f"COLUMN for the column that says {' or '.join(columns)}"] if columns else []
    return f"Put in your own names: {', '.join(told)}." if told else ""


def _needed(magic: str, state: State, named: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The roles without which this line is of no use."""
    kind = kind_of(knowledge(), state)
    if kind is None:
        return ("target",)
    return tuple(kind.roles) if magic == "%ml_baseline" or not named else ()


def _says(role: str, kind: ProblemType | None) -> str:
    """What a column in a role says."""
    if kind is not None and role in kind.roles:
        return kind.roles[role]
    usual = {"target": "what is to be predicted", "entity": "whom or what a row is about"}
    return usual.get(role, "which group a row belongs to")


def _word(name: str) -> str:
    """A name as it is typed; "" where it cannot be on one line."""
    return shlex.quote(name) if name and name.isprintable() and len(name) <= _LONGEST else ""
