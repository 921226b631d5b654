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

from mlpm_magics.evidence.columns.traits import is_trait
from mlpm_magics.readiness.found import Example, Found, Limits, named
from mlpm_magics.table import Table

QUESTION = "unbiased"
WHY = "Deciding by a protected trait is often unlawful, and not looking at it hides unfairness."
NEEDS = ()
_MOST_TYPED = 6
_WATCHED = (" and nobody compares outcomes by {it}.", "; outcomes are compared by {it} here.")


@dataclass(frozen=True)
class Measured:
    """Columns named after a protected trait, whether they were named as a group, and all that were."""

    columns: tuple[str, ...]
    watched: bool
    groups: tuple[str, ...] = ()


def measure(table: Table) -> list[Measured]:
    """Look at the names of the columns."""
    hits = [column for column in table.inputs if is_trait(column)]
    parts = [tuple(c.name for c in hits if (c in table.groups) is watched) for watched in (False, True)]
    groups = tuple(column.name for column in table.groups)
    return [
        Measured(part, watched, groups) for part, watched in zip(parts, (False, True), strict=True) if part
    ]


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """A warning where nobody looks at outcomes by it; a note where it is one of the groups."""
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
                severity="info" if m.watched else "warning",
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
