"""Which columns hold names of people, going by their form and by common given names."""

from __future__ import annotations

import functools
import re
import unicodedata

from mlpm_magics.catalogue import knowledge
from mlpm_magics.table import Column
from mlpm_magics.table.levels import some_of

_WORD = r"[^\W\d_][\w'’.-]{0,24}"
_FULL = re.compile(rf"\s{{0,3}}{_WORD}(?:(?:, ?| ){_WORD}){{1,3}}\s{{0,3}}")
_ONE = re.compile(rf"\s{{0,3}}{_WORD}\s{{0,3}}")
_WHOLE = str.maketrans("øłđı", "oldi")  # these do not come apart
_FEWEST, _MOST, _SHARE, _SOME = 10, 1_000, 0.4, 0.5


def names_seen(column: Column) -> tuple[int, int]:
    """How many distinct texts are names of people, and how many were looked at; (0, n) where few are.

    A name is two to four words that begin with a capital, the first of them (or the first after a comma) a
    common given name.
    """
    texts = _texts(column)
    if len(texts) < _FEWEST:
        return 0, len(texts)
    full = sum(_is_name(text) for text in texts)
    return (full if full >= _SHARE * len(texts) else 0), len(texts)


def may_hold_names(column: Column) -> bool:
    """Whether half of its texts are one to four capitalised words, which may be names or not."""
    texts = _texts(column)
    like = sum(
        (_ONE.fullmatch(t) or _FULL.fullmatch(t)) is not None and t.strip()[:1].isupper() for t in texts
    )
    return len(texts) >= _FEWEST and like >= _SOME * len(texts)


def _texts(column: Column) -> list[str]:
    """Some of its distinct texts, evenly; none of a column that numbers the rows or holds dates."""
    if column.kind not in ("text", "category") or column.dates is not None or column.is_identifier:
        return []
    texts = column.texts
    every = range(0, len(texts), max(1, len(texts) // _MOST))
    return [text for text in some_of(texts, every) if isinstance(text, str)]


def _is_name(text: str) -> bool:
    if len(text) > 80 or not _FULL.fullmatch(text):
        return False
    last, comma, rest = text.partition(",")
    words = (rest if comma else last).split()
    return (
        bool(words)
        and words[0][0].isupper()
        and text.split()[-1][0].isupper()
        and _plain(words[0]) in _given()
    )


def _plain(word: str) -> str:
    """Lower case, without accents."""
    parted = unicodedata.normalize("NFKD", word.casefold().translate(_WHOLE))
    return "".join(char for char in parted if not unicodedata.combining(char))


def _given() -> frozenset[str]:
    return _read(tuple(entry.names for entry in knowledge().given_names.values()))


@functools.lru_cache(maxsize=2)
def _read(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(" ".join(names).split())
