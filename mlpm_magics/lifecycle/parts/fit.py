"""The brief, the verdict on it, and what a table said about the criteria."""

from __future__ import annotations

from typing import Literal

import msgspec

from mlpm_magics.lifecycle.parts.part import Part, Signed
from mlpm_magics.results import Reply, Verdict


class Stated(Signed, frozen=True, kw_only=True):
    """An answer of the brief; `open` where one was taken back."""

    answer: Reply | Literal["open"]


class BriefPart(Part, frozen=True, kw_only=True):
    """The brief as last recorded. An answer written by hand may be the bare word."""

    statement: str = ""
    problem_type: str = ""
    decision: str = ""
    goal: str = ""
    answers: dict[str, Reply | Stated] = msgspec.field(default_factory=dict)
    answers_by: dict[str, dict[str, Reply]] = msgspec.field(default_factory=dict)
    confirmed: dict[str, str] = msgspec.field(default_factory=dict)
    notes: str = ""


class FitPart(Signed, frozen=True, kw_only=True):
    """The last verdict, and the digest of the statement and the stated answers it was given on.

    `kind` is the family of the problem, stated or guessed.
    """

    verdict: Verdict
    digest: str
    kind: str = ""


class MeasuredAnswer(Part, frozen=True, kw_only=True):
    """A criterion that a table answered, and the sentence that says why."""

    answer: Reply
    text: str


class EvidencePart(Signed, frozen=True, kw_only=True):
    """The last measurement of the criteria on a table."""

    table: str
    target: str
    rows: int
    answers: dict[str, MeasuredAnswer]
