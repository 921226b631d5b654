"""The pieces a page is made of, without any markup: a view says what is on the page, a renderer how it looks.

Text is a string or a tuple of strings and marked pieces. Nothing here is escaped; renderers do that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from mlpm_magics.entries import WEB_ADDRESS

Tone = Literal["good", "caution", "bad", "open", "plain"]


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that stand out."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """A name, a command or anything to be typed or shown exactly."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a page elsewhere; plain text shows the words alone.

    Raises:
        ValueError: if the address is not one of the web, whoever wrote it.
    """

    text: str
    url: str

    def __post_init__(self) -> None:
        """Refuse what could run or load something where it is clicked."""
        if not re.fullmatch(WEB_ADDRESS, self.url):
            raise ValueError(f"not an address of the web: {self.url!r}")


Inline = str | Strong | Code | Link
Text = Inline | tuple[Inline, ...]


# --- drawings: numbers with a shape; `picture.py` draws them ---------------------------------------


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars: (label, value, tone); values are drawn against `full` (or the largest)."""

    rows: tuple[tuple[str, float, Tone], ...]
    unit: str = ""
    full: float | None = None


@dataclass(frozen=True, slots=True)
class Spark:
    """A histogram as small as a word."""

    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tiles:
    """A row of labelled tiles, each with a tone: (label, word, tone), e.g. the ten data questions."""

    tiles: tuple[tuple[str, str, Tone], ...]


@dataclass(frozen=True, slots=True)
class Stepper:
    """Steps in order: (label, state), with state done, now or ahead."""

    steps: tuple[tuple[str, Literal["done", "now", "ahead"]], ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """How much speaks for, cautions and blocks, and how much is open."""

    weight_for: int
    cautions: int
    blockers: int
    open: int


@dataclass(frozen=True, slots=True)
class Ladder:
    """Rungs from the simplest up: (label, value, low, high, mark), on one scale from at most 0 to 1.

    `enough`: from this value on a rung is as good as the best; `mark` is a word beside a rung, or "". `axis`
    says what the scale means.
    """

    rungs: tuple[tuple[str, float, float, float, str], ...]
    enough: float
    axis: str = "what is explained"


@dataclass(frozen=True, slots=True)
class Timeline:
    """Stretches of time side by side: (from, to, word, tone), both ends counted, and numbered marks on it.

    A mark is (tick, number); the numbers stand for what is told elsewhere. `unit` names a tick.
    """

    stretches: tuple[tuple[int, int, str, Tone], ...]
    marks: tuple[tuple[int, int], ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Plot:
    """Something against something: a line, or points with their intervals, over two axes.

    `x` and `y` name the axes and their ends: (name, from, to). `line` are places in order, `points` are
    (x, y, low, high); `diagonal` draws where both are equal. `band` marks a stretch of x, `at` one place with
    its word, `level` one height with its word. An axis from 0 to 1 is written in percent.
    """

    x: tuple[str, float, float]
    y: tuple[str, float, float]
    line: tuple[tuple[float, float], ...] = ()
    points: tuple[tuple[float, float, float, float], ...] = ()
    diagonal: bool = False
    band: tuple[float, float] | None = None
    at: tuple[float, str] | None = None
    level: tuple[float, str] | None = None


@dataclass(frozen=True, slots=True)
class Sign:
    """The sign of a tone, as large as a letter."""

    tone: Tone


Drawing = Bars | Spark | Tiles | Stepper | Balance | Ladder | Timeline | Plot | Sign


# --- blocks -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Headline:
    """The result in one sentence, with its word (e.g. "Good fit") and tone."""

    tone: Tone
    word: str
    text: Text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: Text


@dataclass(frozen=True, slots=True)
class Point:
    """A list item; the tone puts a sign in front that differs in shape, not only in colour."""

    text: Text
    tone: Tone = "plain"
    more: Text = ""


@dataclass(frozen=True, slots=True)
class Points:
    """A list."""

    items: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A few lines of a programming language."""

    code: str
    language: str = "python"


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, and the same in words."""

    drawing: Drawing
    alt: str


Cell = Text | Picture


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; the first cell of a row is its heading."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks under a heading; `folded` ones open on a click where the reader's page can do that.

    `new_page`: on paper it begins a page. `aside`: where nothing can be opened it is left out; what stands
    before it says how to have it.
    """

    title: str
    blocks: tuple[Block, ...]
    folded: bool = False
    aside: bool = False
    new_page: bool = False


Block = Headline | Paragraph | Points | Listing | Picture | Table | Section


@dataclass(frozen=True, slots=True)
class Page:
    """A whole result: its title (for a saved file) and blocks in reading order."""

    title: str
    blocks: tuple[Block, ...]


SIGNS: dict[Tone, str] = {"good": "✔", "caution": "▲", "bad": "✖", "open": "?", "plain": "•"}


def pieces(text: Text) -> tuple[Inline, ...]:
    """Any text as a tuple of pieces."""
    return text if isinstance(text, tuple) else (text,)


def shown_at_once(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """What a form shows in which nothing can be opened."""
    return tuple(block for block in blocks if not (isinstance(block, Section) and block.aside))


def marked(text: str) -> Text:
    """A text with code where it has backticks, in which results put the names of columns."""
    parts = re.split(r"`([^`]*)`", text)
    return tuple(Code(part) if i % 2 else part for i, part in enumerate(parts) if part)
