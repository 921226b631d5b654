"""The documentation site, one page of each kind, as axe, a checker of accessibility, sees it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from axe_playwright_python.sync_playwright import Axe
from lab import RULES
from repository import ROOT

HTML = ROOT / "build" / "docs" / "html"
KINDS = {
    "front": "index.html",
    "list": "reference/index.html",
    "magic": "reference/ml_baseline.html",
    "how_to": "how_to/threshold_from_costs.html",
    "explanation": "explanation/evidence.html",
    "tutorial": "tutorials/00_start_here.html",
    "search": "search.html",
}


@pytest.fixture(scope="session")
def site():
    """The site as the stage `docs` left it, or built now."""
    if not (HTML / "index.html").exists():
        subprocess.run([sys.executable, str(ROOT / "docs" / "make_site.py")], check=True)
    return HTML


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_can_be_used_by_everybody(browser, site, shots, kind, scheme):
    page = browser.new_page(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    page.goto((site / KINDS[kind]).as_uri())
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") == (scheme == "dark")
    page.screenshot(path=shots / f"site_{kind}_{scheme}.png")
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    page.close()
    wrong = [
        f"{rule['id']} ({rule['impact']}): {node['html'][:200]} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
        if rule["impact"] in ("serious", "critical")
    ]
    assert wrong == []
