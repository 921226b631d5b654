"""How each thing that is recorded stands, in a word and a sentence; and what is still unknown."""

from __future__ import annotations

from mlpm_magics.baselines.little import by_little
from mlpm_magics.catalogue import Knowledge
from mlpm_magics.lifecycle.parts.data import DataPart
from mlpm_magics.lifecycle.recording.fit import bare
from mlpm_magics.lifecycle.stamp import words_of
from mlpm_magics.lifecycle.state import State
from mlpm_magics.results import Light, Premortem, ProblemCard, Sign, still_open

_LIGHTS: dict[str, Light] = {
    "good_fit": "good",
    "fit_with_cautions": "caution",
    "not_a_fit": "bad",
    "ask": "open",
    "ready": "good",
    "ready_with_cautions": "caution",
    "not_ready": "bad",
    "holds": "good",
    "broken": "bad",
    "undecided": "open",
    "beats_baseline": "good",
    "no_better": "bad",
    "cannot_tell": "open",
}
_BASELINE = {"beats_baseline": "beats guessing", "no_better": "no better", "cannot_tell": "cannot tell"}


def signs(known: Knowledge, state: State, fear: Premortem) -> tuple[Sign, ...]:
    """One sign for each kind of evidence, also for what is not there."""
    return (
        _fit(state),
        _data(state),
        _features(state),
        _baseline(state),
        _design(known, state),
        _risks(fear),
    )


def _missing(title: str, text: str) -> Sign:
    return Sign(title=title, light="open", word="not looked at", text=text)


def _fit(state: State) -> Sign:
    if state.fit is None:
        return _missing("Fit", "Nobody has asked yet whether ML fits.")
    word = words_of(state.fit.verdict)
    return Sign(title="Fit", light=_LIGHTS[state.fit.verdict], word=word, text=f"Fit: {word}.")


def _data(state: State) -> Sign:
    if state.data is None:
        return _missing("Data", "No table was looked at yet.")
    word = words_of(state.data.verdict)
    left = still_open(state.data.verdict, state.data.answers)
    text = f"Data ({state.data.rows:,} rows): {word}{left}.{_worst(state.data)}"
    return Sign(title="Data", light=_LIGHTS[state.data.verdict], word=word, text=text)


def _worst(data: DataPart) -> str:
    """What blocks, in words: the first, and how many more."""
    blockers = [
        part.text or f"{name.replace('_', ' ')}."
        for name, part in data.findings.items()
        if part.severity == "blocker"
    ]
    more = f" {len(blockers) - 1} more block it." if len(blockers) > 2 else " One more blocks it."
    return f" {blockers[0]}{more if len(blockers) > 1 else ''}" if blockers else ""


def _features(state: State) -> Sign:
    part = state.features
    if part is None:
        return _missing("Features", "No plan of the features is recorded yet.")
    asked = sum(part.open.values())
    if part.suspicious:
        number = sum(part.suspicious.values())
        columns = "one suspicious column" if number == 1 else f"{number} suspicious columns"
        text = f"Features: {columns} that nobody has answered for."
        return Sign(title="Features", light="bad", word="suspicious", text=text)
    if asked:
        text = f"Features: {asked} questions are open that only people can answer."
        return Sign(title="Features", light="caution", word="open questions", text=text)
    text = f"Features: {part.used} columns used, {part.discarded} left out, no question open."
    return Sign(title="Features", light="good", word="answered", text=text)


def _baseline(state: State) -> Sign:
    part = state.baseline
    if part is None:
        return _missing("Baseline", "No baseline is recorded yet.")
    line = f" {part.line_text}" if part.line_text else ""
    line += "".join(f" {held.text}" for held in part.agreed.values())
    answers = {held.answer for held in part.agreed.values()}
    light: Light = _LIGHTS[part.beats]
    word = _BASELINE[part.beats]
    if light == "good" and by_little(part.kind, part.gain, part.line):
        light, word = "caution", "beats it by little"
    over = f" ({part.over_text})" if part.over_text else ""
    if part.line == "below" or part.below or "missed" in answers:
        light = "bad"
    elif light in ("good", "caution") and "cannot_tell" in (part.line, *answers):
        light = "open"
    return Sign(title="Baseline", light=light, word=word, text=f"Baseline: {word}{over}.{line}")


