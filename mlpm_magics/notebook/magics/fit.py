"""Ask whether machine learning fits a problem, before anybody builds anything.

%ml_fit                    a questionnaire with a live verdict
%ml_fit STATEMENT          the problem as a sentence, as you would say it
%%ml_fit [--out NAME]      the problem as a brief: the rest of the cell, in YAML
%ml_fit --data TABLE --target COLUMN      the criteria measured on a table; goes with each of the others

For example:

    %ml_fit Which sellers have the greatest revenue potential?

    fit = %ml_fit Which support tickets should be answered first?

    %%ml_fit --out fit
    statement: Which sellers have the greatest revenue potential?
    decision: account managers call the top 50 each month
    answers:
      has_labelled_examples: yes
      requires_full_interpretability: no
      high_harm_if_wrong: unknown

    %ml_fit Which customers will leave us? --data churn --target left --time month --entity customer

    %ml_fit --data churn --target left --cost-fp 5 --cost-fn 100 --decisions 2000 --period month

With --data, simple and complex models are tried on the table, and each criterion that a table can answer is
answered yes, no or cannot tell, with its interval. Where the table denies what you said, the table counts
until you confirm your answer with a reason, under confirmed: in the brief.

Several people can answer the same brief, each under a name below answers_by:. Where they differ, the answer
that speaks least for ML counts until one is agreed under answers:, and the result says whether it matters.

The result has a verdict (good fit, fit with cautions, not a fit, or ask), its reasons with their sources,
the questions still open, and what would change the verdict. Guesses are marked as guesses.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mlpm_magics.errors import InvalidValueError, refuse_stand_in
from mlpm_magics.notebook.arguments import Parser
from mlpm_magics.notebook.costs import declare_costs, typed_costs, typed_number
from mlpm_magics.notebook.lookup import find_table
from mlpm_magics.notebook.magic import Call
from mlpm_magics.notebook.progress import shown_progress
from mlpm_magics.notebook.recording import project_here, recorded

if TYPE_CHECKING:
    from mlpm_magics.results import FitEvidence

CELL = True
SENTENCE = True


def declare(parser: Parser) -> None:
    """The table to measure on and the roles of its columns; a statement is verbatim text."""
    parser.usage = "%%ml_fit [STATEMENT] [--data TABLE --target COLUMN …] [--out NAME]"
    parser.add_argument("--data", metavar="TABLE", help="the table to measure on")
    parser.add_argument("--target", metavar="COLUMN", help="what should be predicted")
    parser.add_argument("--time", metavar="COLUMN", help="when each row happened")
    parser.add_argument("--entity", metavar="COLUMN", help="whom or what a row is about, such as a customer")
    parser.add_argument("--group", metavar="COLUMN", help="a group to be fair to")
    parser.add_argument(
        "--required-accuracy", metavar="SHARE", help="the share of right answers you need, e.g. 0.95"
    )
    declare_costs(parser)
    parser.add_argument("--budget", metavar="SECONDS", help="how long it may measure; 30 by default")


def run(call: Call) -> object:
    """The report on the statement or the brief, or the questionnaire when neither is given."""
    from mlpm_magics.documents import read_yaml
    from mlpm_magics.fit import assess_fit

    evidence = _measured(call)
    if call.body is not None:
        if call.sentence:
            raise InvalidValueError(
                "a brief stands below the first line, not on it", hint=f"Write statement: {call.sentence}"
            )
        if not call.body.strip():
            raise InvalidValueError(
                "the brief is empty", hint="Write statement: … below, or use the line form: %ml_fit STATEMENT"
            )
        described = read_yaml(call.body, "brief") if ":" in call.body else call.body
        return recorded(lambda project: assess_fit(described, project=project, evidence=evidence))
    refuse_stand_in(call.sentence, "your problem, in a sentence,")
    if call.sentence or evidence is not None:
        brief = {"statement": call.sentence}
        return recorded(lambda project: assess_fit(brief, project=project, evidence=evidence))
    from mlpm_magics.notebook.widgets.fit import FitWidget

    return FitWidget(project=project_here()[0])


def _measured(call: Call) -> FitEvidence | None:
    """What the table says, where one was named."""
    options = call.options
    if options.data is None:
        lonely = [
            f"--{word}"
            for word in ("target", "time", "entity", "group")
            if getattr(options, word) is not None
        ]
        if lonely:
            raise InvalidValueError(f"{lonely[0]} needs a table", hint="Add --data TABLE")
        return None
    if options.target is None:
        raise InvalidValueError("what should be predicted?", where="--data", hint="Add --target COLUMN")
    table, name = find_table(options.data, call.names)
    from mlpm_magics.evidence import measure_fit

    with shown_progress() as progress:
        return measure_fit(
            table,
            target=options.target,
            time=options.time,
            entity=options.entity,
            group=options.group,
            required_accuracy=typed_number(options.required_accuracy, "--required-accuracy", 0.95),
            costs=typed_costs(options),
            budget_s=typed_number(options.budget, "--budget", 60) or 30.0,
            progress=progress,
            name=name,
        )


def cell_words(lines: list[str]) -> Iterable[str]:
    """What can be typed next in a brief: its keys, and under `answers` the criteria and their answers."""
    from mlpm_magics.catalogue import knowledge

    line = lines[-1]
    known = knowledge()
    if ":" in line:
        key = line.partition(":")[0].strip()
        if key == "problem_type":
            return known.problem_types
        return ("yes", "no", "unknown") if key in known.criteria else ()
    if line[:1].isspace():
        under = next((text for text in reversed(lines[:-1]) if text[:1].strip()), "")
        return [f"{name}:" for name in known.criteria] if under.startswith("answers:") else ()
    keys = ("statement", "problem_type", "decision", "goal", "answers", "answers_by", "confirmed", "notes")
    return [f"{key}:" for key in keys if not any(text.startswith(f"{key}:") for text in lines)]
