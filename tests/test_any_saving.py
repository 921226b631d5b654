"""Whatever happens while a project is saved: the last good state stays, and nobody's entry is lost."""

from __future__ import annotations

import datetime as dt
import json
import multiprocessing
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from lifecycle_samples import fit_report, profile, tick_all

import mlpm_magics as mlpm
from mlpm_magics.documents import write_whole
from mlpm_magics.errors import MlpmError
from mlpm_magics.lifecycle import stamp

pytestmark = pytest.mark.skipif(os.name == "nt", reason="processes are forked and limits set")
FAULTS = Path(__file__).with_name("saving_faults.py")


@pytest.mark.parametrize("kind", ["kill", "ENOSPC", "EACCES", "interrupt"])
def test_a_save_that_is_hit_at_any_call_to_the_system_leaves_a_whole_file(tmp_path, kind):
    done = subprocess.run([sys.executable, FAULTS, tmp_path, kind], capture_output=True, text=True)
    told = json.loads(done.stdout)
    assert told["wrong"] == [], done.stderr
    assert told["hits"] > (40 if kind == "kill" else 12)
    assert 0 < told["saved"] < told["hits"]
    left = [name for name in told["left"] if name.endswith(".tmp")]
    assert bool(left) == (kind == "kill")


def test_what_a_killed_save_left_behind_is_swept_in_time(tmp_path):
    old, new, other = (tmp_path / name for name in (".a.md.x1.tmp", ".a.md.x2.tmp", ".b.md.x1.tmp"))
    for path in (old, new, other):
        path.write_text("torn")
    hours_ago = dt.datetime.now().timestamp() - 7_200
    for path in (old, other):
        os.utime(path, (hours_ago, hours_ago))
    write_whole(tmp_path / "a.md", "whole")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".a.md.x2.tmp", ".b.md.x1.tmp", "a.md"]


def _full_disk(folder: str, room: int) -> None:
    os.chdir(folder)
    project = mlpm.open_project()
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))  # the disk takes so many bytes of a file, no more
    try:
        project.note("no room for this")
    except MlpmError as error:
        os._exit(7 if "The old file is kept" in str(error) else 8)
    os._exit(9)


@pytest.mark.parametrize("room", [0, 1, 200])
def test_a_full_disk_keeps_the_old_file_and_says_so(tmp_path, room):
    project = mlpm.start_project("Full", tmp_path)
    before = (tmp_path / "mlpm.yaml").read_bytes()
    writer = multiprocessing.get_context("spawn").Process(target=_full_disk, args=(str(tmp_path), room))
    writer.start()
    writer.join()
    assert writer.exitcode == 7
    assert (tmp_path / "mlpm.yaml").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".tmp"] == []
    project.note("there is room again")


PARTS = ("note", "card", "people", "hazards", "fit", "profile", "tests", "done", "stakeholders")


def _part(project, kind: str, name: str, number: int) -> None:
    match kind:
        case "card":
            project.set("goal", f"{number + 1} % more of {name} by 30 June 2027")
        case "people":
            project.name_role("data_owner" if name == "ana" else "product_manager", f"{name} {number}")
        case "stakeholders":
            project.map_stakeholder("missed" if name == "ana" else "wrongly_flagged", f"{name} {number}")
        case "hazards":
            project.decide_hazard(sorted(mlpm.knowledge().hazards)[number], owner=name)
        case "tests":
            project.test(sorted(mlpm.knowledge().readiness_tests)[number % 20], "manual")
        case "fit":
            project.record(fit_report(statement=f"Which {name} {number}?"))
        case "profile":
            project.record(profile(table=f"{name}{number}"))
        case "done":
            project.done("set_goal" if name == "ana" else "map_people", note=f"{name} {number}")
    project.note(f"{name} {number}")


def _write(folder: str, name: str, seed: int, times: int) -> None:
    os.environ["MLPM_USER"] = name
    os.chdir(folder)
    picked = np.random.default_rng(seed)
    project = mlpm.open_project()
    for number in range(times):
        _part(project, str(picked.choice(PARTS)), name, number)


