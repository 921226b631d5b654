"""The kinds of entry about designs: what must never happen, what can, and designs to start from."""

from __future__ import annotations

from typing import Literal

import msgspec

from mlpm_magics.entries.entry import Entry


class DesignProperty(Entry, frozen=True, kw_only=True):
    """What must never happen to an ML product; its predicate has the same name in `design/properties.py`.

    `limit` is the key under `limits:` that it is held against. `over`: decided by exploring what can happen
    over time, or on the design's text.
    """

    title: str
    sentence: str
    incident: str
    limit: str = ""
    over: Literal["time", "text"] = "time"
    sources: tuple[str, ...] = ()


class DesignEvent(Entry, frozen=True, kw_only=True):
    """Something that can happen to a product, in words. `refused`: the words where the door refuses it."""

    text: str
    refused: str = ""


class DesignCause(Entry, frozen=True, kw_only=True):
    """Why decisions can be bad, in words that follow "because" (`is_`) and what an alarm shows (`sight`)."""

    is_: str = msgspec.field(name="is")
    sight: str


class DesignKey(Entry, frozen=True, kw_only=True):
    """A key of the design language; `assumed` is its default in words, or empty where nothing hangs on it."""

    title: str
    kind: Literal["fact", "choice", "limit"]
    text: str
    assumed: str = ""


class DesignTemplate(Entry, frozen=True, kw_only=True):
    """A design to start from, as YAML text.

    One that retells an incident names the property that `breaks` in it, the tick at which that can be seen
    first, and the design that would have held (`mended`) under the same events.
    """

    title: str
    design: str
    breaks: str = ""
    first_tick: int | None = None
    mended: str = ""
    sources: tuple[str, ...] = ()
