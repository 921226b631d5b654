"""What Binder would do with this repository, as far as a machine without its container engine can tell.

repo2docker, the program behind Binder, writes down its recipe without building it. The versions it brings
are read from its own lock file, installed from the ordinary package index, and the recipe's pip line is
replayed there, with `binder/postBuild`. Not covered: the system packages of the image, and Binder's own
servers.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from repository import ROOT

repo2docker = pytest.importorskip("repo2docker", reason="repo2docker is not made for Windows")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

JUPYTER = (
    "ipykernel",
    "ipython",
    "ipywidgets",
    "jupyter_server",
    "jupyterlab",
    "jupyterlab_widgets",
    "notebook",
)


NEWS = """from jupyterlab.commands import get_app_dir as folder
from jupyterlab_server.settings_utils import get_settings
name = "@jupyterlab/apputils-extension:notification"
found, _ = get_settings(f"{folder()}/settings", f"{folder()}/schemas", "", schema_name=name)
print(found["schema"]["properties"]["fetchNews"]["default"])"""


def pins(name: str) -> dict[str, str]:
    """The lines `package==version` of a file."""
    lines = (ROOT / name).read_text("utf-8").splitlines()
    return {left.lower(): right for left, equal, right in (line.partition("==") for line in lines) if equal}


@pytest.fixture(scope="module")
def image() -> dict[str, str]:
    """Package and version of what is in Binder's image before this repository comes in."""
    python = (ROOT / "binder" / "runtime.txt").read_text("utf-8").strip().removeprefix("python-")
    folder = Path(repo2docker.__file__).parent / "buildpacks" / "conda"
    text = (folder / f"environment.py-{python}-linux-64.lock").read_text("utf-8")
    return dict(re.findall(r"/([^/\s]+)-([^-/\s]+)-[^-/\s]+\.(?:conda|tar\.bz2)", text))


def test_binder_s_versions_are_the_tested_ones():
    assert pins("binder/requirements.txt").items() <= pins("constraints.txt").items()


def test_binder_s_own_packages_are_left_alone(image):
    assert image["python"].startswith("3.11.")
    assert not set(pins("binder/requirements.txt")) & set(image)


@pytest.mark.binder
def test_binder_accepts_the_repository_and_installs_what_it_names(copy_of_repo):
    line = ["--no-build", "--debug", "--user-id", "1000", "--user-name", "jovyan", str(copy_of_repo)]
    done = subprocess.run(
        [sys.executable, "-m", "repo2docker", *line], capture_output=True, text=True, check=True, timeout=120
    )
    recipe = done.stdout + done.stderr
    assert "python=3.11" in recipe
    steps = re.findall(r"^RUN .*pip install.*$", recipe, re.MULTILINE)
    assert [step.partition("pip ")[2] for step in steps] == [
        'install --no-cache-dir -r "binder/requirements.txt"'
    ]
    assert ("./binder/postBuild" in recipe) == (copy_of_repo / "binder" / "postBuild").exists()


@pytest.mark.binder
def test_beside_binder_s_versions_the_start_notebook_runs(copy_of_repo, image, tmp_path):
    python = tmp_path / "venv" / "bin" / "python"
    venv.create(tmp_path / "venv", with_pip=True)
    quietly = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*quietly, *(f"{name}=={image[name]}" for name in JUPYTER)], check=True, timeout=600)
    subprocess.run([*quietly, "-r", "binder/requirements.txt"], check=True, cwd=copy_of_repo, timeout=600)
    subprocess.run([python, "-m", "pip", "check"], check=True, timeout=60)
    shown = f"import importlib.metadata as m; print(*(m.version(name) for name in {JUPYTER}))"
    after = subprocess.run([python, "-c", shown], capture_output=True, text=True, check=True, timeout=60)
    assert dict(zip(JUPYTER, after.stdout.split(), strict=True)) == {name: image[name] for name in JUPYTER}

    asked = [python, "-m", "jupyter", "labextension", "list"]
    listed = subprocess.run(asked, capture_output=True, text=True, check=True, timeout=60)
    [line] = [line for line in (listed.stdout + listed.stderr).splitlines() if "mlpm-magics" in line]
    assert "enabled" in line
    assert "OK" in line

    beside = {**os.environ, "PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run(["./binder/postBuild"], check=True, cwd=copy_of_repo, env=beside, timeout=60)
    news = subprocess.run([python, "-c", NEWS], capture_output=True, text=True, check=True, timeout=60)
    assert news.stdout == "false\n"

    start = ["--to", "notebook", "--execute", "notebooks/00_start_here.ipynb", "--stdout"]
    own = {**os.environ, "JUPYTER_PREFER_ENV_PATH": "1"}
    run = [python, "-m", "nbconvert", *start]
    done = subprocess.run(run, capture_output=True, text=True, cwd=copy_of_repo, env=own, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "%load_ext mlpm_magics" in done.stdout
