"""Who may import whom, and what no code of the package may do. A failure prints what is allowed."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import mlpm_magics

PACKAGE = Path(mlpm_magics.__file__).parent
FILES = {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}

# a room may import itself and every room in the lines below its own; rooms of one line not each other
HOUSE = (
    ("notebook",),
    ("views",),
    ("lifecycle", "help"),
    ("fit", "readiness", "features", "design", "baselines"),
    ("evidence",),
    ("table",),
    ("catalogue",),
    ("documents", "entries"),
    ("results",),
    ("errors", "loading"),
)
# what is imported from elsewhere, and the only places that may
ONLY_IN = {
    "pandas": ("table/", "evidence/", "readiness/", "features/", "baselines/"),
    "numpy": ("table/", "evidence/", "readiness/", "features/", "baselines/", "fit/sentence"),
    "scipy": ("evidence/", "readiness/", "baselines/"),
    "sklearn": ("table/", "evidence/", "readiness/", "features/", "baselines/", "fit/sentence"),
    "onnxruntime": ("fit/sentence_meaning.py",),
    "tokenizers": ("fit/sentence_meaning.py",),
    "duckdb": ("table/",),
    "narwhals": ("table/",),
    "pyspark": ("table/",),
    "pyarrow": ("table/",),
    "IPython": ("notebook/",),
    "comm": ("notebook/panel/",),
    "ipywidgets": ("notebook/widgets/",),
    "traitlets": ("notebook/",),
    "markupsafe": ("views/html.py", "views/picture.py", "views/plot.py", "views/strokes.py"),
    "html": ("views/html.py",),
    "yaml": ("documents.py",),
    "ruamel": ("lifecycle/",),
    "filelock": ("lifecycle/",),
    "tabulate": ("views/text.py",),
    "tempfile": ("documents.py",),
}
# none of these anywhere: they run what they read, or leave the machine
NEVER_IMPORTED = (
    "ctypes",
    "http",
    "marshal",
    "pickle",
    "requests",
    "shelve",
    "socket",
    "subprocess",
    "urllib",
)
# IPython's HTML("name") shows the file of that name
NEVER_CALLED = ("eval", "exec", "compile", "__import__", "breakpoint", "input", "HTML")
NEVER_A_METHOD = ("query", "system", "popen", "to_pickle", "read_pickle", "unsafe_load", "full_load")
SQL = "table/engines/native.py"  # puts two integers into a fixed sentence for DuckDB
WRITES = (
    "write_text",
    "write_bytes",
    "touch",
    "rename",
    "replace_file",
    "to_csv",
    "to_excel",
    "to_parquet",
    "to_json",
)
LONGEST = 300


def tree(name: str) -> ast.Module:
    return ast.parse(FILES[name].read_text("utf-8"), name)


def imports(nodes: Iterator[ast.AST]) -> Iterator[str]:
    """Dotted names of what is imported; `from mlpm_magics import x` is `mlpm_magics.x`."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, (
                f"line {node.lineno}: write the whole name, from mlpm_magics.room import …"
            )
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def at_start(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """The statements that run when a module is imported, `if TYPE_CHECKING` aside."""
    for statement in body:
        if isinstance(statement, ast.If) and "TYPE_CHECKING" in ast.dump(statement.test):
            yield from at_start(statement.orelse)
        elif isinstance(statement, (ast.If, ast.Try, ast.With, ast.ClassDef)):
            yield from at_start(statement.body)
        else:
            yield statement


def room(name: str) -> str:
    return name.partition("/")[0].removesuffix(".py")


def allowed(name: str) -> set[str]:
    """The rooms that a file may import."""
    level = next(number for number, line in enumerate(HOUSE) if room(name) in line)
    return {room(name), *(lower for line in HOUSE[level + 1 :] for lower in line)}


def rooms_imported(name: str) -> set[str]:
    dotted = (target.split(".") for target in imports(ast.walk(tree(name))))
    return {parts[1] for parts in dotted if parts[0] == "mlpm_magics" and len(parts) > 1}


def test_every_room_has_its_place_in_the_house():
    placed = {name for line in HOUSE for name in line}
    assert {room(name) for name in FILES if name != "__init__.py"} == placed


@pytest.mark.parametrize("name", [name for name in FILES if name != "__init__.py"])
def test_a_room_imports_only_what_lies_below_it(name):
    beyond = rooms_imported(name) - allowed(name)
    assert not beyond, f"{name} imports {sorted(beyond)}; it may import: {', '.join(sorted(allowed(name)))}"


@pytest.mark.parametrize("name", FILES)
def test_each_outside_package_is_used_only_in_its_places(name):
    used = {target.split(".")[0] for target in imports(ast.walk(tree(name)))}
    for package in used & set(ONLY_IN):
        places = ONLY_IN[package]
        assert name.startswith(places), f"{name} imports {package}; only these may: {', '.join(places)}"
    assert not used & set(NEVER_IMPORTED), f"{name} imports what no file may: {NEVER_IMPORTED}"


@pytest.mark.parametrize("name", FILES)
def test_heavy_packages_are_imported_at_the_top_only_where_data_or_widgets_are_handled(name):
    heavy = {"pandas", "numpy", "sklearn", "pyarrow", "ipywidgets"}
    at_top = {target.split(".")[0] for target in imports(at_start(tree(name).body))} & heavy
    places = ("table/", "evidence/", "readiness/", "features/", "baselines/", "notebook/widgets/")
    assert not at_top or name.startswith(places), (
        f"{name} imports {at_top} at its top; put it in the function"
    )


@pytest.mark.parametrize("name", FILES)
def test_nothing_read_is_ever_run_and_files_are_written_in_one_place(name):
    for node in ast.walk(tree(name)):
        if not isinstance(node, ast.Call):
            continue
        called, place = node.func, f"{name}, line {node.lineno}"
        if isinstance(called, ast.Name):
            assert called.id not in NEVER_CALLED, f"{place}: {called.id}(…) is not allowed"
            assert called.id != "open" or name == "documents.py", f"{place}: write with documents.write_whole"
        elif isinstance(called, ast.Attribute) and ast.unparse(called) != "re.compile":
            assert called.attr not in NEVER_A_METHOD or name == SQL, (
                f"{place}: .{called.attr}(…) is not allowed"
            )
            assert called.attr not in WRITES, f"{place}: write with documents.write_whole"


def test_no_module_hides_a_second_noun():
    long = {name: length for name, path in FILES.items() if (length := lines(path)) > LONGEST}
    assert not long, f"over {LONGEST} lines, split them: {long}"


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def test_no_drawer_for_what_fits_nowhere():
    drawers = {"utils", "util", "helpers", "common", "misc", "base", "manager", "core"}
    assert not [name for name in FILES if drawers & set(name.removesuffix(".py").split("/"))]


def test_every_folder_of_checks_or_magics_is_a_package():
    folders = {path.parent for path in FILES.values()}
    assert not [str(folder) for folder in folders if not (folder / "__init__.py").exists()]


def test_importing_the_package_loads_nothing_heavy():
    code = "import sys, mlpm_magics; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    heavy = {"IPython", "ipywidgets", "msgspec", "numpy", "pandas", "ruamel", "sklearn", "tabulate", "yaml"}
    assert not loaded & heavy


def test_the_public_names_are_there_and_explained():
    for name in mlpm_magics.__all__:
        assert getattr(mlpm_magics, name).__doc__, name


def test_the_walk_sees_what_it_should(tmp_path, monkeypatch):
    bad = tmp_path / "bad.py"
    bad.write_text("import pickle\ndef f():\n    from mlpm_magics.notebook import magic\n    eval('1')\n")
    monkeypatch.setitem(FILES, "errors.py", bad)
    for rule in (
        test_a_room_imports_only_what_lies_below_it,
        test_each_outside_package_is_used_only_in_its_places,
        test_nothing_read_is_ever_run_and_files_are_written_in_one_place,
    ):
        with pytest.raises(AssertionError, match=r"errors\.py"):
            rule("errors.py")
