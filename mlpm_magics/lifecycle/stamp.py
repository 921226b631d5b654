"""When and by whom something was said, and the words as the file can hold them."""

from __future__ import annotations

import getpass
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from mlpm_magics.errors import InvalidValueError, refuse_stand_in, shown
from mlpm_magics.lifecycle.state import State
from mlpm_magics.results import LogEntry

Step = tuple[State, str]
LONGEST = 2_000
_TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))


@dataclass(frozen=True, slots=True)
class Stamp:
    """When (UTC, to the minute) and by whom."""

    when: str
    who: str

    @classmethod
    def now(cls) -> Stamp:
        """For what happens now; who: `MLPM_USER`, or else whoever is logged in."""
        return cls(datetime.now(UTC).strftime("%Y-%m-%d %H:%MZ"), _user())

    def entry(self, what: str) -> LogEntry:
        """A line of the log."""
        return LogEntry(when=self.when, who=self.who, what=what)


def worded(text: object, what: str, longest: int = LONGEST) -> str:
    """Text as the file can hold it: words on one line.

    Raises:
        InvalidValueError: when there are none, too many, or only the word of a hint that stands for them.
    """
    words = on_one_line(str(text))
    refuse_stand_in(words, what)
    if not words:
        raise InvalidValueError(f"{what} needs words")
    if len(words) > longest:
        raise InvalidValueError(f"{what} can have {longest:,} characters, not {len(words):,}")
    return words


def full_stop(text: str) -> str:
    """The text as a sentence."""
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def on_one_line(text: str) -> str:
    """The same words with single spaces, without what UTF-8 cannot write or what turns text around.

    In a file that is read in `git diff`, an override of the direction makes a line say another thing.
    """
    return " ".join(text.translate(_TURNING).encode("utf-8", "backslashreplace").decode().split())


def named(roles: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Columns by role as the file can hold them."""
    return {role: tuple(map(on_one_line, columns)) for role, columns in roles.items()}


def words_of(verdict: str) -> str:
    """A verdict as it is said."""
    return "cannot tell yet" if verdict == "ask" else verdict.replace("_", " ")


def _user() -> str:
    try:
        name = os.environ.get("MLPM_USER") or getpass.getuser()
    except (OSError, KeyError):  # a container whose user has no name
        name = ""
    return shown(on_one_line(name), 60) or "unknown"
