"""What several test files share."""

from __future__ import annotations

import atexit
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from IPython.core.interactiveshell import InteractiveShell
from repository import copy_to
from traitlets.config import Config

# threads wait for each other where others use the machine too; this is read when numpy is loaded
for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(threads, "1")

# a shell starts what runs in the background deaf to Ctrl-C
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# a machine that others use too is no reason to fail; in CI the same examples every time
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """An empty working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def copy_of_repo(tmp_path_factory) -> Path:
    """The repository as a stranger would get it, in a folder of its own."""
    return copy_to(tmp_path_factory.mktemp("clone") / "repo")


@pytest.fixture
def shell(tmp_path, monkeypatch) -> Iterator[InteractiveShell]:
    """A real IPython shell in an empty folder, with the extension loaded."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / ".ipython"))
    InteractiveShell.clear_instance()
    config = Config({"HistoryManager": {"enabled": False}, "InteractiveShell": {"colors": "nocolor"}})
    running = InteractiveShell.instance(config=config)
    running.extension_manager.load_extension("mlpm_magics")
    yield running
    running.extension_manager.unload_extension("mlpm_magics")
    running.restore_sys_module_state()
    InteractiveShell.clear_instance()
    atexit.unregister(running.atexit_operations)  # a second for each ten shells, at the end of the run
