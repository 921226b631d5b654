"""Ask how good the simplest models are, before anybody builds a complicated one.

The table is split into a part to learn from and a part to test on. Kinds of models are tried, the simplest
first: always the same answer, the last value, one rule, a model that can be read, boosted trees. One is
chosen on the training part and judged on the test part, with 90 % intervals. For example:

    %ml_baseline churn --target left
    %ml_baseline churn --target left --split 90/10 --time month --entity customer --group region
    %ml_baseline churn --target left --cost-fp 5 --cost-fn 100 --decisions 2000 --kill-line 5000
    base = %ml_baseline sales.csv --target units --time day --problem-type forecasting

The split is by time where --time is given (the newest part is the test), by --entity where rows repeat, else
row by row. The same table gives the same test part on every run, and looks at it are counted. With costs it
says above which chance to act and what that saves; below the kill line you said you would stop. Of a
forecast --cost-fp is what a unit too many costs and --cost-fn a unit too few; of alerts and of an order, what
looking at one for nothing costs and what one that was not looked at; of recommendations --cost-fn is what a
person costs who is shown nothing that they take. With more than two answers a mix-up is priced by name, and
each case is given the answer that is expected to cost least:

    %ml_baseline tickets --target team --cost "billing taken for legal=40" --cost legal=90 --cost else=10

In a project, costs and kill line are taken from its problem card where nothing is typed, and the volume where
only costs are.

Given such a report instead of a table, it opens a form in which other costs and thresholds can be tried, with
a live answer and without the table (in Python: base.with_costs({"wrong_yes": 5, "wrong_no": 100})):

    %ml_baseline base
    %ml_baseline base --cost-fp 5 --cost-fn 100

The result has the ladder, the rule in a sentence, groups that are served worse, and .model_card().
"""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING

from mlpm_magics.errors import InvalidValueError, shown
from mlpm_magics.notebook.arguments import Parser
from mlpm_magics.notebook.costs import declare_costs, typed_costs, typed_number
from mlpm_magics.notebook.lookup import find_table, table_names
from mlpm_magics.notebook.magic import Call
from mlpm_magics.notebook.progress import shown_progress
from mlpm_magics.notebook.recording import project_here, recorded

if TYPE_CHECKING:
    from mlpm_magics.lifecycle import Project
    from mlpm_magics.results import BaselineReport, ProblemCard

CELL = False
SENTENCE = False

_OF_TABLES = (
    "target",
    "cost",
    "split",
    "time",
    "entity",
    "group",
    "kill_line",
    "floor",
    "problem_type",
    "budget",
)


def declare(parser: Parser) -> None:
    """The table, the roles its columns play, and what the PM knows."""
    parser.add_argument(
        "table",
        metavar="TABLE|REPORT",
        nargs="?",
        help="the table to learn from and test on, or a report whose costs to try",
    )
    parser.add_argument("--target", metavar="COLUMN", help="what should be predicted")
    parser.add_argument(
        "--split", metavar="SPLIT", help="70/30, 90/10 or the share to learn from, such as 0.8"
    )
    parser.add_argument(
        "--time", metavar="COLUMN", help="when each row happened; the newest rows are the test"
    )
    parser.add_argument("--entity", metavar="COLUMN", help="whom or what a row is about, such as a customer")
    parser.add_argument(
        "--group",
        metavar="COLUMN",
        action="append",
        help="a group that should be served alike; may be given several times",
    )
    declare_costs(parser, mixups=True)
    parser.add_argument(
        "--kill-line", metavar="NUMBER", help="below this gain you stop: money saved per period"
    )
    parser.add_argument("--floor", metavar="SHARE", help="the least that may be explained in any group")
    parser.add_argument(
        "--problem-type", metavar="TYPE", help="where it is no class or number: forecasting, …"
    )
    parser.add_argument("--budget", metavar="SECONDS", help="how long it may take; 30 by default")


