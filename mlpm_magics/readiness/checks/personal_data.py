"""Columns that say who somebody is need a reason to be here.

E-mail addresses, phone, card, account and identity numbers, names and home addresses rarely help a model to
learn, and they make every copy of the table a risk. They are recognised by their form (and check digits) in
the distinct values, or by the name of the column; none of them is shown.

Source: GDPR, articles 5 and 6 (purpose, minimisation); deon checklist.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.evidence.columns.personal import personal_signs
from mlpm_magics.readiness.found import Example, Found, Limits
from mlpm_magics.table import Table

QUESTION = "privacy"
WHY = "Personal data needs a lawful reason, and a leak of it harms people."
NEEDS = ()
SILENCES = (
    "identifier_column", "numbers_stored_as_text", "dates_stored_as_text", "inconsistent_categories",
    "outliers", "duplicate_columns", "mixed_types", "near_constant_column", "placeholder_values",
    "sensitive_attribute",
)  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """A kind of personal data in a column."""

    column: str
    kind: str
    texts: int
    looked: int
    by_name: bool


def measure(table: Table) -> list[Measured]:
    """Look at every column."""
    return [
        Measured(column.name, sign.kind, sign.texts, sign.looked, sign.by_name)
        for column in table.columns
        for sign in personal_signs(column)
    ]


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """Every kind in every column is a warning."""
    found = []
    for m in measured:
        share = m.texts / m.looked if m.looked else 1.0
        if m.by_name:
            message = f"`{m.column}` seems to hold {m.kind}, going by its name."
        else:
            message = (
                f"`{m.column}` holds {m.kind}: {m.texts:,} of {m.looked:,} different values looked "
                "at contain one."
            )
        action = (
            "Leave it out or replace it by a key that means nothing, unless there is a lawful need "
            "that somebody has signed."
        )
        found.append(
            Found((m.column,), "warning", message, action, {"values": m.texts, "looked": m.looked}, share)
        )
    return found


def bad() -> Example:
    """A contact column of e-mail addresses."""
    random = np.random.default_rng(6)
    contact = [f"person{i}@mail{i % 7}.example.org" for i in range(1100)]
    return Example(pd.DataFrame({"contact": contact, "spend": random.normal(size=1100)}), ("contact",))


def good() -> Example:
    """Handles, order numbers and the name of a plan look similar and are no addresses of a person."""
    random = np.random.default_rng(6)
    n = 1100
    return Example(
        pd.DataFrame(
            {
                "plan_name": random.choice(["basic @home", "plus @work"], n),
                "order": [f"2024-{i:06d}-{i % 97:02d}" for i in range(n)],
                "has_email_address": random.integers(0, 2, n),
                "spend": random.normal(size=n),
            }
        )
    )
