"""The page of a `DesignCheck`: what can go wrong first, its story and its repair, then every property."""

from __future__ import annotations

from mlpm_magics.catalogue import knowledge
from mlpm_magics.results import DesignCheck, Holds, Moment, PropertyResult, Repair, Violation
from mlpm_magics.results.design import How
from mlpm_magics.views import blocks as b
from mlpm_magics.views.cited import cited

_BECOMES: dict[Holds, str] = {"holds": "holds", "broken": "breaks", "undecided": "is undecided"}
_HOW: dict[How, tuple[str, b.Tone]] = {
    "well": ("well", "good"),
    "harm": ("bad decisions", "bad"),
    "fallback": ("fallback", "caution"),
    "off": ("stopped", "plain"),
    "broken": ("breaks here", "bad"),
}


def page(report: DesignCheck) -> b.Page:
    """Build the page; everything on it comes from the report and the knowledge base."""
    title = report.title or report.name or "design"
    blocks: list[b.Block] = [_headline(report)]
    if report.changed:
        words = "; ".join(
            f"{change.field} is {change.after}, not {change.before}" for change in report.changed
        )
        blocks.append(b.Paragraph(("With a change: ", b.Code(words), ".")))
    blocks += _flips(report)
    shown = [v for v in report.violations if report.why in ("", v.property)]
    blocks += [_violation(report, violation, folded=i > 1) for i, violation in enumerate(shown)]
    if report.why and not shown:
        result = report.details[report.why]
        note = f" {result.note[:1].upper()}{result.note[1:]}." if result.note else ""
        blocks.append(b.Paragraph(f"{result.sentence} {_verdict(result)[1]} here.{note}"))
    if report.mended is not None and not report.why:
        points = tuple(b.Point(f"{_capital(change.text)}.") for change in report.mended.changes)
        titles = [knowledge().design_properties[name].title for name in report.unmended]
        rest = f", except: {', '.join(titles)}" if titles else ""
        lead = f"With these {len(points)} changes together everything holds{rest}."
        blocks.append(b.Section("To mend all of it", (b.Paragraph(lead), b.Points(points)), folded=True))
    if not report.why:
        blocks.append(_table(report))
        blocks += _assumed(report)
        blocks.append(_limits_of_this(report))
    if report.recorded:
        blocks.append(b.Paragraph(report.recorded))
    return b.Page(title, tuple(blocks))


def _headline(report: DesignCheck) -> b.Headline:
    if report.violations:
        return b.Headline("bad", "Broken", report.sentence)
    if report.holds:
        return b.Headline("good", "Holds", report.sentence)
    return b.Headline("open", "Undecided", report.sentence)


def _flips(report: DesignCheck) -> list[b.Block]:
    if not report.flips:
        return []
    entries = knowledge().design_properties
    points = tuple(
        b.Point(
            (
                b.Code(f"{turn.field} = {turn.value}"),
                f": “{entries[turn.property].title}” {_BECOMES[turn.becomes]}.",
            ),
            "good" if turn.becomes == "holds" else "bad",
        )
        for turn in report.flips
    )
    return [b.Section(f"Where it turns (now {report.flips[0].now})", (b.Points(points),))]


def _violation(report: DesignCheck, violation: Violation, *, folded: bool) -> b.Section:
    entry = knowledge().design_properties[violation.property]
    blocks: list[b.Block] = [b.Paragraph((violation.sentence, " ", b.Code(violation.property)))]
    if violation.trace:
        blocks += _story(report, violation.trace)
    blocks += _repairs(violation)
    source = (" (", *cited(violation.source), ")") if violation.source else ()
    blocks.append(b.Paragraph((f"Where it was seen: {violation.incident}", *source)))
    return b.Section(entry.title, tuple(blocks), folded=folded)


def _story(report: DesignCheck, trace: tuple[Moment, ...]) -> list[b.Block]:
    points = tuple(
        b.Point(
            (b.Strong(f"{number}. {report.tick.capitalize()} {moment.tick}: "), "; ".join(moment.told) + "."),
            _HOW[moment.how][1],
        )
        for number, moment in enumerate(trace, 1)
    )
    return [_timeline(report, trace), b.Points(points)]


