"""What several test files share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config


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
