"""The time a measurement may take, and who is told how far it is."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from mlpm_magics.loading import loads

Progress = Callable[[str, float], None]


_TO_FINISH = 0.1  # share of the budget, and seconds of work, in which what is known is put together
_MOST_TO_FINISH = 0.5
_AT_ONCE = 1e-6  # 0 would mean never
_AGAIN_S = 0.02
_LEAST_S = 3.0  # to get a table ready; with less there would be nothing to say of any table


class OutOfTimeError(BaseException):
    """The budget is used up; what is known so far is the result.

    No `Exception`, so that no library that goes on after an error goes on after this.
    """


class Clock:
    """A budget in seconds that started when this was made."""

    def __init__(
        self, budget_s: float, progress: Progress | None = None, *, since: float | None = None
    ) -> None:
        """Start.

        Args:
            budget_s: seconds.
            progress: called with the name of each step and the share of the steps that is done (0 to 1).
            since: when it started, by `time.monotonic()`, where that was before.
        """
        self.budget_s, self._progress = budget_s, progress
        self._begin = time.monotonic() if since is None else since
        self._begin_work = time.process_time()
        self._at = "anything"
        self._share, self._last, self._longest, self._alarmed = 0.0, self.spent, 0.0, False

    def anew(self) -> None:
        """What was done until now says nothing about how long a step takes."""
        self._last, self._longest = self.spent, 0.0

    def part(self, share: float) -> Clock:
        """The first share of the budget, and at least a few seconds: to get a table ready."""
        return Clock(share * max(self.budget_s, _LEAST_S), since=self._begin)

    @property
    def spent(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._begin

    def _slowed(self) -> float:
        """How many times longer work takes than it would with a processor to itself."""
        worked = time.process_time() - self._begin_work
        return max(1.0, self.spent / worked) if worked > _AGAIN_S else 1.0

    def step(self, name: str, share: float) -> None:
        """Say what comes next.

        Raises:
            OutOfTimeError: when the budget is used up, or, without an alarm, when less is left than the
                longest step took.
        """
        spent = self.spent
        self._longest, self._last = max(self._longest, spent - self._last), spent
        if spent + (0.0 if self._alarmed else self._longest) >= self.budget_s:
            raise OutOfTimeError(name)
        self._at, self._share = name, share
        self.tell(name)

    def tell(self, words: str) -> None:
        """Say something to whoever watches, such as what was just measured."""
        if self._progress is not None:
            self._progress(words, self._share)

    @contextmanager
    def alarm(self, keep_s: float = 0.0) -> Iterator[None]:
        """Within this, work is stopped when the budget is all but used up, whatever is running.

        `keep_s`: seconds that putting together what is known will take, where that is long.

        A model that is being learned cannot be asked to look at the clock; it stops between two trees or
        steps, as it would for an interrupt; a library that is being loaded is loaded first. Where a program
        has no such signal (on Windows, in a thread, or where somebody else set one), steps alone look at the
        clock.

        Raises:
            OutOfTimeError: when the time has come, with the name of the step that was under way.
        """
        if not _can_ring():
            yield
            return

        at_the_start = loads(sys._getframe())

        rang = False

        def ring(_number: int, frame: FrameType | None) -> None:
            nonlocal rang
            if loads(frame) <= at_the_start:
                rang = True
                raise OutOfTimeError(self._at)
            signal.setitimer(signal.ITIMER_REAL, _AGAIN_S)

        finish = min(_TO_FINISH * self.budget_s, _MOST_TO_FINISH * self._slowed())
        left = self.budget_s - max(keep_s, finish) - self.spent
        before = signal.signal(signal.SIGALRM, ring)
        self._alarmed = True
        signal.setitimer(signal.ITIMER_REAL, max(left, _AT_ONCE))
        try:
            yield
        except Exception as error:
            stop = _stop_behind(error)
            if stop is None and rang:  # an engine that was asked to stop tells of it in words of its own
                stop = OutOfTimeError(self._at)
            if stop is None:
                raise
            raise stop from None
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)


def _stop_behind(error: BaseException | None) -> BaseException | None:
    """The alarm or interrupt of which a library made an error of its own, as numpy does within a format."""
    while error is not None and not isinstance(error, OutOfTimeError | KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error


def _can_ring() -> bool:
    mine = threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer")
    return mine and signal.getitimer(signal.ITIMER_REAL)[0] == 0
