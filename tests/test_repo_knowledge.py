"""The knowledge base holds together: every reference resolves, every source is used, no word overreaches."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import msgspec
import pytest

from mlpm_magics.catalogue import Knowledge, dangling, knowledge
from mlpm_magics.entries import Clash, Conjunction, Entry

KNOWN = knowledge()
ONLY_HTTP = {"graham2002", "sahami1998"}


def every_entry() -> Iterator[tuple[str, Entry]]:
    for field in msgspec.structs.fields(Knowledge):
        for entry in getattr(KNOWN, field.name).values():
            yield field.name, entry


def texts(value: object) -> Iterator[str]:
    """Every string inside a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(key)
            yield from texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)


def with_first(kind: str, **changes: object) -> Knowledge:
    """The knowledge with the first entry of a kind changed."""
    entries = dict(getattr(KNOWN, kind))
    name = next(iter(entries))
    entries[name] = msgspec.structs.replace(entries[name], **changes)
    return msgspec.structs.replace(KNOWN, **{kind: entries})


def first_phase_with(**changes: object) -> Knowledge:
    phase = next(iter(KNOWN.phases.values()))
    gate = (msgspec.structs.replace(phase.gate[0], **changes), *phase.gate[1:])
    return with_first("phases", gate=gate)


def blocked_by(kind: str) -> Knowledge:
    outcome = next(iter(KNOWN.criteria.values())).yes
    return with_first("criteria", **{kind: msgspec.structs.replace(outcome, alternative="nowhere")})


def joint(kind: type[Conjunction] | type[Clash], **changes: object) -> Knowledge:
    name = "conjunctions" if kind is Conjunction else "clashes"
    return with_first(name, **changes)


BROKEN = {
    "source of a criterion": (lambda: with_first("criteria", sources=("nowhere",)), "source"),
    "source of a case": (lambda: with_first("cases", sources=("nowhere",)), "source"),
    "ask_when": (lambda: with_first("criteria", ask_when={"nowhere": ("yes",)}), "criterion"),
    "not_for": (lambda: with_first("criteria", not_for=("nowhere",)), "problem type"),
    "alternative if yes": (lambda: blocked_by("yes"), "alternative"),
    "alternative if no": (lambda: blocked_by("no"), "alternative"),
    "alternative if unknown": (lambda: blocked_by("unknown"), "alternative"),
    "when of a conjunction": (lambda: joint(Conjunction, when={"nowhere": ("yes",)}), "criterion"),
    "criterion of a conjunction": (lambda: joint(Conjunction, criterion="nowhere"), "criterion"),
    "alternative of a conjunction": (lambda: joint(Conjunction, alternative="nowhere"), "alternative"),
    "when of a clash": (lambda: joint(Clash, when={"nowhere": ("yes",)}), "criterion"),
    "criterion of a clash": (lambda: joint(Clash, criterion="nowhere"), "criterion"),
    "cue": (lambda: with_first("cues", proposes={"nowhere": "yes"}), "criterion"),
    "role of a phase": (lambda: with_first("phases", roles=("nowhere",)), "role"),
    "phase to go back to": (lambda: with_first("phases", back_to="nowhere"), "phase"),
    "source of a gate": (lambda: first_phase_with(sources=("nowhere",)), "source"),
    "who answers for a gate": (lambda: first_phase_with(accountable="nowhere"), "role"),
    "field of a gate": (lambda: first_phase_with(met_by="card", asks=("nowhere",)), "field"),
    "role to ask": (lambda: with_first("phases", consulted=("nowhere",)), "role"),
    "phase of a field": (lambda: with_first("card_fields", phase="nowhere"), "phase"),
    "field of a rule": (lambda: with_first("card_rules", fields=("nowhere",)), "field"),
    "owner of a hazard": (lambda: with_first("hazards", owner="nowhere"), "role"),
    "answer of a hazard": (lambda: with_first("hazards", answers={"nowhere": ("yes",)}), "criterion"),
    "design of a hazard": (lambda: with_first("hazards", designs=("nowhere",)), "property"),
    "problem type of a hazard": (lambda: with_first("hazards", problem_types=("nowhere",)), "problem type"),
    "task of a gate": (lambda: first_phase_with(tasks=("nowhere",)), "task"),
    "answer of a case": (lambda: with_first("cases", answers={"nowhere": "yes"}), "criterion"),
    "decisive in a case": (lambda: with_first("cases", decisive=("nowhere",)), "criterion"),
    "problem type of a case": (lambda: with_first("cases", problem_type="nowhere"), "problem type"),
}
if KNOWN.data_questions:
    BROKEN["data question"] = (lambda: with_first("data_questions", criterion="nowhere"), "criterion")


