"""A save that is hit at each of its calls to the system, one process a hit; run by `test_any_saving.py`.

    python saving_faults.py FOLDER KIND

KIND is `kill` (as kill -9 or a power cut would), the name of an errno such as `ENOSPC`, or `interrupt`.
Prints JSON: how many hits there were, and what was wrong afterwards.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

import mlpm_magics as mlpm

OS_CALLS = ("posix", "_io", "fcntl")
SAVING = ("documents.py", "lifecycle/file.py", "tempfile.py")
READS = ("stat", "lstat", "getpid", "fspath", "_path_exists", "close", "umask", "tell", "getvalue")


class Fault:
    """Hits the call number `at` of what a save asks of the system."""

    def __init__(self, kind: str, at: int) -> None:
        self.kind, self.left = kind, at

    def __call__(self, frame: Any, event: str, called: object) -> None:
        if event != "c_call" or not self.counts(frame.f_code.co_filename, called):
            return
        if self.left > 0:
            self.left -= 1
            return
        sys.setprofile(None)
        if self.kind == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if self.kind == "interrupt":
            raise KeyboardInterrupt
        number = getattr(errno, self.kind)
        raise OSError(number, os.strerror(number))

    def counts(self, file: str, called: object) -> bool:
        """Whether a call belongs to saving, not to looking for knowledge."""
        if not file.endswith(SAVING) and "filelock" not in file and not file.endswith("pathlib.py"):
            return False
        name = getattr(called, "__name__", "")
        owner = type(getattr(called, "__self__", None))
        module = getattr(called, "__module__", None) or owner.__module__
        if file.endswith("pathlib.py") and name not in ("open", "chmod"):
            return False
        if owner.__name__ in ("StringIO", "TextIOWrapper") or module not in OS_CALLS:
            return False
        return self.kind == "kill" or name not in READS


def hit(project: object, words: str, fault: Fault) -> int:
    """0: it was saved; 1: refused in one line; 2: interrupted; 9: a traceback; else the signal it died of."""
    child = os.fork()
    if child == 0:
        code = 9
        try:
            sys.setprofile(fault)
            project.note(words)
            sys.setprofile(None)
            code = 0 if fault.left > 0 else 3
        except mlpm.MlpmError as error:
            code = 1 if "\n" not in str(error) else 9
        except KeyboardInterrupt:
            code = 2
        except BaseException as error:
            sys.stderr.write(f"{fault.kind}: {error!r}\n")
        os._exit(code)
    status = os.waitpid(child, 0)[1]
    return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def main(folder: Path, kind: str) -> dict[str, object]:
    """Hit every call in turn, and look at the file after each hit."""
    os.chdir(folder)
    mlpm.start_project("Faults")
    project = mlpm.open_project()
    project.note("what a first note loads is loaded")
    file, wrong, hits, saved = folder / "mlpm.yaml", [], 0, 0
    while hits < 400:
        words = f"hit {hits}"
        before = file.read_bytes()
        log = len(mlpm.open_project().log)
        code = hit(project, words, Fault(kind, hits))
        if code == 0:
            break
        after = mlpm.open_project().log
        if len(after) == log + 1 and after[-1].what == f"Note: {words}":
            saved += 1
        elif file.read_bytes() != before:
            wrong.append(f"{words}: the file is another")
        if code == 9 or (code < 0 and kind != "kill"):
            wrong.append(f"{words}: {code}")
        hits += 1
    mlpm.open_project().note("works again")
    left = sorted(path.name for path in folder.iterdir())
    return {"hits": hits, "saved": saved, "wrong": wrong, "left": left}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]).resolve(), sys.argv[2])))
