"""The last plan of features."""

from __future__ import annotations

import msgspec

from mlpm_magics.lifecycle.parts.part import Signed


class FeaturesPart(Signed, frozen=True, kw_only=True):
    """How many columns are used and left out, and how many questions only people can answer are open.

    `open`: by what they are about (`known`, `stand_in`, `protected`, `past_answers`), how many columns.
    `suspicious`: those of them at which something in the table points. `gain`: whether the plan gains over
    the raw columns, as far as can be told. `roles`: the columns that were named, by role.
    """

    table: str
    target: str
    digest: str
    used: int
    discarded: int
    treatments: dict[str, int] = msgspec.field(default_factory=dict)
    open: dict[str, int] = msgspec.field(default_factory=dict)
    suspicious: dict[str, int] = msgspec.field(default_factory=dict)
    gain: str = ""
    roles: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
