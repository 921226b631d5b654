"""Both parts of a table as numbers, for looking for the unusual: with known cases, or without."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlpm_magics.baselines.intervals import Ways
from mlpm_magics.baselines.ready import Ready, getting_ready, ready
from mlpm_magics.baselines.split import Parts, split
from mlpm_magics.baselines.wanted import Wanted
from mlpm_magics.errors import InvalidValueError
from mlpm_magics.evidence.clock import Clock
from mlpm_magics.evidence.features import Array, Feature, features_of
from mlpm_magics.results import SetAside
from mlpm_magics.table import Table


@dataclass(frozen=True)
class AlertRows:
    """Both parts as numbers, which of them are known cases, and how they were made ready for that.

    The last two are None where nobody said.
    """

    features: tuple[Feature, ...]
    train: Array
    test: Array
    known: Array | None
    made: Ready | None
    fold: Array
    ways: Ways
    set_aside: tuple[SetAside, ...]
    notes: tuple[str, ...]


def alert_rows(table: Table, wanted: Wanted, clock: Clock) -> tuple[Parts, AlertRows]:
    """The split, and the rows.

    Raises:
        InvalidValueError: where the target does not say yes or no, or nothing is left to look at.
    """
    if table.target is not None:
        made = ready(table, wanted, clock)
        made.go_on()
        judged, prepared = made.judged, made.judged.prepared
        if prepared.classes != 2:
            raise InvalidValueError(
                f"`{prepared.target}` must say yes or no: which rows are known cases",
                where="target",
                hint="Leave it out where no case is known",
            )
        return made.parts, AlertRows(
            features=prepared.features,
            train=judged.train,
            test=judged.test,
            known=prepared.y == 1,
            made=made,
            fold=judged.tried.prepared.fold,
            ways=judged.ways,
            set_aside=prepared.set_aside,
            notes=("An alert that is no known case need not be wrong: perhaps nobody looked.",),
        )
    with getting_ready(clock):
        parts = split(table, np.arange(table.rows), wanted.split, wanted.seed)
        rows = np.sort(np.concatenate([parts.train, parts.test]))
        features, aside = features_of(table, rows)
    if not features:
        raise InvalidValueError(
            "no column is left to look at", hint="Numbers, dates and categories can be used"
        )
    test = np.searchsorted(rows, parts.test)
    return parts, AlertRows(
        features=tuple(features),
        train=np.searchsorted(rows, parts.train),
        test=test,
        known=None,
        made=None,
        fold=(parts.key[parts.train] % np.uint64(2)).astype(np.int64),
        ways=(np.arange(len(test)),),
        set_aside=tuple(aside),
        notes=(),
    )
