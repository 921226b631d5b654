"""The documentation site: its how-tos run, its reference knows every id, and its check sees what is wrong."""

from __future__ import annotations

import re
import sys

import msgspec
import pytest
from repository import ROOT
from test_repo_docs import BLOCK, shown_by

sys.path.append(str(ROOT / "docs"))

import make_site
import site_check
from generated import knowledge as knowledge_pages
from writing import prose, words

import mlpm_magics
from mlpm_magics import errors, results
from mlpm_magics.catalogue import Knowledge, knowledge
from mlpm_magics.help.checks import check_names
from mlpm_magics.notebook.magic import magic_files, parser_of

KINDS = [field.name for field in msgspec.structs.fields(Knowledge)]
HOW_TOS = sorted(path.name for path in (ROOT / "docs" / "how_to").glob("*.md"))


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return make_site.pages()


def reference(pages: dict[str, str]) -> str:
    return "\n".join(text for path, text in pages.items() if path.startswith("reference/"))


@pytest.mark.parametrize("name", HOW_TOS)
def test_the_examples_of_a_how_to_run_and_show_what_it_says(name, shell):
    blocks = BLOCK.findall((ROOT / "docs" / "how_to" / name).read_text("utf-8"))
    assert blocks or "```{include}" in (ROOT / "docs" / "how_to" / name).read_text("utf-8")
    for cell, said in blocks:
        shown, place = shown_by(shell, cell), 0
        for part in re.split(r"^…\n", said, flags=re.MULTILINE):
            place = shown.find(part.strip(), place)
            assert place >= 0, f"{name} says\n{part}\nbut the cell\n{cell}\nshows\n{shown}"
            place += len(part.strip())


@pytest.mark.parametrize("kind", KINDS)
def test_the_reference_has_every_entry_of_the_knowledge(kind, pages):
    whole = reference(pages)
    assert not [name for name in getattr(knowledge(), kind) if f"`{name}`" not in whole]


def test_the_reference_has_every_task_gate_and_check(pages):
    phases = knowledge().phases.values()
    steps = [step.id for phase in phases for step in (*phase.tasks, *phase.gate)]
    whole = reference(pages)
    assert not [name for name in (*steps, *check_names()) if f"`{name}`" not in whole]


def test_the_reference_has_every_magic_with_every_option(pages):
    for name, file in magic_files().items():
        page = pages[f"reference/{name}.md"]
        assert not [o for o in parser_of(name, file).options if o != "--help" and f"`{o}`" not in page], name


def test_the_reference_has_every_public_name_result_and_error(pages):
    python, told = pages["reference/python.md"], pages["reference/results.md"]
    classes = [n for n in results.__all__ if isinstance(getattr(results, n), type)]
    assert not [
        name for name in mlpm_magics.__all__ if f"mlpm_magics.{name}" not in python + "mlpm_magics.MlpmError"
    ]
    assert not [n for n in classes if n not in ("Report", "Value") and f"### {n}\n" not in told]
    raised = [n for n, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Exception)]
    assert not [name for name in raised if f"`{name}`" not in pages["reference/errors.md"]]


def test_the_reference_has_every_key_of_both_files(pages):
    from mlpm_magics.lifecycle.state import State

    for field in msgspec.structs.fields(State):
        assert f"`{field.encode_name}`" in pages["reference/project_file.md"], field.name
    for kind in KINDS:
        assert f"\n## {kind}\n" in pages["reference/own_knowledge.md"], kind


def test_a_kind_that_no_page_names_gets_one_of_its_own(monkeypatch):
    told = knowledge_pages.told
    short = [page for page in told(knowledge()) if page.id != "hazards"]
    monkeypatch.setattr(knowledge_pages.msgspec, "convert", lambda *_, **__: short)
    assert "hazards" in {page.id for page in told(knowledge())}


def test_every_notebook_is_a_tutorial(pages):
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        assert f"\n{path.stem}\n" in pages["tutorials/index.md"], path.name


def test_text_is_escaped_once_and_what_has_a_place_is_a_link():
    assert words("a <b> and a_b") == "a &lt;b&gt; and a\\_b"
    assert words("%ml_fit or drift_unnoticed") == (
        "[`%ml_fit`](#magics.ml_fit) or [`drift_unnoticed`](#design_properties.drift_unnoticed)"
    )
    assert words("with --cost-fp").endswith(" `--cost-fp`")
    assert words("% of rows") == "\\% of rows"  # else it would be a comment
    assert prose("One.\n\n    code\n\nArgs:\n    x: no") == "One.\n\n```python\ncode\n```"


@pytest.mark.parametrize(
    ("html", "wrong"),
    [
        ('<a href="b.html">b</a>', "leads nowhere: b.html"),
        ('<a href="#b">b</a>', "no such place: #b"),
        ('<script src="https://cdn.example.org/a.js"></script>', "loads https://cdn.example.org/a.js"),
        ('<link href="//fonts.example.org/a.css">', "loads //fonts.example.org/a.css"),
        ('<p style="background:url(https://example.org/a.png)">', "loads"),
        ('<img src="a.html">', "a picture without words: a.html"),
        ("<h1>a</h1><h3>b</h3>", "a heading h3 below h1"),
    ],
)
def test_the_check_of_the_site_sees_what_is_wrong(tmp_path, html, wrong):
    (tmp_path / "a.html").write_text(html, "utf-8")
    found = site_check.problems(tmp_path)
    assert len(found) == 1
    assert found[0].startswith("a.html: ")
    assert wrong in found[0]


def test_the_check_of_the_site_lets_pass_what_is_right(tmp_path):
    links = '<a href="#b%20c">x</a><a href="https://example.org">y</a>'
    good = f'<h1 id="b c">a</h1>{links}<img src="a.svg" alt="a">'
    (tmp_path / "a.html").write_text(good, "utf-8")
    (tmp_path / "a.svg").write_text("<svg/>", "utf-8")
    assert site_check.problems(tmp_path) == []
    (tmp_path / "a.css").write_text("p { background: url('https://example.org/x.png') }", "utf-8")
    assert site_check.problems(tmp_path) == ["a.css: loads from outside"]
