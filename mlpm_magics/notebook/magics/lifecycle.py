"""Step through the ML lifecycle: problem, data, features, model, productize, operate.

%ml_lifecycle                       the phases as a board to click through
%ml_lifecycle start                 begin a project: writes mlpm.yaml beside the notebook
%ml_lifecycle done TASK             a task is done        (undo TASK takes it back)
%ml_lifecycle gate                  what must be so before this phase ends
%ml_lifecycle advance               go on to the next phase, when the gate is met
%ml_lifecycle waive GATE --because "…"    go on without one thing, and say why
%ml_lifecycle back PHASE --because "…"    return to an earlier phase
%ml_lifecycle log                   what was decided, when and by whom

For example:

    %ml_lifecycle waive error_costs --because "Finance decides on 1 December"
"""

from __future__ import annotations

from mlpm_magics.notebook.arguments import Parser
from mlpm_magics.notebook.magic import Call

CELL = False
SENTENCE = False


def declare(parser: Parser) -> None:
    """The words, and what goes into the log with them."""
    parser.add_argument("words", metavar="WORD", nargs="*", help="what to do, and with what")
    parser.add_argument("--because", metavar="REASON", default="", help="why; it goes into the log")
    parser.add_argument("--note", metavar="TEXT", default="", help="a note for the log")


def run(call: Call) -> object:
    """The project after what was asked, or the board."""
    if not call.options.words:
        from mlpm_magics.notebook.widgets.lifecycle import LifecycleWidget

        return LifecycleWidget()
    from mlpm_magics.lifecycle import commands

    return commands.run(call.options.words, because=call.options.because, note=call.options.note)
