"""What is typed after a magic reaches it as typed: questions, apostrophes, and code around it."""

from __future__ import annotations

import ast

import pytest


def calls(code: str) -> list[tuple[str, str]]:
    """The magics a transformed cell calls, with what they are given, in order."""
    found = [
        node
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "").startswith("run_")
    ]
    found.sort(key=lambda node: node.lineno)
    return [(node.args[0].value, node.args[-1].value) for node in found]


SENTENCES = [
    "Which sellers have the greatest revenue potential?",
    "What's the best?",
    "What's best, and who's next?",
    'Which are "good" ones?',
    'What is """this?',
    "Is it 5$, {x} or 100%?",
    "Are we #1?",
    "Which (of these [are {open?",
    "Which ones) are closed?",
    "Is a = %foo?",
    "Is it 1st, 0123, 12abc or 5€?",
    "Why, why, why???",
    "Is f'{x' ok?",
    "Wo gewinnen wir nächstes Jahr Kunden?",
    "顧客は離れますか?",
    "No question at all",
    "Ends with a colon:",
]


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("form", ["%ml_fit {}", "x = %ml_fit {}", "  %ml_fit {}", "x: object = %ml_fit {}"])
def test_a_typed_sentence_reaches_its_magic_whole(shell, sentence, form):
    assert calls(shell.transform_cell(form.format(sentence))) == [("ml_fit", sentence)]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_code_around_a_sentence_stays_as_it_is(shell, sentence):
    cell = (
        f"a = 'b'\nif a:\n    x = %ml_fit {sentence}\n    c = \"it's\"\n"
        f"%ml_fit {sentence}\nd = [1,\n     2]\n"
    )
    code = shell.transform_cell(cell)
    assert calls(code) == [("ml_fit", sentence)] * 2
    lines = code.splitlines()
    assert lines[:2] == ["a = 'b'", "if a:"]
    assert lines[3] == '    c = "it\'s"'
    assert lines[-2:] == ["d = [1,", "     2]"]


@pytest.mark.parametrize(
    ("cell", "asked_about"),
    [
        ("%ml_fit?", ("pinfo", "%ml_fit")),
        ("%ml_fit??", ("pinfo2", "%ml_fit")),
        ("?%ml_fit", ("pinfo", "%ml_fit")),
        ("%%ml_fit?", ("pinfo", "%%ml_fit")),
        ("x = %ml_fit?", ("pinfo", "%ml_fit")),
        ("%ml_profile?", ("pinfo", "%ml_profile")),
        ("%ml_profile churn?", ("pinfo", "churn")),
        ("churn?", ("pinfo", "churn")),
        ("%ml_unknown what?", ("pinfo", "what")),
    ],
)
def test_a_request_for_help_stays_one(shell, cell, asked_about):
    assert calls(shell.transform_cell(cell)) == [asked_about]


def test_strings_comments_and_cell_bodies_are_left_alone(shell):
    for cell in (
        "s = '''\n%ml_fit Which?\n'''\n",
        "# %ml_fit Which?\n",
        "(a\n %ml_fit)\n",
        's = "%ml_fit Which?"\n',
    ):
        assert shell.transform_cell(cell) == cell
    body = "x = 1\n%ml_fit Which?\n"
    assert calls(shell.transform_cell(f"%%time\n{body}")) == [("time", body)]
    brief = "statement: Which?\nnotes: what's next?\n"
    assert calls(shell.transform_cell(f"%%ml_fit --out fit\n{brief}")) == [("ml_fit", brief)]


def test_a_backslash_at_the_end_continues_the_sentence(shell):
    [(_, sentence)] = calls(shell.transform_cell("%ml_fit Which sellers \\\n  have potential?\nx = 1"))
    assert sentence.split() == ["Which", "sellers", "have", "potential?"]


@pytest.mark.parametrize("line", ["%ml_fit Which?;", "x = %ml_fit Which? ;", "%ml_profile churn;"])
def test_a_closing_semicolon_silences_and_is_no_part_of_the_text(shell, line):
    code = shell.transform_cell(line)
    assert code.rstrip().endswith(";")
    assert calls(code)[0][1] in ("Which?", "churn")


def test_a_terminal_knows_that_a_question_is_complete(shell):
    assert shell.check_complete("%ml_fit What's the best?\n")[0] == "complete"


def test_after_unloading_ipython_has_its_own_rule_back(shell):
    shell.extension_manager.unload_extension("mlpm_magics")
    assert calls(shell.transform_cell("%ml_fit Which sellers?")) == [("pinfo", "sellers")]


@pytest.mark.parametrize(
    ("cell", "called"),
    [
        ("%%ml_design", ("ml_design", "")),
        ("%%ml_design refunds --template fraud_screen\n", ("ml_design", "refunds --template fraud_screen")),
        ("\n%%ml_fit --out fit", ("ml_fit", "--out fit")),
        ("%%ml_fit Which sellers will grow?", ("ml_fit", "Which sellers will grow?")),
    ],
)
def test_a_cell_magic_with_nothing_below_it_is_the_line_magic(shell, cell, called):
    assert calls(shell.transform_cell(cell)) == [called]


def test_cells_of_others_and_cells_with_a_body_stay_cells(shell):
    assert "run_cell_magic" in shell.transform_cell("%%ml_design\ntick: day")
    assert "run_cell_magic" in shell.transform_cell("%%ml_designs")
    assert "run_cell_magic" in shell.transform_cell("%%bash")
