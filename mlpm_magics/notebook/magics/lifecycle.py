"""Step through the ML lifecycle: problem, data, features, model, productize, operate.

%ml_lifecycle                       the phases as a board to click through
%ml_lifecycle start NAME            begin a project: writes mlpm.yaml beside the notebook
%ml_lifecycle done TASK             tick a task; undo TASK takes the tick back
%ml_lifecycle gate                  what must be so before this phase ends
%ml_lifecycle advance               go on to the next phase, when the gate is met
%ml_lifecycle waive GATE --because "…"    go on without one thing, and say why
%ml_lifecycle back PHASE --because "…"    return to an earlier phase
%ml_lifecycle note "…"              write a note into the log
%ml_lifecycle log                   what was done and decided, when and by whom

For example:

    %ml_lifecycle start "Seller potential"
    %ml_lifecycle done set_goal --note "200 more calls a month by June, stop below 50"
    %ml_lifecycle waive error_costs --because "Finance decides on 1 December"
"""

from __future__ import annotations

from collections.abc import Iterable

from mlpm_magics.notebook.arguments import Parser
from mlpm_magics.notebook.magic import Call

CELL = False
SENTENCE = False


def declare(parser: Parser) -> None:
    """The words, and what goes into the log with them."""
    parser.add_argument("words", metavar="WORD", nargs="*", help="what to do, and with what")
    parser.add_argument(
        "--because", metavar="REASON", default="", help="why, with waive and back; it goes into the log"
    )
    parser.add_argument("--note", metavar="TEXT", default="", help="a note, with done")


def run(call: Call) -> object:
    """The project after what was asked, or the board."""
    if not call.options.words:
        from mlpm_magics.notebook.widgets.lifecycle import LifecycleWidget

        return LifecycleWidget()
    from mlpm_magics.lifecycle import commands

    return commands.run(call.options.words, because=call.options.because, note=call.options.note)


def words_after(typed: list[str]) -> Iterable[str]:
    """A word, then the tasks, gates or phases that go with it."""
    from mlpm_magics.lifecycle import commands

    return commands.words_after(typed)
