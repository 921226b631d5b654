"""The page for the people who decide: one page of paper, then the evidence."""

from __future__ import annotations

from mlpm_magics.catalogue import knowledge
from mlpm_magics.results import Answer, DecisionReport, GateState, HazardItem, PhaseGates
from mlpm_magics.views import blocks as b
from mlpm_magics.views import card as problem_card
from mlpm_magics.views.cited import cited
from mlpm_magics.views.readiness import STATUS

_ADVICE: dict[str, tuple[b.Tone, str]] = {
    "go": ("good", "Go"),
    "go_with_conditions": ("caution", "Go, with conditions"),
    "not_yet": ("caution", "Not yet"),
    "stop": ("bad", "Stop"),
}
_MOST_BECAUSE, _MOST_UNKNOWN = 4, 3  # what fits on one sheet
_TONES: dict[str, b.Tone] = {"open": "open", "met": "good", "waived": "caution", "reopened": "bad"}
_WORDS = {"open": "Open", "met": "Met", "waived": "Waived", "reopened": "Open again"}


def page(report: DecisionReport) -> b.Page:
    """Build the page."""
    tone, word = _ADVICE[report.advice]
    blocks: list[b.Block] = [
        b.Paragraph((b.Strong(report.name), _as_of(report), f" {report.statement}")),
        b.Paragraph((b.Strong("The decision asked for: "), report.asked)),
        b.Headline(tone, word, report.sentence),
        b.Points(tuple(b.Point(b.marked(text), tone) for text in report.because[:_MOST_BECAUSE])),
        _signs(report),
        b.Section("Measured gain", _gain(report)),
        _gates(report),
        _risks(report),
        _unknown(report),
        b.Paragraph((b.Strong("Who decides, by when: "), *b.pieces(b.marked(report.decides)))),
        _evidence(report),
    ]
    return b.Page(f"{report.name}: for decision", tuple(blocks))


def _as_of(report: DecisionReport) -> str:
    """The day of the last thing that was recorded."""
    return f", as of {report.log[-1].when[:10]}." if report.log else "."


def _signs(report: DecisionReport) -> b.Picture:
    tiles = tuple((sign.title, sign.word, sign.light) for sign in report.signs)
    words = (f"{sign.title}: {sign.word}. {sign.text}" for sign in report.signs)
    return b.Picture(b.Tiles(tiles), " ".join(words))


def _gain(report: DecisionReport) -> tuple[b.Block, ...]:
    return (b.Paragraph(report.gain),)


def _gates(report: DecisionReport) -> b.Section:
    """The phases as steps, and how many gate criteria of each are met, waived and open."""
    steps = b.Picture(
        b.Stepper(tuple((gate.title, gate.state) for gate in report.gates)),
        "; ".join(f"{gate.title}: {gate.state}" for gate in report.gates),
    )
    reached = [gate for gate in report.gates if gate.state != "ahead"]
    counted = b.Paragraph(f"Gate criteria. {' '.join(map(_counted, reached))}")
    return b.Section("Where it stands", (steps, counted))


def _counted(gate: PhaseGates) -> str:
    counts = (
        ("met", gate.met),
        ("waived", gate.waived),
        ("open", gate.open),
        ("open again", gate.reopened),
    )
    return f"{gate.title}: {', '.join(f'{count} {word}' for word, count in counts if count)}."


def _risks(report: DecisionReport) -> b.Section:
    if not report.risks:
        nothing = b.Paragraph("Nothing recorded points at one; that is no proof.")
        return b.Section("Biggest risks", (nothing,))
    return b.Section(
        f"{_number(len(report.risks))} biggest risks", (b.Points(tuple(map(_risk, report.risks))),)
    )


def _number(count: int) -> str:
    return {1: "The", 2: "Two", 3: "Three"}.get(count, str(count))


def _risk(item: HazardItem) -> b.Point:
    because = f", because: {item.because}" if item.because else ""
    pressing: b.Tone = "bad" if item.pressing == "found" else "caution"
    tone: b.Tone = "good" if item.state == "mitigated" else "caution" if item.state != "open" else pressing
    return b.Point(
        (b.Strong(f"{item.title}. "), *b.pieces(b.marked(item.noticed[0] if item.noticed else ""))),
        tone,
        f"{item.mitigation} Owner: {item.owner}; {item.state}{because}.",
    )


def _unknown(report: DecisionReport) -> b.Section:
    if not report.unknown:
        return b.Section("Still unknown", (b.Paragraph("Nothing that is asked for here."),))
    shown = list(report.unknown[:_MOST_UNKNOWN])
    if left := len(report.unknown) - len(shown):
        shown.append(f"{'One more is' if left == 1 else f'{left} more are'} told with the evidence.")
    return b.Section("Still unknown", (b.Points(tuple(b.Point(text, "open") for text in shown)),))


def _evidence(report: DecisionReport) -> b.Section:
    """What stands behind the page, on pages of its own."""
    inside: list[b.Block] = [b.Points(tuple(b.Point(b.marked(s.text), s.light) for s in report.signs))]
    if more := report.unknown[_MOST_UNKNOWN:]:
        points = tuple(b.Point(text, "open") for text in more)
        inside.append(b.Section("Unknown, too", (b.Points(points),)))
    if report.card:
        rows = tuple((entry.title, entry.text, problem_card.read_as(entry)) for entry in report.card)
        inside.append(
            b.Section("The problem card", (b.Table("As typed", ("Field", "Text", "Read as"), rows),))
        )
    if report.remarks:
        inside.append(
            b.Points(tuple(b.Point(r.sentence, "caution", (*cited(r.source), ".")) for r in report.remarks))
        )
    if report.figures:
        inside.append(
            b.Section("The baseline in figures", (b.Table("Measured", ("What", "Value"), report.figures),))
        )
    if report.data:
        answered = tuple(_answer(name, answer) for name, answer in report.data.items())
        inside.append(
            b.Section("The data", (b.Table("Ten questions", ("Question", "Answer", "Why"), answered),))
        )
    inside.append(_criteria(report))
    if report.score:
        inside.append(b.Section("ML Test Score", (b.Paragraph(report.score),)))
    if report.people:
        inside.append(b.Section("The people", (b.Table("Named", ("Role", "Who"), report.people),)))
    story = tuple(
        b.Point((b.Strong(f"{entry.when}, {entry.who}: "), *b.pieces(b.marked(entry.what))))
        for entry in report.log
    )
    inside.append(b.Section("The story so far", (b.Points(story),)))
    return b.Section("The evidence", tuple(inside), new_page=True)


def _answer(name: str, answer: Answer) -> tuple[b.Cell, ...]:
    word, tone = STATUS[answer.status]
    return (knowledge().data_questions[name].title, f"{b.SIGNS[tone]} {word}", b.marked(answer.text))


def _criteria(report: DecisionReport) -> b.Section:
    points = tuple(_criterion(gate) for gate in report.criteria)
    return b.Section("Every gate criterion so far", (b.Points(points),))


def _criterion(gate: GateState) -> b.Point:
    by = f" ({gate.who}, {gate.when})" if gate.when and gate.state != "open" else ""
    why = gate.why[:1].upper() + gate.why[1:]
    return b.Point((b.Strong(f"{_WORDS[gate.state]}: "), gate.title), _TONES[gate.state], f"{why}{by}.")
