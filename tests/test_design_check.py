"""`check_design`, repairs and what-if, as a PM and a script use them."""

from __future__ import annotations

import functools
import itertools
import json
import re
from collections import Counter
from typing import Any
from unittest import mock

import msgspec
import pytest
from designs import INCIDENTS, SKETCHES, designs, read
from hypothesis import given, settings
from hypothesis import strategies as st

import mlpm_magics as mlpm
from mlpm_magics.catalogue import knowledge
from mlpm_magics.design.changes import with_typed
from mlpm_magics.design.mermaid import mermaid
from mlpm_magics.design.properties import NAMES
from mlpm_magics.design.read import mapping_of
from mlpm_magics.design.repair import Finder
from mlpm_magics.design.tick import step
from mlpm_magics.errors import DesignBrokenError, MlpmError
from mlpm_magics.results import DesignCheck, Repair

KNIGHT = INCIDENTS["knight_capital"].design
CLEAN = INCIDENTS["knight_capital"].mended


def broken(check: DesignCheck) -> set[str]:
    return {name for name, verdict in check.properties.items() if verdict == "broken"}


@functools.cache
def repaired(name: str) -> DesignCheck:
    """The whole check of a design of the knowledge base; it takes seconds."""
    return mlpm.check_design(knowledge().design_templates[name].design, repair_s=1_000)


def with_repair(design: str | dict[str, Any], repair: Repair) -> dict[str, Any]:
    """The design with a repair typed in by hand."""
    given: Any = mapping_of(design)
    for change in repair.changes:
        if change.field == "monitors":
            monitor = mapping_of(f"x: {change.after}")["x"]
            given = {**given, "monitors": [*given.get("monitors", []), monitor]}
        else:
            given = with_typed(given, change.field, change.after, "test")
    return dict(given)


@pytest.mark.parametrize("name", INCIDENTS)
def test_every_repair_of_an_incident_mends_it_and_breaks_nothing_else(name):
    incident = INCIDENTS[name]
    check = mlpm.check_design(incident.design)
    violation = next(v for v in check.violations if v.property == incident.breaks)
    assert violation.repair is not None
    for repair in (violation.repair, *violation.others):
        again = mlpm.check_design(with_repair(incident.design, repair), repairs=False)
        assert broken(again) <= broken(check) - {incident.breaks}, repair.text


@pytest.mark.parametrize("name", [*INCIDENTS, *SKETCHES])
def test_a_repair_touches_choices_only(name):
    keys = knowledge().design_keys
    for violation in repaired(name).violations:
        for repair in [r for r in (violation.repair, *violation.others) if r is not None]:
            for change in repair.changes:
                parts = change.field.split(".")
                key = parts[0] if parts[0] == "monitors" else f"{parts[0]}.{parts[-1]}"
                assert keys[key].kind == "choice", change.field


@pytest.mark.parametrize("name", SKETCHES)
def test_every_break_of_a_sketch_is_mended_or_cannot_be(name):
    check = repaired(name)
    for violation in check.violations:
        if violation.repair is None:
            assert "No choice mends it" in violation.no_repair, violation.property
            continue
        again = mlpm.check_design(with_repair(SKETCHES[name].design, violation.repair), repairs=False)
        assert broken(again) <= broken(check) - {violation.property}, violation.repair.text


def test_where_much_can_happen_a_repair_says_with_how_little_it_was_explored(monkeypatch):
    text = INCIDENTS["google_flu_trends"].design
    monkeypatch.setattr("mlpm_magics.design.repair._EFFORT", 3_000)
    check = mlpm.check_design(text, faults=2, repair_s=1_000)
    repair = check.violations[0].repair
    assert repair.faults == 1
    again = mlpm.check_design(with_repair(text, repair), faults=1, repairs=False)
    assert not broken(again)
    assert "Explored with one event at most" in " ".join(repr(check).split())


