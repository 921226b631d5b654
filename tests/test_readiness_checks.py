"""Every check finds what its bad example holds, on the right column, and keeps silent on the look-alike."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

import mlpm_magics as mlpm
from mlpm_magics.catalogue import knowledge
from mlpm_magics.readiness.report import checks

NAMES = sorted(checks())
NEEDS = {"target", "time", "entity", "group", "reference"}


PACKAGE = Path(mlpm.__file__).parent
ROOMS = {
    "feature_plan": PACKAGE / "features",
    "baseline": PACKAGE / "baselines",
}  # limits that are no check's


def findings(name, example):
    report = mlpm.profile(example.data, **example.arguments)
    assert name not in {item.check for item in report.not_run}
    return [finding for finding in report.findings if finding.check == name]


@pytest.mark.parametrize("name", NAMES)
def test_the_bad_example_is_found_on_its_column(name):
    example = checks()[name].bad()
    found = findings(name, example)
    assert found
    assert set(example.columns) <= {column for finding in found for column in finding.columns}


@pytest.mark.parametrize("name", NAMES)
def test_the_harmless_look_alike_is_left_alone(name):
    assert findings(name, checks()[name].good()) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_harmless_table_has_few_findings(name):
    example = checks()[name].good()
    assert len(mlpm.profile(example.data, **example.arguments).findings) <= 3


@pytest.mark.parametrize("name", NAMES)
def test_a_finding_says_what_why_and_what_to_do_with_numbers(name):
    for finding in findings(name, checks()[name].bad()):
        assert finding.message.endswith(".")
        assert finding.why.endswith(".")
        assert finding.action.endswith(".")
        assert finding.evidence
        by_name = "going by its name" in finding.message or name == "sensitive_attribute"
        assert by_name or re.search(r"\d", finding.message)
        for column in finding.columns[:3]:
            assert f"`{column}`" in finding.message


@pytest.mark.parametrize("name", NAMES)
def test_a_check_holds_to_its_contract(name):
    module = checks()[name]
    first, rest = module.__doc__.split("\n", 1)
    assert first.endswith(".")
    assert "\nSource: " in rest
    assert module.QUESTION in knowledge().data_questions
    assert set(module.NEEDS) <= NEEDS
    assert set(getattr(module, "SILENCES", ())) <= set(NAMES)
    assert module.measure.__doc__
    assert module.judge.__doc__


def test_every_limit_belongs_to_a_check_that_uses_it():
    for entry in knowledge().limits.values():
        check, _, limit = entry.id.partition(".")
        if check in ROOMS:
            used_in = set(ROOMS[check].rglob("*.py"))
            name = entry.id
        else:
            assert check in NAMES, entry.id
            module, name = checks()[check], limit
            used_in = {Path(module.__file__), Path(inspect.getsourcefile(module.measure))}
        text = "".join(file.read_text("utf-8") for file in used_in)
        assert f'"{name}"' in text, f"nothing uses {entry.id}"


def test_a_team_can_move_a_limit(tmp_path, monkeypatch):
    example = checks()["missing_values"].good()
    (tmp_path / "mlpm_knowledge").mkdir()
    entry = "limits:\n- {id: missing_values.note, value: 0.01, unit: share of rows, why: We are strict.}\n"
    (tmp_path / "mlpm_knowledge" / "ours.yaml").write_text(entry)
    monkeypatch.chdir(tmp_path)
    assert knowledge().limits_of("missing_values")["note"] == 0.01
    assert findings("missing_values", example)
