"""The page of a `FitReport`: the verdict, reasons for and against, what is open, and what would turn it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from mlpm_magics.catalogue import Knowledge, knowledge
from mlpm_magics.results import Contradiction, FitReport, Flip, NearCase, Proposal, Reason, Reply, Verdict
from mlpm_magics.views import blocks as b
from mlpm_magics.views.cited import cited
from mlpm_magics.views.evidence import details

WORDS: dict[Verdict, tuple[str, b.Tone]] = {
    "good_fit": ("Good fit", "good"),
    "fit_with_cautions": ("Fit, with cautions", "caution"),
    "not_a_fit": ("Not a fit as framed", "bad"),
    "ask": ("Cannot tell yet", "open"),
}
_RATHER_SURE = 0.5  # below, the kind is as often wrong as right (cross-validation)
_BASIS = {"stated": "you said so", "measured": "measured", "proposed": "a guess from your words"}
_TONES: dict[str, b.Tone] = {"for": "good", "caution": "caution", "blocker": "bad"}
_ANSWERS: dict[Reply, str] = {"yes": "yes", "no": "no", "unknown": "we do not know"}
_MOST_QUESTIONS = 10


def page(report: FitReport) -> b.Page:
    """Build the page; everything on it comes from the report and the knowledge base."""
    known = knowledge()
    blocks: list[b.Block] = (
        [b.Paragraph(("Problem: ", b.Strong(report.statement)))] if report.statement else []
    )
    blocks += verdict(report)
    blocks += _evidence(report)
    blocks += _open(known, report)
    blocks += _proposals(known, report)
    blocks += _flips(known, report)
    blocks += _cases(known, report)
    blocks += _basis(known, report)
    if report.recorded:
        blocks.append(b.Paragraph(report.recorded))
    return b.Page(f"Does ML fit? {report.statement}".strip(), tuple(blocks))


def verdict(report: FitReport) -> list[b.Block]:
    """The heart of the page: the sentence, the picture, the reasons and what to do instead."""
    word, tone = WORDS[report.verdict]
    blocks: list[b.Block] = [b.Headline(tone, word, report.sentence), _balance(report), *_reasons(report)]
    if report.alternative:
        instead = (b.Strong(_capital(report.alternative.title) + ". "), report.alternative.text)
        blocks.append(b.Section("What to do instead", (b.Paragraph(instead),)))
    return blocks + _contradictions(knowledge(), report) + _disagreements(knowledge(), report)


def _balance(report: FitReport) -> b.Picture:
    counts = {
        effect: sum(r.effect == effect for r in report.reasons) for effect in ("for", "caution", "blocker")
    }
    drawing = b.Balance(counts["for"], counts["caution"], counts["blocker"], len(report.questions))
    alt = (
        f"{counts['for']} for, {counts['caution']} to be careful about, {counts['blocker']} against, "
        f"{len(report.questions)} open"
    )
    return b.Picture(drawing, alt)


def _reasons(report: FitReport) -> list[b.Block]:
    sections: list[b.Block] = []
    for title, effects in (("Against", ("blocker", "caution")), ("For", ("for",))):
        reasons = [reason for reason in report.reasons if reason.effect in effects]
        if reasons:
            sections.append(b.Section(title, (b.Points(tuple(map(_point, _together(reasons)))),)))
    return sections if report.verdict == "not_a_fit" else sections[::-1]


def _together(reasons: Iterable[Reason]) -> list[Reason]:
    """What speaks for ML in the data as one reason for each basis: several needs of one thing, all met."""
    told: dict[object, Reason] = {}
    for reason in reasons:
        in_data = reason.effect == "for" and knowledge().criteria[reason.criterion].group == "data"
        key = ("data", reason.basis) if in_data else reason
        if (before := told.get(key)) is None:
            told[key] = reason
            continue
        sources = dict.fromkeys((*before.source.split("; "), *reason.source.split("; ")))
        told[key] = msgspec.structs.replace(
            before, text=f"{before.text} {reason.text}", source="; ".join(filter(None, sources))
        )
    return list(told.values())


def _point(reason: Reason) -> b.Point:
    source = ("; source: ", *cited(reason.source)) if reason.source else ()
    not_known = knowledge().criteria[reason.criterion].unknown.text
    unasked = reason.basis == "proposed" and reason.text == not_known
    basis = "not asked, but problems like yours often turn on it" if unasked else _BASIS[reason.basis]
    return b.Point(b.marked(reason.text), _TONES[reason.effect], (_capital(basis), *source, "."))


def _evidence(report: FitReport) -> list[b.Block]:
    if report.evidence is None:
        return []
    headline = b.Paragraph(b.marked(report.evidence.sentence))
    return [b.Section(f"Measured on {report.evidence.table}", (headline, *details(report.evidence)))]


def _open(known: Knowledge, report: FitReport) -> list[b.Block]:
    if not report.questions:
        return []
    shown = report.questions[:_MOST_QUESTIONS]
    points = tuple(
        b.Point(
            (known.criteria[name].question, "  ", b.Code(name)),
            "open",
            f"To settle it: {known.criteria[name].settle}",
        )
        for name in shown
    )
    more = len(report.questions) - len(shown)
    title = "Still open, the most decisive first" + (f" ({more} more could matter)" if more else "")
    hint = b.Paragraph(
        (
            "Answer in a ",
            b.Code("%%ml_fit"),
            " cell under ",
            b.Code("answers:"),
            ", or click through ",
            b.Code("%ml_fit"),
            ".",
        )
    )
    cell = (b.Section("The same as a cell", (b.Listing(_cell(report, shown), "yaml"),), folded=True),)
    return [b.Section(title, (b.Points(points), hint, *(cell if report.verdict == "ask" else ())))]


def _cell(report: FitReport, questions: Iterable[str]) -> str:
    """What to copy into a cell: what was said, and the open questions, each to be answered."""
    stated = {name: reply for name, reply in report.answers.items() if report.bases.get(name) == "stated"}
    said = {"statement": report.statement, "decision": report.decision, "goal": report.goal}
    lines = [
        "%%ml_fit",
        *(f"{key}: {json.dumps(text, ensure_ascii=False)}" for key, text in said.items() if text),
    ]
    if report.problem_type_basis == "stated":
        lines.append(f"problem_type: {report.problem_type}")
    lines += ["answers:", *(f"  {name}: {reply}" for name, reply in stated.items())]
    return "\n".join([*lines, *(f"  {name}: unknown  # or yes, or no" for name in questions)])


def _proposals(known: Knowledge, report: FitReport) -> list[b.Block]:
    points = [
        b.Point(tuple(_guessed(known, guesses)), "plain", because)
        for because, guesses in _by_reason(report.proposals).items()
    ]
    if report.problem_type_basis == "proposed":
        title = _kind(known, report)
        because = report.type_guess.because if report.type_guess else ""
        points.insert(0, b.Point(title, "plain", because))
    if not points:
        return []
    return [
        b.Section("Guessed from your words; guesses are asked, they never decide", (b.Points(tuple(points)),))
    ]


def _by_reason(proposals: Mapping[str, Proposal]) -> dict[str, dict[str, Proposal]]:
    """Guesses that come from the same words, or the same known cases, are told together."""
    found: dict[str, dict[str, Proposal]] = {}
    for name, proposal in proposals.items():
        found.setdefault(proposal.because, {})[name] = proposal
    return found


def _guessed(known: Knowledge, guesses: Mapping[str, Proposal]) -> Iterator[b.Inline]:
    for number, (name, guess) in enumerate(guesses.items()):
        title = known.criteria[name].title
        yield f"; {title.lower()}: " if number else f"{title}: "
        yield b.Strong(_ANSWERS[guess.answer])
        yield f" ({_sure(guess.confidence)})"


def _kind(known: Knowledge, report: FitReport) -> tuple[b.Inline, ...]:
    kind = known.problem_types[report.problem_type]
    guess = report.type_guess
    if guess is None:
        return ("Problem type: ", b.Strong(kind.title.lower()), f". {kind.sentence}")
    if guess.confidence >= _RATHER_SURE:
        sure = f" ({_sure(guess.confidence)}). {kind.sentence}"
        return ("Problem type: ", b.Strong(kind.title.lower()), sure)
    either = [known.problem_types[name] for name in list(guess.chances)[:2]]
    perhaps = ", ".join(
        f"perhaps {other.title.lower()} ({guess.chances[other.id]:.0%}: {other.sentence[:-1].lower()})"
        for other in either
    )
    taken = f" from these words; {perhaps}. {kind.title} is taken until a brief states its "
    return ("Problem type: ", b.Strong("cannot tell"), taken, b.Code("problem_type"), ".")


def _sure(confidence: float) -> str:
    """Words never make it certain."""
    return "over 99% sure" if confidence > 0.99 else f"{confidence:.0%} sure"


def _contradictions(known: Knowledge, report: FitReport) -> list[b.Block]:
    points = tuple(
        b.Point(
            b.marked(f"{known.criteria[c.criterion].title}: you said {_ANSWERS[c.stated]}, but {c.against}."),
            "caution",
            _confirmed(c, report),
        )
        for c in report.contradictions
    )
    return [b.Section("These do not go together", (b.Points(points),))] if points else []


def _disagreements(known: Knowledge, report: FitReport) -> list[b.Block]:
    points = []
    for item in report.disagreements:
        said = ", ".join(f"{who} {_ANSWERS[answer]}" for who, answer in item.answers.items())
        if item.moves:
            each = ", ".join(f"{_ANSWERS[a]}: {WORDS[v][0].lower()}" for a, v in item.verdicts.items())
            then = f"The verdict hangs on it ({each}). Until you agree, {_ANSWERS[item.counted]} counts."
        else:
            then = "It does not move the verdict."
        title = known.criteria[item.criterion].title
        points.append(b.Point(f"{title}: {said}.", "caution" if item.moves else "plain", then))
    return [b.Section("People answered differently", (b.Points(tuple(points)),))] if points else []


def _confirmed(contradiction: Contradiction, report: FitReport) -> str:
    if contradiction.confirmed:
        return f"You hold on to it: {contradiction.confirmed}"
    if report.bases.get(contradiction.criterion) != "measured":
        return ""
    return "What was measured counts. To hold on to your answer, confirm it with a reason under confirmed:."


def _flips(known: Knowledge, report: FitReport) -> list[b.Block]:
    points = tuple(b.Point(_flip(known, flip)) for flip in report.flips)
    return [b.Section("What would change the verdict", (b.Points(points),), folded=True)] if points else []


def _flip(known: Knowledge, flip: Flip) -> b.Text:
    changes = [
        f"“{known.criteria[name].title}” were {_ANSWERS[answer]}" for name, answer in flip.answers.items()
    ]
    return (b.Strong(WORDS[flip.verdict][0]), f" if {' and '.join(changes)}.")


def _cases(known: Knowledge, report: FitReport) -> list[b.Block]:
    if not report.cases:
        return []
    points = tuple(
        b.Point(
            (b.Strong(case.title), f": {WORDS[case.verdict][0].lower()}. {case.reason}"),
            "plain",
            _compared(known, case),
        )
        for case in report.cases
    )
    return [b.Section("Known cases near this one", (b.Points(points),), folded=True)]


def _compared(known: Knowledge, case: NearCase) -> b.Text:
    def named(names: tuple[str, ...]) -> str:
        facts = known.cases[case.case].answers
        return ", ".join(f"{known.criteria[name].title.lower()} ({_ANSWERS[facts[name]]})" for name in names)

    parts = []
    if case.same:
        parts.append(f"the same: {named(case.same)}")
    if case.different:
        parts.append(f"different there: {named(case.different)}")
    return (_capital("; ".join([*parts, "source: "])), *cited(case.source), ".")


def _basis(known: Knowledge, report: FitReport) -> list[b.Block]:
    rows: list[tuple[b.Cell, ...]] = [
        (known.criteria[name].title, _ANSWERS[answer], report.bases[name])
        for name, answer in report.answers.items()
    ]
    rows += [
        (known.criteria[name].title, _ANSWERS[answer], "presumed") for name, answer in report.presumed.items()
    ]
    if not rows:
        return []
    table = b.Table("Answers this rests on", ("Criterion", "Answer", "Basis"), tuple(rows))
    return [b.Section("What this rests on", (table,), folded=True)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
