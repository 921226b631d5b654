"""The last check of a design."""

from __future__ import annotations

from typing import Literal

from mlpm_magics.lifecycle.parts.part import Signed


class DesignPart(Signed, frozen=True, kw_only=True):
    """What breaks in the design, and the digest of the design.

    `repair`: the changes that mend the first of them, as they are typed; none where choices do not.
    """

    name: str
    verdict: Literal["holds", "broken", "undecided"]
    digest: str
    faults: int
    broken: tuple[str, ...] = ()
    repair: tuple[str, ...] = ()
