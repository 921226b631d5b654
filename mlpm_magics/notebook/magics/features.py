"""Plan what each column becomes before a model learns: scaled, taken apart, added up, encoded or left out.

Say whom and when the rows are about, and what is known when the decision is taken. For example:

    %ml_features churn --target left
    %ml_features orders --target returned --time ordered_at --entity customer --window 90d
    %ml_features loans --target default --after paid_at --known income --others-known --group gender
    plan = %ml_features exports/churn.csv --target "left the bank" --discard branch

TABLE is a variable, a part of one (data.train, frames["x"]), or a path, as for %ml_profile. The plan tells
per column what is done and why, asks what only people can answer, and measures what it gains on held-out
rows.
`plan.pipeline` is a scikit-learn estimator that does exactly this; `plan.to_code()` is the same as a listing.
The table is never changed.
"""

from __future__ import annotations

from mlpm_magics.errors import InvalidValueError
from mlpm_magics.notebook.arguments import Parser
from mlpm_magics.notebook.costs import typed_number
from mlpm_magics.notebook.lookup import column_names, find_table, table_names
from mlpm_magics.notebook.magic import Call
from mlpm_magics.notebook.recording import recorded

CELL = False
SENTENCE = False


def declare(parser: Parser) -> None:
    """The table, the roles its columns play, and what people know about them."""
    parser.add_argument("table", metavar="TABLE", nargs="?", help="the table to plan for")
    parser.add_argument("--target", metavar="COLUMN", help="what should be predicted")
    parser.add_argument("--time", metavar="COLUMN", help="when each row happened: the moment of the decision")
    parser.add_argument("--entity", metavar="COLUMN", help="whom or what a row is about, such as a customer")
    for name, text in (
        ("group", "a group to be fair to; kept out of the features"),
        ("after", "known only after the decision: left out"),
        ("known", "known when the decision is taken"),
        ("keep", "keep this column all the same"),
        ("discard", "leave this column out"),
    ):
        parser.add_argument(
            f"--{name}", metavar="COLUMN", action="append", help=f"{text}; may be given several times"
        )
    parser.add_argument(
        "--others-known",
        action="store_true",
        help="all others are known in time, too; what looks suspicious is still asked",
    )
    parser.add_argument("--budget", metavar="SECONDS", help="how long it may take; 30 by default")
    parser.add_argument("--window", metavar="STEP", help="how far to look back per entity: 7d, 30d, 1y, …")


def run(call: Call) -> object:
    """The plan for the table."""
    options = call.options
    if options.table is None:
        known = table_names(call.names)
        hint = f"For example %ml_features {known[0] if known else 'TABLE'} --target COLUMN"
        raise InvalidValueError("which table?", hint=hint)
    table, name = find_table(options.table, call.names)
    if options.target is None:
        raise InvalidValueError(
            "what should be predicted?",
            where="--target",
            allowed=column_names(table),
            hint=f"For example %ml_features {options.table} --target COLUMN",
        )
    both = sorted(set(options.after or ()) & set(options.known or ()))
    if both:
        raise InvalidValueError(f"{both[0]!r} cannot be known both before and after", where="--after")
    answers = {**dict.fromkeys(options.after or (), False), **dict.fromkeys(options.known or (), True)}
    from mlpm_magics.features import plan_features

    return recorded(
        lambda _: plan_features(
            table,
            target=options.target,
            time=options.time,
            entity=options.entity,
            group=options.group,
            known=answers,
            others_known=options.others_known,
            keep=options.keep,
            discard=options.discard,
            window=options.window,
            budget_s=typed_number(options.budget, "--budget", 60) or 30.0,
            name=name,
        )
    )