@settings(max_examples=25)
@given(designs(), st.sampled_from([1_500, 4_000, 12_000]))
def test_a_repair_holds_as_far_as_it_says_it_was_explored(design, effort):
    design["world"] = {"faults": 2}
    with mock.patch("mlpm_magics.design.repair._EFFORT", effort):
        check = mlpm.check_design(design, repair_s=1_000)
    for violation in check.violations:
        for repair in [r for r in (violation.repair, *violation.others) if r is not None]:
            again = mlpm.check_design(with_repair(design, repair), faults=repair.faults, repairs=False)
            assert broken(again) <= broken(check) - {violation.property}, repair.text
    if check.mended is not None:
        again = mlpm.check_design(
            with_repair(design, check.mended), faults=check.mended.faults, repairs=False
        )
        assert broken(again) <= set(check.unmended), check.mended.text


def test_a_number_in_a_repair_is_the_first_that_holds():
    check = mlpm.check_design(INCIDENTS["google_flu_trends"].design)
    repair = check.violations[0].repair
    assert repair is not None
    assert (repair.changes[0].field, repair.changes[0].after) == ("monitors.2.every", "5")
    assert "up to every = 5" in repair.threshold
    given = with_typed(check.design, "monitors.2.every", "6", "test")
    assert mlpm.check_design(given, repairs=False).properties["drift_unnoticed"] == "broken"


def test_where_there_is_no_repair_it_says_so():
    check = mlpm.check_design({"world": {"events": ["drift"]}}, repair_s=0)
    violation = next(v for v in check.violations if v.property == "drift_unnoticed")
    assert violation.repair is None
    assert "No small repair was found" in violation.no_repair


def test_what_no_choice_can_mend_is_told_apart():
    late = {"label": {"delay": 9, "seen_for": "acted_on"}, "limits": {"unnoticed": 3}}
    check = mlpm.check_design({**late, "world": {"events": ["blindspot"]}})
    violation = next(v for v in check.violations if v.property == "blind_spot")
    assert violation.repair is None
    assert "a fact or a limit has to change" in violation.no_repair


@pytest.mark.parametrize("name", [*INCIDENTS, *SKETCHES])
def test_all_of_it_can_be_mended_together(name):
    text, check = knowledge().design_templates[name].design, repaired(name)
    if check.mended is not None:
        again = mlpm.check_design(with_repair(text, check.mended), repairs=False)
        assert broken(again) <= set(check.unmended)
    assert (check.mended is not None) == (len(check.violations) > 1)


def test_one_change_that_mends_everything_is_preferred():
    check = mlpm.check_design(INCIDENTS["microsoft_tay"].design)
    assert len(check.violations) > 1
    assert check.mended is not None
    assert check.mended.changes == check.violations[0].repair.changes


def test_the_result_is_what_the_contract_says():
    check = mlpm.check_design(KNIGHT, name="knight")
    assert set(check.properties) == set(NAMES) == set(check.details)
    assert set(check.properties.values()) <= {"holds", "broken", "undecided"}
    assert {v.property for v in check.violations} == broken(check)
    ticks = [check.details[v.property].first_tick for v in check.violations]
    assert ticks == sorted(ticks), "the earliest first"
    assert check.faults == 1
    assert check.states > 20
    assert check.assumed
    violation = check.violations[0]
    assert violation.sentence == knowledge().design_properties[violation.property].sentence
    assert violation.trace[-1].tick == check.details[violation.property].first_tick
    whole = json.loads(json.dumps(check.to_dict()))
    assert whole["schema"] == "mlpm_magics.design_check"


def test_a_story_is_told_in_words_and_folded_to_where_something_happens():
    check = mlpm.check_design(INCIDENTS["unity_pinpointer"].design)
    trace = check.violations[0].trace
    assert [moment.tick for moment in trace] == sorted({moment.tick for moment in trace})
    assert len(trace) < 7
    assert "wrong values" in trace[0].told[0]
    assert trace[0].event == "garbled"
    assert trace[-1].told[-1].startswith("so: ")


