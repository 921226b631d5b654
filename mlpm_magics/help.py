"""What `%ml_help` says: the map of the product, and short explanations with their sources.

Pure functions of the knowledge base. A name may mean several things (`data` is a phase, `ranking` a problem
type); then the page holds them all.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from mlpm_magics import entries as e
from mlpm_magics.catalogue import Knowledge, knowledge
from mlpm_magics.errors import UnknownNameError, did_you_mean, shown
from mlpm_magics.results import HelpPage, HelpPart

_CHECKS = Path(__file__).parent / "readiness" / "checks"
_ASKED_AS = re.compile(r"^(?:what_(?:is|are|does|do)|explain|about|tell_me_about|why|an?|the)_|_means?$")
_EFFECTS = {"for": "speaks for ML", "none": "no effect", "caution": "caution", "blocker": "against ML"}


def overview(magics: Mapping[str, str]) -> HelpPage:
    """The map: the questions of a product manager with what to type, and every magic in one line.

    Args:
        magics: what each magic is for, by its name with the percent sign.
    """
    asked = tuple((t.title, t.type_this) for t in knowledge().topics.values() if t.type_this)
    return HelpPage(
        title="ML for product managers: what to ask, and what to type",
        parts=(
            HelpPart(kind="", title="Your question", to_type=asked),
            HelpPart(
                kind="",
                title="The magics",
                to_type=tuple((sentence, name) for name, sentence in magics.items()),
            ),
            HelpPart(
                kind="",
                title="More",
                text=(
                    "A question mark after a magic shows its options and examples: %ml_fit?",
                    f"Explanations: %ml_help and one of {_more()}",
                ),
            ),
        ),
    )


def explain(topic: str) -> HelpPage:
    """Everything known under a name.

    Args:
        topic: an id, a title or a short question ("what is leakage?"), in any case.

    Raises:
        UnknownNameError: with the nearest topic.
    """
    index = _index(knowledge())
    wanted = _key(topic) if _key(topic) in index else _core(_key(topic))
    if wanted not in index:
        near = did_you_mean(wanted, index)
        raise UnknownNameError(
            f"there is nothing about {shown(topic, 60)!r}",
            given=wanted,
            allowed=[near] if near else [],
            hint="" if near else "%ml_help alone shows what there is",
        )
    parts = tuple(make() for make in index[wanted])
    return HelpPage(title=parts[0].title, parts=parts)


def topics() -> list[str]:
    """The ids that can be asked for, topics first."""
    known = knowledge()
    kinds = (known.topics, *(getattr(known, kind) for kind in _PARTS))
    return list(dict.fromkeys([name for kind in kinds for name in kind] + _check_names()))


def _more() -> str:
    return ", ".join(t.id for t in knowledge().topics.values() if not t.type_this) + (
        ", or the id of a criterion, a data question, a check, a problem type, a phase or a role"
    )


def _key(words: str) -> str:
    return "_".join(re.findall(r"\w+", words.casefold().replace("'s", "")))


def _core(key: str) -> str:
    """The key without what makes it a question: `what_is_a_label` becomes `label`."""
    shorter = _ASKED_AS.sub("", key)
    return key if shorter == key else _core(shorter)


def _index(known: Knowledge) -> dict[str, list[Callable[[], HelpPart]]]:
    """What to show under each key; an entry is found by its id, its title and its other names."""
    index: dict[str, list[Callable[[], HelpPart]]] = {}

    def add(names: Iterable[str], make: Callable[[], HelpPart]) -> None:
        keys = [_key(name) for name in names]
        for key in dict.fromkeys([*keys, *map(_core, keys)]):
            index.setdefault(key, []).append(make)

    for topic in known.topics.values():
        add((topic.id, topic.title), functools.partial(_topic, known, topic))
    for kind, part in _PARTS.items():
        for entry in getattr(known, kind).values():
            add((entry.id, entry.title, *getattr(entry, "names", ())), functools.partial(part, known, entry))
    for name in _check_names():
        add((name,), functools.partial(_check, name))
    return index


def _topic(known: Knowledge, topic: e.Topic) -> HelpPart:
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
        facts=_facts(("When the table cannot tell", question.settle)),
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
            ("How it fails", "; ".join(kind.pitfalls)),
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
            ("Who is needed", ", ".join(known.roles[role].title for role in phase.roles)),
            *((f"Task: {task.title}", task.help) for task in phase.tasks),
            ("It ends when", "; ".join(gate.title for gate in phase.gate)),
        ),
        to_type=(("Where we are, and what is next", "%ml_lifecycle"),),
        source=known.cite(phase.sources),
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


_PARTS: dict[str, Callable[[Knowledge, Any], HelpPart]] = {
    "criteria": _criterion,
    "data_questions": _data_question,
    "problem_types": _problem_type,
    "phases": _phase,
    "roles": _role,
}


def _facts(*facts: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((label, text) for label, text in facts if text)


def _check_names() -> list[str]:
    return sorted(file.stem for file in _CHECKS.glob("*.py") if file.stem[:1] != "_")


def _check(name: str) -> HelpPart:
    """A check explained by its own docstring, which is read, not run: running would load pandas."""
    module = ast.parse((_CHECKS / f"{name}.py").read_text(encoding="utf-8"))
    first, *rest = re.split(r"\n\s*\n", ast.get_docstring(module) or name)
    return HelpPart(
        kind="A check of %ml_profile",
        title=name.replace("_", " ").capitalize(),
        text=tuple(" ".join(paragraph.split()) for paragraph in (first, *rest)),
        to_type=(("Run it, with all others", "%ml_profile TABLE"),),
    )
