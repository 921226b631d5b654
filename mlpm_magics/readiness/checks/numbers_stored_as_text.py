"""Numbers written as text cannot be added up or compared.

Usually a currency sign, a comma or a stray word made the whole column text; a model would then treat 10 and
11 as two names that have nothing in common. Codes that only look like numbers are left alone.

Source: rule of the house; see `limits.yaml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.readiness.found import Example, Found, Limits, of
from mlpm_magics.table import Column, Table

QUESTION = "high_quality"
WHY = "As text, 9 is larger than 10, and every number is a name of its own."
NEEDS = ()
SILENCES = ("inconsistent_categories", "near_constant_column")
_NUMBER = re.compile(
    r"\s{0,5}[-+]?\s?(?:[$€£¥]\s?)?(?:\d{1,3}(?:[,.' ]\d{3}){1,6}|\d{1,18})"
    r"(?:[.,]\d{1,18})?(?:[eE][-+]?\d{1,3})?"
    r"\s?(?:%|[$€£¥]|EUR|USD|GBP)?\s{0,5}"
)
_CODE = re.compile(r"0\d+")
_SAMPLE = 20_000


@dataclass(frozen=True)
class Measured:
    """Rows of a text column that are numbers, and how many different numbers there are."""

    column: str
    numbers: int
    filled: int
    distinct: int


def measure(table: Table) -> list[Measured]:
    """Text columns, codes left out; a type chosen on purpose (category) is respected."""
    return [m for column in table.columns if column.plain.form == "string" for m in _measure(column)]


def _measure(column: Column) -> list[Measured]:
    texts = column.texts[:_SAMPLE]
    like = np.fromiter((len(t) <= 40 and _NUMBER.fullmatch(t) is not None for t in texts), bool, len(texts))
    if like.sum() < 0.3 * len(texts) or column.dates is not None:
        return []
    numbers = [text.strip() for text, ok in zip(texts, like, strict=True) if ok]
    codes = any(_CODE.fullmatch(text) for text in numbers)
    one_length = len({len(text) for text in numbers}) == 1 and numbers[0].isdigit() and len(numbers[0]) >= 5
    if codes or one_length or column.is_identifier:
        return []
    return [
        Measured(column.name, int(column.text_counts[: len(texts)][like].sum()), column.filled, len(numbers))
    ]


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """Nearly all rows must be numbers, and too many different ones to be names of a few classes."""
    return [
        Found(
            columns=(m.column,),
            severity="warning",
            message=f"`{m.column}` is stored as text, but {of(m.numbers, m.filled, 'filled rows')} are "
            "numbers.",
            action="Turn it into numbers, and look at what is left over before dropping it.",
            evidence={"numbers": m.numbers, "rows": m.filled},
            weight=m.numbers / m.filled,
        )
        for m in measured
        if m.numbers >= limits["share"] * m.filled and m.distinct >= limits["distinct"]
    ]


def bad() -> Example:
    """Prices with a currency sign."""
    random = np.random.default_rng(14)
    price = [f"$ {value:,.2f}" for value in random.lognormal(7, 1, 1500)]
    return Example(pd.DataFrame({"price": price, "weight": random.normal(size=1500)}), ("price",))


def good() -> Example:
    """Postal codes and classes that are called 1, 2 and 3 are names."""
    random = np.random.default_rng(14)
    postcode = [f"{value:05d}" for value in random.integers(1000, 99999, 1500)]
    grade = random.choice(["1", "2", "3"], 1500)
    return Example(pd.DataFrame({"postcode": postcode, "grade": grade, "weight": random.normal(size=1500)}))
