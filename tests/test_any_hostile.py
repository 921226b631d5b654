"""Whatever things are called, they are shown and never run: in HTML, Markdown, terminals and exports."""

from __future__ import annotations

import base64
import html.parser
import json
import re
import sys
import unicodedata

import mistune
import numpy as np
import pandas as pd
import pytest
from producers import LINES, Made, Words, files, line_of, plain_table, produced
from repository import ROOT

from mlpm_magics.catalogue import knowledge
from mlpm_magics.notebook.magic import magic_files

SCRIPTS = (
    "<script>hit('a')</script>",
    "<img src=x onerror=hit('b')>",
    "<svg/onload=hit('c')>",
    "</style><style>*{display:none}</style>",
    "<a href='javascript:hit(1)'>x</a>",
    "[x](javascript:hit(2))",
    "![x](https://elsewhere.example/p.png)",
    "<https://elsewhere.example>",
    "https://elsewhere.example/?q www.elsewhere.example",
    '" onmouseover="hit(3)',
    "{{ hit(4) }}${hit(5)}",
    "{canary.hit()} $canary",
    "=HYPERLINK(0)",
    "\x1b[31mred\x1b[0m\x07",
    "\u202eabc\u2066",
    "nul\x00x",
    "line\u2028break\u2029\x85end",
    "```\n<b>after a fence</b>",
    "a|b|c\n---|---",
    "# heading\n- item\n1. one",
    "&lt;b&gt; &amp;",
    "$$x$$ \\(y\\)",
    "'; drop table t; --x",
    "]]><!--",
    "/etc/passwd",  # IPython's HTML("/etc/passwd") shows that file
)
# what the views may use; nothing of it runs, loads or leaves the page
TAGS = {
    *("div", "p", "strong", "code", "bdi", "ul", "li", "pre", "section", "details", "summary", "img"),
    *("h3", "h4", "h5", "h6", "table", "figure", "figcaption", "thead", "tbody", "tr", "th", "td"),
}
PAGE = {"html", "head", "meta", "title", "style", "body", "main"}  # of a saved file
ATTRIBUTES = {"style", "src", "alt", "scope", "tabindex"} | {"lang", "charset", "name", "content"}
SVG_TAGS = {"svg", "rect", "text", "circle", "path", "line", "polyline", "polygon", "g", "title"}
LINKED = {source.url for source in knowledge().sources.values() if source.url}
LINK = {"target": "_blank", "rel": "noreferrer", "style": "color:inherit;text-decoration:underline"}
STYLE = re.compile(r"[a-z0-9.%#;:(),\-\s]*", re.IGNORECASE)
DRAWN = "data:image/svg+xml;base64,"


class Tags(html.parser.HTMLParser):
    """Every tag with its attributes, and the words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)

    def handle_comment(self, data):
        raise AssertionError(f"a comment: {data}")


def inert_html(text: str, *, saved: bool = False) -> None:
    """Nothing but the tags and attributes the views use, and every drawing the same."""
    for tag, attributes in Tags(text).tags:
        if tag == "a":  # to a source of the knowledge base, and nowhere else
            assert attributes.pop("href") in LINKED
            assert attributes == LINK
            continue
        assert tag in (TAGS | PAGE if saved else TAGS), tag
        assert set(attributes) <= ATTRIBUTES, (tag, attributes)
        style, source = attributes.get("style") or "", attributes.get("src")
        assert STYLE.fullmatch(style), style
        assert "url" not in style.lower()
        assert "expression" not in style.lower()
        if source is not None:
            assert tag == "img"
            assert source.startswith(DRAWN), source
            inert_drawing(base64.b64decode(source.removeprefix(DRAWN)).decode())


def inert_drawing(text: str) -> None:
    for tag, attributes in Tags(text).tags:
        assert tag in SVG_TAGS, tag
        assert not [name for name in attributes if name.startswith("on") or "href" in name], attributes
        assert not [v for v in attributes.values() if v and ("url(" in v or "javascript" in v)], attributes


def inert_markdown(text: str) -> None:
    """What a renderer that lets HTML through makes of it: no tag or picture of the user's, no link."""
    rendered = mistune.create_markdown(escape=False, plugins=["table", "strikethrough", "url"])(text)
    found = Tags(rendered).tags
    assert {attributes.get("href") for tag, attributes in found if tag == "a"} <= LINKED
    tags = {tag for tag, _ in found} - {"a"}
    assert tags <= {
        *("p", "strong", "em", "code", "pre", "ul", "li", "ol", "table", "thead", "tbody", "tr", "th", "td"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "br", "hr", "blockquote"),
    }, tags


