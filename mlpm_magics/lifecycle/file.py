"""The project file on disk: every change is lock, read, apply, check, write whole.

No backup copy is kept: a file is replaced whole or not at all, one that was damaged by hand is never written
to, and it is made to live in git.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import filelock

from mlpm_magics.documents import MAX_BYTES, write_whole
from mlpm_magics.errors import InvalidValueError, UnknownNameError, shown
from mlpm_magics.lifecycle.layout import fresh, rewritten
from mlpm_magics.lifecycle.state import State, read_state

NAME = "mlpm.yaml"
_PATIENCE = 30.0  # seconds to wait for another notebook


def locate(path: str | Path) -> Path:
    """Where the project file of a folder is, or would be; the path of the file itself will do, too."""
    given = Path(path)
    return (given if given.suffix in (".yaml", ".yml") else given / NAME).resolve()


def read(file: Path) -> State:
    """The project in `file`.

    Raises:
        UnknownNameError: when there is none.
        InvalidValueError: when it cannot be used; it is left as it is.
    """
    return read_state(_text(file), file.name)


def create(file: Path, state: State) -> None:
    """Write a new project file.

    Raises:
        InvalidValueError: when there is one already, or the folder cannot be written to.
    """
    with _locked(file):
        if file.exists():
            raise InvalidValueError(
                "is there already; nothing was changed",
                where=file.name,
                hint="%ml_lifecycle goes on with it; to begin anew, move it away first",
            )
        write_whole(file, fresh(state))


def change(file: Path, act: Callable[[State], State]) -> State:
    """Apply `act` to what the file holds now, write the result, and return it.

    Nobody else's entry is lost: the file is locked from reading to writing. Where `act` raises, or changes
    nothing, nothing is written.
    """
    text = _text(file)
    before = read_state(text, file.name)  # says what is wrong with it before a lock is left beside it
    with _locked(file):
        now = _text(file)
        if now != text:
            text, before = now, read_state(now, file.name)
        after = act(before)
        if after == before:
            return before
        written = rewritten(text, before, after, file.name)
        if len(written.encode("utf-8", "backslashreplace")) > MAX_BYTES:
            raise InvalidValueError(
                "would become larger than 1 MB",
                where=file.name,
                hint="Move old entries of its log into another file",
            )
        if read_state(written, file.name) != after:
            raise InvalidValueError(
                "is laid out in a way that cannot be kept; nothing was written", where=file.name
            )
        write_whole(file, written)
        return after


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise UnknownNameError(
            f"there is no project here (no {shown(file.name)})",
            hint="Begin one with %ml_lifecycle start NAME",
        ) from None
    except UnicodeDecodeError:
        raise InvalidValueError("is not UTF-8 text", where=file.name) from None
    except OSError as error:
        raise InvalidValueError(f"cannot be read ({error.strerror or error})", where=file.name) from None


@contextlib.contextmanager
def _locked(file: Path) -> Iterator[None]:
    if not file.parent.is_dir():
        raise InvalidValueError(f"the folder {shown(file.parent.name)} does not exist", where=file.name)
    lock = filelock.FileLock(file.parent / f".{file.name}.lock")
    try:
        lock.acquire(timeout=_PATIENCE)
    except filelock.Timeout:
        raise InvalidValueError(
            "another notebook has been writing to it for half a minute",
            where=file.name,
            hint="Try again; if that does not help, restart the kernel that hangs",
        ) from None
    except OSError as error:
        raise InvalidValueError(
            f"cannot be locked ({error.strerror or error}); nothing was written", where=file.name
        ) from None
    try:
        yield
    finally:
        with contextlib.suppress(OSError):  # it ends with this process; what was written stays
            lock.release()
