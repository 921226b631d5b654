"""What every entry of the knowledge base has: an id."""

from __future__ import annotations

import msgspec


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Anything with an id that other entries can point at."""

    id: str
