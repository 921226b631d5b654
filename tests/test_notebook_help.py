"""`%ml_help` knows every name of the knowledge base, with its source, and finds it however it is asked."""

from __future__ import annotations

import subprocess
import sys

import pytest

from mlpm_magics.catalogue import knowledge
from mlpm_magics.errors import UnknownNameError
from mlpm_magics.help import explain, overview, topics
from mlpm_magics.help.checks import check_names

KNOWN = knowledge()
EXPLAINED = ("topics", "criteria", "data_questions", "problem_types", "phases", "roles")


@pytest.mark.parametrize("kind", EXPLAINED)
def test_every_entry_is_explained_with_its_sources(kind):
    for name, entry in getattr(KNOWN, kind).items():
        page = explain(name)
        [part] = [p for p in page.parts if p.title == entry.title and p.source == KNOWN.cite(entry.sources)]
        assert part.text or part.facts
        assert entry.title in str(page)


def test_everything_that_can_be_asked_for_is_answered():
    for name in topics():
        assert explain(name).to_html()


@pytest.mark.parametrize("name", check_names())
def test_every_check_is_explained_without_loading_pandas(name):
    [part] = [p for p in explain(name).parts if p.kind == "A check of %ml_profile"]
    assert part.text
    assert part.source
    question = part.facts[0][1]
    assert question in [asked.question for asked in KNOWN.data_questions.values()]


def test_a_question_about_the_data_names_its_checks():
    assert "rare_class" in str(explain("sufficient"))


def test_help_loads_no_pandas():
    code = (
        "import sys; from mlpm_magics.help import explain, topics\n"
        "[str(explain(name)) for name in topics()]\n"
        "print([name for name in ('pandas', 'numpy', 'sklearn', 'IPython') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_a_topic_sends_its_reader_to_is_there():
    for topic in KNOWN.topics.values():
        for name in topic.see:
            assert explain(name).parts, f"{topic.id} sends to {name}"


def test_every_topic_on_the_map_is_found_by_what_the_map_says_to_type():
    for topic in KNOWN.topics.values():
        if topic.type_this.startswith("%ml_help "):
            assert explain(topic.type_this.removeprefix("%ml_help ")).parts[0].title == topic.title


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("what is ML?", "What is machine learning?"),
        ("What is machine learning", "What is machine learning?"),
        ("what-is-ml", "What is machine learning?"),
        ("when should you use ML?", "When should you use ML?"),
        ("what is leakage?", "What is leakage?"),
        ("LEAKAGE", "What is leakage?"),
        ("what is a label", "What is a label, or target?"),
        ("What is a baseline?", "What is a baseline?"),
        ("what is ranking?", "Ranking"),
        ("anomaly detection", "Anomaly detection"),
    ],
)
def test_a_question_finds_its_topic_however_it_is_put(asked, title):
    assert explain(asked).title == title


def test_an_unknown_topic_is_refused_with_the_nearest():
    with pytest.raises(UnknownNameError, match=r"nothing about 'rankin'. Did you mean 'ranking'\?"):
        explain("rankin")
    with pytest.raises(UnknownNameError, match="%ml_help alone shows what there is"):
        explain("zzzzqqqq")
    with pytest.raises(UnknownNameError) as caught:
        explain("a\n\x1b[31m<b>")
    assert str(caught.value).isprintable()


def test_the_map_holds_the_questions_of_the_seed_and_stays_within_a_terminal():
    text = str(overview({"%ml_fit": "Ask."}))
    for title in ("What is machine learning?", "When should you use ML?", "When should you not use ML?"):
        assert title in text
    assert max(map(len, text.splitlines())) <= 80


def test_a_magic_is_found_by_its_name():
    for name in ("premortem", "%ml_premortem", "ml_report", "empathy"):
        assert explain(name).parts
    assert "Suppose it has failed" in str(explain("premortem"))
