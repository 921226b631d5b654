"""Suppose it has failed: what could have gone wrong with this problem, data and design, most pressing first.

%ml_premortem                              what reports found, then what the answers make likely
%ml_premortem all                          the rest, too, everything in full
%ml_premortem P10                          one in full, with a real case
%ml_premortem own P10 NAME                 say who owns it
%ml_premortem accept P10 --because "…"     live with it, and say why
%ml_premortem mitigate P10 --because "…"   say what was done about it
%ml_premortem watch P10                    keep an eye on it; reopen P10 takes a decision back

For example:

    %ml_premortem own P06 "Ana Lima"
    %ml_premortem accept P13 --because "Outcomes come within a week here"

In a project it uses what is recorded, and keeps owners and decisions. Without one it uses the newest reports
in your variables, and says which.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from mlpm_magics.errors import InvalidValueError, UnknownNameError, shown
from mlpm_magics.notebook.arguments import Parser
from mlpm_magics.notebook.magic import Call
from mlpm_magics.notebook.newest import newest
from mlpm_magics.notebook.recording import project_here

if TYPE_CHECKING:
    from mlpm_magics.lifecycle import Project

CELL = False
SENTENCE = False
_BECOMES = {"accept": "accepted", "mitigate": "mitigated", "watch": "watched", "reopen": "open"}
_WORDS = ("own", *_BECOMES)


def declare(parser: Parser) -> None:
    """A decision about one of the things."""
    parser.add_argument("words", metavar="WORD", nargs="*", help="what is decided, and about which")
    parser.add_argument("--because", metavar="REASON", default="", help="why, with accept and mitigate")


def run(call: Call) -> object:
    """The pre-mortem, after what was decided."""
    from mlpm_magics.catalogue import knowledge
    from mlpm_magics.lifecycle import open_project, premortem

    words = call.options.words
    show = ""
    if len(words) == 1 and words[0].lower() in ("all", *knowledge().hazards):
        show, words = words[0].lower(), []
    if words:
        project = open_project()
        return premortem(project, happened=_decide(project, words, call.options.because))
    if call.options.because:
        raise InvalidValueError("--because goes with accept or mitigate")
    here, why_not = project_here()
    if here is not None:
        return premortem(here, show=show)
    from mlpm_magics.results import BaselineReport, DesignCheck, FeaturePlan, FitReport, ReadinessReport

    kinds: dict[str, type[Any]] = {
        "fit": FitReport,
        "profile": ReadinessReport,
        "features": FeaturePlan,
        "baseline": BaselineReport,
        "design": DesignCheck,
    }
    found = {kind: newest(result, call.names) for kind, result in kinds.items()}
    used = {kind: pair for kind, pair in found.items() if pair is not None}
    taken = ", ".join(f"{name} ({kind})" for kind, (name, _) in used.items())
    said = f"Used the newest reports in your variables: {taken}." if taken else ""
    reports = {kind: report for kind, (_, report) in used.items()}
    return premortem(**reports, happened=" ".join(filter(None, (why_not, said))), show=show)


def words_after(typed: list[str]) -> Iterable[str]:
    """A word, then the things that go wrong."""
    from mlpm_magics.catalogue import knowledge

    names = [name.upper() for name in knowledge().hazards]
    if not typed:
        return ("all", *_WORDS, *names)
    return names if len(typed) == 1 and typed[0] in _WORDS else []


def _decide(project: Project, words: list[str], because: str) -> str:
    word = words[0].lower()
    if word not in _WORDS:
        raise UnknownNameError(f"there is no {shown(words[0], 40)!r}", given=word, allowed=("all", *_WORDS))
    if len(words) < 2:
        raise InvalidValueError(f"{word} which?", hint=f"For example %ml_premortem {word} P10")
    if word == "own":
        if len(words) < 3:
            raise InvalidValueError(
                f"who owns {words[1].upper()}?", hint=f"%ml_premortem own {words[1]} NAME"
            )
        return project.decide_hazard(words[1], owner=" ".join(words[2:]))
    if len(words) > 2:
        raise InvalidValueError(
            f"does not know what to do with {shown(words[2], 40)!r}", hint='A reason goes in --because "…"'
        )
    return project.decide_hazard(words[1], _BECOMES[word], because=because)  # type: ignore[arg-type]
