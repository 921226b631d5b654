"""Write an ML product's design as a few lines of text, and see what can go wrong before you build it.

%%ml_design NAME                     the design: the rest of the cell, in YAML; kept as NAME
%ml_design --template KIND [NAME]    start from a sketch, put into the next cell
%ml_design [NAME]                    the same with choices to click, and a live answer
%ml_design NAME --set KEY=VALUE      the design with a choice changed, kept, and put into the next cell

For example:

    %ml_design --template fraud_screen screen

    %%ml_design screen
    design: payments stopped by a fraud score
    tick: day
    sources: {payments: {max_age: 1}}
    label: {what: chargeback, delay: 45}
    model: {retrain: 7, window: 90, keep: 3}
    monitors:
      - {watch: freshness, do: fallback}
      - {watch: outcomes, every: 7, do: rollback}
    limits: {unnoticed: 14}

Every behaviour of the design is explored: what happens when a source falls silent or delivers wrong values,
the world changes, a crowd comes. For each property that some behaviour breaks you get the shortest story, and
the smallest change that mends it. What you leave out takes a default, and the defaults are listed.

%ml_check looks at a design again, %ml_whatif changes one key, and %ml_help design explains the language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from IPython.core.getipython import get_ipython

from mlpm_magics.errors import InvalidValueError
from mlpm_magics.notebook.arguments import Parser
from mlpm_magics.notebook.designs import changes_of, find_design
from mlpm_magics.notebook.magic import Call, variable_name
from mlpm_magics.notebook.recording import recorded

CELL = True
SENTENCE = False


def declare(parser: Parser) -> None:
    """The name of the design, and a sketch to start from."""
    parser.add_argument("name", metavar="NAME", nargs="?", help="how the design is called")
    parser.add_argument("--template", metavar="KIND", help="a sketch to start from")
    parser.add_argument(
        "--set", metavar="KEY=VALUE", action="append", help="change a choice; may be given several times"
    )
    parser.add_argument("--faults", metavar="NUMBER", help="how many things may go wrong in one behaviour")


def run(call: Call) -> object:
    """The check of the design, kept under its name too."""
    from mlpm_magics.catalogue import find, knowledge
    from mlpm_magics.design import check_design
    from mlpm_magics.notebook.magics.check import faults_of

    options, templates = call.options, knowledge().design_templates
    body = call.body
    if options.set:
        return _changed(call)
    if options.template is not None:
        if body is not None and body.strip():
            raise InvalidValueError("a sketch and a design at once", where="--template", hint="Leave one out")
        body = find(templates, options.template, "sketch", where="--template").design
        name = options.name or options.template
        shell = get_ipython()
        if shell is not None:
            shell.set_next_input(f"%%ml_design {name}\n{body}", replace=False)
    elif body is None or not body.strip():
        return _form(options.name, call.names, faults_of(options.faults))
    else:
        name = options.name or ""
    kept = variable_name(name, "NAME") if name else None
    faults = faults_of(options.faults)
    report = recorded(lambda _: check_design(body, name=name, faults=faults))
    if kept:
        shell = get_ipython()
        if shell is not None:
            shell.user_ns[kept] = report
    return report


def _changed(call: Call) -> object:
    """The check of a design with other choices; the design is kept under its name, and its text is told."""
    from mlpm_magics.design import what_if
    from mlpm_magics.notebook.magics.check import faults_of
    from mlpm_magics.notebook.widgets.design import as_text

    options = call.options
    if (call.body or "").strip() or options.template is not None:
        raise InvalidValueError("is for a design that is there already", where="--set")
    design, name = find_design(options.name, call.names)
    changes, faults = changes_of(options.set, name), faults_of(options.faults)
    report = recorded(lambda _: what_if(design, changes, name=name, faults=faults))
    shell = get_ipython()
    if shell is not None and name.isidentifier():
        shell.user_ns[name] = report
        shell.set_next_input(f"%%ml_design {name}\n{as_text(report.design)}", replace=False)
    return report


def _form(typed: str | None, names: Mapping[str, object], faults: int | None) -> object:
    """The form on a design that is there, on a sketch, or on the first sketch."""
    from mlpm_magics.catalogue import knowledge
    from mlpm_magics.notebook.widgets.design import DesignWidget

    templates = knowledge().design_templates
    if typed is None:
        return DesignWidget(next(t.design for t in templates.values() if not t.breaks), faults=faults)
    if typed in templates and typed not in names:
        return DesignWidget(templates[typed].design, name=typed, faults=faults)
    design, name = find_design(typed, names)
    return DesignWidget(design, name=name, faults=faults)


def cell_words(lines: list[str]) -> Iterable[str]:
    """What can be typed next in a design: its keys, and the keys of the part that the line is in."""
    from mlpm_magics.design.words import words_for

    return words_for(lines)
