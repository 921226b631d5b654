"""The library of known cases: those that a search finds, nearest first."""

from __future__ import annotations

from typing import ClassVar

from mlpm_magics.results.fit import NearCase
from mlpm_magics.results.report import Report, Verdict


class KnownCase(NearCase, frozen=True, kw_only=True):
    """A case with its own words; `facts`: criterion to answer, the decisive ones in `decisive`."""

    statement: str
    problem_type: str
    facts: dict[str, str]
    decisive: tuple[str, ...]
    verdict_by: str
    notes: str = ""


class CaseList(Report, frozen=True, kw_only=True):
    """What `%ml_cases` found. `counts`: cases of the whole library per verdict."""

    view: ClassVar[str] = "cases"
    schema: ClassVar[str] = "mlpm/cases"

    words: str
    cases: tuple[KnownCase, ...]
    counts: dict[Verdict, int]
