"""Ask whether a table is ready to learn from: ten questions about the data, each answered from the table.

Say what you can about the table; each option lets it answer more. For example:

    %ml_profile churn --target left
    %ml_profile churn --target left --time month --entity customer --group region --group age_band
    ready = %ml_profile data.train --target left --reference data.live --as-of 2026-11-01 --cadence 1d
    %ml_profile exports/churn.csv --target "left the bank"
    %ml_profile sales/*.parquet --target returned

TABLE is a variable, a part of one (data.train, frames["x"], frames[0]), or a path to a .parquet, .csv or
.json file, a folder of them or a pattern. A variable may also hold a table that lies elsewhere (DuckDB,
Spark, polars, Dask, Ibis): it stays there, and only counts and a random sample come here. The table is read,
never changed, and no value of it appears in the result.
"""

from __future__ import annotations

from mlpm_magics.errors import InvalidValueError
from mlpm_magics.notebook.arguments import Parser
from mlpm_magics.notebook.lookup import find_table, table_names
from mlpm_magics.notebook.magic import Call
from mlpm_magics.notebook.recording import recorded

CELL = False
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
    from mlpm_magics.readiness import profile

    return recorded(
        lambda _: profile(
            table,
            target=options.target,
            time=options.time,
            entity=options.entity,
            group=options.group,
            reference=reference,
            as_of=options.as_of,
            cadence=options.cadence,
            name=name,
        )
    )
