"""Empathy: days in the life of those a baseline got wrong, the people it touches, questions and exercises.

A day is told from facts that several rows share; nothing personal reaches it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mlpm_magics.catalogue import Knowledge, knowledge
from mlpm_magics.entries import DayStory
from mlpm_magics.results import (
    BaselineReport,
    EmpathyCards,
    ExerciseCard,
    LifeCard,
    Mistake,
    ProblemCard,
    Situation,
    Stakeholder,
    Story,
)
from mlpm_magics.results.card import CardEntry

if TYPE_CHECKING:
    from mlpm_magics.lifecycle.project import Project

_OF_NUMBERS = ("too_high", "too_low")
_DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}
_TOO_FEW = "The baseline got too few alike rows wrong to tell a day without showing a person."
_NOTHING_TO_TELL = "nothing that could be told without pointing at somebody"
_COSTS = ("cost_wrong_yes", "cost_wrong_no")


def empathy(
    project: Project | None = None, baseline: BaselineReport | None = None, *, happened: str = ""
) -> EmpathyCards:
    """Seeing through the eyes of those it gets wrong.

    Args:
        project: whose problem card gives the volume, who acts and about whom it is, and whose map of the
            people is shown.
        baseline: whose mistakes are told; without one there are questions and exercises only.
        happened: what was just done, in a sentence.

    Example:
        >>> mlpm.empathy(baseline=mlpm.baseline(churn, target="left")).cards[0].title
        'Somebody wrongly flagged'
    """
    known = knowledge()
    card = project.card if project else None
    stories = _one_of_each(baseline) if baseline else ()
    cards = tuple(_card(known, story, baseline, card) for story in stories if baseline)
    return EmpathyCards(
        name=project.name if project else "",
        sentence=_sentence(known, cards, baseline),
        cards=cards,
        stakeholders=tuple(_stakeholders(known, project, baseline)),
        situations=tuple(_situations(known)),
        exercises=tuple(
            ExerciseCard(
                title=one.title,
                text=one.text,
                minutes=one.minutes,
                source=known.cite(one.sources),
                ours=one.heuristic,
            )
            for one in known.exercises.values()
        ),
        measure=_measure(project, card),
        to_type="" if baseline else "base = %ml_baseline TABLE --target COLUMN",
        happened=happened,
        in_project=project is not None,
    )


def _one_of_each(baseline: BaselineReport) -> tuple[Story, ...]:
    """The typical story of each kind of mistake, or whatever there is of it."""
    kinds = list(dict.fromkeys(story.kind for story in baseline.stories))
    return tuple(
        min((s for s in baseline.stories if s.kind == kind), key=lambda s: s.pick != "typical")
        for kind in kinds
    )


def _card(known: Knowledge, story: Story, baseline: BaselineReport, card: ProblemCard | None) -> LifeCard:
    template = known.day_stories[story.kind]
    entries = card.entries if card else {}
    one = entries["entity"].text if "entity" in entries else "a case like this"
    acts = entries["who_acts"].text if "who_acts" in entries else "somebody acts on it"
    chance = "" if story.chance is None else _percent(story.chance)
    line = _percent(baseline.threshold.at) if baseline.threshold else ""
    facts = "; ".join(_spoken(fact) for fact in story.facts) or _NOTHING_TO_TELL
    words = {
        "one": one.rstrip("."),
        "facts": facts,
        "chance": chance or "no chance",
        "line": line or "the line",
        "acts": acts.rstrip("."),
        "truth": _truth(template, story, baseline, entries),
    }
    per_week, interval, often = _often(story, baseline, card)
    return LifeCard(
        kind=story.kind,
        title=template.title,
        lines=tuple(text.format(**words) for text in template.lines),
        ask=template.ask,
        counted=template.counted,
        often=often,
        alike=story.alike,
        per_week=per_week,
        interval=interval,
    )


def _truth(
    template: DayStory, story: Story, baseline: BaselineReport, entries: Mapping[str, CardEntry]
) -> str:
    """What was so, in the words of the problem card where it is a yes or a no and they are there."""
    if template.was and "outcome" in entries:
        came = "it came to" if template.was == "yes" else "it did not come to"
        return f"{came} “{entries['outcome'].text.rstrip('.')}”"
    return f"“{baseline.target.replace('_', ' ')}” was {story.answer.rstrip('.')}"


def _spoken(fact: str) -> str:
    """A fact as it is read aloud: `tech_support: No` is “tech support is No”."""
    column, colon, value = fact.partition(": ")
    return f"{column.replace('_', ' ')} is {value}" if colon else fact


def _often(
    story: Story, baseline: BaselineReport, card: ProblemCard | None
) -> tuple[float | None, tuple[float, float] | None, str]:
    """How many such people a week, with the interval, and in words."""
    found: Mistake | None = next((m for m in baseline.mistakes if m.kind == story.kind), None)
    a_week = _volume_a_week(baseline, card)
    at = f", at {a_week:,.0f} decisions a week" if a_week is not None else ""
    if found is None:
        far = "It is one of the quarter of its answers that are farthest off"
        weekly = f": {_about(a_week / 4)} a week, too high and too low together{at}." if a_week else "."
        return None, None, f"{far}{weekly}" if story.kind in _OF_NUMBERS else "It was not counted."
    if a_week is None:
        share, least, most = (_round(n * 1000) for n in (found.share, *found.interval))
        example = knowledge().card_fields["volume"].example
        where = f', for example `%ml_lifecycle set volume "{example}"`' if card else ""
        hangs = f"How many that is a week hangs on the volume{where}."
        return None, None, f"About {share} of 1,000 (90 % interval {least} to {most}). {hangs}"
    low, high = (bound * a_week for bound in found.interval)
    return (
        found.share * a_week,
        (low, high),
        f"{_about(found.share * a_week).capitalize()} such mistakes a week (90 % interval {_round(low)} to "
        f"{_round(high)}){at}.",
    )


def _volume_a_week(baseline: BaselineReport, card: ProblemCard | None) -> float | None:
    volume = card.amount("volume") if card else None
    if volume is not None and volume.days:
        return volume.number * 7 / volume.days
    paid = baseline.paid
    costs = paid.costs if paid else None
    if costs is not None and costs.period in _DAYS:
        return costs.decisions * 7 / _DAYS[costs.period]
    return None


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"


def _about(number: float) -> str:
    return f"about {_round(number)}" if number >= 1 or number == 0 else _round(number)


def _round(number: float) -> str:
    return f"{number:,.0f}" if number >= 1 or number == 0 else "less than 1"


def _stakeholders(
    known: Knowledge, project: Project | None, baseline: BaselineReport | None
) -> list[Stakeholder]:
    said = project.state.stakeholders if project else {}
    kind = (
        baseline.problem_type if baseline else str(project.brief.get("problem_type", "")) if project else ""
    )
    number = kind in ("regression", "forecasting")
    return [
        Stakeholder(
            id=entry.id,
            title=entry.of_numbers if number and entry.of_numbers else entry.title,
            ask=entry.ask,
            source=known.cite(entry.sources),
            text=said[entry.id].text if entry.id in said else "",
            who=said[entry.id].who if entry.id in said else "",
        )
        for entry in known.affected.values()
    ]


def _situations(known: Knowledge) -> list[Situation]:
    titles = dict.fromkeys(prompt.situation for prompt in known.prompts.values())
    return [
        Situation(
            title=title,
            questions=tuple(p.text for p in known.prompts.values() if p.situation == title),
            source=known.cite(
                dict.fromkeys(s for p in known.prompts.values() if p.situation == title for s in p.sources)
            ),
        )
        for title in titles
    ]


def _sentence(known: Knowledge, cards: tuple[LifeCard, ...], baseline: BaselineReport | None) -> str:
    if cards:
        counted = [card for card in cards if card.per_week is not None]
        weekly = ", ".join(f"{_about(c.per_week or 0)} {c.counted}" for c in counted)
        number = {1: "One day", 2: "Two days", 3: "Three days"}.get(len(cards), f"{len(cards)} days")
        start = f"{number} in somebody's life, from cases that the baseline got wrong."
        return f"{start} Each week: {weekly}." if weekly else start
    if baseline is not None:
        kind = known.problem_types.get(baseline.problem_type)
        return (kind.no_mistakes if kind else "") or _TOO_FEW
    return (
        "Questions, exercises and a map of the people. With a baseline there are days of those it gets wrong."
    )


def _measure(project: Project | None, card: ProblemCard | None) -> str:
    ask = "What counts is whether it changes the costs of the two mistakes."
    if project is None or card is None:
        return f"{ask} Write them down before the exercise and after it."
    there = [card.entries[name] for name in _COSTS if name in card.entries]
    if not there:
        return f"{ask} Neither is on the problem card yet: set both before the exercise."
    changed = sum("(before: " in e.what and e.what.startswith("Cost of a wrong") for e in project.log)
    now = "; ".join(f"{entry.title.lower()}: {entry.text}" for entry in there)
    told = {0: "not been changed", 1: "been changed once"}.get(changed, f"been changed {changed} times")
    return f"{ask} Now: {now}. Since they were first set they have {told}."
