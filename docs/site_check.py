"""What is wrong with a built site: links that lead nowhere, outside addresses, pictures without words."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LOADS = {"script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src"}
_LOADS |= {"link": "href", "object": "data", "embed": "src", "form": "action"}
_IN_CSS = re.compile(r"(?:url\(|@import)\s*['\"]?\s*(?:https?:)?//", re.IGNORECASE)
_HEADING = re.compile(r"h([1-6])")


class Page(HTMLParser):
    """The ids and links of a page, what it loads, its headings and its pictures without words."""

    def __init__(self, text: str) -> None:
        """Read the page."""
        super().__init__(convert_charrefs=True)
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.headings: list[int] = []
        self.unnamed: list[str] = []
        self._output = 0  # how deep inside the saved output of a cell, whose headings are its own
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what matters of a tag."""
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.add(given["id"])
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag in _LOADS and _LOADS[tag] in given:
            self.loads.append(given[_LOADS[tag]])
        if tag == "img" and not given.get("alt", "").strip():
            self.unnamed.append(given.get("src", "")[:60])
        if _IN_CSS.search(given.get("style", "")):
            self.loads.append("https://in a style")
        if tag == "div":
            self._output = self._output + 1 if self._output or "cell_output" in given.get("class", "") else 0
        if (heading := _HEADING.fullmatch(tag)) and not self._output:
            self.headings.append(int(heading.group(1)))

    def handle_endtag(self, tag: str) -> None:
        """Leave an output."""
        if tag == "div" and self._output:
            self._output -= 1


def problems(html: Path) -> list[str]:
    """Everything that is wrong, one line each, with its page."""
    pages = {path.resolve(): Page(path.read_text("utf-8")) for path in sorted(html.rglob("*.html"))}
    wrong = [line for path, page in pages.items() for line in _of(path, page, pages, html.resolve())]
    styles = [css for css in sorted(html.rglob("*.css")) if _IN_CSS.search(css.read_text("utf-8"))]
    return wrong + [f"{css.relative_to(html)}: loads from outside" for css in styles]


def _of(path: Path, page: Page, pages: dict[Path, Page], html: Path) -> list[str]:
    where = path.relative_to(html).as_posix()
    wrong = [f"{where}: loads {load}" for load in page.loads if urlsplit(load).netloc]
    wrong += [f"{where}: a picture without words: {src}" for src in page.unnamed]
    steps = zip([0, *page.headings], page.headings, strict=False)
    wrong += [f"{where}: a heading h{new} below h{old}" for old, new in steps if new > old + 1]
    for link in dict.fromkeys([*page.links, *page.loads]):
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            continue
        target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
        if not target.is_file():
            wrong.append(f"{where}: leads nowhere: {link}")
        elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids:
            wrong.append(f"{where}: no such place: {link}")
    return wrong
