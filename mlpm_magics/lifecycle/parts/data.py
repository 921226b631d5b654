"""The last profile of the data."""

from __future__ import annotations

import msgspec

from mlpm_magics.lifecycle.parts.part import Part, Signed
from mlpm_magics.results import Answer, Readiness, Reply, Severity


class FoundPart(Part, frozen=True, kw_only=True):
    """A check that found something: how bad at the worst, for which data question, and what, in words."""

    severity: Severity
    question: str
    text: str = ""


class SaidPart(Signed, frozen=True, kw_only=True):
    """What a person answered to a data question."""

    answer: Reply
    because: str = ""


class DataPart(Signed, frozen=True, kw_only=True):
    """The last profile: answers to the data questions, what people said and checks found, two fingerprints.

    `columns` is that of the columns alone, their names and kinds; `fingerprint` that of the data.
    `roles`: the columns that were named, by role.
    """

    table: str
    rows: int
    verdict: Readiness
    fingerprint: str
    answers: dict[str, Answer]
    said: dict[str, SaidPart] = msgspec.field(default_factory=dict)
    columns: str = ""
    findings: dict[str, FoundPart] = msgspec.field(default_factory=dict)
    roles: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