def test_the_knowledge_loads_and_every_reference_resolves():
    assert dangling(KNOWN) == []


@pytest.mark.parametrize("place", BROKEN)
def test_a_reference_to_nothing_is_reported(place):
    broken, kind = BROKEN[place]
    assert [line for line in dangling(broken()) if line.endswith(f": no such {kind}: 'nowhere'")]


def test_a_task_and_a_gate_of_the_same_name_are_reported():
    task = next(iter(KNOWN.phases.values())).tasks[0].id
    assert f"phases: {task!r} is used twice" in dangling(first_phase_with(id=task))


@pytest.mark.parametrize("field", msgspec.structs.fields(Knowledge), ids=lambda field: field.name)
def test_there_is_some_of_every_kind(field):
    assert getattr(KNOWN, field.name)


def test_every_source_is_used():
    used = {source for _, entry in every_entry() for source in getattr(entry, "sources", ())}
    used |= {source for phase in KNOWN.phases.values() for gate in phase.gate for source in gate.sources}
    assert set(KNOWN.sources) - used == set(), "delete them, or name them where their fact stands"


def test_every_source_can_be_found_by_a_reader():
    for source in KNOWN.sources.values():
        assert source.title.strip(), source.id
        assert source.by.strip(), source.id
        address = "" if source.id == "house" else "http://" if source.id in ONLY_HTTP else "https://"
        assert source.url.startswith(address), f"{source.id}: whoever doubts it cannot look"
        assert not source.year or 1900 <= source.year <= 2027, source.id


def test_a_source_is_listed_once_and_cited_in_words_of_its_own():
    """Two sources in the same words could not be told apart in a report, nor be links."""
    sources = KNOWN.sources.values()
    for told in (
        [source.url for source in sources if source.url],
        [re.sub(r"\W", "", f"{source.title} {source.year}".lower()) for source in sources],
        [KNOWN.cite([source.id]) for source in sources],
    ):
        assert [words for words, times in Counter(told).items() if times > 1] == []


def test_ids_are_snake_case_and_permanent_names():
    for kind, entry in every_entry():
        assert re.fullmatch(r"[a-z][a-z0-9]*([_.][a-z0-9]+)*", entry.id), f"{kind}: {entry.id}"


# "data security" or a question "is it unbiased?" is fine; telling somebody that a thing is, is not
OVERREACHING = re.compile(
    r"\b(?:is|are|looks?|seems?|was|were|be)\s+(?:now\s+|completely\s+|fully\s+)?"
    r"(?:safe|unbiased|bias-free|risk-free|foolproof)\b(?!\w*\?)",
    re.IGNORECASE,
)


def test_no_sentence_calls_anything_safe_or_unbiased():
    said = [
        f"{kind} {entry.id}: {text}"
        for kind, entry in every_entry()
        for text in texts(msgspec.to_builtins(entry))
        for sentence in re.findall(r"[^.?!]+[.?!]*", text)
        if OVERREACHING.search(sentence) and not sentence.rstrip().endswith("?")
    ]
    assert said == []


def test_every_text_is_whole():
    for kind, entry in every_entry():
        for text in texts(msgspec.to_builtins(entry)):
            where = f"{kind} {entry.id}: {text[:60]!r}"
            assert not re.search(r"\b(TODO|TBD|FIXME|XXX|lorem)\b", text), where
            assert not any("  " in line.strip() for line in text.splitlines()), where
            assert text.isprintable() or "\n" in text, where
