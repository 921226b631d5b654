"""What was asked for besides the table, and the fingerprint of a result."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from mlpm_magics.baselines.kill_line import read_line
from mlpm_magics.baselines.mixups import read_prices
from mlpm_magics.baselines.split import read_split
from mlpm_magics.table import Table


@dataclass(frozen=True)
class Wanted:
    """What was asked for besides the table; see `mlpm_magics.baselines.baseline`."""

    split: object = "70/30"
    costs: object = None
    kill_line: object = None
    floor: object = None
    lines: object = ()
    problem_type: object = None
    looks_before: object = None
    budget_s: float = 30
    seed: int = 0


def fingerprint(table: Table, digest: str, wanted: Wanted) -> str:
    """What the result hangs on: the columns and their roles, the rows of the test part, and the settings.

    By groups it is only looked at, and the lines of a problem card have a fingerprint of their own there.
    """
    roles = {column.name: table.role(column) for column in table.columns if column not in table.groups}
    columns = [(column.name, column.kind, roles.get(column.name, "")) for column in table.columns]
    settings = {
        "split": read_split(wanted.split),
        "costs": repr(read_prices(wanted.costs)),
        "lines": [read_line(wanted.kill_line), read_line(wanted.floor)],
        "problem_type": wanted.problem_type,
        "seed": wanted.seed,
    }
    content = json.dumps([sorted(columns), digest, settings], default=str, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:16]
