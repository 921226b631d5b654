"""The page of a pre-mortem: what was found, what is likely, and the rest folded; each with what to do."""

from __future__ import annotations

from mlpm_magics.results import HazardItem, Premortem
from mlpm_magics.views import blocks as b
from mlpm_magics.views.cited import cited

_FOUND, _LIKELY = "Found", "Likely, by what was answered or is open"
_TONES: dict[str, b.Tone] = {"open": "bad", "watched": "caution", "mitigated": "good", "accepted": "caution"}
_ENTERS = {"data": "the data", "method": "the method", "conclusion": "the conclusion", "use": "its use"}


def page(report: Premortem) -> b.Page:
    """Build the page."""
    blocks: list[b.Block] = (
        [b.Paragraph((b.Strong("Just now: "), report.happened))] if report.happened else []
    )
    if one := next((item for item in report.items if item.id == report.show), None):
        return b.Page(
            f"{one.id.upper()} {one.title}", (*blocks, *_item(one, whole=True), _how(report, one.id))
        )
    found = [item for item in report.items if item.pressing == "found"]
    likely = [item for item in report.items if item.pressing == "likely"]
    rest = [item for item in report.items if item.pressing == "other"]
    tone: b.Tone = (
        "bad" if any(item.state == "open" for item in found) else "caution" if found or likely else "open"
    )
    blocks.append(b.Headline(tone, "Suppose it has failed", report.sentence))
    if found or likely:
        blocks.append(_where(report))
    if report.used:
        blocks.append(b.Paragraph(f"Made from {', '.join(report.used)}."))
    if report.missing:
        blocks.append(_missing(report))
    whole = report.show == "all"
    for title, items in ((_FOUND, found), (_LIKELY, likely)):
        if items:
            told = tuple(block for item in items for block in _item(item, whole=whole))
            blocks.append(b.Section(f"{title} ({len(items)})", told))
    if rest:
        if not whole:
            blocks.append(_more(report, len(rest)))
        blocks.append(_rest(rest, whole=whole))
    blocks.append(_how(report, report.items[0].id))
    title = f"{report.name}: what could go wrong" if report.name else "What could go wrong"
    return b.Page(title, tuple(blocks))


def _where(report: Premortem) -> b.Picture:
    """Where what was noticed comes in: data, method and conclusion, and use."""
    noticed = [item for item in report.items if item.pressing != "other"]
    counts = {name: sum(item.enters == name for item in noticed) for name in _ENTERS}
    rows: tuple[tuple[str, float, b.Tone], ...] = tuple(
        (
            f"in {_ENTERS[name]}",
            float(count),
            "bad" if any(i.enters == name and i.pressing == "found" for i in noticed) else "caution",
        )
        for name, count in counts.items()
    )
    said = "; ".join(f"{label} {value:.0f}" for label, value, _ in rows)
    return b.Picture(b.Bars(rows), f"Where it comes in: {said}")


def _item(item: HazardItem, *, whole: bool) -> tuple[b.Block, ...]:
    """How it was noticed and what to do; the rest of what is known opens, or is told where `whole`."""
    state = item.state if item.state != "open" else "open: decide what to do"
    because = f", because: {item.because}" if item.because else ""
    by = f" ({item.who}, {item.when})" if item.when else ""
    noticed = " ".join(item.noticed) or "Not noticed here, which is no proof."
    head = b.Point(
        (b.Strong(f"{item.id.upper()} {item.title}. "), *b.pieces(b.marked(noticed))),
        _TONES[item.state] if item.pressing == "found" or item.state != "open" else "caution",
        f"What to do: {item.mitigation} Owner: {item.owner}. State: {state}{because}{by}.",
    )
    detail = b.Section(
        "How it shows, how to check, where it happened",
        (
            b.Points(
                (
                    b.Point((b.Strong("It shows as: "), item.symptom)),
                    b.Point((b.Strong("Check: "), item.check)),
                    b.Point((b.Strong("It happened: "), item.case, " (", *cited(item.source), ")")),
                    b.Point(f"Comes in with {_ENTERS[item.enters]}."),
                )
            ),
        ),
        folded=True,
        aside=not whole,
    )
    return (b.Points((head,)), detail)


def _more(report: Premortem, many: int) -> b.Paragraph:
    """How to have what is not told at once, also where nothing can be opened."""
    first = report.items[0].id.upper()
    return b.Paragraph(
        (
            f"{many} more things go wrong with products like this: ",
            b.Code("%ml_premortem all"),
            " tells everything, ",
            b.Code(f"%ml_premortem {first}"),
            " one of them with a real case.",
        )
    )


def _rest(rest: list[HazardItem], *, whole: bool) -> b.Section:
    points = tuple(
        b.Point(
            (b.Strong(f"{item.id.upper()} {item.title}. "), item.symptom),
            "plain",
            f"What to do: {item.mitigation} Owner: {item.owner}.",
        )
        for item in rest
    )
    note = b.Paragraph("Not noticed here, which is no proof.")
    return b.Section(f"The rest ({len(rest)})", (note, b.Points(points)), folded=True, aside=not whole)


def _missing(report: Premortem) -> b.Points:
    return b.Points(
        tuple(
            b.Point((f"Not known yet: {tells}. ", b.Code(typed)), "open") for tells, typed in report.missing
        )
    )


def _how(report: Premortem, about: str) -> b.Paragraph:
    if not report.owned_in_project:
        return b.Paragraph(
            ("To keep owners and decisions, begin a project: ", b.Code("%ml_lifecycle start NAME"))
        )
    first = about.upper()
    return b.Paragraph(
        (
            "To decide: ",
            b.Code(f"%ml_premortem own {first} NAME"),
            ", ",
            b.Code(f'%ml_premortem accept {first} --because "…"'),
            ", or mitigate, watch, reopen.",
        )
    )
