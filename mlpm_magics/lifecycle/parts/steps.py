"""What was ticked, met or waived."""

from __future__ import annotations

from typing import Literal

from mlpm_magics.lifecycle.parts.part import Signed


class Ticked(Signed, frozen=True, kw_only=True):
    """A task that was ticked, or whose tick was taken back. `document`: where it can be read, by its name."""

    done: Literal["yes", "no"]
    note: str = ""
    document: str = ""


class Passed(Signed, frozen=True, kw_only=True):
    """A gate criterion. `on`: the fingerprints of what it rested on when it was met or waived."""

    state: Literal["open", "met", "waived", "reopened"]
    why: str = ""
    on: str = ""
