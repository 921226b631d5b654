"""Ctrl-C and the stop button: they wait while a library is being loaded, then they stop the work."""

from __future__ import annotations

import _thread
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from mlpm_magics.loading import loads

_AGAIN_S = 0.02


@contextmanager
def interrupts_between_loads() -> Iterator[None]:
    """Within this, an interrupt that comes while a module is being loaded is raised when it is loaded.

    Outside of the main thread, and where somebody else handles the signal, nothing is changed.
    """
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or before is not signal.default_int_handler:
        yield
        return
    at_the_start = loads(sys._getframe())
    waiting: list[threading.Timer] = []

    def interrupt(number: int, frame: FrameType | None) -> None:
        if loads(frame) <= at_the_start:
            signal.default_int_handler(number, frame)
        waiting[:] = [threading.Timer(_AGAIN_S, _thread.interrupt_main)]
        waiting[0].daemon = True
        waiting[0].start()

    signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        for timer in waiting:
            timer.cancel()
        signal.signal(signal.SIGINT, before)
