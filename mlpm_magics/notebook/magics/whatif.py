"""Change one key of a design, and see what holds then and where it turns.

%ml_whatif NAME KEY=VALUE [KEY=VALUE …]
%ml_whatif NAME                          the same as a form with a live answer

For example:

    %ml_whatif screen model.keep=8

    %ml_whatif screen monitors.outcomes.every=2 label.wait=true

A key is written with dots. A monitor is named by what it watches, or by its number from 0 on. The design
itself stays as it is.
"""

from __future__ import annotations

from mlpm_magics.notebook.arguments import Parser
from mlpm_magics.notebook.magic import Call
from mlpm_magics.notebook.magics.check import faults_of

CELL = False
SENTENCE = False


def declare(parser: Parser) -> None:
    """The design and the changes."""
    parser.add_argument("design", metavar="DESIGN", nargs="?", help="the design to change")
    parser.add_argument("changes", metavar="KEY=VALUE", nargs="*", help="a key and its new value")
    parser.add_argument("--faults", metavar="NUMBER", help="how many things may go wrong in one behaviour")


def run(call: Call) -> object:
    """The check of the changed design, or the form."""
    from mlpm_magics.design import what_if
    from mlpm_magics.notebook.designs import changes_of, find_design

    options = call.options
    typed, given = options.design, list(options.changes)
    if typed is not None and "=" in typed:
        typed, given = None, [typed, *given]
    design, name = find_design(typed, call.names)
    changes = changes_of(given, name)
    faults = faults_of(options.faults)
    if not changes:
        from mlpm_magics.notebook.widgets.design import DesignWidget

        return DesignWidget(design, name=name, faults=faults)
    return what_if(design, changes, name=name, faults=faults)
