"""Through somebody else's eyes: days in the life of those it gets wrong, the people it touches, questions."""

from __future__ import annotations

from typing import ClassVar

from mlpm_magics.results.report import Report, Value


class LifeCard(Value, frozen=True, kw_only=True):
    """A day of somebody the model got wrong, to be read aloud.

    `lines` are the day, `ask` the questions after it. `counted` goes on after a number of them. `often` says
    how many such people there are, in words; `per_week` and its 90 % interval in numbers, None where the
    volume is not known. `alike`: how many cases share these facts.
    """

    kind: str
    title: str
    lines: tuple[str, ...]
    ask: tuple[str, ...]
    counted: str
    often: str
    alike: int
    per_week: float | None = None
    interval: tuple[float, float] | None = None


class Stakeholder(Value, frozen=True, kw_only=True):
    """People the product does something to; `text` is what, "" where nobody has said so yet."""

    id: str
    title: str
    ask: str
    source: str
    text: str = ""
    who: str = ""


class Situation(Value, frozen=True, kw_only=True):
    """Questions for a situation."""

    title: str
    questions: tuple[str, ...]
    source: str


class ExerciseCard(Value, frozen=True, kw_only=True):
    """Something a team does together. `ours`: our own suggestion, from no source."""

    title: str
    text: str
    minutes: int
    source: str
    ours: bool = False


class EmpathyCards(Report, frozen=True, kw_only=True):
    """Seeing through somebody else's eyes. See `mlpm.empathy`.

    `measure` says how to tell whether it changed anything; `to_type` what to type so that there are cards.
    """

    view: ClassVar[str] = "empathy"
    schema: ClassVar[str] = "mlpm/empathy"

    name: str
    sentence: str
    cards: tuple[LifeCard, ...]
    stakeholders: tuple[Stakeholder, ...]
    situations: tuple[Situation, ...]
    exercises: tuple[ExerciseCard, ...]
    measure: str
    to_type: str = ""
    happened: str = ""
    in_project: bool = False
