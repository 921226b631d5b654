"""Tab after our magics: options, tables, columns, and the words each magic knows."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Callable, Iterable
from typing import Any, cast

from IPython.core.completer import CompletionContext, SimpleCompletion, SimpleMatcherResult, context_matcher

from mlpm_magics.errors import MlpmError
from mlpm_magics.notebook.arguments import Parser, split
from mlpm_magics.notebook.lookup import column_names, find_table, table_names
from mlpm_magics.notebook.magic import MagicFile, magic_files, parser_of

_LINE = re.compile(r"\s*(?:[^%'\"]*[^=!<>%'\"]=\s*)?%(?P<name>ml_\w+)\s(?P<typed>.*)", re.DOTALL)
_FIRST_LINE = re.compile(r"%%(?P<name>ml_\w+)(?:\s(?P<typed>.*))?$")


def matcher(shell: Any) -> Callable[[CompletionContext], SimpleMatcherResult]:
    """The function to append to a shell's `Completer.custom_matchers`."""

    @context_matcher()  # type: ignore[untyped-decorator]
    def mlpm_magics_matcher(context: CompletionContext) -> SimpleMatcherResult:
        try:
            fragment, words = candidates(
                context.full_text, context.cursor_line, context.cursor_position, shell.user_ns
            )
        except MlpmError:  # such as a team's own knowledge that cannot be read; its magic will say so
            words = []
        if not words:  # an empty list that suppressed others would take away their completions too
            return {"completions": [], "suppress": False}
        found = [SimpleCompletion(text=word, type="param") for word in words]
        return {"completions": found, "matched_fragment": fragment, "suppress": True, "ordered": True}

    return cast(Callable[[CompletionContext], SimpleMatcherResult], mlpm_magics_matcher)


def candidates(cell: str, row: int, column: int, names: dict[str, object]) -> tuple[str, list[str]]:
    """What can stand at the cursor: the piece already typed, and the words that could replace it.

    Args:
        cell: the whole input.
        row: the cursor's line, from 0.
        column: the characters before the cursor on that line.
        names: the variables there are.
    """
    lines = cell.split("\n")
    before = lines[row][:column]
    top = _FIRST_LINE.match(lines[0])
    if top is not None and row > 0:
        return _in_cell(top["name"], [*lines[1:row], before])
    found = _FIRST_LINE.match(before) if row == 0 and before[:2] == "%%" else _LINE.match(before)
    file = magic_files().get(found["name"]) if found is not None else None
    if found is None or file is None or found["typed"] is None:
        return "", []
    return _after(parser_of(found["name"], file), file, found["typed"], names)


def _in_cell(name: str, lines: list[str]) -> tuple[str, list[str]]:
    cell_words = getattr(magic_files().get(name), "cell_words", None)
    fragment = re.split(r"[\s:]", lines[-1])[-1]
    if cell_words is None or (fragment == "" and ":" not in lines[-1] and lines[-1].strip()):
        return "", []
    return fragment, [word for word in cell_words(lines) if word.startswith(fragment)]


def _after(parser: Parser, file: MagicFile, typed: str, names: dict[str, object]) -> tuple[str, list[str]]:
    """What can follow `typed` on a magic's line."""
    start = _start_of_last_word(typed)
    fragment = typed[start:]
    try:
        done = split(typed[:start])
    except MlpmError:
        return "", []
    waiting = _waiting(parser, done)
    option, equals, value = fragment.partition("=")
    if equals and option in parser.options:
        fragment, waiting = value, parser.options[option]
    given = _given_by_place(parser, done)
    if waiting is not None:
        words = _values(waiting, given, names)
    elif fragment[:1] == "-":
        words = _open_options(parser, done)
    else:
        words = _next_words(parser, file, given, names)
        if not words and not fragment and not file.SENTENCE:
            words = _open_options(parser, done)
    opened = fragment[1:] if fragment[:1] in ("'", '"') else fragment
    return fragment, [_quoted(word) for word in words if word.lower().startswith(opened.lower())]


def _start_of_last_word(typed: str) -> int:
    """Where the word at the end of `typed` begins; a quote that is still open belongs to it."""
    start, quote = 0, ""
    for i, char in enumerate(typed):
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        elif char.isspace():
            start = i + 1
    return start


def _waiting(parser: Parser, done: list[str]) -> argparse.Action | None:
    """The option that was typed last and still needs its value."""
    action = parser.options.get(done[-1]) if done else None
    return action if action is not None and action.nargs != 0 else None


def _given_by_place(parser: Parser, done: list[str]) -> list[str]:
    return [
        word
        for i, word in enumerate(done)
        if not word.startswith("--") and _waiting(parser, done[:i]) is None
    ]


def _open_options(parser: Parser, done: list[str]) -> list[str]:
    """The options not given yet, and those that may be given again."""
    used = {word.partition("=")[0] for word in done}
    return [
        name
        for name, action in parser.options.items()
        if name not in used or isinstance(action, argparse._AppendAction)
    ]


def _values(action: argparse.Action, given: list[str], names: dict[str, object]) -> list[str]:
    """What can be the value of an option, by the kind its `metavar` names."""
    from mlpm_magics.catalogue import knowledge
    from mlpm_magics.notebook.designs import design_names

    if action.metavar == "TABLE":
        return table_names(names)
    if action.metavar == "BASELINE":
        return _baseline_names(names)
    if action.metavar == "TABLE|REPORT":
        return [*table_names(names), *_baseline_names(names)]
    if action.metavar == "DESIGN":
        return design_names(names)
    if action.metavar == "KEY=VALUE":
        return [
            f"{key.id}=" for key in knowledge().design_keys.values() if "." in key.id and key.kind != "fact"
        ]
    if action.metavar == "QUESTION=REPLY":
        return [
            f"{name}={reply}" for name in knowledge().data_questions for reply in ("yes", "no", "unknown")
        ]
    if action.metavar == "TYPE":
        return list(knowledge().problem_types)
    if action.metavar == "PROPERTY":
        return list(knowledge().design_properties)
    if action.metavar == "KIND":
        return list(knowledge().design_templates)
    if action.metavar == "COLUMN" and given:
        try:
            return column_names(find_table(given[0], names)[0])
        except MlpmError:
            return []
    return [str(choice) for choice in action.choices or ()]


def _baseline_names(names: dict[str, object]) -> list[str]:
    """The variables that hold a report of `%ml_baseline`."""
    from mlpm_magics.results import BaselineReport

    return [name for name, value in names.items() if type(value) is BaselineReport and name[:1] != "_"]


def _next_words(parser: Parser, file: MagicFile, given: list[str], names: dict[str, object]) -> list[str]:
    """What can stand in the next place."""
    words_after: Callable[[list[str]], Iterable[str]] | None = getattr(file, "words_after", None)
    places = parser.positionals
    if words_after is not None:
        first = _values(places[0], given, names) if places and not given else []
        return [*first, *words_after(given)]
    if places and places[-1].nargs == "*":
        given = given[: len(places) - 1]
    return _values(places[len(given)], given, names) if len(given) < len(places) else []


def _quoted(word: str) -> str:
    """The word as it must be typed to stay one word."""
    try:
        return word if split(word) == [word] else shlex.quote(word)
    except MlpmError:
        return shlex.quote(word)
