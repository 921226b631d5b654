"""What can follow from a design: public incidents, each property by a pair, and a second model checker."""

from __future__ import annotations

import minicheck
import pytest
from designs import INCIDENTS, designs, every_design, read
from hypothesis import given, settings

from mlpm_magics.catalogue import knowledge
from mlpm_magics.design.explore import Search, explore
from mlpm_magics.design.language import Design
from mlpm_magics.design.properties import NAMES, breakable
from mlpm_magics.design.read import read_design
from mlpm_magics.design.state import MODEL, State
from mlpm_magics.design.tick import step
from mlpm_magics.design.world import World


def explored(text: str) -> Search:
    return explore(World(read(text)))


def first_tick(search: Search, name: str) -> int:
    return len(search.behaviour(name)) - 1


@pytest.mark.parametrize("name", INCIDENTS)
def test_an_incident_breaks_what_it_broke_at_the_earliest_tick(name):
    incident = INCIDENTS[name]
    search = explored(incident.design)
    assert search.complete
    assert first_tick(search, incident.breaks) == incident.first_tick


@pytest.mark.parametrize("name", INCIDENTS)
def test_the_mended_design_holds_under_the_same_events(name):
    search = explored(INCIDENTS[name].mended)
    assert search.complete
    assert not search.broken


def test_every_property_is_explained_and_every_explanation_is_a_property():
    assert tuple(knowledge().design_properties) == NAMES


