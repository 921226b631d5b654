"""Every notebook runs from its first cell to its last on a fresh copy, quietly, and leaves no mess."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_notebook, new_output
from notebook_files import executed, fresh_copy, names, read

pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # the client's sockets, at its own exit
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return fresh_copy(tmp_path_factory.mktemp("run") / "notebooks")


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.notebooks
@pytest.mark.parametrize("name", names())
def test_all_cells_run_and_are_quiet(folder, name):
    before = files(folder)
    notebook = executed(read(folder / name), folder)
    for number, cell in enumerate(notebook.cells, 1):
        for output in cell.get("outputs", []):
            assert output.output_type != "error", f"cell {number}"
            assert output.get("name") != "stderr", f"cell {number}: {output.text}"
    left = files(folder) - before
    assert not left, f"{name} leaves {sorted(left)} beside it; let it write into a temporary folder"


@pytest.mark.kernel
def test_a_slip_in_a_magic_stops_the_run(tmp_path):
    cells = [new_code_cell("%load_ext mlpm_magics"), new_code_cell("%ml_profile nothing_of_this_name")]
    with pytest.raises(CellExecutionError, match=r"(?s)nothing_of_this_name|UsageError"):
        executed(new_notebook(cells=cells), tmp_path)


@pytest.mark.kernel
@pytest.mark.parametrize(("saved", "passes"), [("'not_a_fit'", True), ("'good_fit'", False)])
def test_an_output_that_has_changed_is_noticed(tmp_path, saved, passes):
    line = "import mlpm_magics as mlpm\nmlpm.assess_fit({'answers': {'repeatable_decision': 'no'}}).verdict"
    output = new_output("execute_result", data={"text/plain": saved}, execution_count=1)
    cell = new_code_cell(line, outputs=[output], execution_count=1)
    nbformat.write(new_notebook(cells=[cell]), tmp_path / "saved.ipynb")
    arguments = ["-m", "pytest", "--nbval", "--nbval-current-env", "saved.ipynb"]
    done = subprocess.run([sys.executable, *arguments], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode == 0) == passes, done.stdout
