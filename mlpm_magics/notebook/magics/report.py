"""Make the page for the people who decide: verdict, gain, gates, risks, and the evidence behind it.

%ml_report                  show it
%ml_report FILE.html        write it; also .md and .json

For example:

    %ml_report decision.html

It is made from mlpm.yaml. The HTML file stands alone and prints well: one page to read, then the evidence.
No value of your data is in it; names are those that were typed into the project.
"""

from __future__ import annotations

import sys
from pathlib import Path

from mlpm_magics.notebook.arguments import Parser
from mlpm_magics.notebook.magic import Call

_OPENS = {".html": "It opens in any browser; printed, the first sheet is the page to decide on."}
CELL = False
SENTENCE = False


def declare(parser: Parser) -> None:
    """Where to write it."""
    parser.add_argument("file", metavar="FILE", nargs="?", help="a file that ends in .html, .md or .json")


def run(call: Call) -> object:
    """The report, or the path it was written to."""
    from mlpm_magics.lifecycle import decision_report, open_project

    report = decision_report(open_project())
    if call.options.file is None:
        return report
    path = report.save(Path(call.options.file).expanduser())
    sys.stdout.write(f"Written: {path}. {_OPENS.get(path.suffix, '')}".rstrip() + "\n")
    return path
