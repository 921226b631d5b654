"""Lint, test and build JupyterLab's part, where Node is there; fail if the build is not the one committed.

The build is the same in every folder, so it is made in place: what differs is there to be committed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUILT = HERE / "built"


def built() -> dict[str, bytes]:
    """The files of the build, by path."""
    return {
        file.relative_to(BUILT).as_posix(): file.read_bytes() for file in BUILT.rglob("*") if file.is_file()
    }


def environment() -> dict[str, str]:
    """The scripts of this Python come first; packages come from where npm is told to get them."""
    own = {**os.environ, "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])}
    npm = shutil.which("npm")
    if npm and "YARN_NPM_REGISTRY_SERVER" not in own:
        asked = subprocess.run([npm, "config", "get", "registry"], capture_output=True, text=True, check=True)
        own["YARN_NPM_REGISTRY_SERVER"] = asked.stdout.strip().rstrip("/")
    return own


def main() -> int:
    """Run each step; the first that fails ends the run with its exit code."""
    own = environment()
    jlpm = shutil.which("jlpm", path=own["PATH"])
    if shutil.which("node") is None or jlpm is None:
        print("skipped: Node is not installed here")
        return 0
    before = built()
    for step in ("install --immutable", "lint", "test", "build"):
        code = subprocess.run([jlpm, *step.split()], cwd=HERE, env=own).returncode
        if code:
            return code
    after = built()
    changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    if changed:
        print(f"labextension/built was not up to date; commit what is new in it: {', '.join(changed)}")
    return bool(changed)


if __name__ == "__main__":
    sys.exit(main())
