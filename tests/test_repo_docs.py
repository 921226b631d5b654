"""What the README, the changelog and the guide for contributors say is so: examples run, names exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from IPython.utils.capture import capture_output
from repository import ROOT

from mlpm_magics import __version__
from mlpm_magics.notebook.magic import magic_files, parser_of

PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
BLOCK = re.compile(r"^```python\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.MULTILINE | re.DOTALL)


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def shown_by(shell, cell: str) -> str:
    """What a cell shows, as plain text."""
    with capture_output() as shown:
        done = shell.run_cell(cell)
    done.raise_error()
    assert shown.stderr == ""
    outputs = [output.data["text/plain"] for output in shown.outputs]
    return "\n".join([shown.stdout.rstrip("\n"), *outputs]).strip("\n") + "\n"


def test_the_examples_of_the_readme_run_and_show_what_it_says(shell):
    blocks = BLOCK.findall(text("README.md"))
    assert len(blocks) >= 6
    for cell, said in blocks:
        shown, place = shown_by(shell, cell), 0
        for part in re.split(r"^…\n", said, flags=re.MULTILINE):
            place = shown.find(part, place)
            assert place >= 0, f"the README says\n{part}\nbut the cell\n{cell}\nshows\n{shown}"
            place += len(part)


def test_the_table_of_magics_lists_each_once_and_no_other():
    table = re.findall(r"^\| `%+(ml_\w+)", text("README.md"), re.MULTILINE)
    assert set(table) == set(magic_files())


def test_the_table_of_magics_names_every_option_and_command():
    listed = text("README.md")
    for name, file in magic_files().items():
        options = set(re.findall(r"--[a-z][a-z-]+", parser_of(name, file).format_help())) - {"--help"}
        assert not [option for option in options if option not in listed], name


@pytest.mark.parametrize("name", PAGES)
def test_every_magic_and_option_that_is_named_exists(name, shell):
    for magic in re.findall(r"%+(ml_\w+)", text(name)):
        assert magic in shell.magics_manager.magics["line"], magic


@pytest.mark.parametrize("name", PAGES)
def test_every_link_to_a_file_leads_somewhere(name):
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text(name)):
        assert (ROOT / target).exists(), target


@pytest.mark.parametrize("name", PAGES)
def test_every_path_and_command_that_is_named_exists(name):
    for path in re.findall(r"`((?:mlpm_magics|tests|notebooks|binder|\.ci)/[\w./]*\w)`", text(name)):
        assert Path(ROOT, path).exists(), path
    import dev

    for command, stage in re.findall(r"dev\.py ([a-z]+)(?: ([a-z]+))?", text(name)):
        assert command in ("lab", "test", "notebooks", "docs"), command
        assert not stage or command != "test" or stage in dev.STAGES, stage


def test_the_changelog_has_the_version_of_the_package():
    versions = re.findall(r"^## \[?(\d+\.\d+\.\d+)", text("CHANGELOG.md"), re.MULTILINE)
    assert versions[0] == __version__
