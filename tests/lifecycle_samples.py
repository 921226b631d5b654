"""Reports made by hand, for what a project records."""

from mlpm_magics.catalogue import knowledge
from mlpm_magics.results import Answer, DesignCheck, FitReport, ReadinessReport

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
        problem_type="classification",
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


def profile(verdict="ready", fingerprint="f1", table="customers", **answers):
    told = {name: Answer(status=answers.get(name, "pass"), text=f"about {name}") for name in QUESTIONS}
    return ReadinessReport(
        verdict=verdict,
        sentence="",
        table=table,
        rows=1200,
        roles={},
        answers=told,
        findings=(),
        columns=(),
        not_run=(),
        class_counts=(),
        group_counts={},
        sampled="",
        fingerprint=fingerprint,
        as_of="",
    )


def tick_all(project):
    """Tick every task of the current phase."""
    for task in project.tasks:
        project.done(task)


def to_phase(project, phase):
    """Go on, with all tasks ticked and good reports, until `phase`."""
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
