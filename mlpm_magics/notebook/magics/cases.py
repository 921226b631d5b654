"""Look into the library of known cases: what others tried, what came of it, and why.

%ml_cases                 all of them, by verdict
%ml_cases WORDS           those that speak of these words, nearest first

For example:

    %ml_cases spam
    %ml_cases who gets a mortgage?
    near = mlpm.find_cases(brief="brief.yaml")

Each case has its facts, verdict, reason and source. Teams add their own in mlpm_knowledge/*.yaml.
"""

from __future__ import annotations

from mlpm_magics.notebook.arguments import Parser
from mlpm_magics.notebook.magic import Call

CELL = False
SENTENCE = True


def declare(parser: Parser) -> None:
    """The words are taken as they are, so there is nothing else to declare."""
    parser.usage = "%%ml_cases [WORDS]"


def run(call: Call) -> object:
    """The cases found."""
    from mlpm_magics.fit import find_cases

    return find_cases(call.sentence)
