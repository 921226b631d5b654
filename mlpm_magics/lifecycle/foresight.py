"""The pre-mortem: suppose it has failed, and say of what; most pressing first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlpm_magics.catalogue import Knowledge, find, knowledge
from mlpm_magics.entries import Hazard
from mlpm_magics.lifecycle.noticing import Noticed, notice
from mlpm_magics.lifecycle.parts.people import HazardPart
from mlpm_magics.results import (
    BaselineReport,
    DesignCheck,
    FeaturePlan,
    FitReport,
    HazardItem,
    Premortem,
    Pressing,
    ReadinessReport,
)

if TYPE_CHECKING:
    from mlpm_magics.lifecycle.project import Project

_ORDER: tuple[Pressing, ...] = ("found", "likely", "other")
_TO_TYPE = {
    "fit": "%ml_fit",
    "profile": "%ml_profile TABLE --target COLUMN",
    "features": "%ml_features TABLE --target COLUMN",
    "baseline": "%ml_baseline TABLE --target COLUMN",
    "design": "%ml_design --template fraud_screen",
}
_TELLS = {
    "fit": "what the answers make likely",
    "profile": "what the data shows",
    "features": "which columns may know too much",
    "baseline": "what the simplest models show",
    "design": "what can happen after the launch",
}


def premortem(
    project: Project | None = None,
    fit: FitReport | None = None,
    profile: ReadinessReport | None = None,
    features: FeaturePlan | None = None,
    baseline: BaselineReport | None = None,
    design: DesignCheck | None = None,
    *,
    happened: str = "",
    show: str = "",
) -> Premortem:
    """What could go wrong with this problem, data and design, most pressing first.

    First what a report found (what blocks before what warns), then what the answers make likely, then the
    rest. Each item says how it was noticed.

    Args:
        project: what it holds is used where no report is given; owners and states come from it.
        fit: answers, and the family of the problem.
        profile: what its checks found.
        features: which of its questions are open.
        baseline: what it found.
        design: which of its properties break.
        happened: what was just done, in a sentence.
        show: `all`, or the id of one, to have all or that one told in full also where nothing can be opened.

    Raises:
        UnknownNameError: where there is nothing of that name.

    Example:
        >>> report = mlpm.premortem(fit=mlpm.assess_fit({"answers": {"feedback_loop": "yes"}}))
        >>> report.items[0].title
        'It feeds itself'
    """
    known = knowledge()
    seen = notice(project, fit, profile, features, baseline, design)
    kind = known.problem_types.get(seen.problem_type)
    shown = show if show in ("", "all") else find(known.hazards, show.lower(), "hazard").id
    decided = project.state.hazards if project else {}
    names = {role: part.name for role, part in project.state.people.items()} if project else {}
    items = [
        _item(known, hazard, seen, decided.get(hazard.id, HazardPart()), names)
        for hazard in known.hazards.values()
        if not hazard.only_for or not kind or kind.id in hazard.only_for or hazard.id == shown
    ]
    blocks = {hazard.id for hazard in known.hazards.values() if seen.blockers.intersection(hazard.checks)}
    items.sort(
        key=lambda item: (
            _ORDER.index(item.pressing),
            item.state != "open",
            item.id not in blocks,
            -len(item.noticed),
        )
    )
    return Premortem(
        name=project.name if project else "",
        sentence=_sentence(items),
        items=tuple(items),
        used=tuple(seen.used.values()),
        missing=tuple((_TELLS[name], typed) for name, typed in _TO_TYPE.items() if name not in seen.used),
        happened=happened,
        show=shown,
        owned_in_project=project is not None,
    )


def _item(
    known: Knowledge, hazard: Hazard, seen: Noticed, decided: HazardPart, names: dict[str, str]
) -> HazardItem:
    found = [
        *(seen.checks[name] for name in hazard.checks if name in seen.checks),
        *(seen.features[name] for name in hazard.features if name in seen.features),
        *(seen.baseline[name] for name in hazard.baseline if name in seen.baseline),
        *(seen.designs[name] for name in hazard.designs if name in seen.designs),
    ]
    likely = [
        f"“{known.criteria[name].title}” was answered {seen.answers[name]}."
        for name, replies in hazard.answers.items()
        if name in known.criteria and seen.answers.get(name) in replies
    ]
    likely += [seen.asked[name] for name in hazard.features if name in seen.asked]
    kind = known.problem_types.get(seen.problem_type)
    if seen.cleared.intersection(hazard.baseline):
        kind = None
    if kind and hazard.id in kind.pitfalls:
        likely.append(f"{kind.title} often goes wrong here: {kind.pitfalls[hazard.id]}.")
    elif kind and kind.id in hazard.problem_types:
        likely.append(f"It is frequent in {kind.title.lower()}.")
    pressing: Pressing = "found" if found else "likely" if likely else "other"
    role = known.roles[hazard.owner]
    return HazardItem(
        id=hazard.id,
        title=hazard.title,
        pressing=pressing,
        noticed=(*found, *likely),
        enters=hazard.enters,
        symptom=hazard.symptom,
        check=hazard.check,
        mitigation=hazard.mitigation,
        case=hazard.case,
        source=known.cite(hazard.sources),
        owner=decided.owner or names.get(hazard.owner, "") or role.title,
        state=decided.state,
        because=decided.because,
        when=decided.when,
        who=decided.who,
    )


def _sentence(items: list[HazardItem]) -> str:
    found = [item for item in items if item.pressing == "found"]
    likely = sum(item.pressing == "likely" for item in items)
    open_ = sum(item.state == "open" for item in found)
    if not found and not likely:
        return f"Nothing was noticed yet; {len(items)} things go wrong with products like this."
    parts = []
    if found:
        decided = "" if open_ == len(found) else f", {len(found) - open_} of them decided"
        parts.append(f"{len(found)} {'was' if len(found) == 1 else 'were'} found{decided}")
    if likely:
        parts.append(f"{likely} {'is' if likely == 1 else 'are'} likely")
    return f"Of {len(items)} things that go wrong, {' and '.join(parts)}. First: {items[0].title.lower()}."
