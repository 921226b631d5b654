"""Which columns are named after a protected trait, such as age, sex or religion."""

from __future__ import annotations

from mlpm_magics.table import Column

_TRAITS = (
    "race", "ethnicity", "ethnic", "ethnic_group", "gender", "sex", "female", "male", "religion",
    "religious", "disability", "disabled", "nationality", "national_origin", "citizenship", "immigrant",
    "immigration_status", "marital", "marital_status", "married", "pregnant", "pregnancy",
    "sexual_orientation", "orientation_sexual", "transgender", "caste", "union_member", "political",
    "political_party", "veteran", "veteran_status", "senior_citizen", "mother_tongue",
    "native_language", "skin_color", "skin_colour", "genetic", "hiv", "foreign_worker",
    "personal_status_sex",
)  # fmt: skip
_THINGS = (
    "house", "housing", "building", "account", "vehicle", "car", "device", "page", "tree", "network",
    "domain", "firm", "company", "machine", "wine", "stone", "property", "loan", "file", "policy",
    "customer_account", "in_days", "days", "median", "average", "avg", "mean", "time", "lap",
    "distance", "ratio", "rate",
)  # fmt: skip


def is_age(column: Column) -> bool:
    """Whether the column is called an age, of whatever."""
    return column.scan.has_word("age", "age_group", "age_band", "agegroup")


def is_trait(column: Column) -> bool:
    """Whether the column is named after a protected trait, and holds it rather than a quantity."""
    if column.kind in ("empty", "date", "duration", "nested") or (column.distinct or 0) < 2:
        return False
    scan = column.scan
    if is_age(column):
        return not scan.has_word(*_THINGS)
    measured_quantity = column.kind == "number" and (column.distinct or 0) > 20
    return scan.has_word(*_TRAITS) and not measured_quantity and not scan.has_word("time", "lap", "distance")
