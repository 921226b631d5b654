"""What the widgets share: a panel that also reads well where no widget can be shown."""

from __future__ import annotations

from typing import Any, Protocol

import ipywidgets as widgets

from mlpm_magics.views import blocks as b
from mlpm_magics.views import html


class Shown(Protocol):
    """A result that can stand in for a widget."""

    def to_html(self) -> str:
        """As HTML."""
        ...

    def to_markdown(self) -> str:
        """As Markdown."""
        ...


class Panel(widgets.VBox):  # type: ignore[misc]
    """A column of controls. A saved notebook shows `current()` in its place."""

    def __init__(self, children: list[widgets.Widget]) -> None:
        """Stack `children` as wide as the cell, at most 62 em."""
        super().__init__(children, layout=widgets.Layout(max_width="62em", width="100%"))

    def current(self) -> Shown:
        """The result that the panel shows now."""
        raise NotImplementedError

    def drawn(self, *blocks: b.Block) -> str:
        """Blocks as escaped HTML, for an `HTML` widget."""
        return drawn(*blocks)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        now = self.current()
        data |= {"text/plain": str(now), "text/markdown": now.to_markdown(), "text/html": now.to_html()}
        return bundle


def drawn(*blocks: b.Block) -> str:
    """Blocks as escaped HTML, for an `HTML` widget."""
    return html.render(b.Page("", blocks))


class Note(widgets.HTML):  # type: ignore[misc]
    """A line for what just happened or went wrong, as wide as the cell; longer ones are wrapped."""

    def __init__(self) -> None:
        """Say nothing, in the place of one line."""
        super().__init__(layout=widgets.Layout(width="100%", min_height="2em"))
        self.text = ""

    def say(self, text: str) -> None:
        """Show a text in the place of the one before."""
        self.text = text
        self.value = drawn(b.Paragraph(text)) if text else ""
