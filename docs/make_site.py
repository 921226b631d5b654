"""Build the documentation site: write the generated pages, run Sphinx with warnings as errors, check links.

    python docs/make_site.py

The site is in `build/docs/html`, its sources in `build/docs/source`.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(HERE), str(ROOT)]

import generated  # noqa: E402 (found beside this file)
import site_check  # noqa: E402
from writing import words  # noqa: E402

from mlpm_magics.catalogue import knowledge  # noqa: E402

BUILD = ROOT / "build" / "docs"
WRITTEN = ("how_to", "explanation")
GROUPS = ("What you type", "What it checks", "What it knows", "Python and files")


def main() -> int:
    """Build and check; 0 when nothing is wrong."""
    started = time.monotonic()
    source, html = BUILD / "source", BUILD / "html"
    write_source(source)
    shutil.rmtree(html, ignore_errors=True)
    sphinx = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-j", "auto", "-E", "-b", "html"]
    code = subprocess.run([*sphinx, "-d", str(BUILD / "doctrees"), str(source), str(html)]).returncode
    if code:
        return code
    wrong = site_check.problems(html)
    print(*wrong, sep="\n", end="\n" if wrong else "")
    size = sum(file.stat().st_size for file in html.rglob("*") if file.is_file())
    count = len(list(html.rglob("*.html")))
    print(f"{count} pages, {size / 1e6:.1f} MB, {time.monotonic() - started:.0f} s: {html / 'index.html'}")
    return 1 if wrong else 0


def write_source(folder: Path) -> None:
    """All that Sphinx reads: what is written by hand, the notebooks as saved, and the generated pages."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(HERE, folder, ignore=shutil.ignore_patterns("*.py", "generated", "__pycache__", "*.yaml"))
    shutil.copy(HERE / "conf.py", folder)
    shutil.copytree(ROOT / "notebooks", folder / "tutorials", ignore=shutil.ignore_patterns(".*"))
    for path, text in (pages() | parts_of_readme()).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")


def parts_of_readme() -> dict[str, str]:
    """The parts of the README, to be included in pages one folder deep: one text, in one place."""
    parts = re.split(r"^## (.+)$", (ROOT / "README.md").read_text("utf-8"), flags=re.MULTILINE)[1:]
    named = ("_".join(re.findall(r"\w+", title.lower())) for title in parts[::2])
    shown = (text.replace("](docs/", "](../") for text in parts[1::2])
    return {f"readme/{name}.txt": text for name, text in zip(named, shown, strict=True)}


def pages() -> dict[str, str]:
    """Every generated page: the reference from the modules of `generated`, and an index of each folder."""
    known = knowledge()
    groups: dict[str, dict[str, str]] = {group: {} for group in GROUPS}
    for info in pkgutil.iter_modules(generated.__path__):
        module = importlib.import_module(f"generated.{info.name}")
        groups[module.GROUP] |= module.pages(known)
    reference = {f"reference/{path}": text for group in groups.values() for path, text in group.items()}
    trees = [_tree([path.removesuffix(".md") for path in group], title) for title, group in groups.items()]
    index = "# Reference\n\nMade from the code and the knowledge at each build, so it says what is so.\n\n"
    return reference | {
        "reference/index.md": index + "\n".join(trees),
        "tutorials/index.md": _tutorials(),
        **{f"{folder}/index.md": _folder(folder) for folder in WRITTEN},
    }


def _tree(names: list[str], caption: str = "") -> str:
    heading = f"## {caption}\n\n" if caption else ""
    return f"{heading}```{{toctree}}\n:maxdepth: 1\n\n" + "\n".join(names) + "\n```\n"


def _tutorials() -> str:
    names = [path.stem for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]
    about = "One lesson each, shown as they ran from top to bottom. `python3 dev.py lab` opens them."
    return f"# Tutorials\n\n{about}\n\n{_tree(names)}"


def _folder(folder: str) -> str:
    """The index of a folder of pages written by hand."""
    title = {"how_to": "How to", "explanation": "Explanation"}[folder]
    names = sorted(path.stem for path in (HERE / folder).glob("*.md"))
    return f"# {title}\n\n{words(_ABOUT[folder])}\n\n{_tree(names)}"


_ABOUT = {
    "how_to": "Short ways to one result each. The examples are run by the tests.",
    "explanation": "How the answers are reached, and how far they carry.",
}

if __name__ == "__main__":
    sys.exit(main())