def test_two_notebooks_writing_every_part_at_once_lose_nothing(tmp_path):
    mlpm.start_project("Both", tmp_path)
    times = 12
    context = multiprocessing.get_context("spawn")
    writers = [
        context.Process(target=_write, args=(str(tmp_path), name, seed, times))
        for seed, name in enumerate(("ana", "bo"))
    ]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        assert mlpm.open_project(tmp_path).log  # whole at every moment
        time.sleep(0.05)
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    log = mlpm.open_project(tmp_path).log
    for name in ("ana", "bo"):
        notes = [e.what.partition(".")[0] for e in log if e.who == name and e.what.startswith("Note: ")]
        assert notes == [f"Note: {name} {number}" for number in range(times)]


def test_two_objects_of_one_kernel_do_not_lose_each_others_entries(tmp_path):
    one = mlpm.start_project("One", tmp_path)
    two = mlpm.open_project(tmp_path)
    picked = np.random.default_rng(0)
    for number in range(24):
        _part((one, two)[picked.integers(2)], str(picked.choice(PARTS)), "ana", number)
    log = mlpm.open_project(tmp_path).log
    notes = [e.what.partition(".")[0] for e in log if e.what.startswith("Note: ")]
    assert notes == [f"Note: ana {number}" for number in range(24)]


def test_a_clock_that_goes_backwards_loses_and_reorders_nothing(tmp_path, monkeypatch):
    project = mlpm.start_project("Clock", tmp_path)

    class Clock(dt.datetime):
        back = 0

        @classmethod
        def now(cls, tz=None):
            Clock.back += 1
            return dt.datetime(2026, 11, 27, tzinfo=tz) - dt.timedelta(days=400 * Clock.back)

    monkeypatch.setattr(stamp, "datetime", Clock)
    for number in range(4):
        project.note(f"note {number}")
    tick_all(project)
    again = mlpm.open_project(tmp_path)
    assert [e.what for e in again.log if e.what.startswith("Note: ")] == [f"Note: note {n}" for n in range(4)]
    whens = [entry.when for entry in again.log]
    assert whens != sorted(whens)
    assert str(again)
    assert again.to_html()


def _full(folder: Path) -> Path:
    project = mlpm.start_project("Whole", folder)
    project.record(fit_report())
    project.record(profile())
    project.set("goal", "20 % more by 30 June 2027")
    project.name_role("data_owner", "Ana Lima")
    project.waive("error_costs", because="Finance decides")
    tick_all(project)
    return folder / "mlpm.yaml"


def test_a_file_cut_anywhere_is_refused_in_one_line_and_left_alone(tmp_path):
    file = _full(tmp_path)
    whole = file.read_bytes()
    project = mlpm.open_project(tmp_path)
    for length in range(0, len(whole) - 1, 41):
        file.write_bytes(whole[:length])
        with pytest.raises(MlpmError) as refused:
            project.note("x")
        assert "\n" not in str(refused.value)
        assert file.read_bytes() == whole[:length]
    file.write_bytes(whole)
    project.note("and it goes on")


def test_a_file_with_any_byte_changed_is_read_or_refused_and_never_lost(tmp_path):
    file = _full(tmp_path)
    whole = file.read_bytes()
    picked = np.random.default_rng(0)
    for _ in range(60):
        torn = bytearray(whole)
        torn[picked.integers(len(torn))] = picked.choice(list(b"\x00\xff:#'\"\n- {&*!<%@`\t"))
        file.write_bytes(torn)
        try:
            project = mlpm.open_project(tmp_path)
            log = [entry.what for entry in project.log]
            project.note("after")
        except MlpmError as error:
            told = str(error)
        else:
            told = ""
        if told:
            assert "\n" not in told
            assert file.read_bytes() == bytes(torn)
        else:
            now = [entry.what for entry in mlpm.open_project(tmp_path).log]
            note, *gates = now[len(log) :]
            assert now[: len(log)] == log
            assert note.startswith("Note: after")
            assert all("open again" in told for told in gates)  # what met them is gone
