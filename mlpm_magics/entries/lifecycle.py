"""The kinds of entry about the lifecycle: phases with gates, roles, the problem card, what can go wrong."""

from __future__ import annotations

from typing import Literal

import msgspec

from mlpm_magics.entries.entry import Entry
from mlpm_magics.results import Reply

RestsOn = Literal[
    "goal",
    "prediction",
    "costs",
    "answers",
    "columns",
    "data",
    "features",
    "baseline",
    "design",
    "lines",
]
MetBy = Literal[
    "statement", "card", "fit", "profile", "features", "baseline", "design", "stakeholders", "test_score"
]


class Task(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something to do in a phase."""

    id: str
    title: str
    help: str


class GateCriterion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What must be so before a phase ends.

    `met_by`: `statement` (the PM says so, by ticking `tasks`), or what is recorded (fit, profile, …), or the
    problem card, the map of the people, the test score; where that cannot tell, the tasks do, unless ticks do
    not suffice. `asks` narrows it: fields of the card, or what is asked of a report. `rests_on`: when one of
    these changes, the gate opens again. `signed`: a tick counts once it names a document, or in a note who
    signed. `accountable`: the one role that answers for it.
    """

    id: str
    title: str
    met_by: MetBy
    accountable: str
    why: str
    asks: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    rests_on: tuple[RestsOn, ...] = ()
    ticks_suffice: bool = True
    signed: bool = False
    sources: tuple[str, ...] = ()


class Phase(Entry, frozen=True, kw_only=True):
    """A phase of the lifecycle, in the order of the file.

    People (`roles`, the lead first), `processes` and `tools` are all three needed. `back_to` is the phase to
    go back to when this one fails. `consulted` and `informed` are roles that are asked and told; the other
    `roles` do the work.
    """

    title: str
    sentence: str
    pm_involvement: Literal["very high", "high", "medium", "low"]
    pm_text: str
    roles: tuple[str, ...]
    tasks: tuple[Task, ...]
    gate: tuple[GateCriterion, ...]
    processes: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    artefacts: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    back_to: str = ""
    in_seed: bool = True
    sources: tuple[str, ...] = ()


class Role(Entry, frozen=True, kw_only=True):
    """Someone who is needed, what they bring and decide, and what to ask them."""

    title: str
    family: Literal["maths and statistics", "software and programming", "product", "people around it"]
    names: tuple[str, ...] = ()
    brings: str
    decides: str
    ask: str
    sources: tuple[str, ...] = ()


class CardField(Entry, frozen=True, kw_only=True):
    """A field of the problem card. `holds`: what its text must hold to be of use; `phase`: when it is due."""

    title: str
    phase: str
    ask: str
    example: str
    why: str
    holds: tuple[Literal["number", "date", "duration"], ...] = ()
    sources: tuple[str, ...] = ()


class CardExamples(Entry, frozen=True, kw_only=True):
    """A filled problem card for one family of problems (`id` is the problem type): one product throughout.

    `asks`: questions that are other ones for this family; both by the field of the card.
    """

    story: str
    examples: dict[str, str]
    asks: dict[str, str] = msgspec.field(default_factory=dict)
    heuristic: bool = False
    sources: tuple[str, ...] = ()


Measurable = Literal[
    "yes_or_no", "classes", "number", "forecasting", "ranking", "anomaly_detection", "recommendation",
    "clustering",
]  # fmt: skip


class LineMeasure(Entry, frozen=True, kw_only=True):
    """What a line on the problem card can be about, and a baseline measures.

    `words` in the text of the line name it, unless one of `unless` begins a word there. `for`: the answers
    that have it. `means`: what it is, in words.
    """

    title: str
    words: tuple[str, ...]
    means: str
    unless: tuple[str, ...] = ()
    answers: tuple[Measurable, ...] = msgspec.field(name="for")
    lower_is_better: bool = False
    heuristic: bool = False
    sources: tuple[str, ...] = ()


class CardRule(Entry, frozen=True, kw_only=True):
    """What does not go together in a card. `check` names the comparison, of `fields` in this order.

    `times`: how often the second fits into the first before it is too long. `sentence` may name the texts of
    the fields as `{first}` and `{second}`.
    """

    check: Literal[
        "lacks_number", "lacks_date", "lacks_duration", "past", "longer", "after", "not_worse",
        "line_elsewhere", "units_differ", "same", "few_a_year",
    ]  # fmt: skip
    fields: tuple[str, ...]
    severity: Literal["blocker", "caution"]
    sentence: str
    times: float = 1.0
    heuristic: bool = False
    sources: tuple[str, ...] = ()


class Hazard(Entry, frozen=True, kw_only=True):
    """Something that goes wrong with ML products.

    It was found where one of `checks` (of a profile), `designs` (properties of a design), `features` or
    `baseline` (findings of those reports) fired; it is likely where one of `answers` was given, where it is a
    pitfall of the problem's type, or for `problem_types`. `only_for`: left out for problems of other types.
    `enters`: where it comes in.
    """

    title: str
    enters: Literal["data", "method", "conclusion", "use"]
    symptom: str
    check: str
    mitigation: str
    case: str
    owner: str
    checks: tuple[str, ...] = ()
    designs: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    baseline: tuple[str, ...] = ()
    answers: dict[str, tuple[Reply, ...]] = msgspec.field(default_factory=dict)
    problem_types: tuple[str, ...] = ()
    only_for: tuple[str, ...] = ()
    heuristic: bool = False
    sources: tuple[str, ...] = ()


class Prompt(Entry, frozen=True, kw_only=True):
    """A question that helps to see through somebody else's eyes, in a situation."""

    situation: str
    text: str
    sources: tuple[str, ...] = ()


class Exercise(Entry, frozen=True, kw_only=True):
    """Something a team does together, in `minutes`."""

    title: str
    text: str
    minutes: int
    heuristic: bool = False
    sources: tuple[str, ...] = ()


class Affected(Entry, frozen=True, kw_only=True):
    """People whom a product does something to, seen or not. `of_numbers`: its title for numbers."""

    title: str
    ask: str
    of_numbers: str = ""
    sources: tuple[str, ...] = ()


class DayStory(Entry, frozen=True, kw_only=True):
    """A day of somebody a model got wrong; `id` is the kind of mistake.

    `name` heads it in a table, `one` is one of it in the middle of a sentence: what a price is for. `counted`
    goes on after a number of them. `lines` may name `{one}`, `{facts}`, `{chance}`, `{line}`, `{acts}` and
    `{truth}`. `was`: whether what is asked about came true, where that is a yes or a no.
    """

    title: str
    name: str
    one: str
    counted: str
    was: Reply | None = None
    lines: tuple[str, ...]
    ask: tuple[str, ...]
    sources: tuple[str, ...] = ()


class ReadinessTest(Entry, frozen=True, kw_only=True):
    """One of the tests of the ML Test Score."""

    section: Literal["data", "model", "infrastructure", "monitoring"]
    title: str
    text: str
    sources: tuple[str, ...] = ()
