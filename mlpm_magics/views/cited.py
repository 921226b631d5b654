"""Sources in words, as results hold them, each a link where the knowledge base has its address."""

from __future__ import annotations

from mlpm_magics.catalogue import knowledge
from mlpm_magics.views import blocks as b


def cited(sources: str) -> tuple[b.Inline, ...]:
    """The pieces of `Zinkevich 2017; Google PAIR 2021`; what the knowledge base does not name stays words."""
    known = knowledge()
    pieces: list[b.Inline] = []
    for words in sources.split("; "):
        url = known.address(words)
        pieces += ["; ", b.Link(words, url) if url else words]
    return tuple(pieces[1:])
