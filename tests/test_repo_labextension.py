"""JupyterLab's part: one version, a menu of commands that exist, and a build that installs without Node."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile

import pytest
from repository import ROOT

from mlpm_magics import __version__
from mlpm_magics.notebook.magic import magic_files

HERE = ROOT / "labextension"
PLACE = f"mlpm_magics-{__version__}.data/data/share/jupyter/labextensions/mlpm-magics/"


def read(name: str):
    return json.loads((HERE / name).read_text("utf-8"))


def built() -> dict[str, bytes]:
    files = (file for file in (HERE / "built").rglob("*") if file.is_file())
    return {file.relative_to(HERE / "built").as_posix(): file.read_bytes() for file in files}


def test_the_version_is_the_package_s():
    assert read("package.json")["version"] == read("built/package.json")["version"] == __version__


def test_the_build_names_files_that_are_there():
    entry = read("built/package.json")["jupyterlab"]["_build"]["load"]
    assert entry in built()
    sources = {
        "package.json": "schemas/mlpm-magics/package.json.orig",
        "schema/plugin.json": "schemas/mlpm-magics/plugin.json",
    }
    for source, copy in sources.items():
        assert built()[copy] == (HERE / source).read_bytes(), (
            f"{source} is not built: dev.py test labextension"
        )


def test_the_menu_lists_every_command_with_a_magic():
    menus = read("schema/plugin.json")["jupyter.lab.menus"]
    listed = {item.get("command") for item in menus["main"][0]["items"]}
    commands = read("src/commands.json")
    assert {command["id"] for command in commands} <= listed
    assert len({command["id"] for command in commands}) == len(commands)


def test_the_start_notebook_uses_magics_that_exist():
    typed = [cell["source"] for cell in read("src/start.json") if cell["cell_type"] == "code"]
    used = {line.split()[0].strip("%") for line in typed} - {"load_ext"}
    assert used
    assert used <= set(magic_files())


@pytest.mark.binder
def test_a_wheel_puts_the_build_where_jupyterlab_looks_for_it(tmp_path):
    make = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--wheel-dir", str(tmp_path), str(ROOT)]
    without_node = {**os.environ, "PATH": os.path.dirname(sys.executable)}
    subprocess.run(make, check=True, env=without_node, timeout=300)
    [wheel] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        there = {
            name.removeprefix(PLACE): packed.read(name)
            for name in packed.namelist()
            if name.startswith(PLACE)
        }
        names = packed.namelist()
    assert there.pop("install.json")
    assert there == built()
    assert not [name for name in names if "node_modules" in name or name.startswith("labextension")]
    assert wheel.stat().st_size < 3_000_000