# one small design for each property: it breaks, and with one choice made otherwise it does not
PAIRS = {
    "stale_unnoticed": (
        "sources: {a: {max_age: 1, checked: true}}",
        "sources: {a: {max_age: 1, checked: true}}\nmonitors: [{watch: freshness, do: fallback}]",
    ),
    "garbled_unnoticed": ("sources: {a: {}}", "sources: {a: {checked: true}}"),
    "drift_unnoticed": ("label: {delay: 1}", "label: {delay: 1, wait: true}\nmodel: {retrain: 2}"),
    "harm_after_alarm": (
        "protected: [age]\nmonitors: [{watch: groups, do: alert}]",
        "protected: [age]\nmonitors: [{watch: groups, do: stop}]",
    ),
    "exposure": (
        "limits: {exposure: 3}",
        "limits: {exposure: 3}\nmonitors: [{watch: exposure, at: 2}]",
    ),
    "harm_outlives_cause": (
        "sources: {a: {}}\nmodel: {retrain: 1, window: 4}\nlimits: {outlive: 2}",
        "sources: {a: {}}\nmodel: {retrain: 1, window: 4, gate: golden}\nlimits: {outlive: 2}",
    ),
    "no_clean_version": (
        "sources: {a: {}}\nmodel: {retrain: 1}\nmonitors: [{watch: outcomes, every: 3, do: rollback}]",
        "sources: {a: {}}\nmodel: {retrain: 1, keep: 9}\nmonitors: "
        "[{watch: outcomes, every: 3, do: rollback}]",
    ),
    "runaway_feedback": (
        "model: {retrain: 1}\nfeedback: {data_from_actions: true}",
        "model: {retrain: 1}\nfeedback: {data_from_actions: true, explore: true}",
    ),
    "blind_spot": (
        "label: {seen_for: acted_on}\nmonitors: [{watch: explored, do: stop}]",
        "label: {seen_for: acted_on}\nmonitors: [{watch: explored, do: stop}]\nfeedback: {explore: true}",
    ),
    "proxy_gap": ("label: {proxy: true}", "label: {proxy: true}\nmonitors: [{watch: goal, do: stop}]"),
    "group_harm": ("protected: [age]", "protected: [age]\nmonitors: [{watch: groups, do: stop}]"),
    "poisoned_live": (
        "sources: {a: {open: true}}\nmodel: {retrain: 1}\nlimits: {attack: 2}",
        "sources: {a: {open: true, moderated: true}}\nmodel: {retrain: 1}\nlimits: {attack: 2}",
    ),
    "masked_outcome": (
        "label: {changed_by_action: true}\nmodel: {retrain: 2}",
        "label: {changed_by_action: true}\nmodel: {retrain: 2}\nfeedback: {explore: true}",
    ),
    "immature_labels": (
        "label: {delay: 3}\nmodel: {retrain: 2, window: 6}",
        "label: {delay: 3}\nmodel: {retrain: 2, window: 7}",
    ),
    "rubber_stamp": (
        "review: {capacity: 4, load: 4, peak: 5, when_full: wave_through}",
        "review: {capacity: 5, load: 4, peak: 5, when_full: wave_through}",
    ),
    "alarm_flood": (
        "review: {capacity: 4, load: 4, peak: 5, when_full: ignore}",
        "review: {capacity: 4, load: 4, peak: 5, when_full: safe_default}",
    ),
    "review_wait": (
        "review: {capacity: 2, load: 2, peak: 3}\nlimits: {wait: 2}",
        "review: {capacity: 3, load: 2, peak: 3}\nlimits: {wait: 2}",
    ),
    "wrong_stands": ("limits: {correct: 4}", "limits: {correct: 4}\npeople: {appeal: 3}"),
    "irreversible_unchecked": (
        "decision: {reversible: false}",
        "decision: {reversible: false}\nact: {by: human}",
    ),
    "fallback_dead": (
        "sources: {a: {max_age: 1}}\nfallback: {needs: [a]}\nmonitors: [{watch: freshness, do: fallback}]",
        "sources: {a: {max_age: 1}}\nfallback: {}\nmonitors: [{watch: freshness, do: fallback}]",
    ),
    "mixed_versions": ("model: {rollout: unverified}", "model: {rollout: verified}"),
    "erasure_late": (
        "people: {personal_data: true}\nlimits: {erase: 3}",
        "people: {personal_data: true, erase_from_training: true}\nmodel: {retrain: 2}\nlimits: {erase: 3}",
    ),
    "untested_population": ("model: {validated_on: others}", "model: {validated_on: own}"),
    "leak_live": (
        "features: {x: {known: after}}\nlabel: {delay: 2}",
        "features: {x: {known: after}}\nlabel: {delay: 2}\nmodel: {shadow: 3}",
    ),
    "never_back": (
        "monitors: [{watch: outcomes, do: stop}]\nworld: {events: [drift]}",
        "monitors: [{watch: outcomes, do: stop}]\nmodel: {retrain: 5}\nworld: {events: [drift]}",
    ),
    "oscillates": (
        "label: {changed_by_action: true}\nmodel: {retrain: 2}",
        "label: {changed_by_action: true}\nmodel: {retrain: 2}\nfeedback: {explore: true}",
    ),
    "stops_for_nothing": (
        "model: {validated_on: elsewhere}\nmonitors: [{watch: outcomes, do: stop}]",
        "model: {validated_on: own}\nmonitors: [{watch: outcomes, do: stop}]",
    ),
    "stays_off": (
        "limits: {exposure: 40, resume: 3}\nact: {per_tick: 10}\nmonitors: [{watch: exposure, at: 30}]"
        "\nmodel: {retrain: 4}\nworld: {events: [drift]}",
        "limits: {exposure: 40, resume: 30}\nact: {per_tick: 10}\nmonitors: [{watch: exposure, at: 30}]"
        "\nmodel: {retrain: 4}\nworld: {events: [drift]}",
    ),
    "erasure_undone": (
        "sources: {a: {}}\npeople: {personal_data: true, erase_from_training: true}\nworld: {faults: 2}"
        "\nmodel: {retrain: 4, keep: 2}\nmonitors: [{watch: outputs, every: 2, do: rollback}]",
        "sources: {a: {checked: true}}\npeople: {personal_data: true, erase_from_training: true}"
        "\nworld: {faults: 2}\nmodel: {retrain: 4, keep: 2}"
        "\nmonitors: [{watch: outputs, every: 2, do: rollback}]",
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_a_property_breaks_in_one_design_and_holds_in_its_neighbour(name):
    breaking, holding = (explored(text) for text in PAIRS[name])
    assert name in breaking.broken
    assert holding.complete
    assert name not in holding.broken


def test_what_depends_on_a_source_fails_and_comes_back_with_it():
    watched = "monitors: [{watch: outcomes, every: 2, needs: [b], do: fallback}]\nlimits: {unnoticed: 3}"
    events = "world: {events: [garbled, outage]}"
    apart = "sources: {a: {}, b: {max_age: 1, checked: true}}"
    assert "garbled_unnoticed" not in explored(f"{apart}\n{watched}\n{events}").broken
    # one fault now takes the data and the eyes that would have seen it
    together = "sources: {a: {}, b: {checked: true, depends_on: a}}"
    search = explored(f"{together}\n{watched}\n{events}")
    assert "garbled_unnoticed" in search.broken
    assert {tuple(status for status, _ in state.sources) for state in search.states} == {
        (0, 0),  # both fine
        (2, 1),  # wrong values, and what is checked refuses them
        (1, 1),
        (0, 1),  # the second can still fail alone
        # never (1, 0): it cannot come back before what it depends on
    }


def test_every_property_over_time_has_such_a_pair():
    over_time = [name for name, entry in knowledge().design_properties.items() if entry.over == "time"]
    assert set(PAIRS) == set(over_time)


def in_minicheck(design: Design) -> minicheck.Protocol:
    """The same ticks for another explorer: a state, and what its last tick broke."""
    world = World(design)
    predicates = breakable(world)

    def transitions(node: tuple[State, frozenset[str]]) -> list[tuple[str, tuple[State, frozenset[str]]]]:
        state = node[0]
        found = []
        for event in (None, *world.costed, *world.free):
            costs = event is not None and not event.kind.free
            if event is not None and ((costs and not state.left) or not event.kind.can(state, event.source)):
                continue
            tick = step(world, state, event)
            spoilt = frozenset(name for name, breaks in predicates if breaks(tick, state))
            found.append((event.name if event else "quiet", (tick.end(), spoilt)))
        return found

    return minicheck.Protocol(
        name="design",
        candidate=False,
        fields=("state", "spoilt"),
        initial=(world.start(), frozenset()),
        transitions=transitions,
        invariants={name: (lambda node, name=name: name not in node["spoilt"]) for name, _ in predicates},
        goal=lambda node: node["state"].mode == MODEL,
    )


def agrees_with_minicheck(design: Design) -> None:
    search = explore(World(design))
    protocol = in_minicheck(design)
    theirs = minicheck.check_safety(protocol)
    assert theirs["exhaustive"]
    for name, found in theirs["properties"].items():
        assert found["holds"] == (name not in search.broken), name
        if not found["holds"]:
            # their counterexample starts with the first state
            assert len(found["counterexample"]) - 1 == first_tick(search, name), name
    assert minicheck.check_liveness(protocol)["holds"] == ("never_back" not in search.broken)


@pytest.mark.parametrize(("name", "design"), every_design().items(), ids=lambda value: str(value)[:30])
def test_another_model_checker_finds_the_same_breaks_and_the_same_shortest_stories(name, design):
    agrees_with_minicheck(design)


@settings(max_examples=25)
@given(designs())
def test_another_model_checker_agrees_on_any_design(given_design):
    agrees_with_minicheck(read_design(given_design))


@settings(max_examples=25)
@given(designs())
def test_more_going_wrong_never_mends_anything(given_design):
    fewer = explore(World(read_design(given_design)))
    more_world = {**given_design, "world": {"faults": given_design["world"]["faults"] + 1}}
    more = explore(World(read_design(more_world)), max_states=60_000)
    if more.complete:
        assert set(fewer.broken) <= set(more.broken)
    for name, found in fewer.broken.items():
        assert found.faults <= given_design["world"]["faults"], name


@settings(max_examples=25)
@given(designs())
def test_counters_stop_so_that_there_is_an_end(given_design):
    search = explore(World(read_design(given_design)), max_states=200_000)
    assert search.complete
    cap = 100
    for state in search.states:
        numbers = [value for value in state if isinstance(value, int)]
        assert all(-1 <= value <= cap for value in numbers)


def test_a_search_that_was_cut_short_decides_nothing_that_it_did_not_see():
    from mlpm_magics.design import check_design

    check = check_design(
        {"sources": {"a": {}, "b": {}}, "world": {"faults": 3}}, max_states=50, repairs=False
    )
    assert not check.complete
    assert check.properties["never_back"] == "undecided"
    assert not check.holds
    assert "undecided" in str(check)
