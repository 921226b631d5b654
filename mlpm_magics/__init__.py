"""mlpm_magics: does ML fit, is the data ready, and where are we? For product managers, inside Jupyter.

In a notebook: `%load_ext mlpm_magics`, then `%ml_help`. In a script: `import mlpm_magics as mlpm`.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_PUBLIC = {
    "baseline": "mlpm_magics.baselines",
    "assess_fit": "mlpm_magics.fit",
    "check_design": "mlpm_magics.design",
    "measure_fit": "mlpm_magics.evidence",
    "what_if": "mlpm_magics.design",
    "find_cases": "mlpm_magics.fit",
    "profile": "mlpm_magics.readiness",
    "plan_features": "mlpm_magics.features",
    "open_project": "mlpm_magics.lifecycle",
    "people": "mlpm_magics.lifecycle",
    "premortem": "mlpm_magics.lifecycle",
    "empathy": "mlpm_magics.lifecycle",
    "decision_report": "mlpm_magics.lifecycle",
    "start_project": "mlpm_magics.lifecycle",
    "knowledge": "mlpm_magics.catalogue",
    "MlpmError": "mlpm_magics.errors",
}
__all__ = [
    "MlpmError",
    "assess_fit",
    "baseline",
    "check_design",
    "decision_report",
    "empathy",
    "find_cases",
    "knowledge",
    "measure_fit",
    "open_project",
    "people",
    "plan_features",
    "premortem",
    "profile",
    "start_project",
    "what_if",
]

if TYPE_CHECKING:
    from mlpm_magics.baselines import baseline
    from mlpm_magics.catalogue import knowledge
    from mlpm_magics.design import check_design, what_if
    from mlpm_magics.errors import MlpmError
    from mlpm_magics.evidence import measure_fit
    from mlpm_magics.features import plan_features
    from mlpm_magics.fit import assess_fit, find_cases
    from mlpm_magics.lifecycle import (
        decision_report,
        empathy,
        open_project,
        people,
        premortem,
        start_project,
    )
    from mlpm_magics.readiness import profile


def __getattr__(name: str) -> Any:
    """Public names load on first use, so that importing the package costs next to nothing."""
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_PUBLIC[name]), name)


def __dir__() -> list[str]:
    """The public names, for Tab."""
    return sorted([*globals(), *_PUBLIC])


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext mlpm_magics`."""
    from mlpm_magics.notebook.extension import load

    load(shell)


def unload_ipython_extension(shell: Any) -> None:
    """`%unload_ext mlpm_magics`: takes away exactly what loading added."""
    from mlpm_magics.notebook.extension import unload

    unload(shell)
