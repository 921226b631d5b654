"""Step through the ML lifecycle: problem, data, features, model, productize, operate.

%ml_lifecycle                       the phases as a board to click through
%ml_lifecycle start NAME            begin a project: writes mlpm.yaml beside the notebook
%ml_lifecycle set FIELD "…"         fill in the problem card; it is read, and held together
%ml_lifecycle card                  the problem card, with an example for each field
%ml_lifecycle done TASK             tick a task; undo TASK takes the tick back
%ml_lifecycle gate                  what must be so before this phase ends
%ml_lifecycle advance               go on to the next phase, when the gate is met
%ml_lifecycle waive GATE --because "…"    go on without one thing, and say why
%ml_lifecycle back PHASE --because "…"    return to an earlier phase
%ml_lifecycle note "…"              write a note into the log
%ml_lifecycle log                   what was done and decided, when and by whom
%ml_lifecycle score                 the ML Test Score; test TEST manual|automated|no sets one of its 28

For example:

    %ml_lifecycle start "Seller potential"
    %ml_lifecycle set goal "20 % more revenue from new sellers by 30 June 2027"
    %ml_lifecycle done ask_data_owner --document "data agreement 12"
    %ml_lifecycle waive error_costs --because "Finance decides on 1 December"
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from mlpm_magics.notebook.arguments import Parser
from mlpm_magics.notebook.magic import Call
from mlpm_magics.notebook.panel.link import reported

CELL = False
SENTENCE = False


def declare(parser: Parser) -> None:
    """The words, and what goes into the log with them."""
    parser.add_argument("words", metavar="WORD", nargs="*", help="what to do, and with what")
    parser.add_argument(
        "--because", metavar="REASON", default="", help="why, with waive and back; it goes into the log"
    )
    parser.add_argument("--note", metavar="TEXT", default="", help="a note, with done")
    parser.add_argument(
        "--document", metavar="NAME", default="", help="the name of the document that shows it, with done"
    )


def run(call: Call) -> object:
    """The project after what was asked, or the board."""
    if not call.options.words:
        from mlpm_magics.notebook.widgets.lifecycle import LifecycleWidget

        return LifecycleWidget()
    from mlpm_magics.lifecycle import commands

    options = call.options
    project = commands.run(
        options.words, because=options.because, note=options.note, document=options.document
    )
    if options.words[0] == "start" and reported():
        sys.stdout.write("What was asked or measured before is not in the project: run those cells again.\n")
    return project


def words_after(typed: list[str]) -> Iterable[str]:
    """A word, then the fields, tasks, gates, phases or tests that go with it."""
    from mlpm_magics.lifecycle import commands

    return commands.words_after(typed)
