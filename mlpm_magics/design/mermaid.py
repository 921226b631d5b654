"""A check's stories as Mermaid diagrams."""

from __future__ import annotations

from pathlib import Path

from mlpm_magics.catalogue import knowledge
from mlpm_magics.documents import write_whole
from mlpm_magics.errors import InvalidValueError
from mlpm_magics.results import DesignCheck


def mermaid(report: DesignCheck) -> str:
    """The story of each broken property as a Mermaid sequence of states, in one Markdown text."""
    entries = knowledge().design_properties
    parts = []
    for violation in report.violations:
        if not violation.trace:
            continue
        lines = ["```mermaid", "flowchart LR"]
        for number, moment in enumerate(violation.trace):
            told = "<br/>".join(_quoted(words) for words in moment.told)
            lines.append(f'    t{number}["{report.tick} {moment.tick}: {moment.how}<br/>{told}"]')
            if number:
                lines.append(f"    t{number - 1} --> t{number}")
        parts.append("\n".join([f"## {entries[violation.property].title}", "", *lines, "```"]))
    return "\n\n".join(parts) + "\n" if parts else "Nothing breaks, so there is no story to draw.\n"


def _quoted(words: str) -> str:
    """Words that are nothing but words in a diagram."""
    kept = "".join(char if char.isalnum() or char in " .,:-_" else f"#{ord(char)};" for char in words)
    return kept.replace("\n", " ")


def save_mermaid(report: DesignCheck, path: Path) -> Path:
    """Write the diagrams to a Markdown file.

    Raises:
        InvalidValueError: for another ending than `.md`, or a folder that there is not.
    """
    if path.suffix != ".md":
        raise InvalidValueError("should end in .md", where="--mermaid", hint="For example --mermaid story.md")
    write_whole(path, mermaid(report))
    return path