def _design(known: Knowledge, state: State) -> Sign:
    part = state.design
    if part is None:
        return _missing("Design", "No design was checked yet.")
    titles = [known.design_properties[p].title if p in known.design_properties else p for p in part.broken]
    can = f": {'; '.join(title.lower() for title in titles)}" if titles else ""
    text = f"Design: {part.verdict}{can}."
    return Sign(title="Design", light=_LIGHTS[part.verdict], word=part.verdict, text=text)


def _risks(fear: Premortem) -> Sign:
    found = [item for item in fear.items if item.pressing == "found"]
    open_ = [item for item in found if item.state == "open"]
    if not fear.used:
        return _missing("Risks", "Nothing is recorded that could show what can go wrong.")
    if not found:
        text = "Risks: none was found in what was looked at so far."
        return Sign(title="Risks", light="open", word="none found", text=text)
    if open_:
        were, them = ("was", "it") if len(open_) == 1 else ("were", "them")
        text = f"Risks: {len(open_)} {were} found and nobody has decided what to do about {them}."
        return Sign(title="Risks", light="caution", word=f"{len(open_)} open", text=text)
    were = "was" if len(found) == 1 else "were"
    text = f"Risks: {len(found)} {were} found, and each is decided."
    return Sign(title="Risks", light="good", word="decided", text=text)


def unknown(known: Knowledge, state: State, card: ProblemCard) -> tuple[str, ...]:
    """What nobody knows yet, in sentences."""
    found = []
    if card.open:
        titles = "; ".join(known.card_fields[name].title.lower() for name in card.open)
        found.append(f"Not on the problem card: {titles}.")
    if state.data is not None:
        said = {name for name, reply in bare(state.brief.answers).items() if reply != "unknown"}
        asked = [
            n
            for n, answer in state.data.answers.items()
            if answer.status == "unknown"
            and not (n in known.data_questions and known.data_questions[n].criterion in said)
        ]
        if asked:
            words = ", ".join(
                known.data_questions[n].title.lower() for n in asked if n in known.data_questions
            )
            found.append(f"What no table can tell: is the data {words}?")
    if state.features is not None and state.features.open:
        found.append(
            f"{sum(state.features.open.values())} questions about columns that only people can answer."
        )
    part = state.baseline
    if part is not None:
        if not part.line:
            found.append("The result was not held against the kill line.")
        found += [
            f"The result was not held against the agreed {field}."
            for field in ("margin", "floor")
            if field in state.card and field not in part.agreed
        ]
        if not part.groups:
            found.append("Nobody has looked at how groups are served.")
        if part.saved is None:
            found.append("What the gain is in money.")
    for what, there in (("the fit", state.fit), ("the data", state.data), ("a baseline", part)):
        if there is None:
            found.append(f"Not recorded: {what}.")
    return tuple(found)


def figures(known: Knowledge, state: State) -> tuple[tuple[str, str], ...]:
    """The figures of the baseline, each with what it is."""
    part = state.baseline
    if part is None:
        return ()
    shown = [("Table", f"{part.table}, {part.rows:,} rows"), ("Split", part.split), ("Model", part.chosen)]
    if part.result:
        r = part.result
        share = r.unit.startswith("share")
        low, value, high = (f"{n * 100:.0f} %" if share else f"{n:.3g}" for n in (r.low, r.value, r.high))
        shown.append((r.unit.capitalize(), f"{value} ({low} to {high})"))
    if part.threshold is not None:
        shown.append(("Act above a chance of", f"{part.threshold * 100:.0f} %"))
    told = known.day_stories
    shown += [
        (told[kind].name if kind in told else kind.replace("_", " "), f"{share * 100:.1f} % of all")
        for kind, share in part.wrong.items()
    ]
    if part.groups:
        shown.append(
            ("Groups", f"{part.groups} looked at, {part.worse} served worse, {part.below} below the floor")
        )
    if part.chances:
        shown.append(("Chances", part.chances.replace("_", " ")))
    times = state.looks[part.holdout].times if part.holdout in state.looks else 1
    shown.append(("Looks at the hold-out", str(times)))
    return tuple(shown)
