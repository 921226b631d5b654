"""How many rows of a column differ from its most frequent value."""

from __future__ import annotations

from dataclasses import dataclass

from mlpm_magics.evidence.columns import Limits
from mlpm_magics.table import Table
from mlpm_magics.table.words import of

_FEWEST = 200


@dataclass(frozen=True)
class Measured:
    """How many filled rows differ from the most frequent value."""

    column: str
    others: int
    filled: int

    def beyond(self, limits: Limits) -> bool:
        """Whether the exceptions are few in share and few in number."""
        return self.others < limits["exceptions"] and self.others <= limits["share"] * self.filled

    @property
    def sentence(self) -> str:
        """The measurement in words."""
        return f"`{self.column}` has the same value in all but {of(self.others, self.filled)}."


def measure(table: Table) -> list[Measured]:
    """Count the exceptions in columns of few values that play no role."""
    measured = []
    for column in table.columns:
        distinct = column.distinct
        if table.role(column) or distinct is None or not 1 < distinct <= 50 or column.filled < _FEWEST:
            continue
        measured.append(Measured(column.name, column.filled - int(column.counts.max()), column.filled))
    return measured
