"""What every part of a project file is."""

from __future__ import annotations

import msgspec


class Part(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part of the file; what has its default is not written."""


class Signed(Part, frozen=True, kw_only=True):
    """Something that somebody said at some time."""

    when: str = ""
    who: str = ""
