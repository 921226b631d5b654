"""The check of a design: read, explored, told, repaired."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from mlpm_magics.catalogue import Knowledge, knowledge
from mlpm_magics.design.explore import Search, explore
from mlpm_magics.design.language import Design
from mlpm_magics.design.properties import CAUSED_BY, NAMES, ON_THE_TEXT, OVER_TIME
from mlpm_magics.design.read import assumed, mapping_of, read_design
from mlpm_magics.design.repair import Finder
from mlpm_magics.design.state import BIT
from mlpm_magics.design.telling import story
from mlpm_magics.design.world import World
from mlpm_magics.errors import InvalidValueError, shown
from mlpm_magics.results import Change, DesignCheck, Holds, PropertyResult, Violation

MAX_STATES = 1_000_000
REPAIR_SECONDS = 10.0
_INTERRUPTED = " Interrupted: this is what was known by then."
_NOTHING = "nothing in this design, with these events, can cause it"


def check_design(
    design: object,
    *,
    faults: int | None = None,
    max_states: int = MAX_STATES,
    repairs: bool = True,
    repair_s: float = REPAIR_SECONDS,
    name: str = "",
    changes: tuple[Change, ...] = (),
    progress: Callable[[int], None] | None = None,
) -> DesignCheck:
    """Explore every behaviour of an ML product's design and say what can go wrong in it.

    Args:
        design: a mapping, YAML text, or a path to a YAML file, in the design language (`%ml_help design`).
        faults: how many things may go wrong in one behaviour, instead of what `world.faults` says.
        max_states: how many different situations may be seen; beyond that the answer is "undecided".
        repairs: look for the smallest change that mends each broken property.
        repair_s: the most seconds to look for them all together; usually it takes less than four.
        name: how to call the design.
        changes: what was changed before, for the report.
        progress: called now and then with how many situations were seen.

    Raises:
        InvalidValueError: a value that cannot be, with its line.
        UnknownNameError: a key, source or event that there is not, with the nearest.
        WrongTypeError: when `design` is none of these things.

    Returns:
        What holds, what breaks and how: nothing is ever called safe, only "holds in all that was explored".
        Interrupting keeps what is known by then; what was not decided says so.

    Example:
        >>> check_design({"label": {"delay": 3}, "model": {"retrain": 1}}).properties["immature_labels"]
        'broken'
    """
    if max_states < 1:
        raise InvalidValueError("should be 1 or more", where="max_states")
    given = mapping_of(design, name or "design")
    read = read_design(given, name or "design")
    if faults is not None:
        world_part = {"faults": faults, "events": list(read.world.events) if read.world.events else None}
        world_part = {key: value for key, value in world_part.items() if value is not None}
        read = msgspec.structs.replace(read, world=read_design({"world": world_part}, "faults").world)
    search = _explored(read, max_states, progress)
    details = {n: _result(knowledge(), search, n) for n in NAMES}
    broken = sorted(
        (n for n, result in details.items() if result.verdict == "broken"),
        key=lambda n: (n not in OVER_TIME, details[n].first_tick or 0),
    )
    finder = Finder(search, broken, repair_s) if repairs and broken and not search.interrupted else None
    mended, unmended = finder.everything() if finder is not None and len(broken) > 1 else (None, ())
    violations = tuple(_violation(knowledge(), search, n, details[n], finder) for n in broken)
    interrupted = search.interrupted or (finder is not None and finder.interrupted)
    return DesignCheck(
        name=name,
        title=read.design,
        tick=read.tick,
        sentence=_sentence(knowledge(), search, details, read) + (_INTERRUPTED if interrupted else ""),
        properties={n: result.verdict for n, result in details.items()},
        details=details,
        violations=violations,
        mended=mended,
        unmended=unmended,
        states=len(search.states),
        transitions=search.transitions,
        faults=read.world.faults,
        events=tuple(dict.fromkeys(event.name for event in search.world.costed)),
        complete=search.complete,
        interrupted=interrupted,
        assumed=assumed(given, read),
        design=_plain(given),
        changed=changes,
    )


def _explored(design: Design, max_states: int, progress: Callable[[int], None] | None) -> Search:
    def go_on(states: int) -> bool:
        if progress is not None:
            progress(states)
        return True

    return explore(World(design), max_states=max_states, go_on=go_on, keep=True)


def _result(known: Knowledge, search: Search, name: str) -> PropertyResult:
    sentence = known.design_properties[name].sentence
    design = search.world.design
    if name in ON_THE_TEXT:
        broken = ON_THE_TEXT[name](design)
        return PropertyResult(verdict="broken" if broken else "holds", sentence=sentence)
    found = search.broken.get(name)
    if found is not None:
        # the tick that breaks it is one of a shortest behaviour
        tick = len(search.behaviour(name)) - 1 - len(search.lap.get(name, ()))
        return PropertyResult(
            verdict="broken", sentence=sentence, first_tick=tick, faults_needed=found.faults
        )
    verdict: Holds = "holds" if search.complete else "undecided"
    note = ""
    if name in OVER_TIME:
        cause = CAUSED_BY.get(name)
        if OVER_TIME[name](search.world) is None:
            verdict, note = "holds", _no_limit(known, search.world, name)
        elif cause and search.complete and not search.met & BIT[cause]:
            note = _NOTHING
    return PropertyResult(verdict=verdict, sentence=sentence, note=note)


def _no_limit(known: Knowledge, world: World, name: str) -> str:
    limit = known.design_properties[name].limit
    if limit and getattr(world.limits, limit) is None:
        return f"no limit is set (limits: {limit}), so nothing can pass it"
    return _NOTHING


def _violation(
    known: Knowledge, search: Search, name: str, result: PropertyResult, finder: Finder | None
) -> Violation:
    entry = known.design_properties[name]
    over_time = name not in ON_THE_TEXT
    ending = f"so: {_ending(entry.sentence)}"
    trace = story(search.world, search.behaviour(name), ending) if over_time else ()
    repairs = finder.repairs(name) if finder is not None and name != "leak_in_design" else ()
    none = ""
    if finder is not None and not repairs:
        none = (
            "The model has to do without that feature."
            if name == "leak_in_design"
            else "Interrupted before a repair was found."
            if finder.interrupted
            else "No choice mends it, not even all of them at their boldest: a fact or a limit has to change."
            if name in finder.hopeless
            else "No small repair was found in the time there was."
        )
    return Violation(
        property=name,
        sentence=entry.sentence,
        trace=trace,
        repair=repairs[0] if repairs else None,
        others=repairs[1:],
        no_repair=none,
        incident=entry.incident,
        source=known.cite(entry.sources),
    )


def _ending(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].rstrip(".")


def _sentence(known: Knowledge, search: Search, details: Mapping[str, PropertyResult], design: Design) -> str:
    """The result in one sentence or two."""
    broken = [name for name, result in details.items() if result.verdict == "broken"]
    undecided = sum(result.verdict == "undecided" for result in details.values())
    seen = f"{len(search.states):,} situations"
    most = design.world.faults
    things = f"any {most} of these events" if most != 1 else "any one of these events"
    if not most:
        things = "nothing going wrong"
    if broken:
        timed = [name for name in broken if name in OVER_TIME]
        first = min(timed, key=lambda name: details[name].first_tick or 0, default=broken[0])
        tick = details[first].first_tick
        when = (
            f"{'The first, in' if len(broken) > 1 else 'In'} {design.tick} {tick} at the earliest: "
            if tick
            else ""
        )
        count = f"{len(broken)} of {len(details)} properties {'breaks' if len(broken) == 1 else 'break'}."
        lead = known.design_properties[first].sentence
        return f"{count} {when}{lead}"
    if undecided:
        settle = "" if search.interrupted else " Fewer faults, shorter delays or a higher cap settle it."
        return f"Cannot tell: {undecided} properties are undecided after {seen}.{settle}"
    return f"Everything checked holds in all {seen} explored, with {things}: {_listed(search)}."


def _listed(search: Search) -> str:
    names = list(dict.fromkeys(event.name.replace("_", " ") for event in search.world.costed))
    return ", ".join(names) or "none"


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {shown(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value if isinstance(value, (bool, int, float)) or value is None else shown(value, 1_000)
