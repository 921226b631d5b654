"""The kind of entry about features: what can become of a column."""

from __future__ import annotations

from typing import Literal

from mlpm_magics.entries.entry import Entry


class FeatureStep(Entry, frozen=True, kw_only=True):
    """Something that a feature plan does with a column (`PlannedColumn.how` is its id).

    `treatment` is the same in one word, `title` in a few; `does` says it in full and `why` what for.
    """

    treatment: Literal["scale", "decompose", "aggregate", "encode", "keep", "discard"]
    title: str
    does: str
    why: str
    sources: tuple[str, ...] = ()
