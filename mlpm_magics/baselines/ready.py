"""A table that was split and made ready for the ladder, without the columns that give the answer away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np

from mlpm_magics.baselines.ladder import Judged, begin
from mlpm_magics.baselines.split import Parts, moments_of, split
from mlpm_magics.baselines.wanted import Wanted
from mlpm_magics.errors import InvalidValueError
from mlpm_magics.evidence import leakage as leaks
from mlpm_magics.evidence.clock import Clock, OutOfTimeError
from mlpm_magics.evidence.prepared import Array, Prepared, prepare, usable_rows
from mlpm_magics.evidence.words import percent
from mlpm_magics.table import Table

_UNCHECKED = "there was no time to look whether it gives the answer away"
_KEPT = 0.25  # what making a table ready took, its end takes a part of again: many columns, much to do
_STEP = "columns that give the answer away"


@dataclass(frozen=True)
class Ready:
    """The split, the rungs as far as there are any, and the place in the table of each prepared row.

    `stopped`: what ended the look for columns that give the answer away before all were looked at; the others
    are set aside.
    """

    parts: Parts
    judged: Judged
    rows: Array
    stopped: OutOfTimeError | KeyboardInterrupt | None = None

    @property
    def used(self) -> tuple[str, ...]:
        """The columns that models may learn from."""
        return tuple(dict.fromkeys(feature.column for feature in self.judged.prepared.features))

    def go_on(self) -> None:
        """Nothing, unless the look for columns that give the answer away was ended.

        Raises:
            OutOfTimeError, KeyboardInterrupt: what ended it.
        """
        if self.stopped is not None:
            raise self.stopped


@contextmanager
def getting_ready(clock: Clock) -> Iterator[None]:
    """Within this a table is split and read; which rows are the test hangs on all of it.

    Raises:
        InvalidValueError: when the budget is used up before.
    """
    try:
        with clock.part(1.0).alarm():
            yield
    except OutOfTimeError:
        raise InvalidValueError(
            f"{clock.budget_s:g} s were used up before the table was ready",
            where="budget_s",
            hint=f"Give it more time (--budget {10 * clock.budget_s:g}), or fewer columns or rows",
        ) from None


def ready(table: Table, wanted: Wanted, clock: Clock) -> Ready:
    """Split a table; what gives the answer away is found on the training part and set aside.

    Raises:
        MlpmError: for a target that cannot be predicted, or a split that cannot work.
    """
    with getting_ready(clock):
        parts = split(table, usable_rows(table), wanted.split, wanted.seed)
        rows = np.sort(np.concatenate([parts.train, parts.test]))
        prepared = prepare(table, wanted.seed, rows=rows)
    when = moments_of(table)
    dated = when is not None and when.dated
    if when is not None and not dated:
        prepared = replace(prepared, day=when.at[rows])
    train = np.searchsorted(rows, parts.train)
    aside, stopped = _giving_away(prepared.part(train, np.zeros(len(train), dtype=np.int64)), clock)
    return Ready(parts, begin(prepared.without(aside), parts, dated=dated), rows, stopped)


def _giving_away(
    prepared: Prepared, clock: Clock
) -> tuple[dict[str, str], OutOfTimeError | KeyboardInterrupt | None]:
    """Columns to set aside, each with the reason; and what ended this before all were looked at."""
    found: list[leaks.Suspect] = []
    unchecked = dict.fromkeys((feature.column for feature in prepared.features), _UNCHECKED)
    stopped: OutOfTimeError | KeyboardInterrupt | None = None
    clock.anew()
    try:
        with clock.alarm(_KEPT * clock.spent):
            clock.step(_STEP, 0.0)
            for column, of_one in leaks.column_by_column(prepared):
                found.extend(of_one)
                unchecked.pop(column, None)
                if unchecked:
                    clock.step(_STEP, 0.0)
    except OutOfTimeError:
        stopped = OutOfTimeError("every column was looked at for giving the answer away")
    except KeyboardInterrupt as error:
        stopped = error
    else:
        unchecked = {}
    leaking = {
        s.column: f"it alone explains {percent(s.skill)} of the answer; it may be known only afterwards"
        for s in leaks.leaking(found)
    }
    return unchecked | leaking, stopped
