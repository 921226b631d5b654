"""Names the nearest magic after a slip such as `%ml_basline`, which IPython answers with "not found" alone.

It waits for the end of a cell and adds a line below IPython's own; nobody else's error is touched.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection
from typing import Any

from IPython.core.error import UsageError

from mlpm_magics.errors import did_you_mean

_NOT_FOUND = re.compile(r"(?:Line|Cell) magic (?:function )?`(?P<signs>%%?)(?P<name>\w+)` not found\.")


def hint(typed: Collection[str], cells: Collection[str]) -> Callable[[Any], None]:
    """A listener for a shell's `post_run_cell`.

    Args:
        typed: the names of our magics.
        cells: those that also take a cell.
    """

    def after(result: Any) -> None:
        error = result.error_in_exec
        missing = _NOT_FOUND.match(str(error)) if type(error) is UsageError else None
        if missing is None or not missing["name"].lower().startswith("ml"):
            return
        near = did_you_mean(missing["name"], typed)
        signs = missing["signs"] if near in cells else "%"
        meant = f"Did you mean {signs}{near}? " if near else ""
        sys.stderr.write(f"{meant}%ml_help shows every magic of mlpm_magics.\n")

    return after
