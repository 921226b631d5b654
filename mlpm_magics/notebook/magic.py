"""What a file in `magics/` offers, and how it becomes a magic of a shell.

A magic is a small module: its docstring is its help (the first line says what it is for), `declare` its
options, `run` what it does. The file's name is the magic's: `fit.py` is `%ml_fit`.
"""

from __future__ import annotations

import argparse
import functools
import importlib
import keyword
import pkgutil
import sys
from collections import ChainMap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, cast

from IPython.core.error import UsageError
from IPython.core.magic import needs_local_scope, no_var_expand

from mlpm_magics.errors import InvalidValueError, MlpmError, shown
from mlpm_magics.notebook import magics
from mlpm_magics.notebook.arguments import Parser, split, split_sentence
from mlpm_magics.notebook.interrupts import interrupts_between_loads
from mlpm_magics.notebook.panel.link import noticed


@dataclass(frozen=True, slots=True)
class Call:
    """One use of a magic.

    `sentence` is the text of a magic that takes one, else empty; `body` the rest of the cell, None on a line;
    `names` the variables that a table can be named by; `line` the options as they were typed.
    """

    options: argparse.Namespace
    sentence: str
    body: str | None
    names: Mapping[str, object]
    line: str


class MagicFile(Protocol):
    """A module in `magics/`.

    `CELL`: it also takes a cell; `SENTENCE`: what is typed is a sentence, not words. For Tab a module may
    also have `words_after(typed)`, the words that can follow, and `cell_words(lines)`, those of its cell.
    """

    __doc__: str | None
    CELL: bool
    SENTENCE: bool

    def declare(self, parser: Parser) -> None:
        """Add the options to the parser."""

    def run(self, call: Call) -> object:
        """Do what was asked and return the result."""


def magic_files() -> dict[str, MagicFile]:
    """Every magic there is, by name: the listing of the folder."""
    names = sorted(info.name for info in pkgutil.iter_modules(magics.__path__))
    return {
        f"ml_{name}": cast(MagicFile, importlib.import_module(f"{magics.__name__}.{name}")) for name in names
    }


def summary(file: MagicFile) -> str:
    """What a magic is for, in one line."""
    return (file.__doc__ or "").strip().partition("\n")[0]


def parser_of(name: str, file: MagicFile) -> Parser:
    """The options of a magic; cell magics also take `--out`."""
    parser = Parser(f"%{name}", file.SENTENCE)
    file.declare(parser)
    if file.CELL:
        parser.add_argument("--out", metavar="NAME", help="keep the result in this variable")
    return parser


def help_text(name: str, file: MagicFile) -> str:
    """What `-h` and `%magic?` show."""
    return f"{(file.__doc__ or '').strip()}\n\n{parser_of(name, file).format_help()}"


def function(name: str, file: MagicFile, shell: Any) -> Callable[..., object]:
    """The function IPython calls: it parses, runs, and turns our errors into one plain line."""
    parser = parser_of(name, file)

    # no_var_expand: braces and dollars in a line are text; IPython would run what is inside them
    @needs_local_scope
    @no_var_expand
    @functools.wraps(file.run)
    def magic(line: str, cell: str | None = None, local_ns: Mapping[str, object] | None = None) -> object:
        try:
            sentence, rest = split_sentence(line) if file.SENTENCE else ("", line)
            options = parser.read(split(rest))
            if options.help or (sentence and not sentence.strip("?")):
                sys.stdout.write(help_text(name, file))
                return None
            keep_as = variable_name(getattr(options, "out", None), "--out")
            names = ChainMap(cast(dict[str, object], local_ns or {}), shell.user_ns)
            with interrupts_between_loads():
                result = file.run(Call(options, sentence, cell, names, rest.strip()))
            noticed(shell, result)
        except MlpmError as error:
            # exactly UsageError: IPython shows a traceback for anything else, its subclasses included
            raise UsageError(f"{'%' if cell is None else '%%'}{name}: {error}") from None
        except KeyboardInterrupt:  # an error all the same, so that cells that wait are not run
            line = "interrupted before there was anything to show. Run it again when you like."
            raise UsageError(f"{'%' if cell is None else '%%'}{name}: {line}") from None
        if keep_as is not None:
            shell.user_ns[keep_as] = result
        return result

    magic.__doc__ = help_text(name, file)
    return cast(Callable[..., object], magic)


def variable_name(name: str | None, where: str) -> str | None:
    """The name, if a variable can have it.

    Raises:
        InvalidValueError: for anything else; `where` is what was typed it for.
    """
    if name is not None and (not name.isidentifier() or keyword.iskeyword(name)):
        hint = "For example --out fit" if where == "--out" else "For example churn_2026"
        raise InvalidValueError(f"{shown(name)!r} cannot be the name of a variable", where=where, hint=hint)
    return name
