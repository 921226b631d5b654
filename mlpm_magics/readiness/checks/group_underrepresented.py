"""Whoever is missing from the data gets the worst answers.

Held against a reference (those you will serve) where there is one: a group with less than half of its share
there. Without a reference, only a group that is far smaller than the others is named.

Source: K. Crawford through deon (hidden biases); Algorithmic Impact Assessment; limits in `limits.yaml`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.evidence.columns.chance import wilson, z_for
from mlpm_magics.readiness.found import Example, Found, Limits, percent, plural
from mlpm_magics.table import Column, Table

QUESTION = "representative"
WHY = "A model serves best those it has seen most."
NEEDS = ("group",)


@dataclass(frozen=True)
class Measured:
    """The shares of the groups of a column, here and in the reference (None: no reference has them)."""

    column: str
    rows: int
    shares: tuple[float, ...]
    expected: tuple[float, ...] | None
    surely_less: tuple[bool, ...]


def measure(table: Table) -> list[Measured]:
    """Shares by group; groups are matched with the reference by their names."""
    there = {column.name: column for column in table.reference.columns} if table.reference else {}
    return [
        _measure(column, there.get(column.name))
        for column in table.groups
        if column.kind not in ("nested", "empty")
    ]


def _measure(column: Column, reference: Column | None) -> Measured:
    here = _named(column)
    rows = sum(here.values())
    if reference is None or reference.kind in ("nested", "empty"):
        shares = tuple(n / rows for n in here.values())
        return Measured(column.name, rows, shares, None, ())
    other = _named(reference)
    total = sum(other.values())
    z = z_for(len(other))
    counts = [here.get(level, 0) for level in other]
    expected = [n / total for n in other.values()]
    sure = [
        wilson(n, rows, z)[1] < wilson(m, total, z)[0] for n, m in zip(counts, other.values(), strict=True)
    ]
    return Measured(column.name, rows, tuple(n / rows for n in counts), tuple(expected), tuple(sure))


def _named(column: Column) -> Counter[str]:
    return Counter({column.level_name(i) or str(i): int(n) for i, n in enumerate(column.counts) if n})


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """An absent group of many is a blocker; half its share, or a fifth of an even one, a warning."""
    found = []
    for m in measured:
        item = _against(m, limits) if m.expected is not None else _alone(m, limits)
        if item is not None:
            found.append(item)
    return found


def _against(m: Measured, limits: Limits) -> Found | None:
    pairs = list(zip(m.shares, m.expected or (), m.surely_less, strict=True))
    less = [(s, e) for s, e, sure in pairs if sure and s < limits["of_reference"] * e]
    if not less:
        return None
    absent = [e for s, e in less if s == 0]
    share, expected = max(less, key=lambda pair: pair[1] - pair[0])
    return Found(
        columns=(m.column,),
        severity="blocker" if any(e >= limits["absent"] for e in absent) else "warning",
        message=f"{plural(len(less), 'group')} of {len(pairs)} in `{m.column}` "
        f"{'has' if len(less) == 1 else 'have'} less "
        f"than half of the share in the reference ({len(absent)} absent); the worst has {percent(share)} "
        "here and "
        f"{percent(expected)} there.",
        action="Collect more of these groups, weight them, or state for whom the model is not meant.",
        evidence={
            "groups": len(pairs),
            "less": len(less),
            "absent": len(absent),
            "share": share,
            "expected": expected,
        },
        weight=sum(e for _, e in less),
    )


def _alone(m: Measured, limits: Limits) -> Found | None:
    groups = len(m.shares)
    if not 2 <= groups <= limits["groups"]:
        return None
    small = [share for share in m.shares if share < limits["of_even"] / groups]
    if not small:
        return None
    return Found(
        columns=(m.column,),
        severity="warning",
        message=f"{plural(len(small), 'group')} of {groups} in `{m.column}` "
        f"{'has' if len(small) == 1 else 'have'} far fewer rows than the others; the smallest has "
        f"{percent(min(small))} of them.",
        action="Compare with those you will serve (--reference); if there are more of them there, collect "
        "more here.",
        evidence={"groups": groups, "small": len(small), "smallest": min(small)},
        weight=1 - min(small),
    )


def bad() -> Example:
    """Two rows in a hundred are of the second group."""
    random = np.random.default_rng(27)
    sex = np.array(["a"] * 3920 + ["b"] * 80)
    table = pd.DataFrame({"sex": sex, "spend": random.normal(size=4000)})
    return Example(table, ("sex",), {"group": "sex"})


def good() -> Example:
    """Two to one is no alarm."""
    random = np.random.default_rng(27)
    team = random.choice(["a", "b", "c"], 4000, p=[0.6, 0.25, 0.15])
    return Example(pd.DataFrame({"team": team, "spend": random.normal(size=4000)}), (), {"group": "team"})