def _timeline(report: DesignCheck, trace: tuple[Moment, ...]) -> b.Picture:
    """How it stood, from the start to the tick that breaks the property."""
    end = trace[-1].tick
    stretches: list[tuple[int, int, str, b.Tone]] = []
    if trace[0].tick > 1:
        stretches.append((1, trace[0].tick - 1, *_HOW["well"]))
    for i, moment in enumerate(trace):
        until = trace[i + 1].tick - 1 if i + 1 < len(trace) else end
        word, tone = _HOW[moment.how]
        if stretches and stretches[-1][2] == word:
            stretches[-1] = (stretches[-1][0], until, word, tone)
        else:
            stretches.append((moment.tick, until, word, tone))
    marks = tuple((moment.tick, number) for number, moment in enumerate(trace, 1))
    words = "; ".join(
        f"{report.tick} {first}: {word}" if first == last else f"{report.tick} {first} to {last}: {word}"
        for first, last, word, _ in stretches
    )
    return b.Picture(b.Timeline(tuple(stretches), marks, report.tick), f"How it stood. {words}.")


def _repairs(violation: Violation) -> list[b.Block]:
    if violation.repair is None:
        return [b.Paragraph(violation.no_repair)] if violation.no_repair else []
    blocks: list[b.Block] = [
        b.Paragraph((b.Strong("The smallest repair found: "), *_repair(violation.repair)))
    ]
    if violation.others:
        others = tuple(b.Point(_repair(repair)) for repair in violation.others)
        blocks.append(b.Section("Other repairs", (b.Points(others),), folded=True))
    return blocks


def _repair(repair: Repair) -> tuple[b.Inline, ...]:
    threshold = f" It {repair.threshold}." if repair.threshold else ""
    return (f"{repair.text}{threshold}{_explored_with(repair)}",)


def _explored_with(repair: Repair) -> str:
    """What was not explored of a repair, for want of time."""
    if repair.faults is None:
        return ""
    events = "one event" if repair.faults == 1 else f"{repair.faults} events"
    return f" Explored with {events} at most: there was no time for more, so check it again with this change."


def _verdict(result: PropertyResult) -> tuple[b.Tone, str]:
    if result.verdict == "holds" and result.note:
        return "plain", "cannot break"
    tones: dict[str, b.Tone] = {"holds": "good", "broken": "bad", "undecided": "open"}
    return tones[result.verdict], result.verdict


def _table(report: DesignCheck) -> b.Section:
    """What could break, as a table; what cannot, by the reason why."""
    order = {"broken": 0, "undecided": 1, "holds": 2}
    entries = knowledge().design_properties
    ranked = sorted(report.details.items(), key=lambda item: order[item[1].verdict])
    rows: list[tuple[b.Cell, ...]] = []
    idle: dict[str, list[str]] = {}
    for name, result in ranked:
        if result.note:
            idle.setdefault(result.note, []).append(entries[name].title)
            continue
        tone, word = _verdict(result)
        tick = "–" if result.first_tick is None else f"{report.tick} {result.first_tick}"
        rows.append((entries[name].title, f"{b.SIGNS[tone]} {word}", tick, _survives(report, name, result)))
    holding = sum(result.verdict == "holds" for result in report.details.values())
    caption = f"{holding} of {len(report.details)} hold"
    blocks: list[b.Block] = [
        b.Table(caption, ("Property", "Verdict", "Earliest", "Goes wrong with"), tuple(rows))
    ]
    if idle:
        points = tuple(b.Point(f"{', '.join(titles)}: {note}.") for note, titles in idle.items())
        blocks += [b.Paragraph(b.Strong("Cannot break here")), b.Points(points)]
    return b.Section("Every property", tuple(blocks), folded=True)


def _survives(report: DesignCheck, name: str, result: PropertyResult) -> str:
    """How many things must go wrong for it."""
    if knowledge().design_properties[name].over == "text":
        return "the text alone" if result.verdict == "broken" else "–"
    if result.faults_needed is not None:
        return {0: "nothing", 1: "one event"}.get(result.faults_needed, f"{result.faults_needed} events")
    return f"not with {report.faults}" if result.verdict == "holds" else "cannot tell"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _assumed(report: DesignCheck) -> list[b.Block]:
    if not report.assumed:
        return []
    points = tuple(b.Point(f"{_capital(words)}.") for words in report.assumed)
    return [b.Section(f"Not said, so assumed ({len(points)})", (b.Points(points),), folded=True)]


def _limits_of_this(report: DesignCheck) -> b.Section:
    events = ", ".join(name.replace("_", " ") for name in report.events) or "none"
    seen = "all there are" if report.complete else "not all there are"
    points = (
        b.Point(f"{report.states:,} situations and {report.transitions:,} steps between them: {seen}."),
        b.Point(f"In one behaviour at most {report.faults} of these events happen: {events}."),
        b.Point("There are no probabilities: it says what can happen, not how often."),
        b.Point("A decision is bad or it is not."),
        b.Point("A monitor that can see something always sees it, at its slowest."),
        b.Point("A training on clean data whose outcomes are known always learns a changed world."),
    )
    return b.Section("What was explored, and what it cannot tell", (b.Points(points),), folded=True)
