"""Keeps IPython from rewriting what was typed after our magics.

IPython reads a line that ends in `?` as a request for help about its last word, so a typed question would
never reach its magic. It also hands a closing `;`, which silences a result, to the magic as text. The
transformer below takes such lines first. It looks at tokens, so lines inside strings and cell-magic bodies
stay as they are.

A cell magic with nothing below it never reaches its magic either; it is taken as the line magic.
"""

from __future__ import annotations

import re
import tokenize
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from IPython.core.inputtransformer2 import (
    TokenTransformBase,
    assemble_continued_line,
    find_end_of_continued_line,
)

_CALL = re.compile(r"%(?P<name>\w+)(?P<gap>\s*)(?P<text>.*?)\s*(?P<quiet>(?<!\\);)?\s*\Z", re.DOTALL)
_LAYOUT = {tokenize.INDENT, tokenize.DEDENT}
Tokens = Sequence[Any]


class TypedLine(TokenTransformBase):
    """One line of one of our magics: `%ml_fit …` or `name = %ml_fit …`.

    `typed` are the names of all our line magics, `free` those that take a sentence (and keep its `?`).
    """

    priority = 4  # before IPython's own rule for a `?` at the end of a line, which has 5
    typed: frozenset[str] = frozenset()
    free: frozenset[str] = frozenset()

    def __init__(self, start: tuple[int, int], percent: tuple[int, int]) -> None:
        """Row (from 1) and column (from 0) of the line's first token, and of its `%`."""
        super().__init__(start)  # type: ignore[no-untyped-call]
        self.percent = (percent[0] - 1, percent[1])

    @classmethod
    def find(cls, tokens_by_line: Sequence[Tokens]) -> TypedLine | None:
        """The first such line, or None."""
        for tokens in tokens_by_line:
            rest = [token for token in tokens if token.type not in _LAYOUT]
            percent = _percent(rest)
            if percent is not None and cls._is_ours(rest, percent):
                return cls(rest[0].start, rest[percent].start)
        return None

    @classmethod
    def _is_ours(cls, tokens: Tokens, percent: int) -> bool:
        sign, name = tokens[percent], tokens[percent + 1]
        if name.string not in cls.typed or sign.end != name.start:
            return False
        after = name.line[name.end[1] :].strip() if name.start[0] == name.end[0] else ""
        asks_for_help = re.fullmatch(r"\?{1,2}", after) and name.line[name.end[1] :].startswith("?")
        question = after.endswith("?") and name.string not in cls.free
        return not asks_for_help and not question

    def transform(self, lines: list[str]) -> list[str]:
        """The line as a call of its magic, its text untouched."""
        row, column = self.percent
        last = find_end_of_continued_line(lines, row)
        call = _CALL.match(assemble_continued_line(lines, (row, column), last))
        if call is None:
            raise SyntaxError(lines[row])
        quiet = ";" if call["quiet"] else ""
        new = (
            f"{lines[row][:column]}get_ipython().run_line_magic({call['name']!r}, {call['text']!r}){quiet}\n"
        )
        return [*lines[:row], new, *lines[last + 1 :]]


def transformer(typed: Iterable[str], free: Iterable[str]) -> type[TypedLine]:
    """A transformer for these magics, to be appended to a shell's `token_transformers`."""
    return type("TypedLine", (TypedLine,), {"typed": frozenset(typed), "free": frozenset(free)})


def without_body(cells: Iterable[str]) -> Callable[[list[str]], list[str]]:
    """A rule for a shell's `cleanup_transforms`: `%%ml_x …` with nothing below it is `%ml_x …`."""
    first = re.compile(rf"%(%(?:{'|'.join(map(re.escape, sorted(cells)))})(?:\s.*)?)\Z", re.DOTALL)

    def rule(lines: list[str]) -> list[str]:
        call = first.match(lines[0]) if len(lines) == 1 else None
        return [call[1]] if call else lines

    return rule


def _percent(tokens: Tokens) -> int | None:
    """Where the `%` of a magic stands: first on the line, or right after its first `=` outside brackets."""
    depth = 0
    for i, token in enumerate(tokens[:-1]):
        if token.string == "%" and i == 0:
            return 0
        if token.string == "=" and depth == 0:
            return i + 1 if tokens[i + 1].string == "%" and i + 2 < len(tokens) else None
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(token.string, 0)
    return None
