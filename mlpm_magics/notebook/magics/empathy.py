"""See through the eyes of those it gets wrong: days to read aloud, a map of the people, questions.

%ml_empathy                     the newest baseline in your variables; without one, questions and exercises
%ml_empathy BASELINE            that baseline
%ml_empathy map WHO "…"         say what the product does to some people; it is kept in mlpm.yaml

For example:

    base = %ml_baseline churn --target left
    %ml_empathy base
    %ml_empathy map wrongly_flagged "They are called although they are happy, at dinner time"

The days are told from facts that several rows share. Nothing personal is in them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mlpm_magics.errors import InvalidValueError, UnknownNameError, WrongTypeError, shown
from mlpm_magics.notebook.arguments import Parser
from mlpm_magics.notebook.magic import Call
from mlpm_magics.notebook.newest import newest
from mlpm_magics.notebook.recording import project_here

if TYPE_CHECKING:
    from mlpm_magics.results import BaselineReport

CELL = False
SENTENCE = False


def declare(parser: Parser) -> None:
    """A baseline, or `map` with who and what."""
    parser.add_argument(
        "words", metavar="BASELINE", nargs="*", help="a report of %%ml_baseline, or map WHO …"
    )


def run(call: Call) -> object:
    """The cards, after what was mapped."""
    from mlpm_magics.lifecycle import empathy, open_project
    from mlpm_magics.results import BaselineReport

    words = call.options.words
    if words and words[0].lower() == "map":
        project = open_project()
        if len(words) < 3:
            raise InvalidValueError(
                "map whom to what?", hint='For example %ml_empathy map missed "They learn it from the bill"'
            )
        happened = project.map_stakeholder(words[1].lower().replace("-", "_"), " ".join(words[2:]))
        there = newest(BaselineReport, call.names)
        return empathy(project, there[1] if there else None, happened=happened)
    project_or_none, why_not = project_here()
    if words:
        return empathy(project_or_none, _named(words, call), happened=why_not)
    there = newest(BaselineReport, call.names)
    if there is None:
        return empathy(project_or_none, happened=why_not)
    said = f"Told from the newest baseline in your variables: {there[0]}."
    return empathy(project_or_none, there[1], happened=" ".join(filter(None, (why_not, said))))


def words_after(typed: list[str]) -> Iterable[str]:
    """`map` and then who."""
    from mlpm_magics.catalogue import knowledge

    if not typed:
        return ["map"]
    return list(knowledge().affected) if typed == ["map"] else []


def _named(words: list[str], call: Call) -> BaselineReport:
    from mlpm_magics.results import BaselineReport

    if len(words) > 1:
        raise InvalidValueError(f"does not know what to do with {shown(words[1], 40)!r}")
    known = [name for name, value in call.names.items() if isinstance(value, BaselineReport)]
    if words[0] not in call.names:
        raise UnknownNameError(
            f"there is no baseline called {shown(words[0], 60)!r}",
            given=words[0],
            allowed=[*(name for name in known if not name.startswith("_")), "map"],
        )
    value = call.names[words[0]]
    if not isinstance(value, BaselineReport):
        raise WrongTypeError(
            f"{shown(words[0], 60)!r} is no report of %ml_baseline but {type(value).__name__}",
            hint="base = %ml_baseline TABLE --target COLUMN makes one",
        )
    return value
