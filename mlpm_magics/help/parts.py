"""One entry of the knowledge base as an explanation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mlpm_magics import entries as e
from mlpm_magics.catalogue import Knowledge
from mlpm_magics.help.checks import checks_of
from mlpm_magics.results import HelpPart

_EFFECTS = {"for": "speaks for ML", "none": "no effect", "caution": "caution", "blocker": "against ML"}


def topic_part(known: Knowledge, topic: e.Topic) -> HelpPart:
    """A topic, and where to read on."""
    is_help = topic.type_this.startswith("%ml_help")
    return HelpPart(
        kind="",
        title=topic.title,
        text=tuple(topic.text.split("\n")),
        facts=_facts(("Read on", ", ".join(topic.see))),
        to_type=((topic.title, topic.type_this),) if topic.type_this and not is_help else (),
        source=known.cite(topic.sources),
    )


def _criterion(known: Knowledge, criterion: e.Criterion) -> HelpPart:
    answers = (("yes", criterion.yes), ("no", criterion.no), ("we do not know", criterion.unknown))
    return HelpPart(
        kind="A criterion of %ml_fit",
        title=criterion.title,
        text=(criterion.question, criterion.why),
        facts=_facts(
            *((f"Answer {word}", _outcome(outcome)) for word, outcome in answers),
            ("To settle it", criterion.settle),
            ("Tip", criterion.tip),
        ),
        to_type=(("In the answers of a %%ml_fit cell", f"{criterion.id}: {criterion.best}"),),
        source=known.cite(criterion.sources),
    )


def _outcome(outcome: e.Outcome) -> str:
    return f"{_EFFECTS[outcome.effect]}. {outcome.text}".strip()


def _data_question(known: Knowledge, question: e.DataQuestion) -> HelpPart:
    return HelpPart(
        kind="A question of %ml_profile about the data",
        title=question.title,
        text=(question.question, question.why),
        facts=_facts(
            ("When the table cannot tell", question.settle),
            ("Checks", ", ".join(checks_of(question.id))),
        ),
        to_type=(("Ask it of a table", "%ml_profile TABLE"),),
        source=known.cite(question.sources),
    )


def _problem_type(known: Knowledge, kind: e.ProblemType) -> HelpPart:
    return HelpPart(
        kind="A type of problem",
        title=kind.title,
        text=(kind.sentence,),
        facts=_facts(
            ("For example", " ".join(kind.examples)),
            ("Labels it needs", kind.label_needed),
            ("Beat these first", ", ".join(kind.baselines)),
            ("Measure in the product", ", ".join(kind.product_metrics)),
            ("Measure on the model", ", ".join(kind.model_metrics)),
            ("How it fails", "; ".join(kind.pitfalls.values())),
        ),
        source=known.cite(kind.sources),
    )


def _phase(known: Knowledge, phase: e.Phase) -> HelpPart:
    return HelpPart(
        kind="A phase of the lifecycle",
        title=phase.title,
        text=(phase.sentence, phase.pm_text),
        facts=_facts(
            ("Product manager involved", phase.pm_involvement),
            ("People", ", ".join(known.roles[role].title for role in phase.roles)),
            ("Processes", " ".join(phase.processes)),
            ("Tools", " ".join(phase.tools)),
            *((f"Task {task.id}", f"{task.title}. {task.help}") for task in phase.tasks),
            ("It ends when", "; ".join(gate.title for gate in phase.gate)),
        ),
        to_type=(("Where we are, and what is next", "%ml_lifecycle"),),
        source=known.cite(phase.sources),
    )


def task_part(phase: e.Phase, task: e.Task) -> HelpPart:
    """A task of a phase."""
    return HelpPart(
        kind=f"A task of the phase {phase.title}",
        title=task.title,
        text=(task.help,),
        to_type=(("When it is done", f"%ml_lifecycle done {task.id}"),),
    )


def gate_part(known: Knowledge, phase: e.Phase, gate: e.GateCriterion) -> HelpPart:
    """What must be so before a phase ends."""
    ticks = f"ticking {', '.join(gate.tasks)}" if gate.tasks else ""
    recorded = {
        "statement": "",
        "card": f"{', '.join(gate.asks)} on the problem card",
        "fit": "a verdict of %ml_fit without a blocker",
        "profile": "a report of %ml_profile that says so",
        "features": "a plan of %ml_features that says so",
        "baseline": "a report of %ml_baseline that says so",
        "design": "a check of %%ml_design in which everything holds",
        "stakeholders": "the map of %ml_empathy",
        "test_score": "an ML Test Score above nothing",
    }[gate.met_by]
    met_by = "; or, where that cannot tell, ".join(way for way in (recorded, ticks) if way)
    signed = ", with --document and its name, or a note of who signed" if gate.signed else ""
    return HelpPart(
        kind=f"It must be so before the phase {phase.title} ends",
        title=gate.title,
        text=(gate.why,) if gate.why else (),
        facts=_facts(
            ("Met by", met_by + signed),
            ("Opens again when one of these changes", ", ".join(gate.rests_on)),
            ("Answers for it", known.roles[gate.accountable].title),
        ),
        source=known.cite(gate.sources),
        to_type=(("To go on without it", f'%ml_lifecycle waive {gate.id} --because "…"'),),
    )


def _role(known: Knowledge, role: e.Role) -> HelpPart:
    needed = [phase.title for phase in known.phases.values() if role.id in phase.roles]
    return HelpPart(
        kind=f"A role, from {role.family}",
        title=role.title,
        facts=_facts(
            ("Also called", ", ".join(role.names)),
            ("Brings", role.brings),
            ("Decides", role.decides),
            ("Ask them", role.ask),
            ("Needed in", ", ".join(needed)),
        ),
        source=known.cite(role.sources),
    )


def _design_property(known: Knowledge, entry: e.DesignProperty) -> HelpPart:
    held = f"limits.{entry.limit}" if entry.limit else ""
    return HelpPart(
        kind="A property that a design is checked for",
        title=entry.title,
        text=(entry.sentence,),
        facts=_facts(("Held against", held), ("Where it was seen", entry.incident)),
        to_type=(("Its story in a design", f"%ml_check NAME --why {entry.id}"),),
        source=known.cite(entry.sources),
    )


def _design_key(known: Knowledge, key: e.DesignKey) -> HelpPart:
    kinds = {
        "fact": "A fact in a design: a repair never changes it",
        "choice": "A choice in a design: a repair may change it",
        "limit": "A limit in a design: what you can bear",
    }
    return HelpPart(
        kind=kinds[key.kind],
        title=key.title,
        text=(f"{key.text[:1].upper()}{key.text[1:]}.",),
        facts=_facts(("When left out", key.assumed.replace("{name}", "a source"))),
    )


def _feature_step(known: Knowledge, step: e.FeatureStep) -> HelpPart:
    return HelpPart(
        kind="What a feature plan does with a column",
        title=f"{step.title[:1].upper()}{step.title[1:]}",
        text=(step.does, step.why),
        to_type=(("A plan for a table", "%ml_features TABLE --target COLUMN"),),
        source=known.cite(step.sources),
    )


def _card_field(known: Knowledge, field: e.CardField) -> HelpPart:
    return HelpPart(
        kind="A field of the problem card",
        title=field.title,
        text=(field.ask, field.why),
        facts=_facts(("It must hold", ", ".join(f"a {thing}" for thing in field.holds))),
        to_type=(("For example", f'%ml_lifecycle set {field.id} "{field.example}"'),),
        source=known.cite(field.sources),
    )


def _readiness_test(known: Knowledge, test: e.ReadinessTest) -> HelpPart:
    return HelpPart(
        kind=f"A test of the ML Test Score ({test.section})",
        title=test.title,
        text=(test.text,),
        to_type=(("When it is done by hand", f"%ml_lifecycle test {test.id} manual"),),
        source=known.cite(test.sources),
    )


def _hazard(known: Knowledge, hazard: e.Hazard) -> HelpPart:
    return HelpPart(
        kind=f"Something that goes wrong ({hazard.enters})",
        title=hazard.title,
        text=(hazard.symptom,),
        facts=_facts(
            ("Check", hazard.check),
            ("What to do", hazard.mitigation),
            ("Where it happened", hazard.case),
            ("Owned by", known.roles[hazard.owner].title),
        ),
        to_type=(("Whether it is likely here", "%ml_premortem"),),
        source=known.cite(hazard.sources),
    )


def _facts(*facts: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((label, text) for label, text in facts if text)


PARTS: dict[str, Callable[[Knowledge, Any], HelpPart]] = {
    "criteria": _criterion,
    "data_questions": _data_question,
    "problem_types": _problem_type,
    "phases": _phase,
    "roles": _role,
    "feature_steps": _feature_step,
    "design_properties": _design_property,
    "design_keys": _design_key,
    "card_fields": _card_field,
    "readiness_tests": _readiness_test,
    "hazards": _hazard,
}
