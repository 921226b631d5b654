"""The unit tests that touch other packages, run with the lowest versions that pyproject.toml allows.

    python tests/lowest.py                      all of them, ten minutes
    python tests/lowest.py quick                what a stage of CI has time for
    python tests/lowest.py PYTEST ARGUMENTS

Makes an environment in `build/lowest`, a minute or two the first time. After a floor is raised, raise it in
`constraints-lowest.txt`, too.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "build" / "lowest"
PYTHON = HOME / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
# reading tables, measuring, writing the project file, and the magics in a real shell
QUICK = ("table_door", "table_statistics", "lifecycle_project", "notebook_magics", "notebook_arguments")
SUBSET = (*QUICK, "readiness_checks", "readiness_frames", "lifecycle_file", "fit_verdict", "evidence_any")


def main(arguments: list[str]) -> int:
    """Install and test; the exit code is pytest's."""
    if not PYTHON.exists():
        venv.create(HOME, with_pip=True)
    within = ["-q", "--disable-pip-version-check", "-c", "constraints-lowest.txt"]
    install = ["-m", "pip", "install", *within, "-e", ".[engines]", "pytest>=8.2", "hypothesis>=6.100"]
    subprocess.run([PYTHON, *install], cwd=ROOT, check=True)
    chosen = {(): SUBSET, ("quick",): QUICK}.get(tuple(arguments), ())
    tests = [f"tests/test_{name}.py" for name in chosen] or arguments
    return subprocess.run([PYTHON, "-m", "pytest", *tests], cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
