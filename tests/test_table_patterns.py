"""What looks personal, secret or hostile is recognised by its form, and what only looks alike is not."""

from __future__ import annotations

import time
from collections import Counter

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpm_magics.evidence.columns.personal import personal_signs, secret_signs
from mlpm_magics.table import open_table, patterns
from mlpm_magics.table.patterns import passes_luhn


def signs(texts, name="x"):
    column = open_table(pd.DataFrame({name: texts})).columns[0]
    return {sign.kind for sign in (*personal_signs(column), *secret_signs(column))}


def hostile(text):
    found = open_table(pd.DataFrame({"x": [text, "a", "b"]})).columns[0].scan.holds
    return {kind for kind in found if kind in ("markup", "formula", "control")}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("write to ada.l+x@mail.example.co.uk today", "e-mail addresses"),
        ("+49 30 901820", "phone numbers"),
        ("+1 (212) 555-0142", "phone numbers"),
        ("(212) 555-0142", "phone numbers"),
        ("call 212-555-0142", "phone numbers"),
        ("4556 7375 8689 9855", "payment card numbers"),
        ("4556737586899855", "payment card numbers"),
        ("GB82 WEST 1234 5698 7654 32", "bank account numbers (IBAN)"),
        ("DE89370400440532013000", "bank account numbers (IBAN)"),
        ("536-90-4399", "national identity numbers"),
        ("12345678Z", "national identity numbers"),
        ("AB123456C", "national identity numbers"),
        ("203.0.113.77", "IP addresses"),
        ("2001:db8::ff00:42:8329", "IP addresses"),
        ("Braund, Mr. Owen Harris", "names of people"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----", "private keys"),
        ("AKIA" + "ABCDEFGH" * 2, "access tokens"),
        ("xoxb-" + "1234567890" * 2, "access tokens"),
        ("postgresql://u:pw@host/db", "passwords in connection strings"),
        ("Server=x;Password=hunter2;", "passwords in connection strings"),
    ],
)
def test_it_is_recognised_by_its_form(text, kind):
    assert kind in signs([f"{text}" for _ in range(5)] + [text + " "] * 5 + [" " + text] * 5)


@pytest.mark.parametrize(
    "texts",
    [
        ["@handle", "me @ home", "a@b", "user@localhost"],
        ["2021-000123", "2024-01-02", "10-20-30"],
        ["4556737586899856", "1234567890123456"],
        ["GB82WEST12345698765433"],
        ["000-12-3456", "666-12-3456", "900-12-3456"],
        ["1.2.3.4.5", "10.0", "999.1.1.1"],
        ["+5 points", "+1", "-3.5"],
        ["12:30:45", "1:2:3"],
        ["12345678A"],
        ["https://example.org/a?b=c", "postgres://host/db"],
        ["AKIA", "the secret is out"],
        [f"{i:032x}" for i in range(40)],
    ],
    ids=lambda t: t[0],
)
def test_what_only_looks_alike_is_left_alone(texts):
    assert signs(texts * 3) == set()


@pytest.mark.parametrize(
    ("name", "values", "kind"),
    [
        ("firstname", [f"n{i}" for i in "abcdefghijklmnop"], "names of people"),
        ("customerName", [f"n{i}" for i in "abcdefghijklmnop"], "names of people"),
        ("phone_number", list(range(200, 300)), "phone numbers"),
        ("home_address", [f"{i} High Street" for i in range(40)], "home addresses"),
        ("date_of_birth", list(pd.date_range("1990-01-01", periods=40)), "dates of birth"),
        ("password", [f"h{i}" for i in range(40)], "passwords or keys"),
        ("plan_name", [f"n{i}" for i in "abcdefghijklmnop"], None),
        ("phone_service", list(range(200, 300)), None),
        ("has_email_address", [0, 1] * 20, None),
        ("ip_address_count", list(range(40)), None),
        ("password_age_days", list(range(40)), None),
    ],
)
def test_a_name_says_what_a_column_holds(name, values, kind):
    assert signs(values, name) == ({kind} if kind else set())


_LAST = ("Berg", "Okafor", "Silva", "O'Neill", "von Ahn", "Kowalski-Diaz")


@pytest.mark.parametrize("form", ["{first} {last}", "{last}, {first}", "{first} M. {last}"])
@pytest.mark.parametrize("firsts", [("Anna", "Jürgen", "Priya"), ("Łukasz", "Fatima", "Zoë")])
def test_names_of_people_are_told_by_common_given_names(form, firsts):
    names = [form.format(first=first, last=last) for first in firsts for last in _LAST]
    assert signs(names) == {"names of people"}


