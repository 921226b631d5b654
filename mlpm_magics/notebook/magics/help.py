"""Find out what is here, and have things explained in a few sentences, each with its source.

%ml_help            the map: the questions of a product manager, and what to type
%ml_help TOPIC      a topic, a criterion, a question about the data, a check, a problem type, a phase, a role

For example:

    %ml_help what is ML?
    %ml_help target_leakage
    %ml_help data scientist
"""

from __future__ import annotations

from collections.abc import Iterable

from mlpm_magics.notebook.arguments import Parser
from mlpm_magics.notebook.magic import Call, magic_files, summary

CELL = False
SENTENCE = True


def declare(parser: Parser) -> None:
    """A topic is a few words, so there is nothing else to declare."""
    parser.usage = "%%ml_help [TOPIC]"


def run(call: Call) -> object:
    """The page about the topic, or the map."""
    from mlpm_magics.help import explain, overview

    if call.sentence:
        return explain(call.sentence)
    return overview({f"%{name}": summary(file) for name, file in magic_files().items()})


def words_after(typed: list[str]) -> Iterable[str]:
    """The topics there are."""
    from mlpm_magics.help import topics

    return () if typed else topics()
