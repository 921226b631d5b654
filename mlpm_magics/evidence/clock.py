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
            budget_s: seconds; a step is begun only where the longest so far would still fit.
            progress: called with the name of each step and the share of the steps that is done (0 to 1).
        """
        self.budget_s, self._progress, self._begin = budget_s, progress, time.monotonic()
        self._last, self._longest = 0.0, 0.0

    @property
    def spent(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._begin

    def step(self, name: str, share: float, *, needs_s: float = 0.0) -> None:
        """Say what comes next.

        Raises:
            OutOfTimeError: when less than `needs_s`, or than the longest step took, is left of the budget.
        """
        spent = self.spent
        self._longest, self._last = max(self._longest, spent - self._last), spent
        if spent + max(needs_s, self._longest) >= self.budget_s:
            raise OutOfTimeError(name)
        if self._progress is not None:
            self._progress(name, share)
