"""From what was typed after a magic to its options, with errors in one plain line."""

from __future__ import annotations

import argparse
import os
import re
import shlex
from collections.abc import Sequence
from functools import partial
from typing import NoReturn

from mlpm_magics.errors import InvalidValueError, UnknownNameError, shown

_TEXTS = ("REASON", "TEXT")  # kinds of values that are sentences
_CURLY = re.compile(r"(?<!\S)“([^“”]*)”(?!\S)")
_FIRST_OPTION = re.compile(r"(?:^|\s)--(?=[A-Za-z])|^-h\b")


class Parser(argparse.ArgumentParser):
    """What a magic takes after its name.

    A `metavar` says what kind of thing a value is (`TABLE`, `COLUMN`, …); Tab completes by it. Nothing is
    `required`: a magic that misses something says itself what, and what there is.
    """

    def __init__(self, magic: str, sentence: bool = False) -> None:
        """The options of `magic`, such as `%ml_fit`; `-h` is among them. A `sentence` may stand first."""
        super().__init__(
            prog=magic,
            add_help=False,
            allow_abbrev=False,
            exit_on_error=False,
            formatter_class=partial(argparse.HelpFormatter, width=80, max_help_position=26),
        )
        self.sentence = sentence
        self.add_argument("-h", "--help", action="store_true", help="show this text")

    @property
    def options(self) -> dict[str, argparse.Action]:
        """Every long option and what it takes."""
        return {
            name: action for action in self._actions for name in action.option_strings if name[:2] == "--"
        }

    @property
    def positionals(self) -> list[argparse.Action]:
        """What is given by its place, in order."""
        return [action for action in self._actions if not action.option_strings]

    def read(self, words: Sequence[str]) -> argparse.Namespace:
        """The options in `words`.

        Raises:
            MlpmError: an unknown option (with the nearest), a missing value, or a word too many.
        """
        for word in words:
            option, _, value = word.partition("=")
            if option in self.options and value == "--":  # argparse loses this one value
                raise InvalidValueError(f"{option!r} cannot be '--'")
        words = self._with_sentences_whole(words)
        try:
            found, left = self.parse_known_intermixed_args(words)
        except argparse.ArgumentError as error:
            raise self._explained(error) from None
        for word in left:
            name = word.partition("=")[0]
            if name.startswith("-"):
                raise UnknownNameError(
                    f"there is no option {shown(name)!r}", given=name, allowed=self.options
                )
            raise InvalidValueError(
                f"does not know what to do with {shown(word)!r}", hint=self._instead(word, words)
            )
        return found

    def _with_sentences_whole(self, words: Sequence[str]) -> list[str]:
        """A sentence without quotes is one value: `waive GATE --because no time` is what it looks like.

        Where an option stands before what it belongs to, its value is one word.
        """
        whole: list[str] = []
        option, quoted = "", False
        for word in words:
            if word.startswith("--"):
                option = word if self._takes_a_sentence(word) and len(whole) > 1 else ""
            elif option and whole[-1] == option:
                quoted = " " in word
            elif option and not quoted:
                whole[-1] = f"{whole[-1]} {word}"
                continue
            whole.append(word)
        return whole

    def _takes_a_sentence(self, option: str) -> bool:
        return option in self.options and self.options[option].metavar in _TEXTS

    def _instead(self, word: str, words: Sequence[str]) -> str:
        """What somebody may have meant who typed a word too many."""
        if word.startswith("#"):
            return "A comment goes on a line of its own"
        before = [name for name in words[: words.index(word)] if name in self.options]
        if before and isinstance(self.options[before[-1]], argparse._AppendAction):
            return f"Several are named one by one: {before[-1]} {shown(word, 40)}"
        if self.sentence:
            return (
                f"A sentence comes before the options: {self.prog} {shown(word, 40)} …; a name goes in quotes"
            )
        return "A name with a space goes in quotes"

    def error(self, message: str) -> NoReturn:
        """What argparse could not read, in our family of errors instead of an exit."""
        raise InvalidValueError(message)

    def _explained(self, error: argparse.ArgumentError) -> InvalidValueError:
        option = (error.argument_name or "").split("/")[-1]
        if "expected" in str(error.message) and option in self.options:
            kind = self.options[option].metavar
            return InvalidValueError(
                f"{option!r} needs a value",
                hint=f"For example {option} {kind}; with a dash in front, {option}=-x",
            )
        return InvalidValueError(f"{option!r}: {error.message}")


def split(line: str, *, backslash_escapes: bool = os.name != "nt") -> list[str]:
    """The words of a line as a shell would see them: quotes keep what is inside together.

    Args:
        line: what was typed.
        backslash_escapes: as in a Unix shell; off on Windows, where it separates folders.

    Raises:
        InvalidValueError: when a quote is not closed.

    Example:
        >>> split("df --target 'my column'")
        ['df', '--target', 'my column']
    """
    if '"' not in line:  # quotes of a word processor are meant as quotes
        line = _CURLY.sub(r'"\1"', line)
    lexer = shlex.shlex(line, posix=True, punctuation_chars=False)
    lexer.whitespace_split = True
    lexer.commenters = ""
    if not backslash_escapes:
        lexer.escape = ""
    try:
        return list(lexer)
    except ValueError:
        raise InvalidValueError(
            "a quote is opened and not closed",
            hint='A name with an apostrophe goes in double quotes: "men\'s"',
        ) from None


def split_sentence(line: str) -> tuple[str, str]:
    """A typed sentence, verbatim up to the first ` --option`, and the options after it.

    Example:
        >>> split_sentence("What's 5 $ {worth}? --out fit")
        ("What's 5 $ {worth}?", '--out fit')
    """
    first = _FIRST_OPTION.search(line)
    if first is None:
        return line.strip(), ""
    return line[: first.start()].strip(), line[first.start() :].strip()
