"""The page of a pre-mortem: what was found, what is likely, and the rest folded; each with what to do."""

from __future__ import annotations

from mlpm_magics.results import HazardItem, Premortem
from mlpm_magics.views import blocks as b

_TONES: dict[str, b.Tone] = {"open": "bad", "watched": "caution", "mitigated": "good", "accepted": "caution"}
_ENTERS = {"data": "the data", "method": "the method", "conclusion": "the conclusion", "use": "its use"}


def page(report: Premortem) -> b.Page:
    """Build the page."""
    blocks: list[b.Block] = (
        [b.Paragraph((b.Strong("Just now: "), report.happened))] if report.happened else []
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
    if found:
        blocks.append(b.Section(f"Found ({len(found)})", tuple(block for i in found for block in _item(i))))
    if likely:
        title = f"Likely, by what was answered or is open ({len(likely)})"
        blocks.append(b.Section(title, tuple(block for i in likely for block in _item(i))))
    if report.pitfalls:
        points = tuple(b.Point(p.text) for p in report.pitfalls)
        title = f"Where {report.pitfalls[0].kind.lower()} goes wrong"
        blocks.append(b.Section(title, (b.Points(points),)))
    blocks.append(_rest(rest))
    blocks.append(_how(report))
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


def _item(item: HazardItem) -> tuple[b.Block, ...]:
    state = item.state if item.state != "open" else "open: decide what to do"
    because = f", because: {item.because}" if item.because else ""
    by = f" ({item.who}, {item.when})" if item.when else ""
    head = b.Point(
        (b.Strong(f"{item.id.upper()} {item.title}. "), " ".join(item.noticed)),
        _TONES[item.state] if item.pressing == "found" or item.state != "open" else "caution",
        f"Comes in with {_ENTERS[item.enters]}. Owner: {item.owner}. State: {state}{because}{by}.",
    )
    detail = b.Section(
        "How it shows, how to check, what to do",
        (
            b.Points(
                (
                    b.Point((b.Strong("It shows as: "), item.symptom)),
                    b.Point((b.Strong("Check: "), item.check)),
                    b.Point((b.Strong("What to do: "), item.mitigation)),
                    b.Point((b.Strong("It happened: "), item.case, f" ({item.source})")),
                )
            ),
        ),
        folded=True,
    )
    return (b.Points((head,)), detail)


def _rest(rest: list[HazardItem]) -> b.Section:
    rows = tuple((item.id.upper(), item.title, item.symptom, item.mitigation, item.owner) for item in rest)
    table = b.Table(
        "Not noticed here, which is no proof", ("", "What", "It shows as", "What to do", "Owner"), rows
    )
    return b.Section(f"The rest ({len(rest)})", (table,), folded=True)


def _missing(report: Premortem) -> b.Points:
    return b.Points(
        tuple(
            b.Point((f"Not known yet: {tells}. ", b.Code(typed)), "open") for tells, typed in report.missing
        )
    )


def _how(report: Premortem) -> b.Paragraph:
    if not report.owned_in_project:
        return b.Paragraph(
            ("To keep owners and decisions, begin a project: ", b.Code("%ml_lifecycle start NAME"))
        )
    first = report.items[0].id.upper()
    return b.Paragraph(
        (
            "To decide: ",
            b.Code(f"%ml_premortem own {first} NAME"),
            ", ",
            b.Code(f'%ml_premortem accept {first} --because "…"'),
            ", or mitigate, watch, reopen.",
        )
    )
