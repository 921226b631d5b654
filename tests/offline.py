"""Keeps a process from reaching another machine: nothing a product manager types may leave theirs."""

from __future__ import annotations

import ipaddress
import socket
import sys
from pathlib import Path

_GUARDED = False


class LeftTheMachine(BaseException):
    """Not an `Exception`, so that no code under test can swallow it."""


def is_here(host: object) -> bool:
    """Whether an address or name is this machine."""
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "")
    if text in ("", "localhost", socket.gethostname()):
        return True
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def refuse(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook: connecting, sending or looking up a name anywhere else is an error."""
    if event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None  # a path is a socket on this machine
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if not is_here(host):
        raise LeftTheMachine(f"{event}: {host!r}")


def guard_this_process() -> None:
    """From now on, until the process ends; a second time does nothing."""
    global _GUARDED
    if not _GUARDED:
        _GUARDED = True
        sys.addaudithook(refuse)


def guard_kernels(ipython_folder: Path) -> None:
    """Guard every kernel that starts with this folder as its IPYTHONDIR."""
    startup = ipython_folder / "profile_default" / "startup"
    startup.mkdir(parents=True)
    here = str(Path(__file__).parent)
    lines = ("import sys", f"sys.path.append({here!r})", "import offline", "offline.guard_this_process()")
    code = "\n".join((*lines, "sys.path.pop()", "del sys, offline"))
    (startup / "keep_here.py").write_text(code + "\n", "utf-8")
