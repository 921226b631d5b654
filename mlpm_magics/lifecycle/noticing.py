"""What reports and answers show that can go wrong: given by hand, or as the project file holds it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mlpm_magics.catalogue import knowledge
from mlpm_magics.lifecycle.parts.baseline import BaselinePart
from mlpm_magics.lifecycle.recording.baseline import part_of as baseline_part
from mlpm_magics.lifecycle.recording.features import part_of as features_part
from mlpm_magics.lifecycle.recording.fit import bare
from mlpm_magics.lifecycle.stamp import Stamp
from mlpm_magics.results import (
    BaselineReport,
    DesignCheck,
    FeaturePlan,
    FitReport,
    ReadinessReport,
    Reply,
)

if TYPE_CHECKING:
    from mlpm_magics.lifecycle.project import Project

_NOBODY = Stamp("", "")
_MANY_LOOKS = 10
_ABOUT = {
    "known": "whether it is known when the decision is taken",
    "stand_in": "whether it stands in for a group",
    "protected": "whether it may be used at all",
    "past_answers": "when an outcome becomes known",
}


@dataclass(slots=True)
class Noticed:
    """What was found, by where; each with a sentence. `used` are the reports that this rests on.

    `asked`: questions of a plan of features that are open although nothing points at trouble. `cleared`: what
    often goes wrong with such a problem, and was seen not to. `blockers`: those of the checks that block.
    """

    checks: dict[str, str] = field(default_factory=dict)
    blockers: set[str] = field(default_factory=set)
    designs: dict[str, str] = field(default_factory=dict)
    features: dict[str, str] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    baseline: dict[str, str] = field(default_factory=dict)
    cleared: set[str] = field(default_factory=set)
    answers: dict[str, Reply] = field(default_factory=dict)
    problem_type: str = ""
    used: dict[str, str] = field(default_factory=dict)


def notice(
    project: Project | None,
    fit: FitReport | None,
    profile: ReadinessReport | None,
    features: FeaturePlan | None,
    baseline: BaselineReport | None,
    design: DesignCheck | None,
) -> Noticed:
    """Everything that points at something; a report given by hand counts more than a recorded one."""
    seen = Noticed()
    _fit(seen, project, fit)
    _profile(seen, project, profile)
    _features(seen, project, features)
    _baseline(seen, project, baseline)
    _design(seen, project, design)
    return seen


def _fit(seen: Noticed, project: Project | None, fit: FitReport | None) -> None:
    if fit is not None:
        seen.answers = dict(fit.answers)
        seen.problem_type = fit.problem_type
        seen.used["fit"] = "the fit report"
    elif project is not None and project.state.fit is not None:
        seen.answers = bare(project.state.brief.answers)
        seen.problem_type = project.state.brief.problem_type or project.state.fit.kind
        seen.used["fit"] = "the answers in the project"


def _profile(seen: Noticed, project: Project | None, profile: ReadinessReport | None) -> None:
    if profile is not None:
        found = [(finding.check, finding.severity, finding.message) for finding in profile.findings]
        table, seen.used["profile"] = profile.table, f"the profile of {profile.table}"
        _said(seen, {name: one.answer for name, one in profile.said.items()})
    elif project is not None and project.state.data is not None:
        data = project.state.data
        found = [(name, part.severity, part.text) for name, part in data.findings.items()]
        table, seen.used["profile"] = data.table, f"the recorded profile of {data.table}"
        _said(seen, {name: one.answer for name, one in data.said.items()})
    else:
        return
    for check, severity, text in found:
        if severity != "info":
            what = f"{text[:1].lower()}{text[1:]}" if text else f"{check.replace('_', ' ')}."
            seen.checks.setdefault(check, f"The profile of {table} found: {what}")
            seen.blockers |= {check} if severity == "blocker" else set()


def _said(seen: Noticed, said: dict[str, Reply]) -> None:
    """What people answered about a table, as answers to criteria, where the fit has none."""
    known = knowledge()
    no_first = sorted(said, key=lambda name: said[name] != "no")  # of two about one thing, the no counts
    for question in no_first:
        if question not in known.data_questions:
            continue
        reply, criterion = said[question], known.criteria[known.data_questions[question].criterion]
        worst: Reply = "no" if criterion.best == "yes" else "yes"
        told: Reply = {"yes": criterion.best, "no": worst}.get(reply, "unknown")
        if seen.answers.get(criterion.id, "unknown") == "unknown":
            seen.answers[criterion.id] = told


def _features(seen: Noticed, project: Project | None, features: FeaturePlan | None) -> None:
    part = features_part(features, _NOBODY) if features is not None else project and project.state.features
    if not part:
        return
    seen.used["features"] = f"the plan of features for {part.table}"
    for about, number in part.open.items():
        suspicious = part.suspicious.get(about, 0)
        asked = _ABOUT.get(about, about)
        if suspicious:
            columns = "a suspicious column" if suspicious == 1 else f"{suspicious} suspicious columns"
            seen.features[about] = f"The plan of features: for {columns} nobody said {asked}."
        else:
            columns = "one column" if number == 1 else f"{number} columns"
            seen.asked[about] = f"The plan of features: for {columns} nobody said {asked}."


def _baseline(seen: Noticed, project: Project | None, baseline: BaselineReport | None) -> None:
    part = baseline_part(baseline, _NOBODY) if baseline is not None else project and project.state.baseline
    if not part:
        return
    seen.used["baseline"] = f"the baseline on {part.table}"
    looks = baseline.holdout.looks if baseline is not None else project.looks(part.holdout) if project else 1
    seen.baseline = _of_the_baseline(part, looks)
    seen.cleared = _looked_for(part) - seen.baseline.keys()  # what often goes wrong did not
    seen.problem_type = seen.problem_type or part.kind


def _of_the_baseline(part: BaselinePart, looks: int) -> dict[str, str]:
    found = {}
    if looks >= _MANY_LOOKS:
        found["many_looks"] = f"The hold-out of the baseline was looked at {looks} times."
    if part.beats == "cannot_tell":
        measured = f": {part.over_text}" if part.over_text else ""
        found["cannot_tell"] = f"The baseline cannot tell whether it beats the best guess{measured}."
    if part.below:
        found["group_below_floor"] = (
            f"{part.below} of {part.groups} groups are below the lowest accepted result."
        )
    if part.worse:
        found["group_worse"] = f"{part.worse} of {part.groups} groups are served worse than the others."
    if part.chances == "off":
        found["chances_off"] = "The chances that the baseline gives are off."
    if part.threshold is not None and part.priced == "no":
        found["no_costs"] = "The baseline was made without costs, so that its threshold is a habit."
    if part.kind == "clustering" and part.beats == "no_better":
        found["unstable_groups"] = (
            "The groups of the baseline are no farther apart than in a table without any."
        )
    if part.kind == "forecasting" and part.split_by != "time":
        found["random_split_of_time"] = "The baseline of a forecast was not split by time."
    return found


def _looked_for(part: BaselinePart) -> set[str]:
    """What a baseline of this kind would show."""
    looked = {"no_costs"} if part.kind == "classification" else set()
    looked |= {"chances_off"} if part.chances == "calibrated" else set()
    looked |= {"unstable_groups"} if part.kind == "clustering" and part.beats == "beats_baseline" else set()
    return looked | ({"random_split_of_time"} if part.kind == "forecasting" else set())


def _design(seen: Noticed, project: Project | None, design: DesignCheck | None) -> None:
    if design is not None:
        name = design.name or design.title or "the design"
        broken = [prop for prop, verdict in design.properties.items() if verdict == "broken"]
    elif project is not None and project.state.design is not None:
        name, broken = project.state.design.name, list(project.state.design.broken)
    else:
        return
    seen.used["design"] = f"the check of {name}"
    known = knowledge().design_properties
    for prop in broken:
        can = known[prop].title if prop in known else prop.replace("_", " ")
        seen.designs[prop] = f"The check of {name} found that this can happen: {can[:1].lower()}{can[1:]}."
