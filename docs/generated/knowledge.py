"""The knowledge base: a page for each group of kinds in `reference.yaml`, and one for each kind not named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from writing import link, listing, places, section, sources, table, worded, words

from mlpm_magics import entries as e
from mlpm_magics.catalogue import Knowledge
from mlpm_magics.documents import read_yaml
from mlpm_magics.help.parts import PARTS, gate_part, task_part, topic_part
from mlpm_magics.results import HelpPart

GROUP = "What it knows"
_PAGES = Path(__file__).resolve().parents[1] / "reference.yaml"
_HEADERS = {"is_": "because", "verdict_by": "verdict by", "heuristic": "rule of thumb", "id": "id"}


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A page of `reference.yaml`."""

    id: str
    title: str
    kinds: tuple[str, ...]
    intro: str = ""
    table: dict[str, tuple[str, ...]] = {}
    by: dict[str, str] = {}


def pages(known: Knowledge) -> dict[str, str]:
    """The pages, by path."""
    return {f"{page.id}.md": _page(known, page) for page in told(known)}


def told(known: Knowledge) -> list[Told]:
    """The pages of `reference.yaml`, then one for every kind that none of them names."""
    listed = msgspec.convert(
        read_yaml(_PAGES.read_text("utf-8"), _PAGES.name)["pages"], list[Told], strict=False
    )
    named = {kind for page in listed for kind in page.kinds}
    kinds = [field.name for field in msgspec.structs.fields(known)]
    missing = [kind for kind in kinds if kind not in named]
    return listed + [Told(kind, kind.replace("_", " ").capitalize(), (kind,)) for kind in missing]


def _page(known: Knowledge, page: Told) -> str:
    blocks = [f"# {page.title}", words(page.intro)]
    if "sources" in page.kinds:
        blocks.append(_how_many(known))
    for kind in page.kinds:
        entries = list(getattr(known, kind).values())
        alone = len(page.kinds) == 1
        if not alone:
            blocks.append(f"## {kind.replace('_', ' ').capitalize()}")
        if kind in page.table:
            blocks += _tables(known, entries, page.table[kind], page.by.get(kind, ""), 2 if alone else 3)
        else:
            blocks += [_section(known, kind, entry, 2 if alone else 3) for entry in entries]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _how_many(known: Knowledge) -> str:
    """How many sources were read, and how many a reader can open."""
    listed = list(known.sources.values())
    read, linked = sum(s.checked == "read" for s in listed), sum(bool(s.url) for s in listed)
    return (
        f"Of {len(listed)} sources {read} are `read` and {len(listed) - read} `memory`; "
        f"{linked} have an address to open."
    )


def _tables(
    known: Knowledge, entries: list[Any], fields: tuple[str, ...], by: str, level: int
) -> Iterator[str]:
    columns = [field.split(" / ") for field in fields]
    if not any("id" in column for column in columns):
        columns.insert(0, ["id"])
    header = [_HEADERS.get(column[0], column[0].replace("_", " ")) for column in columns]
    for value in dict.fromkeys(getattr(entry, by) for entry in entries) if by else [None]:
        if value is not None:
            yield f"{'#' * level} {str(value).replace('_', ' ').capitalize()}"
        shown = [entry for entry in entries if value is None or getattr(entry, by) == value]
        yield table(header, [[_cell(known, entry, column) for column in columns] for entry in shown])


def _cell(known: Knowledge, entry: Any, fields: list[str]) -> str:
    return "<br>".join(told for field in fields if (told := _told(known, entry, field)))


def _told(known: Knowledge, entry: Any, field: str) -> str:
    value = getattr(entry, field)
    if field == "sources":
        return sources(value, known)
    if field == "id":
        return f"`{value}`"
    if field == "sentences":
        return "<br>".join(words(line) for line in entry.lines)
    if isinstance(value, str) and value in places():
        return link(value)
    return worded(value)


def _section(known: Knowledge, kind: str, entry: Any, level: int) -> str:
    cited = sources(getattr(entry, "sources", ()), known)
    if kind in PARTS:
        whole = section(kind, entry.id, PARTS[kind](known, entry), cited, level)
        return "\n\n".join([whole, *_inside(known, entry, level + 1)])
    if isinstance(entry, e.Topic):
        return section(kind, entry.id, topic_part(known, entry), cited, level)
    return section(kind, entry.id, _plain(kind, entry), cited, level) + "".join(_designs(entry))


def _inside(known: Knowledge, entry: Any, level: int) -> Iterable[str]:
    """The tasks and the gate of a phase."""
    if isinstance(entry, e.Phase):
        for task in entry.tasks:
            yield section("steps", task.id, task_part(entry, task), "", level)
        for gate in entry.gate:
            yield section(
                "steps", gate.id, gate_part(known, entry, gate), sources(gate.sources, known), level
            )


def _plain(kind: str, entry: Any) -> HelpPart:
    """The fields of an entry that has no page in `%ml_help`."""
    shown = {"id", "title", "sources", "text", "question", "why", "design", "mended"}
    facts = [
        (_HEADERS.get(name, name.replace("_", " ")), _text(value))
        for name, value in msgspec.structs.asdict(entry).items()
        if name not in shown and value not in ("", (), {}, None)
    ]
    texts = (getattr(entry, name, "") for name in ("text", "question", "why"))
    title = getattr(entry, "title", entry.id)
    return HelpPart(kind="", title=title, text=tuple(filter(None, texts)), facts=tuple(facts))


def _text(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_text(item)}" for key, item in value.items())
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _designs(entry: Any) -> Iterator[str]:
    if isinstance(entry, e.DesignTemplate):
        yield f"\n\n{listing(entry.design, 'yaml')}"
        if entry.mended:
            yield f"\n\nThe design that would have held:\n\n{listing(entry.mended, 'yaml')}"
