"""Columns named after a protected trait need a decision before a model sees them.

Race, sex, age, religion, disability and the like may be forbidden as inputs, and are often needed to check
that nobody is treated worse. Both start with knowing that they are here.

Source: EU Charter, Article 21; US Title VII, ADEA, ADA; UK Equality Act 2010 (as summarised in our notes).
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.evidence.columns.traits import is_age, is_trait
from mlpm_magics.readiness.found import Example, Found, Limits, named
from mlpm_magics.table import Table

QUESTION = "unbiased"
WHY = "Deciding by a protected trait is often unlawful, and not looking at it hides unfairness."
NEEDS = ()
_MOST_TYPED = 6
_WATCHED = (" and nobody compares outcomes by {it}.", "; outcomes are compared by {it} here.")


@dataclass(frozen=True)
class Measured:
    """Columns named after a protected trait, whether they were named as a group, and all that were.

    `ages`: whether all of them are ages, which most tables about people hold for a good reason.
    """

    columns: tuple[str, ...]
    watched: bool
    groups: tuple[str, ...] = ()
    ages: bool = False


def measure(table: Table) -> list[Measured]:
    """Look at the names of the columns."""
    hits = [column for column in table.inputs if is_trait(column)]
    groups = tuple(column.name for column in table.groups)
    measured = []
    for watched in (False, True):
        part = [column for column in hits if (column in table.groups) is watched]
        if part:
            names = tuple(column.name for column in part)
            measured.append(Measured(names, watched, groups, all(map(is_age, part))))
    return measured


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """A warning where nobody looks at outcomes by it; a note where it is an age or one of the groups."""
    found = []
    for m in measured:
        it = "it" if len(m.columns) == 1 else "them"
        which = f"{named(m.columns)} {'is' if len(m.columns) == 1 else 'are'} named after a protected trait"
        typed = (*m.groups, *m.columns[:_MOST_TYPED])  # what was named already must be typed again
        groups = " ".join(f"--group {shlex.quote(name)}" for name in typed)
        more = f" and {len(m.columns) - _MOST_TYPED:,} more" if len(m.columns) > _MOST_TYPED else ""
        look = f", and compare outcomes by {it} ({groups}{more})"
        found.append(
            Found(
                columns=m.columns,
                severity="info" if m.watched or m.ages else "warning",
                message=which + _WATCHED[m.watched].format(it=it),
                action=f"Decide with legal advice whether a model may use {it}{'' if m.watched else look}.",
                evidence={"columns": len(m.columns)},
                weight=0.2,
            )
        )
    return found


def bad() -> Example:
    """Gender as an input."""
    random = np.random.default_rng(33)
    gender = random.choice(["f", "m"], 1500)
    return Example(pd.DataFrame({"gender": gender, "spend": random.normal(size=1500)}), ("gender",))


def good() -> Example:
    """The age of an account, pages and the time of a race."""
    random = np.random.default_rng(33)
    things = {
        name: random.integers(1, 500, 1500)
        for name in ("account_age", "pages", "race_time", "mileage", "house_age")
    }
    return Example(pd.DataFrame(things))
