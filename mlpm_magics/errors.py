"""The only exceptions a user sees: one line that says what was wrong, where, and the nearest right thing."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

_LONGEST = 120
_NEAR = 0.7  # two letters swapped in a word of five, one left out of four
_SHORTEST_PART = 3
_WORD = re.compile(r"[A-Z]?[^\W\d_A-Z]{2,}|[A-Z]{3,}")
_STAND_INS = {"…", "...", "NAME", "TEXT", "REASON", "DOCUMENT", "STATEMENT"}


def shown(value: object, limit: int = _LONGEST) -> str:
    r"""One printable line for any value, however hostile: control and bidi characters as escapes, cut.

    Args:
        value: anything; an object whose `str()` fails is named by its type.
        limit: longest result in characters; a cut is marked with an ellipsis.

    Example:
        >>> shown("a\x1b[31mb\u202ec")
        'a\\x1b[31mb\\u202ec'
    """
    try:
        text = str(value)
    except Exception:
        text = f"<{type(value).__name__}>"
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape", "backslashreplace").decode("ascii")
        for char in text
    )


def refuse_stand_in(words: str, what: str) -> None:
    """Refuse a word of a hint that was typed as it stands there, such as `NAME` or `…`.

    Args:
        words: what was typed.
        what: what it is for, with its article.

    Raises:
        InvalidValueError: one line.
    """
    bare = words.strip().strip("\"'“”").strip()
    if bare in _STAND_INS:
        raise InvalidValueError(f"{bare} stands for your own words", hint=f"Put {what} in its place")


def did_you_mean(given: object, allowed: Iterable[object]) -> str:
    """The allowed name nearest to `given`, or an empty string when none is near.

    Near is what has nearly the same letters as the whole name or as a word of it, or is a part of it.

    Example:
        >>> did_you_mean("chrun", ["churn", "tenure"])
        'churn'
        >>> did_you_mean("income", ["tenure", "MonthlyIncome"])
        'MonthlyIncome'
    """
    typed = str(given).lower()
    matcher = difflib.SequenceMatcher(b=typed)
    best, near = 0.0, ""
    for name in map(str, allowed):
        likeness = _likeness(matcher, typed, name)
        if likeness > best:
            best, near = likeness, name
    return near if best >= _NEAR else ""


def _likeness(matcher: difflib.SequenceMatcher[str], typed: str, name: str) -> float:
    """From 0 to 1, and 0 for what cannot be near; a part counts less than the whole."""
    matcher.set_seq1(name.lower())
    whole = matcher.ratio() if matcher.real_quick_ratio() >= _NEAR else 0.0
    if whole >= _NEAR or len(typed) < _SHORTEST_PART:
        return whole
    if typed in name.lower():
        return _NEAR + 0.01 * len(typed) / len(name)
    for word in _WORD.findall(name):
        matcher.set_seq1(word.lower())
        if matcher.real_quick_ratio() >= _NEAR and matcher.ratio() >= _NEAR:
            return _NEAR
    return whole


class MlpmError(Exception):
    """What the user got wrong, in one line."""

    def __init__(
        self,
        what: str,
        *,
        where: str = "",
        given: object = None,
        allowed: Iterable[object] = (),
        hint: str = "",
    ) -> None:
        """Put the line together.

        Args:
            what: the problem in words; ends without a full stop.
            where: the place (an option, a file and line); put in front.
            given: what was typed; the nearest of `allowed` is offered.
            allowed: what could have been typed; its first dozen are listed when none is near.
            hint: what to do next, as a sentence without its full stop.
        """
        self.what, self.where, self.hint = what, where, hint
        self.allowed = tuple(str(name) for name in allowed)
        near = did_you_mean(given, self.allowed) if given is not None else ""
        parts = [f"{where}: {what}" if where else what]
        if near:
            parts.append(f"Did you mean {shown(near)!r}?")
        elif self.allowed:
            listed = ", ".join(shown(name, 40) for name in self.allowed[:12])
            parts.append(f"Possible: {listed}{', …' if len(self.allowed) > 12 else ''}")
        if hint:
            parts.append(hint)
        sentences = (part if part.endswith("?") else f"{part.rstrip('.')}." for part in parts)
        self.message = shown(" ".join(sentences), 1_000)
        super().__init__(self.message)

    def __str__(self) -> str:
        """The message itself; `KeyError` would put it in quotes."""
        return self.message


class UnknownNameError(MlpmError, KeyError):
    """A name (column, key, task, phase, topic) that is not there."""


class InvalidValueError(MlpmError, ValueError):
    """A value that cannot be used."""


class WrongTypeError(MlpmError, TypeError):
    """A thing of the wrong kind, such as a list where a table is needed."""


class DesignBrokenError(MlpmError, AssertionError):
    """A design has a property that is broken or undecided, and a script asked that it holds."""
