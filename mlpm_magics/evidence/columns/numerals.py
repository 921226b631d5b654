"""Numbers that are stored as text."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mlpm_magics.evidence.columns import Limits
from mlpm_magics.table import Column, Table
from mlpm_magics.table.plain import Array
from mlpm_magics.table.words import of

_NUMBER = re.compile(
    r"\s{0,5}[-+]?\s?(?:[$€£¥]\s?)?(?:\d{1,3}(?:[,.' ]\d{3}){1,6}|\d{1,18})"
    r"(?:[.,]\d{1,18})?(?:[eE][-+]?\d{1,3})?"
    r"\s?(?:%|[$€£¥]|EUR|USD|GBP|CHF|kg|g|mg|t|lbs?|oz|km|m|cm|mm|mi|ft|in|h|hrs?|min|s|ms|days?|d|years?|l|ml"
    r"|[kKMGT]B|k?Wh?|°?[CF]|pts?|pcs)?\s{0,5}"
)
_CODE = re.compile(r"0\d+")
_NAMED_CODE = (
    "version", "release", "build", "section", "chapter", "room", "zip", "zipcode", "postcode", "postal_code",
    "plz", "code", "codes", "article", "sku",
)  # fmt: skip
_SAMPLE, _A_FEW = 20_000, 1_000
_TOO_FEW = 0.3


@dataclass(frozen=True)
class Measured:
    """Rows of a text column that are numbers, and how many different numbers there are."""

    column: str
    numbers: int
    filled: int
    distinct: int

    def beyond(self, limits: Limits) -> bool:
        """Whether nearly all are numbers, and too many different ones to be names of a few classes."""
        return self.numbers >= limits["share"] * self.filled and self.distinct >= limits["distinct"]

    @property
    def sentence(self) -> str:
        """The measurement in words."""
        numbers = of(self.numbers, self.filled, "filled rows")
        return f"`{self.column}` is stored as text, but {numbers} are numbers."


def measure(table: Table) -> list[Measured]:
    """Text columns, codes left out; a type chosen on purpose (category) is respected."""
    return [m for column in table.columns if column.plain.form == "string" for m in _measure(column)]


def _measure(column: Column) -> list[Measured]:
    texts = column.texts[:_SAMPLE]
    few = texts[:: max(1, len(texts) // _A_FEW)]
    if not len(few) or _like_numbers(few).mean() < _TOO_FEW / 2:  # most columns: no need to look at all
        return []
    like = _like_numbers(texts)
    if like.mean() < _TOO_FEW or column.dates is not None:
        return []
    numbers = [text.strip() for text, ok in zip(texts, like, strict=True) if ok]
    codes = any(_CODE.fullmatch(text) for text in numbers)
    one_length = len({len(text) for text in numbers}) == 1 and numbers[0].isdigit() and len(numbers[0]) >= 5
    if codes or one_length or column.is_identifier or column.scan.has_word(*_NAMED_CODE):
        return []
    return [
        Measured(column.name, int(column.text_counts[: len(texts)][like].sum()), column.filled, len(numbers))
    ]


def _like_numbers(texts: Sequence[str]) -> Array:
    found = (len(text) <= 40 and _NUMBER.fullmatch(text) is not None for text in texts)
    return np.fromiter(found, bool, len(texts))


def number_of(text: str) -> float:
    """The number that a text holds, NaN where it holds none; signs of money, percent and thousands go.

    Where both a comma and a point stand, the last of them begins the decimals; a single one before three
    digits parts thousands if it is a comma.

    Example:
        >>> number_of("$ 1,234.50"), number_of("1.234,5 EUR"), number_of("0,75"), number_of("n/a")
        (1234.5, 1234.5, 0.75, nan)
    """
    if len(text) > 40 or not _NUMBER.fullmatch(text):
        return math.nan
    plain = re.sub(r"[$€£¥%' ]|EUR|USD|GBP", "", text.strip())
    point, comma = plain.rfind("."), plain.rfind(",")
    if point >= 0 and comma >= 0:
        thousands = "," if point > comma else "."
    else:
        grouped = re.fullmatch(r"[-+]?\d{1,3}(?:(?:,\d{3})+|(?:\.\d{3}){2,})", plain)
        thousands = "" if not grouped else "," if comma >= 0 else "."
    plain = (plain.replace(thousands, "") if thousands else plain).replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        return math.nan
