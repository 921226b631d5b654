"""One line that says how far a long magic is, and is gone when it is done."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator

_AFTER_S = 1.0
_WIDTH = 60


@contextlib.contextmanager
def shown_progress() -> Iterator[Callable[[str, float], None]]:
    """A function to call with the name of each step and the share that is done (0 to 1).

    Quick work shows nothing, and nothing is shown where MLPM_PROGRESS is `off`. The line goes to the terminal
    or the cell's output and is wiped at the end, so that a saved notebook does not hold it.
    """
    begin, written = time.monotonic(), False

    def show(step: str, share: float) -> None:
        nonlocal written
        if time.monotonic() - begin < _AFTER_S or os.environ.get("MLPM_PROGRESS") == "off":
            return
        done = round(10 * share)
        line = f"{'█' * done}{'░' * (10 - done)} {step}"[:_WIDTH]
        _write(f"\r{line:<{_WIDTH}}")
        written = True

    try:
        yield show
    finally:
        if written:
            _write(f"\r{'':<{_WIDTH}}\r")
            if _in_a_kernel():
                from IPython.display import clear_output

                clear_output()  # type: ignore[no-untyped-call]  # IPython says nothing about its types


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _in_a_kernel() -> bool:
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    return shell is not None and hasattr(shell, "kernel")
