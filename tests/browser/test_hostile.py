"""Results whose names and values try to run, all on one page of a real browser: nothing runs, nothing loads.

The results are those that `test_any_hostile.py` left in `build`; made now where it was not run.
"""

from __future__ import annotations

import re

import pytest
from producers import produced
from test_any_hostile import CALLED, MADE, SCRIPTS, hostile_table, keep

from conftest import watched
from mlpm_magics.catalogue import knowledge

CANARY = "<script>window.hits = []; window.hit = what => window.hits.push(what)</script>"
# what a reader's hand does: every event that a handler could wait for, on everything
TOUCHED = """() => {
  for (const node of document.querySelectorAll('body *'))
    for (const kind of ['mouseover', 'mouseenter', 'focus', 'click', 'load', 'error', 'toggle'])
      node.dispatchEvent(new Event(kind, {bubbles: true, cancelable: true}));
  document.querySelectorAll('details').forEach(fold => fold.open = true);
}"""
LIVE = "script, iframe, object, embed, link, base, form, a, svg, video, [onload], [onerror], [onmouseover]"
# the one live thing a result has: a link to a source that the knowledge base names, word for word
NO_SOURCE = """(live, sources) => live.filter(one => !(
  one.matches('a') && sources.includes(one.getAttribute('href'))
  && one.getAttributeNames().every(name => ['href', 'target', 'rel', 'style'].includes(name))
)).length"""


def seen(browser, html: str) -> tuple[list[str], int, bool]:
    """What ran or was asked for, how much is live and no link to a source, and whether it can be read."""
    with watched(browser, "about:") as (page, noticed):
        page.route(re.compile("^https?:"), lambda route: route.abort())
        page.set_content(f"<!doctype html><meta charset='utf-8'>{CANARY}<body>{html}</body>")
        page.evaluate(TOUCHED)
        page.wait_for_timeout(200)
        sources = [source.url for source in knowledge().sources.values() if source.url]
        live = page.locator("body").locator(LIVE).evaluate_all(NO_SOURCE, sources)
        readable = page.locator("body").is_visible() and len(page.inner_text("body")) > 100
        return page.evaluate("window.hits") + noticed, live, readable


def test_nothing_runs_and_nothing_is_asked_for(browser, request):
    if not MADE.exists():
        shell = request.getfixturevalue("shell")
        shell.user_ns |= {"t": hostile_table(CALLED), "other": hostile_table(CALLED)}
        keep(list(produced(shell, CALLED)))
    assert seen(browser, MADE.read_text("utf-8")) == ([], 0, True)


@pytest.mark.parametrize("text", [*SCRIPTS[:3], f"<p title='{SCRIPTS[9]}'>x</p>".replace("'", '"')])
def test_the_same_unescaped_is_noticed(browser, text):
    ran, live, _ = seen(browser, text)
    assert ran
    assert live


def test_a_request_would_be_noticed(browser):
    ran, _, _ = seen(browser, "<img src='https://elsewhere.example/p.png'>")
    assert [what for what in ran if "elsewhere.example" in what]
