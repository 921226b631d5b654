"""The same thing written in two ways is two things to a model.

"Berlin", "berlin " and "Berln" share what they should have taught together. Different case, spaces and
punctuation are certain; a rare spelling one letter away from a frequent one is likely.

Source: rule of the house.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.readiness.found import Example, Found, Limits, of, plural
from mlpm_magics.table import Column, Table

QUESTION = "high_quality"
WHY = "Each way of writing is learned from apart, with fewer cases."
NEEDS = ()
_MOST_LEVELS, _MOST_SPELLED = 20_000, 200
_RARE, _MANY = 0.25, 0.2

_JOINS = re.compile(
    r"(?<!\d)[\s_.,'’/]+|[\s_.,'’/]+(?!\d)|(?<=[^\W\d])[\s_]*-+[\s_]*(?=\w)|(?<=\w)-+(?=[^\W\d])"
)
_LETTER = re.compile(r"[\s_-]\w{1,2}\s*$")


@dataclass(frozen=True)
class Measured:
    """Levels that are another one in disguise, and the rows written in the less frequent way."""

    column: str
    written: int
    spelled: int
    rows: int
    filled: int
    levels: int


def measure(table: Table) -> list[Measured]:
    """Text columns whose values come back."""
    measured = []
    for column in table.columns:
        levels = len(column.texts)
        comes_back = 2 <= levels <= min(_MOST_LEVELS, column.filled / 2)
        if comes_back and column.dates is None and not column.is_identifier:
            measured.append(_measure(column))
    return measured


def _measure(column: Column) -> Measured:
    counts = column.text_counts
    groups: dict[str, list[int]] = {}
    for i, text in enumerate(column.texts):
        groups.setdefault(_JOINS.sub("", text[:200]).casefold(), []).append(i)
    written = [members for key, members in groups.items() if key and len(members) > 1]
    rows = sum(int(counts[members].sum() - counts[members].max()) for members in written)
    totals = {key: int(counts[members].sum()) for key, members in groups.items()}
    ends_in_a_letter = {key for key, members in groups.items() if _LETTER.search(column.texts[members[0]])}
    words = {key: n for key, n in totals.items() if key not in ends_in_a_letter}
    spelled = _spelled(words) if len(words) <= _MOST_SPELLED else []
    rows += sum(totals[key] for key in spelled)
    extra = sum(len(members) - 1 for members in written)
    return Measured(column.name, extra, len(spelled), rows, column.filled, len(column.texts))


def _spelled(totals: dict[str, int]) -> list[str]:
    """Rare levels one letter away from a frequent one; where many are, names are merely alike."""
    words = {key for key in totals if len(key) >= 5 and key.isalpha()}
    spelled = [
        rare
        for rare in sorted(words)
        if any(
            totals[rare] <= _RARE * totals[often] and rare[0] == often[0] and _one_letter(rare, often)
            for often in words
            if often != rare
        )
    ]
    return spelled if len(spelled) <= max(2, _MANY * len(totals)) else []


def _one_letter(a: str, b: str) -> bool:
    """Whether one letter was left out, added, changed, or swapped with the next."""
    if abs(len(a) - len(b)) > 1:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if len(a) == len(b):
        swapped = a[start + 1 : start + 2] + a[start : start + 1] + a[start + 2 :]
        return a[start + 1 :] == b[start + 1 :] or swapped == b[start:]
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return longer[start + 1 :] == shorter[start:]


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """Any level in disguise is worth a warning once it holds more than a few rows."""
    found = []
    for m in measured:
        levels = m.written + m.spelled
        if not levels:
            continue
        how = f"{m.written:,} by case, spaces or punctuation, {m.spelled:,} by a letter"
        found.append(
            Found(
                columns=(m.column,),
                severity="warning" if m.rows >= limits["caution"] * m.filled else "info",
                message=f"{plural(levels, 'of', 'of')} {m.levels:,} values of `{m.column}` look like "
                "another one "
                f"written differently ({how}), in {of(m.rows, m.filled, 'filled rows')}.",
                action="Agree on one way of writing with whoever enters it, and map the others to it.",
                evidence={"values": levels, "rows": m.rows, "all_values": m.levels},
                weight=m.rows / m.filled,
            )
        )
    return found


def bad() -> Example:
    """A city in five ways."""
    random = np.random.default_rng(19)
    city = random.choice(
        ["Lisbon", "lisbon", "Lisbon ", "Porto", "Faro"], 1500, p=[0.5, 0.05, 0.04, 0.31, 0.1]
    )
    city[:8] = "Lisbn"
    return Example(pd.DataFrame({"city": city, "spend": random.normal(size=1500)}), ("city",))


def good() -> Example:
    """Names, grades and decimals that are alike and not the same."""
    random = np.random.default_rng(19)
    country = random.choice(["Austria", "Australia", "Niger", "Nigeria", "Iran", "Iraq"], 1500)
    size = random.choice(["size A", "size B", "size C"], 1500, p=[0.9, 0.08, 0.02])
    grade = random.choice(["A", "A+", "A-", "B", "B-"], 1500)
    stars = random.choice(["1.5", "15", "1-2", "12", "low"], 1500)
    spend = random.normal(size=1500)
    return Example(
        pd.DataFrame({"country": country, "size": size, "grade": grade, "stars": stars, "spend": spend})
    )
