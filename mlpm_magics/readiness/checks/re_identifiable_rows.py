"""A few ordinary facts together can point at one person.

Age, sex and postcode are no names, but where nobody else in the table shares them, whoever knows the three
finds the row. Columns that describe a person are put together, and rows that stand alone are counted; rows
of one entity count once.

Source: Sweeney 2002 (k-anonymity); GDPR; limits are rules of thumb, see `limits.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.readiness.found import Example, Found, Limits, named, of
from mlpm_magics.readiness.rows import alike
from mlpm_magics.table import Column, Table

QUESTION = "privacy"
WHY = "Taking names out does not make a table anonymous."
NEEDS = ()
_FEWEST, _SMALL = 50, 5
_PERSON = {
    "age": ("age", "age_years", "patient_age", "customer_age"),
    "birth": ("dob", "birth", "birthdate", "birthday", "birth_date", "birth_year", "yob", "year_of_birth"),
    "sex": ("sex", "gender"),
    "job": ("job", "job_title", "occupation", "profession", "employer"),
    "origin": ("nationality", "ethnicity", "race", "citizenship", "country_of_birth", "mother_tongue"),
    "family": ("marital", "marital_status", "children", "household_size"),
    "school": ("education", "degree", "school"),
}  # fmt: skip
_PLACE = {
    "postcode": ("postcode", "post_code", "postal", "postal_code", "zip", "zipcode", "zip_code", "plz"),
    "town": ("town", "city", "municipality", "village", "district", "neighbourhood", "neighborhood"),
}  # fmt: skip
_THINGS = (
    "account", "car", "vehicle", "building", "house", "device", "machine", "product", "company", "store",
    "shop", "sensor", "group", "band", "bucket", "class", "avg", "average", "mean", "median", "rate",
    "days", "months", "hours", "id", "ad", "req", "type", "fed",
)  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """Rows (or entities) that nobody else is like, and that fewer than five are like, by these columns."""

    columns: tuple[str, ...]
    alone: int
    few: int
    total: int
    unit: str


def measure(table: Table) -> list[Measured]:
    """Put together what describes a person, and count who stands alone."""
    kinds: dict[str, Column] = {}
    for column in table.inputs:
        kind = _kind(column)
        if kind and kind not in kinds:
            kinds[kind] = column
    about_people = sum(kind in _PERSON for kind in kinds)
    exact = "birth" in kinds or "postcode" in kinds
    if table.rows < _FEWEST or not about_people or len(kinds) < (2 if exact else 3):
        return []
    columns = list(kinds.values())
    group = alike(columns, table.rows)
    known = ~np.logical_and.reduce([c.is_missing for c in columns])
    group = group[known]
    unit = "rows"
    entity = table.entity
    if entity is not None and entity.kind not in ("nested", "empty"):
        pairs = np.unique(group * (int(entity.codes.max()) + 2) + entity.codes[known] + 1)
        group, unit = pairs // (int(entity.codes.max()) + 2), "different ones"
    sizes = np.bincount(group)
    alone = int((sizes == 1).sum())
    few = int(sizes[(sizes > 0) & (sizes < _SMALL)].sum())
    return [Measured(tuple(c.name for c in columns), alone, few, len(group), unit)]


def _kind(column: Column) -> str:
    scan = column.scan
    if column.kind in ("nested", "empty", "duration") or column.is_identifier or scan.has_word(*_THINGS):
        return ""
    if (column.distinct or 0) < 2 or (column.kind == "text" and column.distinct == column.filled):
        return ""
    for kind, words in (*_PERSON.items(), *_PLACE.items()):
        if scan.has_word(*words):
            return kind
    return ""


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """A warning where many stand alone, a note where some do."""
    found = []
    for m in measured:
        share = m.alone / m.total if m.total else 0.0
        if share < limits["note"]:
            continue
        found.append(
            Found(
                m.columns,
                "warning" if share >= limits["caution"] else "info",
                f"{of(m.alone, m.total, m.unit)} are the only ones with their {named(m.columns)}, and "
                f"{m.few:,} share them with fewer than four others: who knows these about somebody finds "
                "the row.",
                "Keep only what is needed, and coarser (bands of age, region for postcode); treat the table "
                "as personal data.",
                {"alone": m.alone, "few": m.few, "total": m.total, "share": share},
                0.3 + 0.7 * share,
            )
        )
    return found


def _table(coarse: bool) -> pd.DataFrame:
    random = np.random.default_rng(50)
    age, home = random.integers(18, 90, 3000), random.integers(10000, 10400, 3000)
    spend = random.lognormal(3, 1, 3000)
    if coarse:
        return pd.DataFrame({"age": age // 20 * 20, "city": home % 6, "spend": spend, "job": age % 3})
    return pd.DataFrame({"age": age, "postcode": [f"{n}" for n in home], "spend": spend})


def bad() -> Example:
    """Age in years and a full postcode."""
    return Example(_table(coarse=False), ("age", "postcode"))


def good() -> Example:
    """Bands of age, a few cities and three kinds of job."""
    return Example(_table(coarse=True))
