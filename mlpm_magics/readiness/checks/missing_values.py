"""A column with many gaps carries less than it seems.

Gaps are filled by guessing, and the guess is the more of a fiction the more gaps there are. A few percent are
ordinary; columns that are missing in the very same rows usually come from one source that was not joined.

Source: AIDRIN 2024 (completeness); limit of 20 % is a rule of thumb, see `limits.yaml`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.readiness.found import Example, Found, Limits, named, of
from mlpm_magics.results import Severity
from mlpm_magics.table import Table

QUESTION = "high_quality"
WHY = "What is missing has to be guessed or left out, and both change what a model learns."
NEEDS = ()
SILENCES = ("near_constant_column",)


@dataclass(frozen=True)
class Measured:
    """Columns that are missing in the same rows."""

    columns: tuple[str, ...]
    missing: int
    rows: int
    in_a_role: bool


def measure(table: Table) -> list[Measured]:
    """Columns with gaps, joined where the gaps are the same."""
    together: dict[tuple[int, bytes, bool], list[str]] = {}
    for column in table.columns:
        if column.total_missing and column is not table.target:
            gaps = hashlib.blake2b(np.packbits(column.is_missing).tobytes(), digest_size=16).digest()
            key = (column.total_missing, gaps, bool(table.role(column)))
            together.setdefault(key, []).append(column.name)
    return [Measured(tuple(names), key[0], table.total, key[2]) for key, names in together.items()]


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """Below 5 % nothing is said; above 20 %, and in a role above 5 %, it is a warning."""
    found = []
    for m in measured:
        share = m.missing / m.rows
        if share < limits["note"]:
            continue
        severity: Severity = "warning" if share > limits["caution"] or m.in_a_role else "info"
        verb = "is" if len(m.columns) == 1 else "are"
        if m.missing == m.rows:
            message = f"{named(m.columns)} {verb} empty in all {m.rows:,} rows."
            action = "Leave it out, or ask where its values went."
        else:
            message = (
                f"{named(m.columns)} {verb} missing in "
                f"{'' if len(m.columns) == 1 else 'the same '}{of(m.missing, m.rows)}."
            )
            action = (
                "Ask why it is missing; add a column that says so before filling the gaps, or leave "
                "the column out."
            )
        found.append(
            Found(
                m.columns,
                severity,
                message,
                action,
                {"missing": m.missing, "rows": m.rows, "share": share},
                share,
            )
        )
    return found


def bad() -> Example:
    """Income is missing for more than half."""
    random = np.random.default_rng(4)
    income = np.where(random.random(2000) < 0.55, np.nan, random.normal(size=2000))
    return Example(pd.DataFrame({"income": income, "spend": random.normal(size=2000)}), ("income",))


def good() -> Example:
    """Four percent are missing, which is ordinary."""
    random = np.random.default_rng(4)
    income = np.where(random.random(2000) < 0.04, np.nan, random.normal(size=2000))
    return Example(pd.DataFrame({"income": income, "spend": random.normal(size=2000)}))
