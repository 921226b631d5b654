"""Ask whether a table is ready to learn from: ten questions about the data, each answered from the table.

Say what you can about the table; each option lets it answer more. For example:

    %ml_profile churn --target left
    %ml_profile churn --target left --time month --entity customer --group region --group age_band
    ready = %ml_profile data.train --target left --reference data.live --as-of 2026-11-01 --cadence 1d
    %ml_profile exports/churn.csv --target "left the bank"
    %ml_profile sales/*.parquet --target returned
    %ml_profile churn --target left --answer accessible=yes --because "licence signed on 3 March"

What only people know (may we use it? is it right to?) you answer with --answer QUESTION=yes, no or unknown,
or several at once in a cell:

    %%ml_profile churn --target left --out ready
    accessible: yes, licence signed on 3 March
    privacy: no, nobody was asked whether we may keep their calls

A good word settles what the table cannot tell; it never outweighs what was found. In a project the answers
are kept and used again for the same table. --budget ends the work after so many seconds, as an interrupt
does at any time: the result then holds what is known, and says what was not checked.

TABLE is a variable, a part of one (data.train, frames["x"], frames[0]), or a path to a .parquet, .csv or
.json file, a folder of them or a pattern. A variable may also hold a table that lies elsewhere (DuckDB,
Spark, polars, Dask, Ibis): it stays there, and only counts and a random sample come here. The table is read,
never changed, and no value of it appears in the result.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import Any

from mlpm_magics.errors import InvalidValueError, shown
from mlpm_magics.notebook.arguments import Parser
from mlpm_magics.notebook.lookup import find_table, hidden_file, table_names
from mlpm_magics.notebook.magic import Call
from mlpm_magics.notebook.progress import shown_progress
from mlpm_magics.notebook.recording import recorded

CELL = True
SENTENCE = False


def declare(parser: Parser) -> None:
    """The table and the roles its columns play."""
    parser.add_argument("table", metavar="TABLE", nargs="?", help="the table to look at")
    parser.add_argument("--target", metavar="COLUMN", help="what should be predicted")
    parser.add_argument("--time", metavar="COLUMN", help="when each row happened")
    parser.add_argument("--entity", metavar="COLUMN", help="whom or what a row is about, such as a customer")
    parser.add_argument(
        "--group",
        metavar="COLUMN",
        action="append",
        help="a group to be fair to or to cover; may be given several times",
    )
    parser.add_argument("--reference", metavar="TABLE", help="a table like those you will serve")
    parser.add_argument("--as-of", metavar="DATE", help="the day to count freshness from, such as 2026-11-01")
    parser.add_argument("--cadence", metavar="STEP", help="how often rows should come: 1h, 1d, 7d, …")
    parser.add_argument(
        "--answer",
        metavar="QUESTION=REPLY",
        action="append",
        help="what a person answers: accessible=yes; may be given several times",
    )
    parser.add_argument("--because", metavar="WHY", help="the reason of the one --answer")
    parser.add_argument(
        "--budget", metavar="SECONDS", help="how long it may take; as long as it needs by default"
    )


def run(call: Call) -> object:
    """The report on the table."""
    options = call.options
    if options.table is None:
        known = table_names(call.names)
        hint = (
            f"For example %ml_profile {known[0]}"
            if known
            else "For example %ml_profile TABLE --target COLUMN"
        )
        raise InvalidValueError("which table?", hint=hint)
    table, name = find_table(options.table, call.names)
    reference = None if options.reference is None else find_table(options.reference, call.names)[0]
    answers, budget = _answers(call), _seconds(options.budget)
    from mlpm_magics.readiness import profile

    with shown_progress() as progress:
        report = recorded(
            lambda project: profile(
                table,
                target=options.target,
                time=options.time,
                entity=options.entity,
                group=options.group,
                reference=reference,
                as_of=options.as_of,
                cadence=options.cadence,
                answers={**(project.said(name) if project else {}), **answers},
                budget_s=budget,
                progress=progress,
                name=name,
            )
        )
    for word in filter(None, (options.table, options.reference)):
        if line := hidden_file(word, call.names):  # said last: the progress line wipes what stood before it
            sys.stdout.write(f"{line}\n")
    return report


def _answers(call: Call) -> dict[str, Any]:
    """What was answered on the line and in the cell."""
    from mlpm_magics.documents import read_yaml

    answers: dict[str, Any] = {}
    if call.body is not None and call.body.strip():
        cell = read_yaml(call.body, "answers")
        answers |= cell["answers"] if isinstance(cell.get("answers"), Mapping) else cell
    typed: list[str] = call.options.answer or []
    because: str | None = call.options.because
    for item in typed:
        question, equals, reply = item.partition("=")
        if not equals:
            raise InvalidValueError(
                f"{shown(item)!r} has no =", where="--answer", hint="For example --answer accessible=yes"
            )
        answers[question.strip()] = reply
    if because is not None:
        if len(typed) != 1:
            raise InvalidValueError(
                "belongs to one --answer",
                where="--because",
                hint='With several, a reason follows a comma: --answer "accessible=yes, licence signed"',
            )
        question, _, reply = typed[0].partition("=")
        answers[question.strip()] = {"answer": reply, "because": because}
    return answers


def _seconds(typed: str | None) -> float | None:
    try:
        seconds = None if typed is None else float(typed)
    except ValueError:
        seconds = -1.0
    if seconds is not None and not 0 < seconds < float("inf"):
        raise InvalidValueError(
            f"{shown(typed)!r} is no number above 0", where="--budget", hint="For example --budget 20"
        )
    return seconds


def cell_words(lines: list[str]) -> Iterable[str]:
    """What can be typed next in a cell: the questions, and their answers."""
    from mlpm_magics.catalogue import knowledge

    if ":" in lines[-1]:
        return ("yes", "no", "unknown")
    return [
        f"{name}:" for name in knowledge().data_questions if not any(t.startswith(f"{name}:") for t in lines)
    ]
