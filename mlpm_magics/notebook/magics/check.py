"""Check a design again: all of it, one property, or with more things going wrong.

%ml_check                          the only design there is
%ml_check NAME                     a design by its name, or a YAML file
%ml_check NAME --faults 2          two things may go wrong in one behaviour
%ml_check NAME --why PROPERTY      only the story of one property
%ml_check NAME --mermaid FILE      the worst story as a diagram for Markdown

For example:

    %ml_check screen --why garbled_unnoticed

NAME is what stands after %%ml_design. In a script: mlpm.check_design(design).assert_holds().
"""

from __future__ import annotations

from pathlib import Path

from mlpm_magics.errors import InvalidValueError, shown
from mlpm_magics.notebook.arguments import Parser
from mlpm_magics.notebook.magic import Call
from mlpm_magics.notebook.recording import recorded

CELL = False
SENTENCE = False


def declare(parser: Parser) -> None:
    """The design, and what to see of it."""
    parser.add_argument("design", metavar="DESIGN", nargs="?", help="the design to check")
    parser.add_argument("--faults", metavar="NUMBER", help="how many things may go wrong in one behaviour")
    parser.add_argument("--why", metavar="PROPERTY", help="only the story of this property")
    parser.add_argument("--mermaid", metavar="FILE", help="write the stories as diagrams for Markdown")
    parser.add_argument("--tla", metavar="FILE", help="write the design's behaviours as a TLA+ module")


def run(call: Call) -> object:
    """The check of the design."""
    from mlpm_magics.catalogue import find, knowledge
    from mlpm_magics.design import check_design
    from mlpm_magics.notebook.designs import find_design

    options = call.options
    if options.why is not None:
        find(knowledge().design_properties, options.why, "property", where="--why")
    design, name = find_design(options.design, call.names)
    faults = faults_of(options.faults)
    report = recorded(lambda _: check_design(design, name=name, faults=faults))
    if options.mermaid is not None or options.tla is not None:
        from mlpm_magics.design.mermaid import save_mermaid
        from mlpm_magics.design.tla import save_tla

        if options.mermaid is not None:
            save_mermaid(report, Path(options.mermaid))
        if options.tla is not None:
            save_tla(report, Path(options.tla))
    if options.why is None:
        return report
    import msgspec

    return msgspec.structs.replace(report, why=options.why)


def faults_of(typed: str | None) -> int | None:
    """The number after --faults."""
    if typed is None:
        return None
    if not typed.isdecimal() or int(typed) > 10:
        raise InvalidValueError(
            f"{shown(typed)!r} is no whole number from 0 to 10",
            where="--faults",
            hint="For example --faults 2",
        )
    return int(typed)