def plain(text: str) -> None:
    """No control or bidi character, no odd line separator: a terminal shows what stands there."""
    bad = {char for char in text if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")} - {"\n"}
    assert not bad, [hex(ord(char)) for char in bad]


def strict(text: str) -> None:
    def refuse(word: str) -> None:
        raise AssertionError(word)

    def once(pairs: list) -> dict:
        assert len({key for key, _ in pairs}) == len(pairs), pairs
        return dict(pairs)

    json.loads(text, parse_constant=refuse, object_pairs_hook=once)


def inert_form(text: str) -> None:
    """A form: what ipywidgets draws as HTML is inert, and no description of a field is drawn so."""
    for state in json.loads(text):
        assert not state.get("description_allow_html"), state
        if state.get("_model_name") in ("HTMLModel", "HTMLMathModel"):
            inert_html(state["value"])


CHECKS = {
    "state": inert_form,
    "html": inert_html,
    "markdown": inert_markdown,
    "text": plain,
    "json": strict,
    "refusal": plain,
}


def inert(form: str, text: str) -> None:
    """The check for a form, by what it is."""
    kind = form.rpartition(" ")[2].partition("/")[2] or form.rpartition(" ")[2]
    if form == "saved html":
        inert_html(text, saved=True)
        assert len(re.findall("<style>", text)) == 1
    elif form in ("saved md", "to_card", "model_card", "markdown"):
        inert_markdown(text)
    elif kind in CHECKS:
        CHECKS[kind](text)
    elif form in ("saved json",):
        strict(text)
    elif form in ("repr", "shown", "data_request", "plain"):
        plain(text)


MADE = ROOT / "build" / "hostile.html"  # for tests/browser/test_hostile.py


def keep(all_made: list[Made]) -> None:
    """All of it as one page: HTML as it is, and Markdown as a renderer that lets HTML through draws it."""
    draw = mistune.create_markdown(escape=False, plugins=["table", "strikethrough", "url"])
    parts: list[str] = []
    for made in all_made:
        kinds = {form: form.rpartition(" ")[2].rpartition("/")[2] for form in made.forms}
        parts += [made.forms[form] for form, kind in kinds.items() if kind == "html" and form != "saved html"]
        parts += [
            str(draw(made.forms[form])) for form, kind in kinds.items() if kind in ("markdown", "model_card")
        ]
        if "state" in made.forms:
            states = json.loads(made.forms["state"])
            parts += [state["value"] for state in states if state.get("_model_name") == "HTMLModel"]
    MADE.parent.mkdir(exist_ok=True)
    MADE.write_text("\n".join(f"<div>{part}</div>" for part in parts), "utf-8", "backslashreplace")


class Canary:
    """Asked for anything, it remembers."""

    def __init__(self) -> None:
        self.hits: list[str] = []

    def hit(self) -> str:
        self.hits.append("called")
        return "hit"

    def __format__(self, spec: str) -> str:
        return self.hit()

    __str__ = __format__  # type: ignore[assignment]

    def __repr__(self) -> str:
        return "a canary"


def hostile_table(words: Words) -> pd.DataFrame:
    table = plain_table(words, rows=160)
    yes = table[words.target].to_numpy() == 1
    for number, text in enumerate(SCRIPTS):
        if text not in table.columns:
            table[text] = np.where(yes, float(number), 1.0) + np.arange(160) % 5
        table[f"level {number}"] = np.where(np.arange(160) % 3 == number % 3, text, f"{number}")
    table[words.group] = np.where(np.arange(160) % 2, SCRIPTS[1], SCRIPTS[11])
    table[words.target] = np.where(yes, SCRIPTS[0], SCRIPTS[5])
    table.index = pd.Index((list(SCRIPTS) * 7)[:160], name=SCRIPTS[2])
    return table


# later Pythons take no cell with a NUL in it
TYPED = [text.replace("\x00", "" if sys.version_info >= (3, 12) else "\x00") for text in SCRIPTS]
ALL = " ".join(text.replace("\n", " ") for text in TYPED)
CALLED = Words(
    target=SCRIPTS[2],
    time=SCRIPTS[9],
    entity=SCRIPTS[11],
    group=TYPED[15],
    number=SCRIPTS[16],
    said=ALL,
    name=SCRIPTS[1] + SCRIPTS[13] + SCRIPTS[14],
)


def test_hostile_names_and_values_are_inert_in_every_form_of_every_result(shell, monkeypatch, tmp_path):
    monkeypatch.setenv("MLPM_USER", SCRIPTS[0] + SCRIPTS[11])
    table = hostile_table(CALLED)
    canary = Canary()
    shell.user_ns |= {"t": table, "other": table.copy(), "canary": canary, "by_customer": {ALL: table}}
    wrong, seen, forms = [], 0, 0
    all_made = list(produced(shell, CALLED))
    keep(all_made)
    for made in all_made:
        forms += "state" in made.forms
        for form, text in made.forms.items():
            try:
                inert(form, text)
            except AssertionError as error:
                wrong.append((made.what, form, str(error)[:300]))
            assert "root:x:" not in text, (made.what, form)
            seen += 1
    assert wrong == [], "\n".join(map(str, wrong))
    assert seen > 300
    assert forms == 4
    assert canary.hits == []
    written = files(tmp_path)
    named = (
        "mlpm.yaml",
        "decision.html",
        "story.md",
        "Screen.tla",
        "Screen.cfg",
    )  # by the lines, not by data
    assert written.keys() == {f"file {name}" for name in (*named, ".mlpm.yaml.lock")}
    plain(written["file mlpm.yaml"])
    assert not re.search(r"<(?!br/>)", written["file story.md"])
    for name in ("file Screen.tla", "file Screen.cfg"):
        assert written[name].isascii()
        assert written[name].count("MODULE") <= 1


@pytest.mark.parametrize("name", sorted(magic_files()))
@pytest.mark.parametrize(
    "typed", ["{canary.hit()}", "$canary", "${canary.hit()}", "`canary.hit()`", "{{canary}}"]
)
def test_nothing_in_a_line_is_ever_run(shell, name, typed):
    shell.user_ns["canary"] = canary = Canary()
    for line in (f"%{name} {typed}", f"%{name} --target {typed}", f"x = %{name} {typed}"):
        shell.run_cell(line, silent=True)
    assert canary.hits == []


def test_every_magic_is_among_the_producers():
    used = {re.match(r"(?:\w+ = )?%+(\w+)", line_of(line, Words()))[1] for line in LINES.values()}
    assert used == set(magic_files())
