"""What each benchmark measures, its targets and how to run it: the docstrings of `benchmarks/`."""

from __future__ import annotations

import ast
from pathlib import Path

from writing import prose

from mlpm_magics.catalogue import Knowledge

GROUP = "Python and files"
_FOLDER = Path(__file__).resolve().parents[2] / "benchmarks"


def pages(known: Knowledge) -> dict[str, str]:
    """One page."""
    blocks = ["# Benchmarks", "What is measured about the tool itself. Anybody can run these in a clone."]
    for file in sorted(_FOLDER.glob("*.py")):
        docstring = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
        blocks.append(f"## benchmarks/{file.name}\n\n{prose(docstring)}")
    return {"benchmarks.md": "\n\n".join(blocks) + "\n"}
