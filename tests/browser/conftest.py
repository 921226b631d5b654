"""One JupyterLab on this machine for the whole run, and a page that notices what a person would not."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from lab import Lab, write_notebook
from notebook_files import FOLDER
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Playwright, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SETTINGS: dict[str, dict[str, object]] = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "notebook-extension/tracker": {"windowingMode": "none"},  # cells out of sight are drawn, too
}
SHOTS = Path(__file__).parent / "shots"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            # the server's and the browser's pipes, at the very end
            item.add_marker(pytest.mark.filterwarnings("ignore::ResourceWarning"))
            item.add_marker(pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"))


def chromium(playwright: Playwright) -> str:
    """The Chromium to use: the one named in MLPM_CHROMIUM, one on the path, or Playwright's own."""
    own = playwright.chromium.executable_path
    found = [os.environ.get("MLPM_CHROMIUM"), *map(shutil.which, NAMES), own if Path(own).exists() else None]
    path = next(filter(None, found), None)
    if path is None:
        missing = f"no Chromium: install one of {', '.join(NAMES)} or name one in MLPM_CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return path


expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = chromium(playwright)
        running = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield running
        running.close()


@pytest.fixture(scope="session")
def server(browser, tmp_path_factory) -> Iterator[tuple[str, str, Path]]:
    """Address, token and folder of a JupyterLab that knows nothing of this person's settings."""
    home = tmp_path_factory.mktemp("lab")
    folder = Path(shutil.copytree(FOLDER, home / "notebooks", ignore=shutil.ignore_patterns(".*")))
    for name, values in SETTINGS.items():
        file = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values))
    own = {
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "MLPM_USER": "pm",
    }
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    arguments = [
        *("--no-browser", "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"),
        *(f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={folder}"),
        *("--LabApp.expose_app_in_browser=True", "--allow-root"),
    ]
    log = home / "server.log"
    with log.open("w") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *arguments],
            env={**os.environ, **own},
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address, process, log)
        yield address, token, folder
    finally:
        process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until the server answers, for at most a minute."""
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/api", timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()[-2000:]}")


@pytest.fixture
def lab(browser, server) -> Iterator[Lab]:
    """A JupyterLab in a fresh browser profile; the test fails on console errors and requests elsewhere."""
    address, token, folder = server
    with watched(browser, address) as (page, noticed):
        opened = Lab(page, address, token, folder, noticed)
        yield opened
        if page.locator("body[data-jp-theme-light=false]").count():
            opened.light()  # the server keeps it
        if page.evaluate("window.__pwned !== undefined"):
            noticed.append("a script out of data was run")
    opened.stop_kernels()
    assert noticed == [], "the console showed errors, or something was asked of another machine"


@contextlib.contextmanager
def watched(browser: Browser, address: str) -> Iterator[tuple[Page, list[str]]]:
    """A page, and a list of everything that should not have happened on it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    noticed: list[str] = []
    page = context.new_page()
    page.set_default_timeout(20_000)

    def said(message: ConsoleMessage) -> None:
        if message.type == "error":
            noticed.append(f"console: {message.text}")

    def asked(url: str) -> None:
        if not url.startswith((address, address.replace("http", "ws", 1), "data:", "blob:", "about:")):
            noticed.append(f"request: {url}")

    def opened(dialog: Dialog) -> None:
        if dialog.type != "beforeunload":
            noticed.append(f"dialog: {dialog.message}")
        dialog.accept()

    page.on("console", said)
    page.on("pageerror", lambda error: noticed.append(f"page: {error}"))
    page.on("dialog", opened)
    context.on("request", lambda request: asked(request.url))
    page.on("websocket", lambda socket: asked(socket.url))
    yield page, noticed
    context.close()


@pytest.fixture
def notebook(server, request):
    """A function that writes a notebook of these cells into a folder of its own; returns its path."""

    def write(*cells: str) -> str:
        folder = server[2] / f"{request.node.name.translate({ord(c): '_' for c in '[]-/ '})}"
        folder.mkdir()
        write_notebook(folder / "it.ipynb", cells)
        return f"{folder.name}/it.ipynb"

    return write


@pytest.fixture
def shots() -> Path:
    """Where pictures for people go; not part of the repository."""
    SHOTS.mkdir(exist_ok=True)
    return SHOTS