def run(call: Call) -> object:
    """The report on the table, or the form of a report."""
    options = call.options
    if options.table is None:
        known = table_names(call.names)
        example = known[0] if known else "TABLE"
        raise InvalidValueError("which table?", hint=f"For example %ml_baseline {example} --target COLUMN")
    table, name = find_table(options.table, call.names)
    from mlpm_magics.baselines import baseline
    from mlpm_magics.notebook.other_shape import other_shape
    from mlpm_magics.results import BaselineReport

    if isinstance(table, BaselineReport):
        return _form(table, name, options)

    kind = options.problem_type or _briefed(project_here()[0])
    typed = typed_costs(options)
    line = typed_number(options.kill_line, "--kill-line", 5000)

    def make(project: Project | None) -> BaselineReport:
        """With what the problem card says where nothing was typed, as far as it fits the target."""
        card = project.card if project else None
        floor = typed_number(options.floor, "--floor", 0.1)
        over = {"kill_line": line, "floor": floor}  # what is typed counts more than the card
        lines = tuple(agreed for agreed in card.lines if over.get(agreed.role) is None) if card else ()
        run_with = partial(
            baseline,
            table,
            target=options.target,
            split=options.split or "70/30",
            time=options.time,
            entity=options.entity,
            group=options.group,
            floor=floor,
            problem_type=kind,
            looks_before=project.looks if project else None,
            budget_s=typed_number(options.budget, "--budget", 60) or 30.0,
            progress=progress,
            name=name,
        )
        costs = _at_the_volume(typed, card)
        if card is None or card.costs is None or costs is None or line is not None:
            return run_with(costs=costs, kill_line=line, lines=lines)
        in_money = card.line_in_money if costs.get("period") == card.costs.get("period") else None
        rest = tuple(agreed for agreed in lines if in_money is None or agreed.role != "kill_line")
        try:
            return run_with(costs=costs, kill_line=in_money, lines=rest)
        except InvalidValueError as error:
            if typed is not None or error.where.partition(",")[0] not in ("costs", "kill_line"):
                raise
            return run_with(costs=None, kill_line=None, lines=lines)  # costs need two classes

    def made(project: Project | None) -> BaselineReport:
        from msgspec.structs import replace

        report = make(project)
        if project is not None:
            said = {name: entry.text for name, entry in project.card.entries.items()}
            report = replace(report, said=said)
        hint = "" if options.problem_type else other_shape(project, report, call, table)
        if not hint:
            return report
        return replace(report, not_measured=(*report.not_measured, hint))

    with shown_progress() as progress:
        return recorded(made)


def _at_the_volume(typed: dict[str, object] | None, card: ProblemCard | None) -> dict[str, object] | None:
    """The costs that were typed, else those of the card; without a number of decisions, at its volume."""
    if card is None or card.costs is None or typed is None:
        return typed or (card.costs if card else None)
    if "decisions" in typed or "period" in typed:
        return typed
    return {name: card.costs[name] for name in ("unit", "decisions", "period") if name in card.costs} | typed


def _form(report: BaselineReport, name: str, options: argparse.Namespace) -> object:
    """The costs to try; what else can be typed is for tables."""
    for word in _OF_TABLES:
        if getattr(options, word) is not None:
            raise InvalidValueError(
                f"is for a table; {shown(name, 40)} is a report",
                where=f"--{word.replace('_', '-')}",
                hint=f"%ml_baseline {shown(name, 40)} tries other costs",
            )
    from mlpm_magics.notebook.widgets.threshold import ThresholdWidget

    return ThresholdWidget(report, typed_costs(options))


def _briefed(project: Project | None) -> str | None:
    """The problem type that the project's brief states, where it has a shape of its own."""
    from mlpm_magics.catalogue import modules_in

    stated = str(project.brief.get("problem_type", "")) if project else ""
    return stated if stated in modules_in("mlpm_magics.baselines.shapes") else None
