"""Reads the knowledge base: YAML files in, typed entries out, every reference checked.

A file in `knowledge/` is a mapping from a kind (`criteria`, `cases`, …) to a list of entries; which file
holds what is free. A team's own files in `mlpm_knowledge/` beside the notebooks add entries or replace
those with the same id. A registry of checks or magics is the listing of its folder (`modules_in`).
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar, get_args

import msgspec

from mlpm_magics import entries as e
from mlpm_magics.documents import Document, misfit_in_words, read_yaml
from mlpm_magics.errors import InvalidValueError, UnknownNameError, shown

E = TypeVar("E", bound=e.Entry)
T = TypeVar("T")

OWN_FOLDER = "mlpm_knowledge"
_PACKAGE_FOLDER = Path(__file__).parent / "knowledge"


class Knowledge(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the product knows, by kind and id, in the order of the files."""

    sources: dict[str, e.Source]
    criteria: dict[str, e.Criterion]
    conjunctions: dict[str, e.Conjunction]
    clashes: dict[str, e.Clash]
    alternatives: dict[str, e.AlternativeEntry]
    cues: dict[str, e.Cue]
    problem_types: dict[str, e.ProblemType]
    example_sentences: dict[str, e.ExampleSentences]
    practice_problems: dict[str, e.PracticeProblem]
    data_questions: dict[str, e.DataQuestion]
    measurements: dict[str, e.Measurement]
    limits: dict[str, e.Limit]
    given_names: dict[str, e.GivenNames]
    feature_steps: dict[str, e.FeatureStep]
    phases: dict[str, e.Phase]
    roles: dict[str, e.Role]
    card_fields: dict[str, e.CardField]
    card_examples: dict[str, e.CardExamples]
    card_rules: dict[str, e.CardRule]
    line_measures: dict[str, e.LineMeasure]
    hazards: dict[str, e.Hazard]
    prompts: dict[str, e.Prompt]
    exercises: dict[str, e.Exercise]
    affected: dict[str, e.Affected]
    day_stories: dict[str, e.DayStory]
    readiness_tests: dict[str, e.ReadinessTest]
    cases: dict[str, e.Case]
    topics: dict[str, e.Topic]
    design_properties: dict[str, e.DesignProperty]
    design_events: dict[str, e.DesignEvent]
    design_causes: dict[str, e.DesignCause]
    design_keys: dict[str, e.DesignKey]
    design_templates: dict[str, e.DesignTemplate]

    def limit(self, name: str) -> float:
        """The value of a threshold, e.g. `limit("missing_values.caution")`."""
        return find(self.limits, name, "limit").value

    def limits_of(self, check: str) -> dict[str, float]:
        """The thresholds of a check: the entries `<check>.<name>`, by name."""
        parted = ((name.partition("."), entry.value) for name, entry in self.limits.items())
        return {name: value for (of, _, name), value in parted if of == check}

    def cite(self, ids: Iterable[str]) -> str:
        """Sources in words, e.g. `Zinkevich 2017; Google PAIR 2021`."""
        cited = (self.sources[i] for i in ids)
        return "; ".join(f"{s.by} {s.year}" if s.year else s.by for s in cited)

    def address(self, cited: str) -> str:
        """Where the one source that `cite` words so can be read, or ""."""
        urls = [source.url for name, source in self.sources.items() if self.cite([name]) == cited]
        return urls[0] if len(urls) == 1 else ""


_KINDS: dict[str, type[e.Entry]] = {
    field.name: get_args(field.type)[1] for field in msgspec.structs.fields(Knowledge)
}


def knowledge() -> Knowledge:
    """The package's knowledge with the team's own (`mlpm_knowledge/*.yaml` in the working folder) on top."""
    own = Path(OWN_FOLDER)
    files = tuple(sorted(own.glob("*.yaml"))) if own.is_dir() else ()
    return _read(tuple((str(file), file.stat().st_mtime_ns) for file in files))