def test_more_faults_find_what_needs_two_of_them():
    text = INCIDENTS["shared_blindness"].design
    assert mlpm.check_design(text, faults=1, repairs=False).properties["garbled_unnoticed"] == "holds"
    two = mlpm.check_design(text, faults=2, repairs=False)
    assert two.properties["garbled_unnoticed"] == "broken"
    assert two.details["garbled_unnoticed"].faults_needed == 2


def test_it_never_says_safe_and_says_what_was_explored():
    for text in (KNIGHT, CLEAN):
        page = str(mlpm.check_design(text))
        assert not re.search(r"\bsafe\b", page)
        assert "situations" in page
    assert "explored" in mlpm.check_design(CLEAN).sentence


def test_what_nothing_can_cause_is_not_counted_as_a_merit():
    check = mlpm.check_design(CLEAN)
    assert check.details["group_harm"].verdict == "holds"
    assert "nothing in this design" in check.details["group_harm"].note
    assert "no limit is set" in check.details["wrong_stands"].note
    assert not check.details["mixed_versions"].note


def test_a_script_can_insist():
    mlpm.check_design(CLEAN).assert_holds()
    check = mlpm.check_design(KNIGHT, name="knight")
    check.assert_holds("never_back")
    with pytest.raises(DesignBrokenError, match=r"knight: harm_after_alarm \(broken\)"):
        check.assert_holds()
    with pytest.raises(AssertionError):
        check.assert_holds("exposure")
    with pytest.raises(MlpmError, match="Did you mean 'exposure'"):
        check.assert_holds("exposures")


def test_what_if_one_key_were_different():
    base = mlpm.check_design(INCIDENTS["unity_pinpointer"].design)
    other = mlpm.what_if(base, {"model.keep": 7})
    assert "no_clean_version" not in broken(other)
    assert [(c.field, c.before, c.after) for c in other.changed] == [("model.keep", "3", "7")]
    turn = next(t for t in other.flips if t.property == "no_clean_version")
    assert (turn.value, turn.becomes) == ("6", "broken")
    assert base.design["model"]["keep"] == "3", "the design itself stays as it was"


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("model.kep", "3", "no key 'kep' in model. Did you mean 'keep'"),
        ("modle.keep", "3", "no 'modle' in 'modle.keep'. Did you mean 'model'"),
        ("monitors.goal.every", "3", "no monitor 'goal'"),
        ("monitors.9.every", "3", "no monitor '9'"),
        ("model", "3", "model should hold keys"),
        ("model.keep", "lots", "model.keep should be a whole number"),
        ("sources.feed.checked", "yes", "no 'feed' in 'sources.feed.checked'"),
        ("design.x", "3", "leads to no key"),
    ],
)
def test_a_slip_in_what_if_is_one_line(key, value, said):
    with pytest.raises(MlpmError) as error:
        mlpm.what_if(INCIDENTS["unity_pinpointer"].design, {key: value})
    assert said in str(error.value)


def test_monitors_can_be_named_by_what_they_watch():
    flu = INCIDENTS["google_flu_trends"].design
    by_name = mlpm.what_if(flu, {"monitors.outcomes.every": "5"})
    by_number = mlpm.what_if(flu, {"monitors.2.every": 5})
    assert by_name.properties == by_number.properties
    assert not broken(by_name)


HOSTILE = "<img src=x onerror=alert(1)>\u202e`|[x](javascript:1)"


def test_hostile_names_are_shown_and_never_run():
    design = {"design": HOSTILE, "sources": {HOSTILE: {}}, "fallback": {"to": HOSTILE}}
    check = mlpm.check_design({**design, "monitors": [{"watch": "inputs", "do": "fallback"}]}, name=HOSTILE)
    assert "<img src=x" not in check.to_html()
    assert "\u202e" not in check.to_html() + check.to_markdown() + str(check)
    assert "](javascript" not in check.to_markdown()
    drawn = mermaid(mlpm.check_design(design))
    assert "<img" not in drawn
    assert "\u202e" not in drawn


