"""The time a measurement may take, and who is told how far it is."""

from __future__ import annotations

import time
from collections.abc import Callable

Progress = Callable[[str, float], None]


class OutOfTimeError(Exception):
    """The budget is used up; what is known so far is the result."""


class Clock:
    """A budget in seconds that started when this was made."""

    def __init__(self, budget_s: float, progress: Progress | None = None) -> None:
        """Start.

        Args:
            budget_s: seconds; a hard cap between steps.
            progress: called with the name of each step and the share of the steps that is done (0 to 1).
        """
        self.budget_s, self._progress, self._begin = budget_s, progress, time.monotonic()

    @property
    def spent(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._begin

    def step(self, name: str, share: float, *, needs_s: float = 0.0) -> None:
        """Say what comes next.

        Raises:
            OutOfTimeError: when less than `needs_s` of the budget is left.
        """
        if self.spent + needs_s >= self.budget_s:
            raise OutOfTimeError(name)
        if self._progress is not None:
            self._progress(name, share)
