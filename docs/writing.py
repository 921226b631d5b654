"""Text and entries as Markdown for the site: escaped once, with links to what is named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from inspect import cleandoc

import msgspec

from mlpm_magics.catalogue import Knowledge, knowledge
from mlpm_magics.help.checks import check_names
from mlpm_magics.help.parts import PARTS
from mlpm_magics.notebook.magic import magic_files
from mlpm_magics.results import HelpPart
from mlpm_magics.views.markdown import escape

_CODE = re.compile(r"(``.+?``|`[^`\n]+`)")
_NAMED = re.compile(r"%{1,2}(ml_[a-z]+)|(?<![\w-])(--[a-z][a-z-]*\w)|\b[a-z][a-z0-9]*(?:[_.][a-z0-9]+)+\b")
_ALIGNED = re.compile(r"^%.*\S {2,}\S")
_SECTION = re.compile(r"^(Args|Raises|Returns|Example|Examples):$")


def anchor(kind: str, name: str) -> str:
    """The target of an entry, a check or a magic, unique on the site."""
    return f"{kind}.{name}"


@cache
def places() -> dict[str, str]:
    """The target of every id that has a section of its own; where kinds share an id, the first kind's."""
    known, targets = knowledge(), {}
    for kind in ("topics", *PARTS, *sectioned()):
        targets.update({i: anchor(kind, i) for i in getattr(known, kind) if i not in targets})
    for phase in known.phases.values():
        steps = [*(task.id for task in phase.tasks), *(gate.id for gate in phase.gate)]
        targets.update({step: anchor("steps", step) for step in steps if step not in targets})
    targets.update({name: anchor("checks", name) for name in check_names() if name not in targets})
    return targets | {name: anchor("magics", name) for name in magic_files()}


def sectioned() -> tuple[str, ...]:
    """Kinds of knowledge without an explanation in `%ml_help` whose entries have sections of their own."""
    return ("measurements", "alternatives", "design_templates")


def link(name: str) -> str:
    """A name as code, and as a link where it has a place."""
    target = places().get(name.lstrip("%"))
    return f"[`{name}`](#{target})" if target else f"`{name}`"


def words(text: str) -> str:
    """Text with its `code` kept and all else escaped; ids and magics that have a place are links."""
    pieces = _CODE.split(" ".join(text.split()))
    done = "".join(_code(piece) if number % 2 else _linked(piece) for number, piece in enumerate(pieces))
    return f"\\{done}" if done.startswith("%") else done  # a line that starts with % is a comment


def _code(piece: str) -> str:
    inner = piece.strip("`")
    return link(inner) if re.search(r"[_%]", inner) and inner.lstrip("%") in places() else piece


def _linked(text: str) -> str:
    done, end = [], 0
    for match in _NAMED.finditer(text):
        if match.group(1) or match.group(2) or match.group() in places():
            done += [_escaped(text[end : match.start()]), link(match.group())]
            end = match.end()
    return "".join([*done, _escaped(text[end:])])


def _escaped(text: str) -> str:
    """`escape` is for whole lines; the spaces at both ends belong to the sentence here."""
    inner = text.strip()
    if not inner:
        return text
    return text.replace(inner, escape(inner), 1)


def prose(docstring: str) -> str:
    """A docstring as Markdown: paragraphs, lists, and what is indented as a listing; no `Args` and so on."""
    blocks = []
    for block in re.split(r"\n\s*\n", cleandoc(docstring)):
        lines = block.splitlines()
        if _SECTION.match(lines[0].strip()):
            break
        if all(line.startswith("    ") for line in lines if line.strip()):
            blocks.append(listing("\n".join(line[4:] for line in lines)))
        elif any(_ALIGNED.search(line) for line in lines):  # what to type, then what it does
            blocks.append(listing("\n".join(lines)))
        elif all(line.lstrip().startswith(("- ", "  ")) for line in lines):
            blocks.append(
                "\n".join(f"- {words(item)}" for item in re.split(r"^\s*- ", block, flags=re.M)[1:])
            )
        else:
            blocks.append(words(block))
    return "\n\n".join(blocks)


def listing(code: str, language: str = "python") -> str:
    """A block of code."""
    return f"```{language}\n{code.rstrip()}\n```"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown already."""
    cells = ([" ".join(cell.split()) for cell in row] for row in rows)
    lines = [header, ["---"] * len(header), *cells]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def sources(ids: Iterable[str], known: Knowledge) -> str:
    """Sources in short, each a link to the list."""
    return "; ".join(f"[{escape(known.cite([i]))}](#{anchor('sources', i)})" for i in ids)


def section(kind: str, name: str, part: HelpPart, cited: str, level: int = 2) -> str:
    """An explanation of `%ml_help` as a section with a target."""
    told = [fact for fact in part.facts if not fact[0].startswith("Task ")]  # they have their own sections
    facts = [f"- **{escape(label)}**: {_fact(label, text)}" for label, text in told]
    typed = [f"- {words(what)}: `` {line} ``" for what, line in part.to_type]
    about = f"`{name}`" + (f" · {words(part.kind)}" if part.kind else "")
    source = f"Source: {cited or words(part.source)}." if cited or part.source else ""
    blocks = [f"({anchor(kind, name)})=\n{'#' * level} {words(part.title)}", about]
    blocks += [words(text) for text in part.text if text.strip()]
    blocks += ["\n".join(facts), "\n".join(typed), source]
    return "\n\n".join(block for block in blocks if block)


def _fact(label: str, text: str) -> str:
    if label == "url":
        return f"<{text}>"
    listed = label in ("Read on", "Checks", "Opens again when one of these changes")
    return ", ".join(link(name) for name in text.split(", ")) if listed else words(text)


def worded(value: object) -> str:
    """The value of a field as one line."""
    match value:
        case str():
            return words(value)
        case Mapping():
            return "; ".join(f"{worded(key)}: {worded(item)}" for key, item in value.items())
        case tuple() | list():
            return ", ".join(worded(item) for item in value)
        case msgspec.Struct():
            return worded({key: item for key, item in msgspec.structs.asdict(value).items() if item})
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:g}"
    return "" if value is None else str(value)
