"""Start, test and maintain this repository with nothing but Python 3.11 or newer.

    python3 dev.py lab [ARGS]        open JupyterLab on the start notebook; ARGS go to JupyterLab
    python3 dev.py test [STAGE ...]  run everything CI runs, or only the stages named
    python3 dev.py notebooks [FILE]  run the notebooks and save their outputs
    python3 dev.py docs              build the documentation site in build/docs/html

Each command makes `.venv` here when it is missing, and installs what it needs when that has changed.
On Windows, type `py` for `python3`.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
INSTALLED = VENV / "installed.json"
OLDEST = (3, 11)
CONTAINS = {
    "test": ("test", "lab,tutorials", "docs"),
    "lab,tutorials": ("lab,tutorials",),
    "docs": ("docs",),
}
DECIDE = ("pyproject.toml", "constraints.txt", "labextension/built/package.json")  # what is installed
START = "notebooks/00_start_here.ipynb"
QUIET = Path("binder", "overrides.json")  # JupyterLab's box about news would cover the side panel
OVERRIDES = VENV / "share" / "jupyter" / "lab" / "settings" / "overrides.d" / "mlpm_magics.json"

COPY = Path("build", "notebooks")  # where they may write files
PYTEST = ["-m", "pytest"]
SPREAD = ["-n", "logical", "--maxprocesses", "4", "--dist"]  # over the processors
NBVAL = ["--nbval", "--nbval-current-env", "--nbval-sanitize-with", "tests/notebook_sanitize.cfg"]
SLOWER = ("kernel", "spark", "notebooks", "binder", "browser")
STAGES: dict[str, list[str]] = {
    "format": ["-m", "ruff", "format", "--check", "."],
    "lint": ["-m", "ruff", "check", "."],
    "types": ["-m", "mypy"],
    "docs": ["docs/make_site.py"],
    "unit": [*PYTEST, *SPREAD, "worksteal", "-m", " and ".join(f"not {name}" for name in SLOWER)],
    "lowest": ["tests/lowest.py", "quick"],
    "kernel": [*PYTEST, *SPREAD, "worksteal", "-m", "kernel"],
    "spark": [*PYTEST, "-m", "spark", "-rs"],
    "outputs": [*PYTEST, *SPREAD, "loadfile", *NBVAL, str(COPY)],
    "notebooks": [*PYTEST, *SPREAD, "worksteal", "-m", "notebooks"],
    "binder": [*PYTEST, "-m", "binder"],
    "browser": [*PYTEST, *SPREAD, "worksteal", "-m", "browser", "-rs"],
    "labextension": ["labextension/check.py"],
}


def say(text: str) -> None:
    """One line of progress, in order with what the commands print."""
    print(f"==> {text}", flush=True)


def main(words: list[str]) -> int:
    """Run one command and return its exit code."""
    if sys.version_info < OLDEST:
        say(f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed; this is {sys.version.split()[0]}")
        return 2
    os.chdir(ROOT)
    os.environ["PYTHONUTF8"] = "1"  # the same on Windows as elsewhere
    command, rest = (words[0], words[1:]) if words else ("", [])
    if command == "lab":
        return install("lab,tutorials") or lab(rest)
    if command == "test":
        return test(rest)
    if command == "notebooks":
        return install("test") or run(["tests/notebook_files.py", *rest])
    if command == "docs":
        return install("docs") or run([*STAGES["docs"], *rest])
    print(__doc__)
    return 0 if command in ("", "-h", "--help", "help") else 2


def lab(arguments: list[str]) -> int:
    """JupyterLab on this machine only, until it is stopped."""
    say(f"JupyterLab opens on {START}; stop it with Ctrl-C")
    OVERRIDES.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(QUIET, OVERRIDES)
    here = ["--ip=127.0.0.1", f"--LabApp.default_url=/lab/tree/{START}"]
    return run(["-m", "jupyterlab", *here, *arguments])


def test(names: list[str]) -> int:
    """The stages in order; the first that fails ends the run with its exit code."""
    unknown = [name for name in names if name not in STAGES]
    if unknown:
        say(f"no stage is called {unknown[0]!r}; there are: {', '.join(STAGES)}")
        return 2
    return install("test") or run_stages({name: STAGES[name] for name in names or STAGES})


def run_stages(stages: dict[str, list[str]]) -> int:
    """Run each stage; stop at the first that fails."""
    begin = time.monotonic()
    for number, (name, arguments) in enumerate(stages.items(), 1):
        say(f"[{number}/{len(stages)}] {name}: python {' '.join(arguments)}")
        started = time.monotonic()
        if str(COPY) in arguments:
            shutil.rmtree(COPY, ignore_errors=True)
            shutil.copytree("notebooks", COPY)
        code = run(arguments)
        took = time.monotonic() - started
        if code:
            say(f"{name} failed after {took:.0f} s (exit code {code})")
            return code
        say(f"{name} passed in {took:.0f} s")
    say(f"all {len(stages)} stages passed in {time.monotonic() - begin:.0f} s")
    return 0


def install(extras: str) -> int:
    """Make `.venv` if it is missing or broken, and install the package with `extras` if anything changed."""
    if not works():
        say("making .venv")
        if VENV.exists():
            shutil.rmtree(VENV)
        venv.create(VENV, with_pip=True, symlinks=os.name != "nt")
    wanted = fingerprint()
    installed = json.loads(INSTALLED.read_text("utf-8")) if INSTALLED.exists() else {}
    if installed.get(extras) == wanted:
        return 0
    say(f"installing mlpm_magics with its extras {extras} (a few minutes the first time)")
    started = time.monotonic()
    within = ["-c", "constraints.txt", "--disable-pip-version-check", "--quiet"]
    code = run(["-m", "pip", "install", *within, "-e", f".[{extras}]"])
    if code == 0:
        installed |= dict.fromkeys(CONTAINS[extras], wanted)
        INSTALLED.write_text(json.dumps(installed), "utf-8")
        say(f"installed in {time.monotonic() - started:.0f} s")
    return code


def works() -> bool:
    """Whether `.venv` has a Python that runs and is new enough."""
    check = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    try:
        return subprocess.run([PYTHON, "-c", check], capture_output=True).returncode == 0
    except OSError:
        return False


def fingerprint() -> str:
    """Changes when something else has to be installed, or this folder was moved."""
    parts = [(ROOT / name).read_bytes() for name in DECIDE]
    return hashlib.sha256(b"\n".join([str(ROOT).encode(), *parts])).hexdigest()


def run(arguments: list[str]) -> int:
    """Run the Python of `.venv` here and return its exit code; Ctrl-C is the other program's to answer."""
    process = subprocess.Popen([PYTHON, *arguments], cwd=ROOT)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
