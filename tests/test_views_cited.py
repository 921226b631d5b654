"""A source that is named can be opened: a link where HTML and Markdown can have one, and to nowhere else."""

from __future__ import annotations

import html
import re

import mistune
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mlpm_magics as mlpm
from mlpm_magics.catalogue import knowledge
from mlpm_magics.errors import MlpmError
from mlpm_magics.help import explain
from mlpm_magics.views import blocks as b
from mlpm_magics.views import html as html_view
from mlpm_magics.views import markdown, text
from mlpm_magics.views.cited import cited

OWN = """
sources:
- {{id: our_paper, title: "On parrots", by: "Parrot; & <b>Sons</b>", year: 2026, url: "{url}"}}
topics:
- {{id: parrots, title: Parrots, text: They talk., sources: [our_paper, pair]}}
"""


def own(folder, monkeypatch, url):
    monkeypatch.chdir(folder)
    (folder / "mlpm_knowledge").mkdir()
    (folder / "mlpm_knowledge" / "own.yaml").write_text(OWN.format(url=url), "utf-8")


def test_each_source_of_a_reason_and_of_a_case_is_a_link():
    found = mlpm.find_cases("patients ranked by cost")
    page = found.to_html()
    for case in found.cases:
        for words in case.source.split("; "):
            url = knowledge().address(words)
            assert not url or f'<a href="{html.escape(url)}" ' in page, words
    pair = html.escape(knowledge().sources["pair"].url)
    page = mlpm.assess_fit({"statement": "x", "answers": {"needs_personalization": "yes"}}).to_html()
    assert re.search(f'source: .*<a href="{pair}" target="_blank" rel="noreferrer" ', page)


def test_the_words_are_the_same_with_and_without_the_link():
    said = "Google PAIR 2021; somebody else 1999"
    page = b.Page("x", (b.Paragraph(cited(said)),))
    assert text.render(page) == said
    assert re.sub(r"<[^>]+>", "", html_view.render(page)) == said
    assert re.sub(r"\[(.+?)\]\(.+?\)", r"\1", markdown.render(page)) == said


def test_words_that_two_sources_share_lead_nowhere():
    known = knowledge()
    assert known.address(known.cite(["pair"])) == known.sources["pair"].url
    assert known.address("") == ""
    twice = {**known.sources, "other": known.sources["pair"]}
    assert msgspec.structs.replace(known, sources=twice).address(known.cite(["pair"])) == ""


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//e.org", "ftp://e.org", "https://"]
)
def test_an_address_that_is_none_of_the_web_is_refused_where_it_stands(tmp_path, monkeypatch, url):
    own(tmp_path, monkeypatch, url)
    with pytest.raises(MlpmError, match=r"own\.yaml, line 3, our_paper, url: should be an address"):
        explain("parrots")
    with pytest.raises(ValueError, match="not an address"):
        b.Link("x", url)


@given(st.from_regex(r"https?://[a-z]+\.org/[!-~]{0,30}", fullmatch=True), st.text(max_size=20))
def test_any_link_is_one_link_with_its_words(url, words):
    try:
        page = b.Page("x", (b.Paragraph(("See ", b.Link(words, url), ".")),))
    except ValueError:
        return
    assert html_view.render(page).count("<a href=") == 1
    assert f'href="{html.escape(url)}"' in html_view.render(page).replace("&#34;", "&quot;")
    made = mistune.create_markdown(escape=False)(markdown.render(page))
    assert made.count("<a href=") == 1 or not words.strip()
    assert set(re.findall(r"<(\w+)", made)) <= {"p", "a"}
