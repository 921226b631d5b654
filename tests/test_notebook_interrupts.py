"""An interrupt or a budget never breaks off the loading of a library."""

from __future__ import annotations

import importlib
import signal
import sys

import pytest

from mlpm_magics.evidence.clock import Clock, OutOfTimeError
from mlpm_magics.notebook.interrupts import interrupts_between_loads
from mlpm_magics.notebook.magic import magic_files

SLOW = """
import time
{begin}
end = time.monotonic() + 0.1
while time.monotonic() < end:
    pass
done = True
"""


@pytest.fixture
def slow(tmp_path, monkeypatch):
    """A module that takes a while to load and does something before."""
    monkeypatch.syspath_prepend(str(tmp_path))
    before = signal.signal(signal.SIGINT, signal.default_int_handler)

    def make(begin: str = "") -> None:
        (tmp_path / "slow_to_load.py").write_text(SLOW.format(begin=begin))
        importlib.invalidate_caches()

    yield make
    signal.signal(signal.SIGINT, before)
    sys.modules.pop("slow_to_load", None)


def load_and_wait() -> None:
    importlib.import_module("slow_to_load")
    assert sys.modules["slow_to_load"].done
    while True:
        pass


def test_an_interrupt_waits_until_the_library_is_loaded(slow):
    slow("import signal; signal.raise_signal(signal.SIGINT)")
    with pytest.raises(KeyboardInterrupt), interrupts_between_loads():
        load_and_wait()
    assert sys.modules["slow_to_load"].done
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_without_it_the_library_is_loaded_by_half(slow):
    slow("import signal; signal.raise_signal(signal.SIGINT)")
    with pytest.raises(KeyboardInterrupt):
        importlib.import_module("slow_to_load")
    assert "slow_to_load" not in sys.modules


@pytest.mark.usefixtures("slow")
def test_an_interrupt_of_anything_else_is_raised_at_once():
    with pytest.raises(KeyboardInterrupt), interrupts_between_loads():
        signal.raise_signal(signal.SIGINT)


def test_a_budget_waits_until_the_library_is_loaded(slow):
    slow()
    clock = Clock(0.02)
    with pytest.raises(OutOfTimeError), clock.alarm():
        load_and_wait()
    assert sys.modules["slow_to_load"].done


def test_a_budget_holds_in_a_module_that_measures_while_it_is_loaded(slow):
    slow("from mlpm_magics.evidence.clock import Clock\nwith Clock(0.02).alarm():\n    while True: pass")
    with pytest.raises(OutOfTimeError):
        importlib.import_module("slow_to_load")


def test_every_magic_runs_within_it(shell, monkeypatch):
    handlers = []
    monkeypatch.setattr(
        magic_files()["ml_help"], "run", lambda call: handlers.append(signal.getsignal(signal.SIGINT))
    )
    shell.run_line_magic("ml_help", "")
    assert [handler.__name__ for handler in handlers] == ["interrupt"]