@functools.lru_cache(maxsize=8)
def _read(own_files: tuple[tuple[str, int], ...]) -> Knowledge:
    collected: dict[str, dict[str, Any]] = {kind: {} for kind in _KINDS}
    for file in sorted(_PACKAGE_FOLDER.glob("*.yaml")):
        for kind, entry in _entries_of(file):
            if entry.id in collected[kind]:
                raise InvalidValueError(f"{kind} has {entry.id!r} twice", where=file.name)
            collected[kind][entry.id] = entry
    for name, _ in own_files:
        for kind, entry in _entries_of(Path(name)):
            collected[kind][entry.id] = entry
    whole = Knowledge(**collected)
    problems = dangling(whole)
    if problems:
        raise InvalidValueError(problems[0], where="knowledge")
    return whole


def _entries_of(file: Path) -> Iterable[tuple[str, e.Entry]]:
    document = read_yaml(file.read_text(encoding="utf-8"), file.name)
    for kind, listed in document.items():
        if kind not in _KINDS:
            raise UnknownNameError(
                f"{shown(kind)!r} is not a kind of knowledge",
                where=f"{file.name}, line {document.lines[kind]}",
                given=kind,
                allowed=_KINDS,
            )
        for item in listed if isinstance(listed, list) else [listed]:
            yield kind, read_entry(item, _KINDS[kind], file.name)


def read_entry(item: object, kind: type[E], where: str) -> E:
    """One entry of the given kind from what YAML held.

    Raises:
        InvalidValueError: naming the entry, the field and what is expected.
    """
    name = item.get("id", "?") if isinstance(item, Mapping) else "?"
    line = f", line {min(item.lines.values())}" if isinstance(item, Document) and item.lines else ""
    try:
        return msgspec.convert(item, kind, strict=False)
    except msgspec.ValidationError as error:
        problem, path = misfit_in_words(error)
        inside = path.removeprefix("$").removeprefix(".")
        place = f"{where}{line}, {shown(name)}"
        raise InvalidValueError(
            shown(problem, 160), where=f"{place}, {shown(inside)}" if inside else place
        ) from None


def dangling(whole: Knowledge) -> list[str]:
    """Every reference that points at nothing, in words; empty when the knowledge holds together."""
    problems: list[str] = []

    def need(where: str, ids: Iterable[str], known: Mapping[str, object], kind: str) -> None:
        problems.extend(_missing(where, ids, known, kind))

    for kind in _KINDS:
        for entry in getattr(whole, kind).values():
            need(f"{kind} {entry.id}", getattr(entry, "sources", ()), whole.sources, "source")
    for criterion in whole.criteria.values():
        where = f"criteria {criterion.id}"
        need(where, criterion.ask_when, whole.criteria, "criterion")
        need(where, criterion.not_for, whole.problem_types, "problem type")
        outcomes = (criterion.yes, criterion.no, criterion.unknown)
        need(where, (o.alternative for o in outcomes if o.alternative), whole.alternatives, "alternative")
    joints: list[e.Conjunction | e.Clash] = [*whole.conjunctions.values(), *whole.clashes.values()]
    for joint in joints:
        need(joint.id, (*joint.when, joint.criterion), whole.criteria, "criterion")
    for conjunction in whole.conjunctions.values():
        if conjunction.alternative:
            need(conjunction.id, [conjunction.alternative], whole.alternatives, "alternative")
    for cue in whole.cues.values():
        need(f"cues {cue.id}", cue.proposes, whole.criteria, "criterion")
    for question in whole.data_questions.values():
        need(f"data_questions {question.id}", [question.criterion], whole.criteria, "criterion")
    for measurement in whole.measurements.values():
        if measurement.criterion:
            need(f"measurements {measurement.id}", [measurement.criterion], whole.criteria, "criterion")
    for template in whole.design_templates.values():
        where = f"design_templates {template.id}"
        need(where, [template.breaks] if template.breaks else [], whole.design_properties, "property")
    need("example_sentences", whole.example_sentences, whole.problem_types, "problem type")
    for practice in whole.practice_problems.values():
        where = f"practice_problems {practice.id}"
        need(where, (*practice.holds, *practice.against), whole.criteria, "criterion")
        need(where, [practice.problem_type], whole.problem_types, "problem type")
    problems.extend(_dangling_lifecycle(whole))
    for case in whole.cases.values():
        where = f"cases {case.id}"
        need(where, (*case.answers, *case.decisive), whole.criteria, "criterion")
        need(where, [case.problem_type], whole.problem_types, "problem type")
    return problems


