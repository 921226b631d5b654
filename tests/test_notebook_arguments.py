"""Lines are split as a shell would, and whatever is wrong with them is one plain line."""

from __future__ import annotations

import shlex
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlpm_magics.errors import MlpmError
from mlpm_magics.notebook.arguments import split, split_sentence
from mlpm_magics.notebook.magic import magic_files, parser_of

HOSTILE = [
    "",
    " ",
    "--",
    "-x",
    "my column",
    "men's",
    'say "hi"',
    "both ' and \"",
    "{canary.append(1)}",
    "$canary",
    "100%",
    "a;b",
    "a\nb",
    "a\x1b[31mb",
    "\u202eevil",
    "a\x00b",
    "<img src=x onerror=alert(1)>",
    "=1+1",
    "C:\\data\\new",
    "ends with \\",
    "--target",
    "#1",
    "é" * 500,
]


def profile_parser():
    return parser_of("ml_profile", magic_files()["ml_profile"])


def read(line: str) -> Any:
    """What was read from a line, or the message that refused it."""
    try:
        return profile_parser().read(split(line))
    except MlpmError as error:
        return str(error)


def check_round_trip(text: str) -> None:
    found = read(f"churn --target={shlex.quote(text)} --time {shlex.quote('t' + text)}")
    if text == "--":
        assert found == "'--target' cannot be '--'."
    else:
        assert (found.table, found.target, found.time) == ("churn", text, "t" + text)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_quoted_argument_comes_through_as_it_is(text):
    check_round_trip(text)


@given(st.text())
def test_any_quoted_argument_comes_through_as_it_is(text):
    check_round_trip(text)


@given(st.text())
def test_any_line_is_read_or_refused_in_one_printable_line(line):
    found = read(line)
    assert not isinstance(found, str) or found.isprintable()


def test_a_hash_is_a_character_like_any_other():
    assert split("churn --target #rooms") == ["churn", "--target", "#rooms"]
    assert "A comment goes on a line of its own" in read("churn # note")


def test_backslashes_in_quoted_paths_survive_everywhere_and_unquoted_ones_on_windows():
    path = r"C:\data\new\churn.csv"
    for escapes in (True, False):
        assert split(f'"{path}"', backslash_escapes=escapes) == [path]
        assert split(f"'{path}'", backslash_escapes=escapes) == [path]
    assert split(path, backslash_escapes=False) == [path]


@pytest.mark.parametrize(
    ("line", "sentence", "rest"),
    [
        ("What's 5$ {x} 100%?  ", "What's 5$ {x} 100%?", ""),
        ("Which ones? --out fit", "Which ones?", "--out fit"),
        ("--out fit", "", "--out fit"),
        ("Yes -- or no?", "Yes -- or no?", ""),
        ("Built-in, well--known, -5 degrees", "Built-in, well--known, -5 degrees", ""),
        ("-h", "", "-h"),
        ("Why -h?", "Why -h?", ""),
        ("", "", ""),
    ],
)
def test_a_sentence_is_verbatim_up_to_the_first_option(line, sentence, rest):
    assert split_sentence(line) == (sentence, rest)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("churn --taget y", "there is no option '--taget'. Did you mean '--target'?"),
        ("churn --tar y", "there is no option '--tar'. Did you mean '--target'?"),
        ("churn --as_of=today", "there is no option '--as_of'. Did you mean '--as-of'?"),
        ("churn --target", "'--target' needs a value"),
        ("churn --target --time t", "'--target' needs a value"),
        ("churn 'left", "a quote is opened and not closed"),
        ("churn left", "does not know what to do with 'left'"),
    ],
)
def test_a_slip_is_named_with_the_nearest_right_thing(line, says):
    with pytest.raises(MlpmError) as caught:
        profile_parser().read(split(line))
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_option_that_may_be_repeated_is():
    found = profile_parser().read(split("churn --group region --group 'age band'"))
    assert found.group == ["region", "age band"]


@pytest.mark.parametrize(
    "line",
    [
        "waive gate_a --because x",
        "--because x waive gate_a",
        "waive --because x gate_a",
        "waive --because=x gate_a",
    ],
)
def test_options_may_stand_anywhere(line):
    found = parser_of("ml_lifecycle", magic_files()["ml_lifecycle"]).read(split(line))
    assert (found.words, found.because) == (["waive", "gate_a"], "x")


@pytest.mark.parametrize(
    ("line", "because"),
    [
        ("waive GATE --because no time yet", "no time yet"),
        ("waive GATE --because soon", "soon"),
        ("waive GATE --because “no time yet”", "no time yet"),
    ],
)
def test_a_reason_needs_no_quotes_and_takes_those_of_a_word_processor(line, because):
    found = parser_of("ml_lifecycle", magic_files()["ml_lifecycle"]).read(split(line))
    assert found.because == because
    assert found.words == ["waive", "GATE"]


def test_curly_quotes_inside_quotes_are_text():
    assert split('set goal "say “hi” now"') == ["set", "goal", "say “hi” now"]


def test_several_columns_after_one_option_are_told_how_they_are_named():
    with pytest.raises(MlpmError, match="Several are named one by one: --discard region"):
        parser_of("ml_features", magic_files()["ml_features"]).read(split("t --discard email region"))
