"""Every magic: what it is for, examples, and its options; what `-h` shows, as a page."""

from __future__ import annotations

import argparse

from writing import anchor, prose, table, words

from mlpm_magics.catalogue import Knowledge
from mlpm_magics.notebook.magic import MagicFile, magic_files, parser_of, summary

GROUP = "What you type"


def pages(known: Knowledge) -> dict[str, str]:
    """An overview, then a page for each magic."""
    files = magic_files()
    rows = [(f"[`%{name}`](#{anchor('magics', name)})", words(summary(file))) for name, file in files.items()]
    overview = (
        f"# The magics\n\nAfter `%load_ext mlpm_magics`.\n\n{table(('magic', 'what it is for'), rows)}\n"
    )
    return {"magics.md": overview} | {f"{name}.md": _page(name, file) for name, file in files.items()}


def _page(name: str, file: MagicFile) -> str:
    parser = parser_of(name, file)
    given = [action for action in parser._actions if action.dest != "help"]
    rows = [(_called(action), words(_meaning(action))) for action in given]
    forms = [f"`%{name}`", f"`%%{name}`"] if file.CELL else [f"`%{name}`"]
    known_as = " and ".join(forms) + (": a line, or a cell with text below it." if file.CELL else ": a line.")
    blocks = [f"({anchor('magics', name)})=\n# %{name}", known_as, prose(file.__doc__ or "")]
    if rows:
        blocks += ["## What it takes", table(("given", "meaning"), rows)]
    return "\n\n".join(blocks) + "\n"


def _called(action: argparse.Action) -> str:
    value = str(action.metavar or action.dest)
    if not action.option_strings:
        return f"`{value}`"
    return f"`{action.option_strings[-1]}`" + (f" `{value}`" if action.nargs != 0 else "")


def _meaning(action: argparse.Action) -> str:
    choices = f" One of {', '.join(map(str, action.choices))}." if action.choices else ""
    default = f" Without it: {action.default}." if action.default not in (None, False, "") else ""
    text = (action.help or "").replace("%%", "%")
    return f"{text}{choices}{default}"
