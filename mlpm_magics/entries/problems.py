"""A family of ML problems."""

from __future__ import annotations

from typing import Literal

import msgspec

from mlpm_magics.entries.entry import Entry


class ProblemType(Entry, frozen=True, kw_only=True):
    """A family of ML problems and how to recognise, measure and fail at it.

    `pitfalls`: where it goes wrong, by the hazard that this is. Where its baseline tells no mistakes,
    chances, threshold or groups, `no_mistakes`, `no_chances`, `no_threshold` and `no_groups` say why, and
    what would settle it. `roles`: what its baseline has to be told about the columns, each with what the
    column says; `groups_by`: the role of who may be served worse. `sketch`: the design nearest to it.
    `plans_features`: whether a plan of features is of use.
    """

    title: str
    sentence: str
    examples: tuple[str, ...]
    cues: tuple[str, ...]
    label_needed: str
    baselines: tuple[str, ...]
    product_metrics: tuple[str, ...]
    model_metrics: tuple[str, ...]
    pitfalls: dict[str, str]
    roles: dict[Literal["target", "time", "entity"], str] = msgspec.field(
        default_factory=lambda: {"target": "what is to be predicted"}
    )
    no_mistakes: str = ""
    no_chances: str = ""
    no_threshold: str = ""
    no_groups: str = ""
    groups_by: Literal["group", "entity"] = "group"
    sketch: str = "fraud_screen"
    plans_features: bool = True
    in_seed: bool = False
    sources: tuple[str, ...] = ()
