"""The notebooks as files: run them, save their outputs without noise, and say what is wrong with one.

python3 dev.py notebooks [FILE ...]    run and save all notebooks, or those named
"""

from __future__ import annotations

import configparser
import hashlib
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

FOLDER = Path(__file__).resolve().parent.parent / "notebooks"
SANITIZE = Path(__file__).with_name("notebook_sanitize.cfg")
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
SECONDS_A_CELL = 180
HOMES = re.compile(r"(?:/(?:home|Users|root|work|tmp|private|var/folders|mnt)/|\b[A-Z]:\\{1,2})\S*")
NOT_ALLOWED = {"script", "style", "iframe", "object", "embed", "link", "svg", "form", "base", "meta"}


def names() -> list[str]:
    """The notebooks there are, in order."""
    return sorted(path.name for path in FOLDER.glob("*.ipynb"))


def read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def write(notebook: NotebookNode, path: Path) -> None:
    nbformat.write(notebook, path)


def executed(notebook: NotebookNode, folder: Path) -> NotebookNode:
    """The notebook after a run from top to bottom in `folder`; a cell that fails raises.

    nbclient stops at a slip in a magic too, which nbval lets pass.
    """
    client = NotebookClient(
        notebook,
        timeout=SECONDS_A_CELL,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        store_widget_state=False,
    )
    return client.execute()


def cleaned(notebook: NotebookNode) -> NotebookNode:
    """The same notebook with only what a reader sees: no times, versions, widget state or chance ids.

    A widget is saved as the page that stands for it, so that a notebook opened again reads well.
    """
    notebook.metadata = NotebookNode(kernelspec=KERNEL, language_info={"name": "python"})
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    used: set[str] = set()
    for cell in notebook.cells:
        cell.metadata = NotebookNode({key: cell.metadata[key] for key in ("tags",) if key in cell.metadata})
        digest = hashlib.sha256(f"{cell.cell_type}{cell.source}".encode()).hexdigest()
        cell.id = next(name for n in range(len(notebook.cells)) if (name := f"{digest[:8]}-{n}") not in used)
        used.add(cell.id)
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET_VIEW, None)
            if "metadata" in output:
                output.metadata = NotebookNode()
    return notebook


def without_chance(outputs: object) -> str:
    """Outputs as text, without the words that nbval passes over."""
    rules = configparser.ConfigParser(interpolation=None)
    rules.read(SANITIZE, encoding="utf-8")
    text = json.dumps(outputs, sort_keys=True)
    for name in rules.sections():
        text = re.sub(rules[name]["regex"], rules[name]["replace"], text)
    return text


def keep_same_outputs(new: NotebookNode, old: NotebookNode) -> NotebookNode:
    """The new notebook with the old outputs where they say the same: a diff then shows real changes."""
    before = {cell.id: cell for cell in old.cells}
    for cell in new.cells:
        known = before.get(cell.id)
        if cell.cell_type != "code" or known is None or known.cell_type != "code":
            continue
        if without_chance(known.outputs) == without_chance(cell.outputs):
            cell.outputs = known.outputs
    return new


def problems(notebook: NotebookNode) -> Iterator[str]:
    """What is wrong with a saved notebook, one line each."""
    try:
        nbformat.validate(notebook)
    except nbformat.ValidationError as error:
        yield f"not a valid notebook: {error}"
        return
    if notebook.metadata != NotebookNode(kernelspec=KERNEL, language_info={"name": "python"}):
        yield f"metadata is {dict(notebook.metadata)}; save with: python3 dev.py notebooks"
    count = 0
    for number, cell in enumerate(notebook.cells, 1):
        where = f"cell {number}"
        if HOMES.search(cell.source):
            yield f"{where}: a path of one machine: {HOMES.search(cell.source)[0]}"
        if cell.cell_type != "code":
            continue
        count += 1
        if not cell.source.strip():
            yield f"{where}: is empty"
        if cell.execution_count != count:
            yield f"{where}: was run as number {cell.execution_count}, not {count}; run all from the top"
        for output in cell.outputs:
            yield from (f"{where}: {problem}" for problem in problems_of(output))


def problems_of(output: NotebookNode) -> Iterator[str]:
    if output.output_type == "error":
        yield f"an error: {output.ename}"
    if output.output_type == "stream" and output.name == "stderr":
        yield f"something on stderr: {output.text.strip()[:80]}"
    data = output.get("data", {})
    if WIDGET_VIEW in data:
        yield "a widget without its state; save with: python3 dev.py notebooks"
    for kind, text in [*data.items(), ("text", output.get("text", ""))]:
        if isinstance(text, str) and (found := HOMES.search(text)) and not kind.startswith("image/"):
            yield f"a path of one machine in {kind}: {found[0]}"
        if isinstance(text, str) and re.search(r"\bat 0x[0-9a-fA-F]{6,}", text):
            yield f"an address in memory in {kind}, which changes with each run"
    yield from _Markup.problems(data.get("text/html", ""))


class _Markup(HTMLParser):
    """Collects what a notebook from elsewhere would lose, or what could run or load something."""

    def __init__(self, of_pandas: bool) -> None:
        super().__init__()
        self.of_pandas = of_pandas  # a table of pandas brings three harmless lines of style
        self.found: list[str] = []

    @classmethod
    def problems(cls, html: str) -> list[str]:
        parser = cls('class="dataframe"' in html)
        parser.feed(html)
        return parser.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in NOT_ALLOWED and not (tag == "style" and self.of_pandas):
            self.found.append(f"<{tag}> in HTML")
        for name, value in attrs:
            address = (value or "").strip().lower()
            if name.startswith("on") or address.startswith("javascript:"):
                self.found.append(f"{name}={value!r} in HTML can run")
            if name in ("src", "srcset", "background") and not address.startswith("data:"):
                self.found.append(f"{name}={value!r} in HTML loads something")
            if "var(--" in address:
                self.found.append(f"{name}={value!r} in HTML is lost in a notebook that is not trusted")


def fresh_copy(target: Path) -> Path:
    """The notebooks folder in another place, without what earlier runs left."""
    return Path(shutil.copytree(FOLDER, target, ignore=shutil.ignore_patterns(".*")))


def save(wanted: list[str]) -> int:
    """Run notebooks and write them back; returns an exit code."""
    unknown = sorted({Path(name).name for name in wanted} - set(names()))
    if unknown:
        print(f"no notebook is called {unknown[0]!r}; there are: {', '.join(names())}")
        return 2
    for name in [Path(name).name for name in wanted] or names():
        print(f"running {name}", flush=True)
        with tempfile.TemporaryDirectory() as scratch:
            folder = fresh_copy(Path(scratch) / "notebooks")
            notebook = cleaned(executed(read(FOLDER / name), folder))
        keep_same_outputs(notebook, read(FOLDER / name))
        write(notebook, FOLDER / name)
        for problem in problems(notebook):
            print(f"  {problem}")
    return 0


if __name__ == "__main__":
    sys.exit(save(sys.argv[1:]))
