"""Ctrl-C at some moment of every long magic, in a real kernel: what is known is shown, and all goes on."""

from __future__ import annotations

import threading

import pytest
from jupyter_client.manager import KernelManager

pytestmark = [
    pytest.mark.kernel,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # the client's sockets, at its own exit
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
TABLE = """
%load_ext mlpm_magics
import numpy as np, pandas as pd
random = np.random.default_rng(0)
t = pd.DataFrame({f"c{i}": random.normal(size=20_000) for i in range(20)})
t["when"] = pd.date_range("2025-01-01", periods=20_000, freq="h")
t["y"] = (t.c0 + random.normal(size=20_000) > 0).astype(int)
large = pd.concat([t] * 10, ignore_index=True)
%ml_lifecycle start Interrupted
"""
LONG = {  # with seconds after which it is surely not done yet
    "%ml_profile large --target y --time when": (0.1, 0.5),
    "%ml_fit --data t --target y --time when": (0.3, 2.0),
    "%ml_features large --target y --time when": (0.1, 0.4),
    "%ml_baseline t --target y --time when": (0.3, 1.5),
    "%%ml_design d --faults 3\nlabel: {delay: 30}\nmodel: {retrain: 7, window: 60, keep: 3}\n"
    "sources: {a: {max_age: 3}, b: {}}\n": (0.2, 1.0),
}


@pytest.fixture(scope="module")
def kernel(tmp_path_factory):
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(cwd=str(tmp_path_factory.mktemp("kernel")))
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    run(client, TABLE)
    yield manager, client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def run(client, code: str, begun=lambda: None) -> list[tuple[str, str]]:
    """What a cell shows: results as text, streams, the names of errors. `begun` is called when it begins."""
    got = []

    def hook(message):
        kind, content = message["msg_type"], message["content"]
        if kind == "execute_input":
            begun()
        elif kind == "error":
            got.append((kind, content["ename"]))
        elif kind == "execute_result":
            got.append((kind, content["data"]["text/plain"]))
        elif kind == "stream":
            got.append((content["name"], content["text"]))

    client.execute_interactive(code, timeout=120, output_hook=hook)
    return got


@pytest.mark.parametrize(("line", "after"), [(line, after) for line, both in LONG.items() for after in both])
def test_an_interrupt_shows_what_is_known_and_leaves_all_usable(kernel, line, after):
    manager, client = kernel
    timer = threading.Timer(after, manager.interrupt_kernel)
    got = run(client, line, timer.start)
    timer.cancel()
    timer.join()
    assert [text for kind, text in got if kind == "error"] == []
    results = [text for kind, text in got if kind == "execute_result"]
    lines = "".join(text for kind, text in got if kind == "stderr")
    if results:
        assert lines == ""
        assert "nterrupted" in results[0]
    else:
        magic = line.split(maxsplit=1)[0]
        assert f"{magic}: interrupted before there was anything to show." in lines
        assert "Traceback" not in lines
    after = run(
        client, "import mlpm_magics as mlpm\nproject = mlpm.open_project(); project.note('on'); 'goes on'"
    )
    assert ("execute_result", "'goes on'") in after
