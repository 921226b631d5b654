"""Finding a cue in a text: a word or phrase; `*` is any ending, alone one to three words; `#` is a number."""

from __future__ import annotations

import functools
import re


def spoken(cue: str, text: str) -> str:
    """The words of `text` that match `cue`, or an empty string.

    Example:
        >>> spoken("resume*", "Which resumes first?")
        'resumes'
        >>> spoken("# a day", "They sort 4,000 a day")
        '4,000 a day'
    """
    found = _pattern(cue).search(text)
    return found.group(0) if found else ""


def content_words(text: str) -> frozenset[str]:
    """The words of a text that carry meaning, lower case, without plural s."""
    words = (word.removesuffix("s") for word in re.findall(r"[a-z]{3,}", text.lower()))
    return frozenset(word for word in words if word not in _EMPTY)


_ALONE = {"*": r"\w+(?:\s+\w+){0,2}", "#": r"\d[\d.,]*"}


@functools.lru_cache(maxsize=4_000)
def _pattern(cue: str) -> re.Pattern[str]:
    words = (_ALONE.get(word) or re.escape(word).replace(r"\*", r"\w*") for word in cue.split())
    return re.compile(r"\b" + r"\s+".join(words) + r"\b", re.IGNORECASE)


_EMPTY = frozenset(
    {"the", "and", "for", "our", "are", "can", "should", "could", "will", "would", "what", "which", "who"}
    | {"how", "where", "when", "why", "with", "from", "that", "this", "these", "those", "have", "has", "been"}
    | {"was", "were", "its", "their", "your", "you", "not", "use", "using", "does", "did", "into", "onto"}
    | {"than", "then", "them", "they", "get", "next", "most", "more", "make", "need", "want"}
)
