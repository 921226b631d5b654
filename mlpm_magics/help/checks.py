"""The checks of `%ml_profile`, explained by their own docstrings, which are read, not run.

Running a check's file would load pandas; reading it takes a millisecond.
"""

from __future__ import annotations

import ast
import functools
import re
from pathlib import Path

from mlpm_magics.catalogue import Knowledge
from mlpm_magics.results import HelpPart

_FOLDER = Path(__file__).parents[1] / "readiness" / "checks"


def check_names() -> list[str]:
    """The ids of the checks: the listing of their folder."""
    return sorted(file.stem for file in _FOLDER.glob("*.py") if file.stem[:1] != "_")


def checks_of(question: str) -> list[str]:
    """The ids of the checks that answer a question about the data."""
    return [name for name in check_names() if _read(name)[1] == question]


def check_part(known: Knowledge, name: str) -> HelpPart:
    """A check: what it looks for and why, which question it helps to answer, and its source."""
    explained, question = _read(name)
    paragraphs = [" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", explained)]
    source = next((text for text in paragraphs if text.startswith("Source: ")), "")
    asked = known.data_questions.get(question)
    return HelpPart(
        kind="A check of %ml_profile",
        title=name.replace("_", " ").capitalize(),
        text=tuple(text for text in paragraphs if text and text != source),
        facts=(("Helps to answer", asked.question),) if asked else (),
        to_type=(("Run it, with all others", "%ml_profile TABLE"),),
        source=source.removeprefix("Source: ").rstrip("."),
    )


@functools.cache
def _read(name: str) -> tuple[str, str]:
    """The docstring of a check and the question it belongs to."""
    module = ast.parse((_FOLDER / f"{name}.py").read_text(encoding="utf-8"))
    question = next(
        (
            node.value.value
            for node in module.body
            if isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and node.targets[0].id == "QUESTION"
            and isinstance(node.value, ast.Constant)
        ),
        "",
    )
    return ast.get_docstring(module) or "", str(question)