def _dangling_lifecycle(whole: Knowledge) -> list[str]:
    """The same for phases, the problem card and hazards."""
    problems: list[str] = []

    def need(where: str, ids: Iterable[str], known: Mapping[str, object], kind: str) -> None:
        problems.extend(_missing(where, ids, known, kind))

    for phase in whole.phases.values():
        where = f"phases {phase.id}"
        need(where, (*phase.roles, *phase.consulted, *phase.informed), whole.roles, "role")
        need(where, [phase.back_to] if phase.back_to else [], whole.phases, "phase")
        tasks = {task.id: task for task in phase.tasks}
        for gate in phase.gate:
            need(f"{where}, gate {gate.id}", gate.tasks, tasks, "task")
            need(f"{where}, gate {gate.id}", [gate.accountable], whole.roles, "role")
            need(f"{where}, gate {gate.id}", gate.sources, whole.sources, "source")
            if gate.met_by == "card":
                need(f"{where}, gate {gate.id}", gate.asks, whole.card_fields, "field")
    typed = [task.id for phase in whole.phases.values() for task in phase.tasks]
    typed += [gate.id for phase in whole.phases.values() for gate in phase.gate]
    problems.extend(f"phases: {i!r} is used twice" for i in dict.fromkeys(typed) if typed.count(i) > 1)
    for field in whole.card_fields.values():
        need(f"card_fields {field.id}", [field.phase], whole.phases, "phase")
    for rule in whole.card_rules.values():
        need(f"card_rules {rule.id}", rule.fields, whole.card_fields, "field")
    need("card_examples", whole.card_examples, whole.problem_types, "problem type")
    for card in whole.card_examples.values():
        need(f"card_examples {card.id}", (*card.examples, *card.asks), whole.card_fields, "field")
    for kind in whole.problem_types.values():
        need(f"problem_types {kind.id}", [kind.sketch], whole.design_templates, "sketch")
        need(f"problem_types {kind.id}", kind.pitfalls, whole.hazards, "hazard")
    for hazard in whole.hazards.values():
        where = f"hazards {hazard.id}"
        need(where, [hazard.owner], whole.roles, "role")
        need(where, hazard.answers, whole.criteria, "criterion")
        need(where, hazard.designs, whole.design_properties, "property")
        need(where, (*hazard.problem_types, *hazard.only_for), whole.problem_types, "problem type")
    return problems


def _missing(where: str, ids: Iterable[str], known: Mapping[str, object], kind: str) -> list[str]:
    return [f"{where}: no such {kind}: {i!r}" for i in ids if i not in known]


def find(known: Mapping[str, T], name: str, kind: str, where: str = "") -> T:
    """The entry called `name`.

    Raises:
        UnknownNameError: with the nearest name there is.
    """
    if name not in known:
        raise UnknownNameError(f"no {kind} is called {shown(name)!r}", where=where, given=name, allowed=known)
    return known[name]


@functools.cache
def modules_in(package: str) -> dict[str, ModuleType]:
    """The modules of a folder, by file name: adding a file there is all it takes to add one."""
    folder = importlib.import_module(package)
    names = sorted(info.name for info in pkgutil.iter_modules(folder.__path__))
    return {name: importlib.import_module(f"{package}.{name}") for name in names}
