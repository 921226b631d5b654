"""For every test run here, notebooks included: folders of its own, and no way off this machine."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "tests"))  # offline, and what test files share


def pytest_configure(config: pytest.Config) -> None:
    """Whatever a person has set up for Jupyter or IPython at home neither helps nor hinders."""
    import offline

    own = tempfile.TemporaryDirectory(prefix="mlpm-tests-", ignore_cleanup_errors=True)
    config.add_cleanup(own.cleanup)
    home = Path(own.name)
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
        os.environ[name] = str(home / name.lower())
    for name in ("JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR"):
        os.environ[name] = str(home / name.lower())
    os.environ["PYTHONUTF8"] = "1"
    os.environ["MLPM_PROGRESS"] = "off"  # saved outputs do not hold it, and nbval does not wipe it
    offline.guard_this_process()
    offline.guard_kernels(home / "ipythondir")
