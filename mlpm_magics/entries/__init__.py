"""The kinds of entry in the knowledge base: one frozen record per kind, checked when a file is read.

A field without a default must be there; an unknown field is an error that names it. `sources` are ids of
`Source` entries.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from mlpm_magics.entries.design import (
    DesignCause,
    DesignEvent,
    DesignKey,
    DesignProperty,
    DesignTemplate,
)
from mlpm_magics.entries.entry import Entry
from mlpm_magics.entries.features import FeatureStep
from mlpm_magics.entries.lifecycle import (
    Affected,
    CardExamples,
    CardField,
    CardRule,
    DayStory,
    Exercise,
    GateCriterion,
    Hazard,
    LineMeasure,
    Phase,
    Prompt,
    ReadinessTest,
    Role,
    Task,
)
from mlpm_magics.entries.problems import ProblemType
from mlpm_magics.results import Reply, Verdict

__all__ = [
    "WEB_ADDRESS",
    "Affected",
    "AlternativeEntry",
    "CardExamples",
    "CardField",
    "CardRule",
    "Case",
    "Clash",
    "Conjunction",
    "Criterion",
    "Cue",
    "DataQuestion",
    "DayStory",
    "DesignCause",
    "DesignEvent",
    "DesignKey",
    "DesignProperty",
    "DesignTemplate",
    "EffectOfAnswer",
    "Entry",
    "ExampleSentences",
    "Exercise",
    "Facts",
    "FeatureStep",
    "GateCriterion",
    "Hazard",
    "Limit",
    "LineMeasure",
    "Measurement",
    "Outcome",
    "Phase",
    "PracticeProblem",
    "ProblemType",
    "Prompt",
    "ReadinessTest",
    "Role",
    "Source",
    "Task",
    "Topic",
]

EffectOfAnswer = Literal["for", "none", "caution", "blocker"]
Facts = dict[str, tuple[Reply, ...]]
WEB_ADDRESS = r"https?://[A-Za-z0-9][!#-&(-;=?-\[\]_a-z~]*"  # no quote, space or bracket that ends it early


class Source(Entry, frozen=True, kw_only=True):
    """Where a fact comes from.

    `checked`: a text that bears it out was read (the source, its abstract, a reprint, a report of it), or it
    is cited from memory. `url`: where to read it, best an address that stays (DOI, arXiv, publisher), or "".
    """

    title: str
    by: str
    year: int | None = None
    url: Annotated[str, msgspec.Meta(pattern=f"^({WEB_ADDRESS})?$")] = ""
    checked: Literal["read", "memory"] = "memory"


class Outcome(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one answer to a criterion does. `alternative` is an `Alternative` id, for blockers."""

    effect: EffectOfAnswer
    text: str = ""
    alternative: str = ""


class Criterion(Entry, frozen=True, kw_only=True):
    """A question about the problem whose answer speaks for or against ML.

    `best` is the answer that speaks most for ML. `ask_when` lists answers of other criteria that make the
    question matter (one of them is enough; not yet answered counts as holding); `not_for` lists problem
    types for which it never matters. A criterion that is not `core` is asked only when one of its `cues`
    (words) stands in the brief, and is otherwise presumed `best`, or `presumed` where that is named. One that
    is `before_good_fit` is asked before a sentence is called a good fit, however likely its answer.
    """

    title: str
    group: Literal["benefit", "fit", "data", "risk", "mitigation"]
    core: bool
    question: str
    why: str
    best: Literal["yes", "no"]
    yes: Outcome
    no: Outcome
    unknown: Outcome
    settle: str
    ask_when: Facts = msgspec.field(default_factory=dict)
    not_for: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    before_good_fit: bool = False
    presumed: Literal["yes", "no", ""] = ""
    tip: str = ""
    sources: tuple[str, ...] = ()


class Conjunction(Entry, frozen=True, kw_only=True):
    """Answers that do together what none does alone. `criterion` is the one its reason is filed under."""

    when: Facts
    criterion: str
    effect: Literal["caution", "blocker"]
    text: str
    alternative: str = ""
    sources: tuple[str, ...] = ()


class Clash(Entry, frozen=True, kw_only=True):
    """Stated answers that cannot both be true."""

    when: Facts
    criterion: str
    text: str


class AlternativeEntry(Entry, frozen=True, kw_only=True):
    """What to do instead of ML; where reasons name several, those that are `first` go before."""

    title: str
    text: str
    first: bool = False
    sources: tuple[str, ...] = ()


class Cue(Entry, frozen=True, kw_only=True):
    """Words in a statement that make an answer likely. A cue proposes; it never decides."""

    words: tuple[str, ...]
    proposes: dict[str, Reply]
    confidence: float
    because: str


class ExampleSentences(Entry, frozen=True, kw_only=True):
    """How people put problems of one family (`id` is the problem type); one sentence a line."""

    sentences: str

    @property
    def lines(self) -> tuple[str, ...]:
        """The sentences one by one."""
        return tuple(line.strip() for line in self.sentences.splitlines() if line.strip())


class PracticeProblem(Entry, frozen=True, kw_only=True):
    """A made-up problem to learn ways of speaking from: reasons for ML that hold, and what speaks against."""

    statement: str
    problem_type: str
    holds: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


class DataQuestion(Entry, frozen=True, kw_only=True):
    """One of the ten questions about the data.

    `settle`: what a person can do when the table cannot tell. `pass_answers`: finding nothing in a table
    answers `criterion` too; elsewhere it only says what was looked for. `passed_texts`: what is said besides
    where a column holds texts that could be names. A yes of a person speaks for the data;
    `otherwise`: what a no means.
    """

    title: str
    question: str
    why: str
    criterion: str
    settle: str
    passed: str
    passed_texts: str = ""
    pass_answers: bool = False
    otherwise: Literal["caution", "blocker"] = "caution"
    sources: tuple[str, ...] = ()


class GivenNames(Entry, frozen=True, kw_only=True):
    """Common given names of a part of the world: lower case, without accents, parted by spaces."""

    names: str


class Limit(Entry, frozen=True, kw_only=True):
    """A threshold of a check. `heuristic`: proposed here rather than taken from a source."""

    value: float
    unit: str
    why: str
    heuristic: bool = False
    sources: tuple[str, ...] = ()


class Case(Entry, frozen=True, kw_only=True):
    """A known case: its facts, verdict and reason. `verdict_by`: the source said it, or we read it so."""

    title: str
    statement: str
    problem_type: str
    answers: dict[str, Reply]
    verdict: Verdict
    decisive: tuple[str, ...]
    reason: str
    verdict_by: Literal["source", "our reading"]
    notes: str = ""
    sources: tuple[str, ...] = ()


class Topic(Entry, frozen=True, kw_only=True):
    """A short explanation for `%ml_help`; an empty line in `text` starts a paragraph.

    With `type_this`, the topic is a line on the map: a question, and what to type. `see`: what to read next
    (ids of any kind).
    """

    title: str
    text: str
    type_this: str = ""
    see: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class Measurement(Entry, frozen=True, kw_only=True):
    """Something `measure_fit` finds out, and the criterion of the verdict that it answers.

    `answers`: what a measured yes or no says about `criterion`; a measurement without a criterion informs
    only.
    """

    title: str
    question: str
    why: str
    criterion: str = ""
    answers: dict[Literal["yes", "no"], Reply] = msgspec.field(default_factory=dict)
    sources: tuple[str, ...] = ()
