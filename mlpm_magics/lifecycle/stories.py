"""Empathy: days in the life of those a baseline got wrong, the people it touches, questions and exercises.

A day is told from facts that several rows share; nothing personal reaches it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlpm_magics.catalogue import Knowledge, knowledge
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

if TYPE_CHECKING:
    from mlpm_magics.lifecycle.project import Project

_DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}
_TOO_FEW = "The baseline got too few alike rows wrong to tell a day without showing a person."
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
        stakeholders=tuple(_stakeholders(known, project)),
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
    facts = "; ".join(_spoken(fact) for fact in story.facts) or "nothing that several share"
    words = {
        "one": one.rstrip("."),
        "facts": facts,
        "chance": chance or "no chance",
        "line": line or "the line",
        "acts": acts.rstrip("."),
        "truth": f"{baseline.target} is {story.answer.rstrip('.')}",
    }
    per_week, interval, often = _often(story, baseline, card)
    return LifeCard(
        kind=story.kind,
        title=template.title,
        lines=tuple(text.format(**words) for text in template.lines),
        ask=template.ask,
        often=often,
        alike=story.alike,
        per_week=per_week,
        interval=interval,
    )


def _spoken(fact: str) -> str:
    """A fact as it is read aloud: `tech_support: No` is “tech support is No”."""
    column, colon, value = fact.partition(": ")
    return f"{column.replace('_', ' ')} is {value}" if colon else fact


def _often(
    story: Story, baseline: BaselineReport, card: ProblemCard | None
) -> tuple[float | None, tuple[float, float] | None, str]:
    """How many such people a week, with the interval, and in words."""
    found: Mistake | None = next((m for m in baseline.mistakes if m.kind == story.kind), None)
    if found is None:
        return None, None, f"{story.alike} of the tested rows share these facts."
    a_week = _volume_a_week(baseline, card)
    if a_week is None:
        return (
            None,
            None,
            (
                f"About {_round(found.share * 1000)} of 1,000 ({_round(found.interval[0] * 1000)} to "
                f"{_round(found.interval[1] * 1000)}). How many people that is a week hangs on the volume."
            ),
        )
    low, high = (bound * a_week for bound in found.interval)
    return (
        found.share * a_week,
        (low, high),
        f"{_about(found.share * a_week).capitalize()} such mistakes a week ({_round(low)} to "
        f"{_round(high)}), at {a_week:,.0f} decisions a week.",
    )


def _volume_a_week(baseline: BaselineReport, card: ProblemCard | None) -> float | None:
    volume = card.amount("volume") if card else None
    if volume is not None and volume.days:
        return volume.number * 7 / volume.days
    paid = baseline.threshold or baseline.priced
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


def _stakeholders(known: Knowledge, project: Project | None) -> list[Stakeholder]:
    said = project.state.stakeholders if project else {}
    return [
        Stakeholder(
            id=entry.id,
            title=entry.title,
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
        weekly = " and ".join(f"{_about(c.per_week or 0)} of the kind “{c.title}”" for c in counted)
        number = {1: "One day", 2: "Two days", 3: "Three days"}.get(len(cards), f"{len(cards)} days")
        start = f"{number} in somebody's life, from rows that the baseline got wrong."
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
