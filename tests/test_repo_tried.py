"""The page that says what was tried names tests and tables that are there, and no row is without one."""

from __future__ import annotations

import ast
import re

from frames import NASTY
from repository import ROOT

PAGE = (ROOT / "docs" / "explanation" / "what_was_tried.md").read_text("utf-8")
ROWS = re.findall(r"(?m)^\| (\d+b?) \|(.*)\|$", PAGE)
NAMED = r"`([\w/]+\.py)::(\w+)`"


def test_every_test_that_the_page_names_exists():
    named = re.findall(NAMED, PAGE)
    for file, name in named:
        tree = ast.parse((ROOT / "tests" / file).read_text("utf-8"))
        assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, (file, name)
    assert len(set(named)) > 50


def test_every_row_has_a_kind_of_table_or_a_test():
    tables = {number: cells.split("|")[1] for number, cells in ROWS[:93]}
    assert list(tables) == [str(number + 1) for number in range(93)]
    for number, kinds in tables.items():
        unknown = set(re.findall(r"\w+", kinds)) - set(NASTY) - {"all"}
        assert not unknown, (number, unknown)
    kinds = set(NASTY) | {"all"}
    assert not [cells for _, cells in ROWS if not re.search(NAMED, cells) and not kinds & words(cells)]


def words(cells: str) -> set[str]:
    return set(re.findall(r"\w+", cells.split("|")[1]))
