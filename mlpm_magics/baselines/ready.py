"""A table that was split and made ready for the ladder, without the columns that give the answer away."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from mlpm_magics.baselines.ladder import Judged, begin
from mlpm_magics.baselines.split import Parts, moments_of, split
from mlpm_magics.baselines.wanted import Wanted
from mlpm_magics.evidence import leakage as leaks
from mlpm_magics.evidence.prepared import Array, prepare, usable_rows
from mlpm_magics.evidence.words import percent
from mlpm_magics.table import Table


@dataclass(frozen=True)
class Ready:
    """The split, the rungs as far as there are any, and the place in the table of each prepared row."""

    parts: Parts
    judged: Judged
    rows: Array

    @property
    def used(self) -> tuple[str, ...]:
        """The columns that models may learn from."""
        return tuple(dict.fromkeys(feature.column for feature in self.judged.prepared.features))


def ready(table: Table, wanted: Wanted) -> Ready:
    """Split a table; what gives the answer away is found on the training part and set aside.

    Raises:
        MlpmError: for a target that cannot be predicted, or a split that cannot work.
    """
    parts = split(table, usable_rows(table), wanted.split, wanted.seed)
    rows = np.sort(np.concatenate([parts.train, parts.test]))
    prepared = prepare(table, wanted.seed, rows=rows)
    when = moments_of(table)
    dated = when is not None and when.dated
    if when is not None and not dated:
        prepared = replace(prepared, day=when.at[rows])
    train = np.searchsorted(rows, parts.train)
    found = leaks.suspects(prepared.part(train, np.zeros(len(train), dtype=np.int64)))
    leaking = {
        s.column: f"it alone explains {percent(s.skill)} of the answer; it may be known only afterwards"
        for s in leaks.leaking(found)
    }
    return Ready(parts, begin(prepared.without(leaking), parts, dated=dated), rows)
