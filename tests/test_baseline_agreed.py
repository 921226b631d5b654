"""The kill line, margin and floor of the problem card, held against what a baseline measures."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from lifecycle_samples import to_phase

import mlpm_magics as mlpm
from mlpm_magics.baselines.agreed import held
from mlpm_magics.catalogue import knowledge
from mlpm_magics.evidence.gaps import Gap
from mlpm_magics.lifecycle.card.lines import agreed_lines, measure_in
from mlpm_magics.lifecycle.card.reading import amount_in
from mlpm_magics.results import CardEntry

FOUND = {"recall": Gap(0.7, 0.6, 0.8), "error": Gap(2.0, 1.5, 2.5)}


def lines(**card):
    entries = {
        name: CardEntry(field=name, title=name, text=text, amount=amount_in(text))
        for name, text in card.items()
    }
    return agreed_lines(knowledge(), entries)


def answer(kind="yes_or_no", groups=None, **card):
    (found,) = held(lines(**card), kind, 500, FOUND.get, None if groups is None else lambda _: groups)
    return found


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("no region below 60 % found", "recall"),
        ("27 % of those called would have left", "precision"),
        ("80 % of the answers are right", "accuracy"),
        ("a lift of 3", "lift"),
        ("off by 2 days at most", "error"),
        ("no more than 10 % wrongly found", ""),
        ("3 % fewer cancellations", ""),
        ("profound joy", ""),
    ],
)
def test_what_a_line_is_about_is_read_from_its_words_or_not_at_all(text, measure):
    assert measure_in(knowledge(), text) == measure


@pytest.mark.parametrize(
    ("card", "kind", "says"),
    [
        ({"kill_line": "stop below 50 % found"}, "yes_or_no", "passed"),
        ({"kill_line": "stop below 0.9 found"}, "yes_or_no", "missed"),
        ({"kill_line": "stop below 65 % found"}, "yes_or_no", "cannot_tell"),
        ({"kill_line": "stop at an error over 3 days"}, "number", "passed"),
        ({"kill_line": "stop at an error over 1 day"}, "number", "missed"),
        ({"margin": "5 % more are found", "current_quality": "50 % are found"}, "yes_or_no", "passed"),
        ({"margin": "twice as good: 2 times found", "current_quality": "0.5 found"}, "yes_or_no", "missed"),
        ({"margin": "20 % less error", "current_quality": "off by 4 days"}, "number", "passed"),
        ({"margin": "2 days less error", "current_quality": "off by 3 days"}, "number", "missed"),
    ],
)
def test_passed_and_missed_only_where_the_interval_lies_on_one_side(card, kind, says):
    assert answer(kind, **card).answer == says


@pytest.mark.parametrize(
    ("card", "kind", "settled_by"),
    [
        ({"margin": "5 % more are found"}, "yes_or_no", "set current_quality"),
        ({"margin": "5 % more found", "current_quality": "50 % right"}, "yes_or_no", "set current_quality"),
        ({"margin": "3 % fewer cancellations"}, "yes_or_no", "share found"),
        ({"kill_line": "60 % found"}, "number", "usual error"),
        ({"kill_line": "60 found"}, "yes_or_no", "in per cent"),
        ({"kill_line": "60 % found"}, "clustering", "agreement of groups"),
        ({"kill_line": "60 % found"}, "generation", "ladder"),
        ({"kill_line": "stop below 2,000 EUR a month"}, "ranking", "set cost_wrong_yes"),
        ({"kill_line": "stop below 65 % found"}, "yes_or_no", "test rows would tell"),
        ({"floor": "no region below 60 % found"}, "yes_or_no", "--group"),
    ],
)
def test_what_cannot_be_told_says_what_would_settle_it(card, kind, settled_by):
    found = answer(kind, **card)
    assert found.answer == "cannot_tell"
    assert settled_by in found.sentence


def test_a_floor_holds_only_where_every_group_is_told_and_above_it():
    good, bad, open_ = Gap(0.8, 0.7, 0.9), Gap(0.3, 0.2, 0.4), Gap(0.6, 0.4, 0.8)
    floor = {"floor": "no region below 50 % found"}
    assert answer(groups={"a": good, "b": good}, **floor).answer == "passed"
    assert answer(groups={"a": good, "b": None}, **floor).answer == "cannot_tell"
    assert answer(groups={"a": good, "b": open_}, **floor).answer == "cannot_tell"
    missed = answer(groups={"a": good, "b": bad, "c": None}, **floor)
    assert (missed.answer, missed.part) == ("missed", "b")


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return mlpm.start_project("Days")


def test_a_baseline_measures_them_and_the_gates_and_the_page_follow(project):
    random = np.random.default_rng(3)
    frame = pd.DataFrame(random.normal(size=(300, 2)), columns=list("ab"))
    frame["region"] = np.array(["north", "south"])[np.arange(300) % 2]
    frame["days"] = 10 + 3 * frame.a + random.normal(size=300) * np.where(frame.region == "south", 3, 0.3)
    to_phase(project, "model")
    project.set("current_quality", "off by 4 days")
    project.set("margin", "20 % less error")
    project.set("floor", "no region off by more than 1 day")
    project.set("kill_line", "stop when off by more than 9 days")
    report = mlpm.baseline(frame, target="days", group="region", lines=project.card.lines, budget_s=300)
    answers = {line.role: line.answer for line in report.agreed}
    assert answers == {"kill_line": "passed", "margin": "passed", "floor": "missed"}
    assert (report.kill_line.answer, report.kill_line.unit) == ("above", "usual error")
    floor = next(line for line in report.agreed if line.role == "floor")
    assert floor.part == "`region` = south"
    assert "misses the agreed floor" in " ".join(str(report).split())
    assert "agreed margin" in report.model_card()

    project.record(report)
    gates = ("above_kill_line", "beats_simple_way", "groups_checked")
    assert [project.gates[gate].state for gate in gates] == ["met", "met", "open"]
    assert "misses the agreed floor" in project.gates["groups_checked"].why
    page = mlpm.decision_report(project)
    assert next(sign for sign in page.signs if sign.title == "Baseline").light == "bad"
    assert "agreed margin" in str(page)

    project.set("margin", "10 % less error")
    assert project.gates["beats_simple_way"].state == "reopened"
    assert "changed after the baseline" in project.gates["beats_simple_way"].why


def test_a_typed_line_reads_the_lines_of_the_card(shell, project):
    random = np.random.default_rng(3)
    frame = pd.DataFrame(random.normal(size=(200, 1)), columns=["a"]).assign(y=lambda f: f.a > 0)
    project.set("floor", "no group below 60 % right")
    shell.user_ns["cases"] = frame
    held_to = shell.run_line_magic("ml_baseline", "cases --target y").agreed
    assert [line.role for line in held_to] == ["floor"]
    assert shell.run_line_magic("ml_baseline", "cases --target y --floor 0.1").agreed == ()
