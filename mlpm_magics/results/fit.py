"""Does ML fit: the verdict, its reasons, and what would turn it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

import msgspec

from mlpm_magics.results.evidence import FitEvidence
from mlpm_magics.results.report import Basis, Effect, Reply, Report, Value, Verdict


class Reason(Value, frozen=True, kw_only=True):
    """One reason of a verdict: which criterion, what it does, in words, and what it rests on."""

    criterion: str
    effect: Effect
    text: str
    basis: Basis
    source: str


class Proposal(Value, frozen=True, kw_only=True):
    """A guess at an answer: how sure (0 to 1) and the words it came from. It never decides alone."""

    answer: Reply
    confidence: float
    because: str


class TypeGuess(Value, frozen=True, kw_only=True):
    """A guess at the family of a problem: how sure (0 to 1), the words it came from, and all the chances."""

    problem_type: str
    confidence: float
    because: str
    chances: dict[str, float]


class Flip(Value, frozen=True, kw_only=True):
    """The smallest change of answers found after which the verdict would be another."""

    answers: dict[str, Reply]
    verdict: Verdict


class NearCase(Value, frozen=True, kw_only=True):
    """A known case near this problem, and where the facts agree and differ (criterion ids)."""

    case: str
    title: str
    verdict: Verdict
    reason: str
    same: tuple[str, ...]
    different: tuple[str, ...]
    source: str


class Contradiction(Value, frozen=True, kw_only=True):
    """Two things that cannot both hold: what was stated, and what stands against it.

    `confirmed`: the reason for which the PM holds on to it; then the stated answer counts.
    """

    criterion: str
    stated: Reply
    against: str
    confirmed: str = ""


class Disagreement(Value, frozen=True, kw_only=True):
    """A question that people answered differently.

    `answers`: person to answer. `counted`: the answer that counts until they agree. `moves`: whether the
    verdict hangs on it; `verdicts`: the verdict with each of the answers.
    """

    criterion: str
    answers: dict[str, Reply]
    counted: Reply
    moves: bool
    verdicts: dict[Reply, Verdict]


class Alternative(Value, frozen=True, kw_only=True):
    """What to do instead of ML."""

    kind: str
    title: str
    text: str


class FitReport(Report, frozen=True, kw_only=True):
    """Does ML fit this problem? See `mlpm.assess_fit`."""

    view: ClassVar[str] = "fit"
    schema: ClassVar[str] = "mlpm/fit"

    statement: str
    verdict: Verdict
    sentence: str
    problem_type: str
    problem_type_basis: Basis | Literal["unknown"]
    reasons: tuple[Reason, ...]
    questions: tuple[str, ...]
    flips: tuple[Flip, ...]
    alternative: Alternative | None
    proposals: dict[str, Proposal]
    contradictions: tuple[Contradiction, ...]
    cases: tuple[NearCase, ...]
    answers: dict[str, Reply]
    bases: dict[str, Basis]
    presumed: dict[str, Reply]
    decision: str = ""
    goal: str = ""
    notes: str = ""
    evidence: FitEvidence | None = None
    type_guess: TypeGuess | None = None
    answers_by: Mapping[str, Mapping[str, Reply]] = msgspec.field(default_factory=dict)
    agreed: tuple[str, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    recorded: str = ""


class Measured(Value, frozen=True, kw_only=True):
    """A criterion answered by measurement, handed from one room to another."""

    answer: Reply
    text: str
    source: str


Measurements = Mapping[str, Measured]
