"""Rows that are alike and were answered differently set a limit that no model can pass.

Either the answers are wrong, or what decided them is not in the table. In both cases the share of answers
that can be right at all is known now, before anybody trains a model.

Source: Google PAIR, People + AI Guidebook (people must agree); ease.ml/Snoopy 2022 (ceiling).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.readiness.found import CannotTellError, Example, Found, Limits, of, percent
from mlpm_magics.readiness.rows import alike_inputs, compared
from mlpm_magics.table import Table

QUESTION = "high_quality"
WHY = "Where like cases were answered differently, no model can be right about all of them."
NEEDS = ("target",)
WHOLE_ROWS = True


@dataclass(frozen=True)
class Measured:
    """Rows in groups of alike inputs with more than one answer, and the best share of right answers."""

    column: str
    conflicting: int
    rows: int
    ceiling: float
    kinds: int


def measure(table: Table) -> list[Measured]:
    """Compare rows in all inputs, but columns that only number them and the entity; classes only."""
    target = table.target
    if target is None or table.task != "classes" or target.kind in ("nested", "empty"):
        return []
    inputs = compared(table)
    nested = [column.name for column in inputs if column.kind == "nested"]
    if nested:
        raise CannotTellError(f"`{nested[0]}` holds values inside values, which are not compared")
    if not inputs:
        return []
    known = ~target.is_missing
    groups, classes = alike_inputs(table)[known], target.codes[known].astype(np.int64)
    twins = np.bincount(groups)[groups] > 1
    rows, single = len(groups), int(np.count_nonzero(~twins))
    if single == rows:
        return [Measured(target.name, 0, rows, 1.0, rows)]
    groups, classes = groups[twins], classes[twins]
    width = int(classes.max()) + 1
    pairs, counts = np.unique(groups * width + classes, return_counts=True)
    of_group = pairs // width
    _, start = np.unique(of_group, return_index=True)
    totals, best = np.add.reduceat(counts, start), np.maximum.reduceat(counts, start)
    conflicting = int(totals[totals > best].sum())
    return [Measured(target.name, conflicting, rows, (int(best.sum()) + single) / rows, len(start) + single)]


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """From one answer in a hundred on; a warning where inputs are fine enough to tell rows apart."""
    found = []
    for m in measured:
        lost = 1 - m.ceiling
        if lost < limits["note"]:
            continue
        fine = m.kinds >= m.rows / 3
        found.append(
            Found(
                columns=(m.column,),
                severity="warning" if fine and lost >= limits["caution"] else "info",
                message=f"{of(m.conflicting, m.rows)} have a twin with the same inputs and another "
                f"`{m.column}`: with "
                f"these inputs no model can be right in more than {percent(m.ceiling)} of these rows.",
                action="Have a second person answer some of these rows; where both are right, an input is "
                "missing."
                if fine
                else "The inputs are too coarse to tell these rows apart; ask what else people look at.",
                evidence={"conflicting": m.conflicting, "rows": m.rows, "ceiling": m.ceiling},
                weight=lost,
            )
        )
    return found


def bad() -> Example:
    """A tenth of the cases were answered twice, and differently."""
    random = np.random.default_rng(20)
    table = pd.DataFrame({"size": random.normal(size=1500), "age": random.integers(18, 90, 1500)})
    approved = random.random(1500) < 0.5
    again = table.iloc[:150]
    whole = pd.concat([table, again], ignore_index=True)
    return Example(
        whole.assign(approved=np.append(approved, ~approved[:150])), ("approved",), {"target": "approved"}
    )


def good() -> Example:
    """The same, but the second answer agrees, and many rows differ in one input only."""
    random = np.random.default_rng(20)
    table = pd.DataFrame({"size": random.normal(size=1500), "step": np.arange(1500) % 700 * 1.5})
    approved = random.random(1500) < 0.5
    whole = pd.concat([table, table.iloc[:4]], ignore_index=True)
    return Example(whole.assign(approved=np.append(approved, approved[:4])), (), {"target": "approved"})
