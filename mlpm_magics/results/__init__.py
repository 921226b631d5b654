"""What the product answers with: frozen values with strict JSON, and nothing else.

A result never imports the view that draws it; it names it (`Report.view`), and the view is loaded when
the result is first shown.
"""

from mlpm_magics.results.cases import CaseList, KnownCase
from mlpm_magics.results.design import (
    Change,
    DesignCheck,
    Holds,
    Moment,
    PropertyResult,
    Repair,
    Turn,
    Violation,
)
from mlpm_magics.results.evidence import Costs, Evidence, FitEvidence, Rule, Rung, RungCost, SetAside, Told
from mlpm_magics.results.fit import (
    Alternative,
    Contradiction,
    Disagreement,
    FitReport,
    Flip,
    Measured,
    Measurements,
    NearCase,
    Proposal,
    Reason,
    TypeGuess,
)
from mlpm_magics.results.help import HelpPage, HelpPart
from mlpm_magics.results.lifecycle import GateState, LifecycleReport, LogEntry, PhaseStep, TaskState
from mlpm_magics.results.readiness import Answer, ColumnSummary, Finding, NotRun, ReadinessReport
from mlpm_magics.results.report import (
    Basis,
    Effect,
    Readiness,
    Reply,
    Report,
    Severity,
    Status,
    Value,
    Verdict,
)

__all__ = [
    "Alternative",
    "Answer",
    "Basis",
    "CaseList",
    "Change",
    "ColumnSummary",
    "Contradiction",
    "Costs",
    "DesignCheck",
    "Disagreement",
    "Effect",
    "Evidence",
    "Finding",
    "FitEvidence",
    "FitReport",
    "Flip",
    "GateState",
    "HelpPage",
    "HelpPart",
    "Holds",
    "KnownCase",
    "LifecycleReport",
    "LogEntry",
    "Measured",
    "Measurements",
    "Moment",
    "NearCase",
    "NotRun",
    "PhaseStep",
    "PropertyResult",
    "Proposal",
    "Readiness",
    "ReadinessReport",
    "Reason",
    "Repair",
    "Reply",
    "Report",
    "Rule",
    "Rung",
    "RungCost",
    "SetAside",
    "Severity",
    "Status",
    "TaskState",
    "Told",
    "Turn",
    "TypeGuess",
    "Value",
    "Verdict",
    "Violation",
]