def test_the_page_reads_the_same_as_text_markdown_and_html(tmp_path):
    check = mlpm.check_design(KNIGHT, name="knight")
    for form in (str(check), check.to_markdown(), check.to_html()):
        plain = " ".join(re.sub(r"<[^>]+>|[\\*`_]", " ", form).split())
        assert "Harm after the alarm" in plain
        assert "a release reaches only a part of the servers" in plain
        assert "Set model rollout to verified" in plain.replace(".", " ") or "Set model.rollout" in plain
    assert "<script" not in check.to_html()
    assert max(len(line) for line in str(check).splitlines()) <= 80
    assert len(check.to_html()) < 60_000
    for ending in (".html", ".md", ".json"):
        assert check.save(tmp_path / f"check{ending}").stat().st_size > 1_000


def test_only_one_property_can_be_looked_at(tmp_path):
    check = mlpm.check_design(KNIGHT)
    page = str(msgspec.structs.replace(check, why="exposure"))
    assert "More at stake" in page
    assert "Harm after the alarm" not in page
    holding = str(msgspec.structs.replace(check, why="group_harm"))
    assert "nothing in this design" in " ".join(holding.lower().split())


def test_the_stories_are_a_diagram():
    text = mermaid(mlpm.check_design(KNIGHT))
    assert text.count("```mermaid") == len(mlpm.check_design(KNIGHT).violations)
    assert "t0 --> t1" in text
    assert "no story" in mermaid(mlpm.check_design(CLEAN))


def test_all_designs_of_the_knowledge_base_are_checked_without_a_complaint():
    for entry in knowledge().design_templates.values():
        assert read(entry.design).design
        assert mlpm.check_design(entry.design, repairs=False).complete


def interrupting(function, calls: int):
    """The function, which is interrupted in one of its calls."""
    left = itertools.count(calls, -1)

    def call(*args, **kwargs):
        if next(left) == 0:
            raise KeyboardInterrupt
        return function(*args, **kwargs)

    return call


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 300))
def test_an_interrupt_while_exploring_shows_what_was_found_by_then(calls):
    design = {"sources": {"a": {"max_age": 3}}, "model": {"retrain": 7}, "label": {"delay": 3}}
    whole = mlpm.check_design(design, repairs=False)
    assert whole.transitions > 300
    with mock.patch("mlpm_magics.design.explore.step", interrupting(step, calls)):
        check = mlpm.check_design(design)
    assert check.interrupted
    assert not check.complete
    assert "Interrupted" in check.sentence
    assert 0 < check.states <= whole.states
    assert broken(check) <= broken(whole)
    assert not any(
        verdict == "holds" and whole.properties[name] != "holds" for name, verdict in check.properties.items()
    )
    for violation in check.violations:
        assert violation.repair is None


def test_an_interrupt_while_repairs_are_looked_for_keeps_those_that_were_found():
    design = knowledge().design_templates["fraud_screen"].design
    whole = mlpm.check_design(design)
    reached = Counter[str]()

    def looked(finder: Finder, name: str) -> tuple[Repair, ...]:
        reached[name] += 1
        if len(reached) == 3:
            raise KeyboardInterrupt
        return repairs(finder, name)

    repairs = Finder._repairs
    with mock.patch.object(Finder, "_repairs", looked):
        check = mlpm.check_design(design)
    assert len(whole.violations) > 3 == len(reached)
    assert check.interrupted
    assert check.complete
    assert [v.repair for v in check.violations[:2]] == [v.repair for v in whole.violations[:2]]
    assert {v.no_repair for v in check.violations[2:]} == {"Interrupted before a repair was found."}
    assert check.properties == whole.properties
    assert "Interrupted" in str(check)


def test_an_interrupt_while_numbers_are_tried_leaves_the_check():
    with mock.patch("mlpm_magics.design.whatif._broken", side_effect=KeyboardInterrupt):
        check = mlpm.what_if(KNIGHT, {"label.delay": 3})
    assert check.flips == ()
    assert check.complete
    assert not check.interrupted
