"""The magics in a real Jupyter kernel, seen through the messages a notebook gets."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from jupyter_client.manager import KernelManager

pytestmark = [
    pytest.mark.kernel,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # the client's sockets, at its own exit
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def kernel(tmp_path_factory):
    """A kernel in an empty folder with the extension and a table, and a client to talk to it."""
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(cwd=str(tmp_path_factory.mktemp("kernel")))
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    client.execute_interactive("%load_ext mlpm_magics", timeout=60, output_hook=lambda message: None)
    run(client, TABLE)
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


TABLE = """
import pandas as pd
churn = pd.DataFrame({
    "left": [0, 1] * 60,
    "month": pd.date_range("2026-01-01", periods=120).astype("str"),
    "my column": range(120),
})
"""


def run(client, code: str) -> SimpleNamespace:
    """What a notebook gets for a cell: status, results, streams and errors."""
    got = SimpleNamespace(bundles=[], stdout="", stderr="", errors=[])

    def hook(message):
        kind, content = message["msg_type"], message["content"]
        if kind in ("execute_result", "display_data"):
            got.bundles.append(content["data"])
        elif kind == "stream":
            setattr(got, content["name"], getattr(got, content["name"]) + content["text"])
        elif kind == "error":
            got.errors.append(content)

    got.status = client.execute_interactive(code, timeout=120, output_hook=hook)["content"]["status"]
    return got


def test_from_start_to_report_in_a_kernel_that_may_stop_anywhere(kernel):
    """Each line is saved at once: what a fresh object reads is all that was typed."""
    folder = "import os, tempfile; here = os.getcwd(); os.chdir(tempfile.mkdtemp())"
    assert run(kernel, folder).status == "ok"
    for line in (
        '%ml_lifecycle start "Churn"',
        '%ml_lifecycle set goal "20 % fewer by 30 June 2035"',
        '%ml_people set data_owner "Cy"',
        '%ml_empathy map missed "They leave"',
        "%ml_premortem watch P10",
        "%ml_lifecycle test canaried manual",
    ):
        got = run(kernel, line)
        assert (got.status, got.stderr) == ("ok", ""), line
        assert "Just now: " in got.bundles[0]["text/plain"]
    got = run(kernel, "%ml_report")
    assert "The decision asked for" in got.bundles[0]["text/html"]
    got = run(kernel, "print(open('mlpm.yaml', encoding='utf-8').read())")
    for kept in ("20 % fewer by 30 June 2035", "Cy", "They leave", "watched", "manual"):
        assert kept in got.stdout
    assert run(kernel, "os.chdir(here)").status == "ok"


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("%ml_fit Which sellers have the greatest revenue potential?", "revenue potential?"),
        ("%%ml_fit\nstatement: Which sellers?\nanswers:\n  repeatable_decision: no\n", "Not a fit"),
        ("%ml_profile churn --target left --time month", "churn"),
        ("%ml_help", "%ml_fit"),
        ("%ml_help what is ML?", "machine learning"),
        ("%ml_people data", "Owner of the data"),
        ("%ml_premortem", "Suppose it has failed"),
        ("%ml_empathy", "In their shoes"),
    ],
)
def test_a_result_comes_as_text_markdown_and_html(kernel, cell, words):
    got = run(kernel, cell)
    assert got.status == "ok", got
    assert (got.stdout, got.stderr, got.errors) == ("", "", [])
    [bundle] = got.bundles
    assert set(bundle) == {"text/plain", "text/markdown", "text/html"}
    assert words.lower() in bundle["text/plain"].lower()
    assert "<script" not in bundle["text/html"]


@pytest.mark.parametrize(
    "cell", ["x = %ml_fit What's best?", "x = %ml_profile churn", "%ml_help what is ML?;"]
)
def test_a_kept_result_shows_nothing(kernel, cell):
    got = run(kernel, cell)
    assert got.status == "ok"
    assert (got.bundles, got.stdout, got.stderr) == ([], "", "")


@pytest.mark.parametrize("cell", ["%ml_fit", "%ml_lifecycle"])
def test_a_bare_magic_shows_a_widget(kernel, cell):
    [bundle] = run(kernel, cell).bundles
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert "text/html" in bundle


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("%ml_fit Which? --dta x", "there is no option '--dta'"),
        ("%%ml_fit\nanswers:\n  complex_logik: yes\n", "Did you mean 'complex_logic'?"),
        ("%ml_profile chrun", "Did you mean 'churn'?"),
        ("%ml_profile churn --target lfet", "Did you mean 'left'?"),
        ("%ml_profile churn --taget left", "Did you mean '--target'?"),
        ("%ml_lifecycle donne x", "Did you mean 'done'?"),
        ("%ml_help leekage", "Did you mean 'leakage'?"),
    ],
)
def test_a_slip_is_one_line_without_a_traceback(kernel, cell, says):
    got = run(kernel, cell)
    assert got.status == "error"
    assert (got.bundles, got.errors) == ([], [])
    assert says in got.stderr
    assert got.stderr.startswith("UsageError: %")
    assert got.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("%ml_pro", "%ml_profile"),
        ("%ml_profile ch", "churn"),
        ("%ml_profile churn --ta", "--target"),
        ("%ml_profile churn --target my", "'my column'"),
        ("%ml_lifecycle do", "done"),
        ("%ml_help leak", "leakage"),
        ("%%ml_fit\nstat", "statement:"),
    ],
)
def test_tab_completes(kernel, cell, wanted):
    reply = kernel.complete(cell, len(cell), reply=True, timeout=60)["content"]
    assert wanted in reply["matches"], reply


@pytest.mark.parametrize("name", ["ml_fit", "ml_profile", "ml_lifecycle", "ml_help"])
def test_inspecting_a_magic_shows_its_help(kernel, name):
    reply = kernel.inspect(f"%{name}", 3, reply=True, timeout=60)["content"]
    assert reply["found"]
    assert f"usage: %{name}" in reply["data"]["text/plain"]
    [page] = run_for_payload(kernel, f"%{name}?")
    assert f"usage: %{name}" in page["data"]["text/plain"]


def run_for_payload(client, code: str) -> list[dict]:
    reply = client.execute_interactive(code, timeout=60, output_hook=lambda message: None)
    return reply["content"]["payload"]
