"""Which columns only number or name the rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlpm_magics.table.statistics import Column

_AMOUNT = re.compile(
    r"[-+]?[$€£¥]?\d[\d.,']{0,20}[.,]\d{1,6}|[-+]?[$€£¥]\d{1,18}|[-+]?[\d.,]{1,20}(?:%|[$€£¥]|kg)"
)
_FEWEST = 20
_LONGEST_ID = 64
_NAMED = (
    "id", "ids", "uuid", "guid", "key", "pk", "index", "rowid", "rownames", "rownum", "no", "nr",
    "number", "num", "identifier", "code", "ref", "reference", "serial", "unnamed", "row", "account",
)  # fmt: skip


def numbers_rows(column: Column) -> bool:
    """Whether a column numbers or names the rows: every value once, and shaped like a number or code."""
    if column.filled < _FEWEST or column.distinct != column.filled or column.missing > 0.05 * column.rows:
        return False
    named = column.scan.has_word(*_NAMED)
    if column.kind == "number":
        values = column.finite()
        if values.dtype.kind == "f" and ((values[:100] % 1).any() or (values % 1).any()):
            return False
        low, high = float(column.spread.lowest[0]), float(column.spread.highest[-1])
        return high - low < 1.1 * column.filled or named
    if column.kind in ("text", "category") and column.dates is None:
        texts = column.texts[:2_000]
        short = bool(texts) and all(len(text) <= _LONGEST_ID for text in texts)
        one_word = sum(len(text.split()) == 1 for text in texts) > 0.95 * len(texts)
        coded = sum(any(char.isdigit() for char in text) for text in texts) > 0.6 * len(texts)
        amounts = sum(_AMOUNT.fullmatch(text) is not None for text in texts) > 0.6 * len(texts)
        return short and one_word and (coded or named) and not amounts
    return False
