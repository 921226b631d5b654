"""What the seed says about the lifecycle is in the knowledge base, complete."""

import pytest

from mlpm_magics.catalogue import knowledge
from mlpm_magics.errors import UnknownNameError
from mlpm_magics.lifecycle.roles import needed, part_of_the_pm

SEED_TASKS = {
    "problem": ["clarify what to solve", "measurable goal", "what to predict"],
    "data": ["available", "missing", "discard", "formatting", "cleaning", "sampling"],
    "features": ["scaling", "decomposition", "aggregation", "discard features that are not relevant"],
    "model": [
        "training and test data",
        "70 %",
        "90 and 10",
        "train the model",
        "test the model with the test data",
    ],
    "productize": [
        "integrate",
        "existing software",
        "deployment environment",
        "data storage",
        "security and privacy",
        "monitoring and maintenance",
        "implementing",
        "test it in practice",
    ],
}
SEED_JOBS = {
    "maths and statistics": ["ML scientist", "applied scientist", "research scientist", "data scientist"],
    "software and programming": [
        "business intelligence engineer",
        "data engineer",
        "software engineer",
        "dev manager",
        "technical program manager",
    ],
}
# what others add to the tasks of the seed (CRISP-ML(Q), ML problem framing, ML Test Score)
FURTHER_TASKS = {
    "problem": [
        "line below which you stop",
        "which kind of problem",
        "without ml",
        "each kind of mistake",
        "alone, or beside a person",
        "whether ml fits",
        "map the people",
        "allowed",
    ],
    "data": [
        "right to use",
        "labels",
        "test data aside",
        "looks like those you will serve",
        "profile the data",
    ],
    "features": [
        "only after the outcome",
        "stand-ins",
        "one place, for training and for live use",
        "owner and the cost",
    ],
    "model": [
        "way without ml",
        "chances",
        "group by group",
        "threshold from the costs",
        "explain",
        "model card",
    ],
    "productize": [
        "fallback",
        "unsure",
        "roll-out",
        "prepare the people",
        "monitoring",
        "costs",
        "version of the model",
        "drawn out",
        "announced",
        "logged",
        "ten times",
    ],
    "operate": [
        "inputs, outputs, outcomes, groups, cost and complaints",
        "train it again",
        "review",
        "incidents",
        "how it ends",
        "delete",
    ],
}


def test_the_phases_of_the_seed_in_order_and_then_ours():
    phases = knowledge().phases
    assert [name for name, phase in phases.items() if phase.in_seed] == list(SEED_TASKS)
    assert [name for name, phase in phases.items() if not phase.in_seed] == ["operate"]


@pytest.mark.parametrize("name", SEED_TASKS)
def test_every_task_of_the_seed_is_there(name):
    told = " ".join(f"{task.title} {task.help}" for task in knowledge().phases[name].tasks).lower()
    assert [words for words in SEED_TASKS[name] if words not in told] == []


@pytest.mark.parametrize("name", FURTHER_TASKS)
def test_what_others_add_to_the_seed_is_there_and_each_task_belongs_to_a_gate(name):
    phase = knowledge().phases[name]
    told = " ".join(f"{task.title} {task.help}" for task in phase.tasks).lower()
    assert [words for words in FURTHER_TASKS[name] if words not in told] == []
    assert {task.id for task in phase.tasks} == {task for gate in phase.gate for task in gate.tasks}


def test_the_questions_of_law_are_asked_in_every_project():
    asked = " ".join(p.text for p in knowledge().prompts.values() if p.situation.startswith("Is it allowed"))
    for words in (
        "about a person",
        "alone",
        "object",
        "protected trait",
        "against the person",
        "less",
        "child",
    ):
        assert words in asked


def test_the_two_families_with_all_their_jobs():
    for family, jobs in SEED_JOBS.items():
        names = {
            name.lower()
            for role in knowledge().roles.values()
            if role.family == family
            for name in (role.title, *role.names)
        }
        assert [job for job in jobs if job.lower() not in names] == []


def test_how_much_the_product_manager_is_involved():
    involved = {name: phase.pm_involvement for name, phase in knowledge().phases.items()}
    assert (involved["problem"], involved["data"]) == ("very high", "very high")
    assert (involved["features"], involved["model"]) == ("medium", "low")
    assert part_of_the_pm("data").startswith("Very high. ")


def test_people_processes_and_tools_are_named_in_every_phase():
    for name, phase in knowledge().phases.items():
        assert needed(name)
        assert phase.processes
        assert phase.tools
        assert phase.sources


def test_every_task_counts_for_a_gate_and_every_gate_can_be_met():
    for phase in knowledge().phases.values():
        counted = {task for criterion in phase.gate for task in criterion.tasks}
        assert {task.id for task in phase.tasks} == counted
        for criterion in phase.gate:
            assert criterion.tasks or criterion.met_by in ("fit", "profile", "design"), criterion.id
            assert criterion.why, criterion.id
            assert criterion.sources, criterion.id
            assert bool(criterion.asks) or criterion.met_by not in ("card", "baseline"), criterion.id


def test_a_phase_leads_back_to_an_earlier_one():
    order = list(knowledge().phases)
    for phase in knowledge().phases.values():
        assert not phase.back_to or order.index(phase.back_to) < order.index(phase.id)


def test_an_unknown_phase():
    with pytest.raises(UnknownNameError, match="Did you mean 'model'"):
        needed("modle")
