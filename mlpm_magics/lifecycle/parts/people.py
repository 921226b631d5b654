"""Who is who, what can go wrong and who owns it, who is affected, and what is tested."""

from __future__ import annotations

from typing import Literal

from mlpm_magics.lifecycle.parts.part import Signed
from mlpm_magics.results.premortem import HazardState


class Words(Signed, frozen=True, kw_only=True):
    """A text: an entry of the problem card, or what the product does to somebody."""

    text: str


class Named(Signed, frozen=True, kw_only=True):
    """Who fills a role."""

    name: str


class HazardPart(Signed, frozen=True, kw_only=True):
    """What was decided about a hazard; the owner may be a role or a name."""

    state: HazardState = "open"
    owner: str = ""
    because: str = ""


class TestedPart(Signed, frozen=True, kw_only=True):
    """How a test of the ML Test Score is done."""

    how: Literal["no", "manual", "automated"]
