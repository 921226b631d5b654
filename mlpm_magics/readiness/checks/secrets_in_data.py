"""A password or key in a table is known to everybody who has a copy.

Keys, access tokens, passwords in connection strings and password columns do not belong into data for
learning. They are recognised by their form or the name of the column, and never shown.

Source: deon checklist (data security).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.evidence.columns.personal import secret_signs
from mlpm_magics.readiness.found import Example, Found, Limits, plural
from mlpm_magics.table import Table

QUESTION = "security"
WHY = "Whoever gets a copy of the table gets in."
NEEDS = ()
SILENCES = (
    "personal_data",
    "identifier_column",
    "hostile_content",
    "inconsistent_categories",
    "numbers_stored_as_text",
)


@dataclass(frozen=True)
class Measured:
    """A kind of secret in a column."""

    column: str
    kind: str
    texts: int
    by_name: bool


def measure(table: Table) -> list[Measured]:
    """Look at every column."""
    return [
        Measured(column.name, sign.kind, sign.texts, sign.by_name)
        for column in table.columns
        for sign in secret_signs(column)
    ]


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """A secret that was seen is a blocker; a column that is only called so is a warning."""
    found = []
    for m in measured:
        if m.by_name:
            message = f"`{m.column}` seems to hold {m.kind}, going by its name."
        else:
            message = f"`{m.column}` holds {m.kind}, in {plural(m.texts, 'different value')}."
        found.append(
            Found(
                columns=(m.column,),
                severity="warning" if m.by_name else "blocker",
                message=message,
                action="Remove it from every copy, and have the secrets changed: they must be taken for "
                "known.",
                evidence={"values": m.texts},
                weight=0.9,
            )
        )
    return found


def bad() -> Example:
    """A log with an access token in some lines."""
    random = np.random.default_rng(34)
    token = "ghp_" + "aB3dE6gH9k" * 4  # made up; built here so that no scanner takes this file for a leak
    log = [f"request {i} with {token}" if i % 400 == 0 else f"request {i}" for i in range(1500)]
    return Example(pd.DataFrame({"log": log, "took": random.normal(size=1500)}), ("log",))


def good() -> Example:
    """Digests, and how old a password is."""
    random = np.random.default_rng(34)
    digest = [f"{value:032x}" for value in random.integers(0, 2**63, 1500)]
    return Example(pd.DataFrame({"digest": digest, "password_age_days": random.integers(0, 900, 1500)}))
