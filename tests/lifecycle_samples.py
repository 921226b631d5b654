"""Reports made by hand, for what a project records."""

import os
import re

from mlpm_magics.catalogue import knowledge
from mlpm_magics.results import (
    Answer,
    BaselineReport,
    Calibration,
    Costs,
    DesignCheck,
    FeatureGain,
    FeaturePlan,
    Finding,
    FitReport,
    Holdout,
    JudgedRung,
    KillLine,
    Mistake,
    PlannedColumn,
    ReadinessReport,
    Slice,
    Split,
    Threshold,
)

QUESTIONS = (
    "available",
    "accessible",
    "sufficient",
    "high_quality",
    "relevant",
    "fresh",
    "representative",
    "unbiased",
    "privacy",
    "security",
)


def fit_report(verdict="good_fit", statement="Which customers leave?", answers=None, bases=None, **more):
    answers = answers if answers is not None else {"repeatable_decision": "yes", "leads_to_action": "yes"}
    return FitReport(
        statement=statement,
        verdict=verdict,
        sentence="",
        problem_type=more.pop("problem_type", "classification"),
        problem_type_basis="proposed",
        reasons=(),
        questions=(),
        flips=(),
        alternative=None,
        proposals={},
        contradictions=(),
        cases=(),
        answers=answers,
        bases=bases or dict.fromkeys(answers, "stated"),
        presumed={},
        **more,
    )


def profile(verdict="ready", fingerprint="f1", table="customers", findings=(), columns=(), **answers):
    told = {name: Answer(status=answers.get(name, "pass"), text=f"about {name}") for name in QUESTIONS}
    return ReadinessReport(
        verdict=verdict,
        sentence="",
        table=table,
        rows=1200,
        roles={},
        answers=told,
        findings=findings,
        columns=columns,
        not_run=(),
        class_counts={},
        group_counts={},
        sampled="",
        fingerprint=fingerprint,
        as_of="",
    )


def tick_all(project):
    """Tick every task of the current phase, and name a document where a signature is asked for."""
    signed = {
        task
        for criterion in knowledge().phases[project.phase].gate
        if criterion.signed
        for task in criterion.tasks
    }
    for task in project.tasks:
        project.done(task, document="agreement 12" if task in signed else "")


_WALKED: dict[str, str] = {}  # what a file held, and what it holds after the walk: each walk is done once


def to_phase(project, phase):
    """Go on, with all tasks ticked and good reports, until `phase`."""
    begins = f"{phase} {os.environ.get('MLPM_USER')} {without_times(project.save().read_text('utf-8'))}"
    if begins not in _WALKED:
        _walk(project, phase)
        _WALKED[begins] = project.save().read_text("utf-8")
    project.save().write_text(_WALKED[begins], "utf-8")
    project.save()


def without_times(text):
    """The same for everything that was done in the same way, whenever it was done."""
    return re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\dZ", "", text)


def _walk(project, phase):
    for name in list(knowledge().phases):
        if name == phase:
            return
        if name == "problem":
            project.record(fit_report())
        if name == "data":
            project.record(profile())
        if name == "productize":
            project.record(design_check())
        tick_all(project)
        project.advance()


def design_check(verdict="holds", name="screen", keep=3):
    """A check of a design with one property."""
    return DesignCheck(
        name=name,
        properties={"exposure": verdict},
        details={},
        violations=(),
        states=1,
        transitions=1,
        faults=1,
        design={"model": {"keep": keep}},
    )


def feature_plan(fingerprint="p1", questions=(), discarded=1):
    """A plan of features with two columns."""
    columns = [
        PlannedColumn(
            name="calls", kind="number", treatment="scale", how="scale", reason="", makes=("calls",)
        ),
        *(
            PlannedColumn(name=f"c{i}", kind="text", treatment="discard", how="discard", reason="")
            for i in range(discarded)
        ),
    ]
    return FeaturePlan(
        table="customers",
        target="left",
        task="classes",
        classes=2,
        rows=1200,
        sentence="",
        roles={},
        columns=tuple(columns),
        open_questions=tuple(questions),
        gain=FeatureGain(answer="cannot_tell", text=""),
        notes=(),
        sampled="",
        fingerprint=fingerprint,
    )


def baseline(verdict="beats_baseline", fingerprint="b1", holdout="h1", line="above", looks=1, **more):
    """A baseline with one rung."""
    rung = JudgedRung(id="tree", title="A small tree", value=0.31, interval=(0.2, 0.4), chosen=True)
    words = {"above": "The gain is above the line.", "below": "The gain is below the line."}
    kill = KillLine(
        line=0.05,
        unit="%",
        gain=0.1,
        interval=(0.05, 0.2),
        answer=line,
        sentence=words.get(line, "It cannot be told on which side of the line it is."),
    )
    given = {
        "problem_type": "classification",
        "slices": (Slice(by="region", name="north", rows=300, standing="as_others", value=0.3),),
        "floor": 0.1,
        "calibration": Calibration(answer="calibrated", sentence="", bins=(), error=0.01),
        "threshold": Threshold(
            at=0.05,
            about_as_good=(0.04, 0.06),
            curve=(),
            sentence="",
            costs=Costs(wrong_yes=5, wrong_no=95, decisions=4000, period="month", unit="EUR"),
            saved=1000.0,
            saved_interval=(500.0, 1500.0),
        ),
        "mistakes": (
            Mistake(kind="wrong_yes", share=0.1, interval=(0.08, 0.12)),
            Mistake(kind="wrong_no", share=0.02, interval=(0.01, 0.03)),
        ),
        "kill_line": kill if line else None,
    }
    return BaselineReport(
        verdict=verdict,
        sentence="A small tree beats the simplest guess.",
        table="customers",
        target="left",
        task="classes",
        rows=1200,
        used_rows=1200,
        split=Split(asked="70/30", by="rows", train_rows=840, test_rows=360, sentence=""),
        holdout=Holdout(digest=holdout, rows=360, looks=looks, sentence=""),
        measure="skill",
        margin=0.01,
        ladder=(rung,),
        chosen="tree",
        fingerprint=fingerprint,
        **(given | more),
    )


def finding(check="target_leakage", severity="blocker", question="relevant"):
    """Something a check found in a column with a telling name."""
    return Finding(
        check=check,
        columns=("secret_column",),
        severity=severity,
        question=question,
        message="`stamp` alone tells the answer.",
        evidence={},
        why="",
        action="",
    )
