"""What a report leaves in the project file, one kind of report a file.

A file offers `record(state, report, stamp)`, the state with the report in it and what is new as a sentence
("" when nothing is), and `said(report)`, the report in a few words.
"""

from __future__ import annotations

import importlib
from typing import Any

from mlpm_magics.errors import WrongTypeError
from mlpm_magics.results import BaselineReport, DesignCheck, FeaturePlan, FitReport, ReadinessReport

Recordable = FitReport | ReadinessReport | DesignCheck | FeaturePlan | BaselineReport
_KINDS: dict[type, str] = {
    FitReport: "fit",
    ReadinessReport: "profile",
    FeaturePlan: "features",
    BaselineReport: "baseline",
    DesignCheck: "design",
}


def kind_of(report: object) -> tuple[str, Any]:
    """What kind of report it is, as a gate's `met_by` calls it, and the module that records it.

    Raises:
        WrongTypeError: for anything that is not recorded.
    """
    kind = _KINDS.get(type(report))
    if kind is None:
        raise WrongTypeError(
            "a fit report, a profile, a plan of features, a baseline or a check of a design is recorded, "
            f"not {type(report).__name__}"
        )
    return kind, importlib.import_module(f"mlpm_magics.lifecycle.recording.{kind}")
