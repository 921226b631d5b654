"""The checks of `%ml_profile`, explained by their own docstrings, which are read, not run."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from mlpm_magics.results import HelpPart

_FOLDER = Path(__file__).parents[1] / "readiness" / "checks"


def check_names() -> list[str]:
    """The ids of the checks: the listing of their folder."""
    return sorted(file.stem for file in _FOLDER.glob("*.py") if file.stem[:1] != "_")


def check_part(name: str) -> HelpPart:
    """A check explained by its own docstring, which is read, not run: running would load pandas."""
    module = ast.parse((_FOLDER / f"{name}.py").read_text(encoding="utf-8"))
    first, *rest = re.split(r"\n\s*\n", ast.get_docstring(module) or name)
    return HelpPart(
        kind="A check of %ml_profile",
        title=name.replace("_", " ").capitalize(),
        text=tuple(" ".join(paragraph.split()) for paragraph in (first, *rest)),
        to_type=(("Run it, with all others", "%ml_profile TABLE"),),
    )
