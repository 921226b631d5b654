"""The two commands of the README, and what CI runs, as far as they can be tested without a new `.venv`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from jupyterlab.commands import get_app_dir
from jupyterlab_server.settings_utils import get_settings
from repository import ROOT, copy_to, tracked

import dev


@pytest.fixture
def here(monkeypatch):
    """dev.py's commands run with this Python in place of that of `.venv`."""
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))


def says(code: int) -> list[str]:
    return ["-c", f"print('ran', flush=True); raise SystemExit({code})"]


def test_the_first_stage_that_fails_ends_the_run_with_its_exit_code(here, capfd):
    assert dev.run_stages({"first": says(0), "second": says(7), "third": says(0)}) == 7
    out = capfd.readouterr().out
    assert out.count("ran\n") == 2
    assert "[2/3] second" in out
    assert "second failed" in out
    assert "third" not in out


def test_when_all_pass_the_last_line_says_so(here, capfd):
    assert dev.run_stages({"first": says(0), "second": says(0)}) == 0
    assert capfd.readouterr().out.splitlines()[-1].startswith("==> all 2 stages passed in ")


def command(*words: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "dev.py", *words]
    return subprocess.run(line, capture_output=True, text=True, cwd=folder, timeout=60)


def test_an_unknown_stage_or_command_is_named_and_nothing_is_made(tmp_path):
    folder = copy_to(tmp_path / "repo")
    done = command("test", "lnit", folder=folder)
    assert (done.returncode, done.stderr) == (2, "")
    assert "no stage is called 'lnit'; there are: format, lint, types" in done.stdout
    assert command("tset", folder=folder).returncode == 2
    assert not (folder / ".venv").exists()


def test_without_words_it_says_what_there_is():
    done = command()
    assert done.returncode == 0
    for word in ("dev.py lab", "dev.py test", "dev.py notebooks"):
        assert word in done.stdout


def test_jupyterlab_starts_without_its_box_about_news(here, monkeypatch, tmp_path):
    settings = tmp_path / "settings"
    monkeypatch.setattr(dev, "OVERRIDES", settings / "overrides.d" / dev.OVERRIDES.name)
    monkeypatch.setattr(dev, "run", lambda arguments: 0)
    for _ in range(2):
        assert dev.lab(["--no-browser"]) == 0
    assert dev.OVERRIDES.name.endswith(".json")
    schemas, name = Path(get_app_dir(), "schemas"), "@jupyterlab/apputils-extension:notification"
    [found, _] = get_settings(str(settings), str(schemas), str(tmp_path), schema_name=name)
    asked = found["schema"]["properties"]
    assert (asked["fetchNews"]["default"], asked["checkForUpdates"]["default"]) == ("false", False)


def test_an_environment_that_is_missing_or_broken_is_noticed(monkeypatch, tmp_path):
    monkeypatch.setattr(dev, "PYTHON", tmp_path / "python")
    assert not dev.works()
    (tmp_path / "python").write_text("not a program")
    assert not dev.works()
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
    assert dev.works()


def test_what_is_installed_is_reused_until_something_changed(here, monkeypatch, tmp_path):
    calls: list[list[str]] = []
    monkeypatch.setattr(dev, "INSTALLED", tmp_path / "installed.json")
    monkeypatch.setattr(dev, "run", lambda arguments: calls.append(arguments) or 0)
    assert dev.install("test") == 0
    assert len(calls) == 1
    assert dev.install("test") == dev.install("lab,tutorials") == 0
    assert len(calls) == 1, "the extra test contains lab and tutorials"
    monkeypatch.setattr(dev, "fingerprint", lambda: "another")
    assert dev.install("lab,tutorials") == 0
    assert calls[1][-1] == ".[lab,tutorials]"


def test_an_installation_that_failed_is_tried_again(here, monkeypatch, tmp_path):
    monkeypatch.setattr(dev, "INSTALLED", tmp_path / "installed.json")
    monkeypatch.setattr(dev, "run", lambda arguments: 1)
    assert dev.install("test") == 1
    assert not (tmp_path / "installed.json").exists()


def test_ci_runs_the_command_of_the_readme():
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert script.splitlines()[-1] == "python3 dev.py test"
    assert "\npython3 dev.py test " in (ROOT / "README.md").read_text("utf-8")
    assert "\r" not in script
    if os.name != "nt":
        assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_every_marker_is_run_by_exactly_one_stage():
    stages = [" ".join(arguments) for arguments in dev.STAGES.values()]
    for marker in dev.SLOWER:
        assert sum(f"-m {marker}" in stage for stage in stages) == 1
        assert f"not {marker}" in " ".join(dev.STAGES["unit"])


def test_no_file_names_a_package_index_or_a_folder_of_one_machine():
    slash = "/"
    words = [
        f"{slash}work{slash}",
        f"{slash}root{slash}",
        "pypi" + ".org",
        "python" + "hosted",
        "npm" + "js.org",
    ]
    for name in tracked():
        content = (ROOT / name).read_bytes()
        assert not [word for word in words if word.encode() in content], name


def test_the_repository_stays_small():
    large = {name: size for name in tracked() if (size := (ROOT / name).stat().st_size) > 700_000}
    assert large == {}
