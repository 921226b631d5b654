"""How far a column is above chance in telling the target, alone and with each other column."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlpm_magics.evidence.columns import Limits
from mlpm_magics.evidence.columns.chance import z_for
from mlpm_magics.evidence.columns.quick import learned
from mlpm_magics.table import Table


@dataclass(frozen=True)
class Measured:
    """How far a column alone, and in its best pair, is above chance, in standard errors.

    `up_to` is the largest share of the deviation of the target that it may still explain, and `best` what the
    strongest input explains.
    """

    column: str
    target: str
    rows: int
    alone: float
    paired: float
    up_to: float
    best: float

    def beyond(self, limits: Limits) -> bool:
        """Whether there is nothing alone, nothing in pairs, and rows enough to rule out a weak influence."""
        return (
            self.alone < limits["errors"]
            and self.paired < 0
            and self.up_to < limits["up_to"]
            and self.best >= limits["others"]
        )

    @property
    def sentence(self) -> str:
        """The measurement in words."""
        return (
            f"`{self.column}` tells nothing about `{self.target}` beyond chance, alone or with any other "
            f"input ({self.rows:,} rows looked at)."
        )


def measure(table: Table) -> list[Measured]:
    """Hold every number, category and flag against chance."""
    known, target = learned(table), table.target
    if known is None or target is None or len(known.made.columns) < 2:
        return []
    n = len(known.rows)
    width = np.diff(known.made.start)
    limit = z_for(len(known.made.columns) ** 2, 0.05)
    return [
        Measured(
            column.name,
            target.name,
            n,
            float(known.errors[i]),
            float(known.pairs[i].max()) - limit,
            float(np.sqrt((known.size[i] ** 2 * n + 2 * np.sqrt(2 * width[i]) + 4) / n)),
            float(known.size.max()),
        )
        for i, column in enumerate(known.made.columns)
        if column.kind in ("number", "category", "boolean")
        and column not in table.groups
        and width[i] <= 20
        and column.missing < 0.5 * column.rows
    ]
