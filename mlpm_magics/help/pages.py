"""What `%ml_help` says: the map of the product, and short explanations with their sources.

Pure functions of the knowledge base. A name may mean several things (`data` is a phase, `ranking` a problem
type); then the page holds them all.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping

from mlpm_magics.catalogue import Knowledge, knowledge
from mlpm_magics.errors import UnknownNameError, did_you_mean, shown
from mlpm_magics.help.checks import check_names, check_part
from mlpm_magics.help.parts import PARTS, gate_part, task_part, topic_part
from mlpm_magics.results import HelpPage, HelpPart

_ASKED_AS = re.compile(r"^(?:what_(?:is|are|does|do)|explain|about|tell_me_about|why|an?|the)_|_means?$")


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
    kinds = (known.topics, *(getattr(known, kind) for kind in PARTS))
    phases = known.phases.values()
    steps = [task.id for phase in phases for task in phase.tasks]
    steps += [gate.id for phase in phases for gate in phase.gate]
    return list(dict.fromkeys([name for kind in kinds for name in kind] + check_names() + steps))


def _more() -> str:
    return ", ".join(t.id for t in knowledge().topics.values() if not t.type_this) + (
        ", or the id of a criterion, a data question, a check, a problem type, a phase, a role or a hazard"
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
        add((topic.id, topic.title), functools.partial(topic_part, known, topic))
    for kind, part in PARTS.items():
        for entry in getattr(known, kind).values():
            add((entry.id, entry.title, *getattr(entry, "names", ())), functools.partial(part, known, entry))
    for phase in known.phases.values():
        for task in phase.tasks:
            add((task.id, task.title), functools.partial(task_part, phase, task))
        for gate in phase.gate:
            add((gate.id, gate.title), functools.partial(gate_part, known, phase, gate))
    for name in check_names():
        add((name,), functools.partial(check_part, known, name))
    for topic in known.topics.values():  # a magic is found by its name, where nothing else is called so
        magic = topic.type_this.partition(" ")[0].strip("%")
        if magic and magic != "ml_help" and magic.removeprefix("ml_") not in index:
            add((magic, magic.removeprefix("ml_")), functools.partial(topic_part, known, topic))
    return index
