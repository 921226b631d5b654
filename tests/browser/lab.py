"""What a person does in JupyterLab, as methods."""

from __future__ import annotations

import json
import re
import secrets
import time
import urllib.request
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import nbformat
from axe_playwright_python.sync_playwright import Axe
from nbformat.v4 import new_code_cell, new_notebook
from notebook_files import KERNEL
from playwright.sync_api import Locator, Page, expect

SCROLLED = ".jp-WindowedPanel-outer"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
IDLE = "Python 3 (ipykernel) | Idle"


def write_notebook(path: Path, cells: Iterable[str]) -> None:
    """A notebook of code cells that were never run."""
    metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    written = new_notebook(cells=[new_code_cell(cell) for cell in cells], metadata=metadata)
    nbformat.write(written, path)


def eventually(true: Callable[[], object]) -> None:
    """Wait until something holds outside the browser, for at most twenty seconds."""
    end = time.monotonic() + 20
    while not true() and time.monotonic() < end:
        time.sleep(0.1)
    assert true()


class Lab:
    """One browser page with JupyterLab in it."""

    def __init__(self, page: Page, address: str, token: str, folder: Path, noticed: list[str]) -> None:
        self.page, self.address, self.token, self.folder = page, address, token, folder
        self.noticed = noticed  # what should not have happened

    def excuse(self, *said: str) -> None:
        """What JupyterLab itself says on the console, with and without us, does not fail the test."""
        self.noticed[:] = [line for line in self.noticed if not any(words in line for words in said)]

    def open(self, notebook: str) -> None:
        """Open a notebook in a workspace of its own and wait until it can run cells."""
        workspace = secrets.token_hex(6)
        self.page.goto(f"{self.address}/lab/workspaces/{workspace}/tree/{notebook}?token={self.token}")
        self.page.wait_for_selector("#jupyterlab-splash", state="detached")
        self.page.wait_for_selector(".jp-Notebook .jp-Cell")
        expect(self.page.get_by_text(IDLE)).to_be_visible()

    def command(self, name: str, **arguments: Any) -> None:
        """Run a command of JupyterLab, as its menus do."""
        self.page.evaluate(
            "([name, given]) => window.jupyterapp.commands.execute(name, given).then(() => null)",
            [name, arguments],
        )

    def begin(self, name: str, **arguments: Any) -> None:
        """Run a command that opens a dialog; it ends when that does, so it is not waited for."""
        self.page.evaluate(
            "([name, given]) => void window.jupyterapp.commands.execute(name, given)", [name, arguments]
        )

    def run_all(self) -> None:
        """Run > Run All Cells, to the end."""
        self.command("notebook:run-all-cells")
        expect(self.page.get_by_text(IDLE)).to_be_visible(timeout=180_000)

    def run_cell(self, number: int) -> None:
        """Click into a code cell, counted from 1, and press Shift+Enter."""
        cell = self.page.locator(".jp-Notebook .jp-CodeCell").nth(number - 1)
        cell.locator(".jp-InputArea .cm-content").click()
        self.page.keyboard.press("Shift+Enter")
        expect(self.page.get_by_text(IDLE)).to_be_visible()

    def run_cell_of(self, notebook: str, number: int) -> None:
        """The same in the notebook of that name, once it is in front and its own kernel is there."""
        expect(self.page.get_by_role("tab", name=notebook)).to_have_attribute("aria-selected", "true")
        kernel = "window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel"
        self.page.wait_for_function(f"{kernel}?.status === 'idle'")
        front = self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
        front.locator(".jp-CodeCell .jp-InputArea .cm-content").nth(number - 1).click()
        self.page.keyboard.press("Shift+Enter")
        prompt = front.locator(".jp-CodeCell .jp-InputPrompt").nth(number - 1)
        expect(prompt).to_have_text(re.compile(r"\[\d+\]:"))

    def dark(self) -> None:
        """Settings > Theme > JupyterLab Dark."""
        self.command("apputils:change-theme", theme="JupyterLab Dark")
        self.page.wait_for_selector("body[data-jp-theme-light=false]", state="attached")
        self.page.wait_for_selector("#jupyterlab-splash", state="detached")

    def light(self) -> None:
        """Settings > Theme > JupyterLab Light."""
        self.command("apputils:change-theme", theme="JupyterLab Light")
        self.page.wait_for_selector("body[data-jp-theme-light=true]", state="attached")
        self.page.wait_for_selector("#jupyterlab-splash", state="detached")

    def narrow(self) -> None:
        """A window of 600 pixels, without the file browser and without the panel."""
        self.page.set_viewport_size({"width": 600, "height": 900})
        self.command("application:toggle-left-area")
        self.page.evaluate("window.jupyterapp.shell.collapseRight()")

    def tall(self) -> None:
        """A window in which the whole notebook can be seen at once, from the top."""
        size = self.page.viewport_size
        assert size
        height = self.page.evaluate(f"document.querySelector('{SCROLLED}').scrollHeight")
        self.page.set_viewport_size({"width": size["width"], "height": height + 400})
        # JupyterLab's body is 0 high; axe takes all that is in such a body for hidden
        self.page.add_style_tag(content="body { height: 100vh }")
        self.page.evaluate(f"document.querySelector('{SCROLLED}').scrollTop = 0")
        self.page.mouse.move(0, 0)

    def picture(self, output: Locator, path: Path, height: int) -> None:
        """Save how the upper `height` pixels of what a cell shows look."""
        part = output.locator(".jp-OutputArea-output").first
        part.evaluate("e => e.scrollIntoView()")
        self.page.mouse.move(0, 0)
        box = part.bounding_box()
        assert box
        clip = {"x": box["x"], "y": box["y"], "width": box["width"], "height": min(height, box["height"])}
        self.page.screenshot(path=path, clip=clip)

    def unusable(self, where: str = ".jp-OutputArea-output") -> list[str]:
        """What axe, a checker of accessibility, finds wrong in the outputs, widgets included, or `where`."""
        found = Axe().run(self.page, context=where, options={"runOnly": RULES})
        return [
            f"{rule['id']}: {node['html'][:200]} {node['failureSummary']}"
            for rule in found.response["violations"]
            for node in rule["nodes"]
        ]

    @property
    def panel(self) -> Locator:
        """The side panel of the product."""
        return self.page.get_by_role("region", name="ML product")

    @property
    def sources(self) -> list[str]:
        """What is typed in the cells of the notebook in front."""
        cells = "window.jupyterapp.shell.currentWidget.content.model.sharedModel.cells"
        typed: list[str] = self.page.evaluate(f"{cells}.map(cell => cell.source)")
        return typed

    def output(self, number: int) -> Locator:
        """The outputs of a code cell, counted from 1."""
        return self.page.locator(".jp-Notebook .jp-CodeCell").nth(number - 1).locator(".jp-Cell-outputArea")

    def api(self, path: str, method: str = "GET") -> Any:
        """Ask the server something."""
        request = urllib.request.Request(f"{self.address}/api/{path}", method=method)
        request.add_header("Authorization", f"token {self.token}")
        with urllib.request.urlopen(request, timeout=30) as answer:
            body = answer.read()
        return json.loads(body) if body else None

    def stop_kernels(self) -> None:
        """Leave nothing running behind."""
        for session in self.api("sessions"):
            self.api(f"sessions/{session['id']}", "DELETE")