@pytest.mark.parametrize(
    "texts",
    [
        [f"{a} {b}" for a in ("Blue", "Grey", "Victoria", "Anna") for b in ("Harbour", "Garden", "Station")],
        [f"{a} {b} Ltd" for a in ("Berg", "Silva", "Kowalski", "Thomas") for b in ("Foods", "Steel", "Air")],
        [
            f"{a} {b}"
            for a in ("anna is", "peter was", "priya will be")
            for b in ("late", "here", "well", "ill")
        ],
        ["Anna", "Peter", "Priya", "Jürgen"] * 5,  # hurricanes have names, too
    ],
    ids=lambda texts: texts[0],
)
def test_names_of_places_firms_and_sentences_are_not_taken_for_people(texts):
    assert signs(texts) == set()


def test_a_column_called_a_given_name_holds_names_however_few():
    assert signs(["Anna", "Peter", "Priya", "Jürgen"] * 9, "given_name") == {"names of people"}


def test_versions_are_no_machines():
    assert signs([f"10.0.{i}.1" for i in range(50)], "app_version") == set()


@pytest.mark.parametrize(
    "text",
    ["<script>", "<IMG src=x onerror=a()>", "<a onclick = 'x'>", "javascript:alert(1)", "<svg/onload=x>"],
)
def test_markup_that_runs_is_recognised(text):
    assert "markup" in hostile(text)


@pytest.mark.parametrize(
    "text", ["=SUM(A1)", "+cmd|' /C calc'!A0", "@SUM(1)", "-HYPERLINK(1)", "=1+1", " =A1*2", "=cmd|x"]
)
def test_a_formula_is_recognised(text):
    assert hostile(text) == {"formula"}


@pytest.mark.parametrize("text", ["a\x00b", "\x1b[31m", "\u202eabc", "\u2066x", "\ud800"])
def test_hidden_characters_are_recognised(text):
    column = open_table(pd.DataFrame({"x": pd.Series([text, "a"], dtype=object)})).columns[0]
    assert column.scan.holds.get("control") == 1


@pytest.mark.parametrize(
    "text",
    [
        "-5",
        "+49 30 1",
        "@ada",
        "= same",
        "a < b > c",
        "x -> y",
        "👩‍👩‍👧",
        "tab\tnew\nline",
        "-",
        "שלום",
        "<3",
        "1=1",
    ],
)
def test_ordinary_text_is_not_hostile(text):
    assert hostile(text) == set()


@pytest.mark.parametrize(
    "piece",
    ["a", "1", "@", "a@", "<", "<a ", "=", "1-", ":", "1.", "+1 ", "A1", "eyJ.", "://", " ", "-----BEGIN "],
)
def test_no_text_makes_a_pattern_run_away(piece):
    column = open_table(pd.DataFrame({"x": [piece * (100_000 // len(piece)), piece * 999]})).columns[0]
    started = time.process_time()
    assert column.scan.looked == 2
    assert time.process_time() - started < 5  # runaway would be hours


@settings(max_examples=50, deadline=None)
@given(st.integers(10**14, 10**15 - 1))
def test_exactly_one_check_digit_is_right(number):
    assert sum(passes_luhn(f"{number}{digit}") for digit in range(10)) == 1


PIECES = (
    "ada@mail.example.org", "+49 30 901820", "030 901820", "4556737586899855", "GB82WEST12345698765432",
    "10.0.0.7", "fe80::1:2:3", "536-90-4399", "AB123456C", "12345678Z", "Dr. Ada", "AKIA" + "A1" * 8,
    "ghp_" + "a" * 30, "ftp://a:b@host", "token=abcd", "<script>", "=SUM(", "' or 'a'='a", "union select",
    "{{a}}", "\x00", "\n", " ", "a", "1", "-", "<", ">", "'", "=", ":", "+1",
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=4).map("".join), min_size=1, unique=True))
def test_looked_for_in_many_texts_at_once_is_what_each_of_them_holds(texts):
    column = open_table(pd.DataFrame({"x": pd.Series([*texts, None], dtype=object)})).columns[0]
    alone = Counter(kind for text in texts for kind, test in patterns._TESTS if test(text))
    assert column.scan.looked == len(texts)
    assert column.scan.holds == alone
