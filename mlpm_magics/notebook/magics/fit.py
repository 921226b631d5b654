"""Ask whether machine learning fits a problem, before anybody builds anything.

%ml_fit                    a questionnaire with a live verdict
%ml_fit STATEMENT          the problem as a sentence, as you would say it
%%ml_fit [--out NAME]      the problem as a brief: the rest of the cell, in YAML

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

The result has a verdict (good fit, fit with cautions, not a fit, or ask), its reasons with their sources,
the questions still open, and what would change the verdict. Guesses are marked as guesses.
"""

from __future__ import annotations

from collections.abc import Iterable

from mlpm_magics.errors import InvalidValueError
from mlpm_magics.notebook.arguments import Parser
from mlpm_magics.notebook.magic import Call
from mlpm_magics.notebook.recording import project_here, recorded

CELL = True
SENTENCE = True


def declare(parser: Parser) -> None:
    """A statement is verbatim text, so there is nothing else to declare."""
    parser.usage = "%%ml_fit [STATEMENT] [--out NAME]"


def run(call: Call) -> object:
    """The report on the statement or the brief, or the questionnaire when neither is given."""
    from mlpm_magics.documents import read_yaml
    from mlpm_magics.fit import assess_fit

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
        return recorded(lambda project: assess_fit(described, project=project))
    if call.sentence:
        brief = {"statement": call.sentence}
        return recorded(lambda project: assess_fit(brief, project=project))
    from mlpm_magics.notebook.widgets.fit import FitWidget

    return FitWidget(project=project_here()[0])


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
    keys = ("statement", "problem_type", "decision", "goal", "answers", "notes")
    return [f"{key}:" for key in keys if not any(text.startswith(f"{key}:") for text in lines)]
