"""Loading adds the magics quickly and once; unloading takes away exactly what loading added."""

from __future__ import annotations

import subprocess
import sys

from mlpm_magics.notebook.magic import magic_files

HEAVY = (
    "IPython.lib",
    "ipywidgets",
    "jinja2",
    "matplotlib",
    "msgspec",
    "numpy",
    "pandas",
    "ruamel",
    "sklearn",
    "tabulate",
    "yaml",
)


def state(shell) -> object:
    """All that loading could change."""
    return (
        {kind: dict(magics) for kind, magics in shell.magics_manager.magics.items()},
        list(shell.Completer.custom_matchers),
        list(shell.input_transformer_manager.token_transformers),
        list(shell.input_transformer_manager.cleanup_transforms),
        dict(shell.user_ns),
        list(shell.events.callbacks["pre_run_cell"]),
        list(shell.events.callbacks["post_run_cell"]),
    )


def test_every_file_of_the_folder_is_a_magic(shell):
    lines, cells = (shell.magics_manager.magics[kind] for kind in ("line", "cell"))
    assert set(magic_files()) == {name for name in lines if name.startswith("ml_")}
    assert {name for name in cells if name.startswith("ml_")} == {"ml_design", "ml_fit", "ml_profile"}


def test_unloading_restores_what_was_there_before(shell):
    shell.extension_manager.unload_extension("mlpm_magics")
    before = state(shell)
    for _ in range(2):
        shell.extension_manager.load_extension("mlpm_magics")
        assert state(shell) != before
        shell.extension_manager.unload_extension("mlpm_magics")
        assert state(shell) == before


def test_loading_again_adds_nothing(shell, capsys):
    import mlpm_magics

    before = state(shell)
    mlpm_magics.load_ipython_extension(shell)
    shell.extension_manager.load_extension("mlpm_magics")
    assert state(shell) == before
    assert capsys.readouterr().out.count("Try %ml_help") <= 1


def test_reloading_works_and_leaves_one_of_each(shell):
    shell.extension_manager.reload_extension("mlpm_magics")
    assert len(shell.Completer.custom_matchers) == 1
    assert len(shell.input_transformer_manager.token_transformers) == 5


def test_unloading_leaves_what_somebody_else_put_in_our_place(shell):
    def other(line):
        return line

    shell.register_magic_function(other, magic_name="ml_fit")
    shell.extension_manager.unload_extension("mlpm_magics")
    assert shell.magics_manager.magics["line"].pop("ml_fit") is other


def test_unloading_without_loading_does_nothing(shell):
    import mlpm_magics

    mlpm_magics.unload_ipython_extension(shell)
    before = state(shell)
    mlpm_magics.unload_ipython_extension(shell)
    assert state(shell) == before


def test_loading_imports_nothing_heavy():
    code = (
        "import sys\n"
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "shell = InteractiveShell.instance()\n"
        "before = set(sys.modules)\n"
        "shell.extension_manager.load_extension('mlpm_magics')\n"
        "print(*sorted(set(sys.modules) - before))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    welcome, loaded = done.stdout.strip().splitlines()
    assert "%ml_help" in welcome
    assert [name for name in loaded.split() if name.startswith(HEAVY)] == []
    assert "mlpm_magics.notebook.magics.fit" in loaded.split()
