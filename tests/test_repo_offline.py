"""The guard that keeps tests, and the kernels they start, on this machine."""

from __future__ import annotations

import socket
import sys

import pytest
from jupyter_client.manager import start_new_kernel
from offline import LeftTheMachine, is_here

# an event of the kind the guard listens for, so that nothing is sent even where the guard should fail
ELSEWHERE = ("socket.connect", None, ("192.0.2.1", 80))


@pytest.mark.parametrize(
    "event",
    [
        ELSEWHERE,
        ("socket.sendto", None, ("192.0.2.1", 53)),
        ("socket.connect", None, ("2001:db8::1", 443, 0, 0)),
        ("socket.getaddrinfo", "example.invalid", 80, 0, 0, 0),
    ],
)
def test_another_machine_is_out_of_reach(event):
    with pytest.raises(LeftTheMachine):
        sys.audit(*event)


def test_this_machine_is_not():
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen()
        client.connect(server.getsockname())
    for name in ("::1", "127.0.0.2", "localhost", b"localhost", None, "", socket.gethostname()):
        assert is_here(name), name
    for name in ("192.0.2.1", "2001:db8::1", "example.invalid", "localhost.example.invalid"):
        assert not is_here(name), name


@pytest.mark.kernel
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_kernel_is_guarded_too_and_its_variables_are_not_touched(tmp_path):
    manager, client = start_new_kernel(cwd=str(tmp_path))
    try:
        shown: list[dict] = []
        client.execute_interactive(
            f"import sys\nsys.audit(*{ELSEWHERE!r})", timeout=60, output_hook=shown.append
        )
        assert "LeftTheMachine" in [m["content"]["ename"] for m in shown if m["msg_type"] == "error"]
        shown.clear()
        client.execute_interactive("%who_ls", timeout=60, output_hook=shown.append)
        [listed] = [m["content"]["data"] for m in shown if m["msg_type"] == "execute_result"]
        assert listed["text/plain"] == "['sys']"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
