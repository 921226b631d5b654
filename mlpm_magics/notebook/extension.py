"""`%load_ext mlpm_magics` and `%unload_ext mlpm_magics`.

Loading adds the magics, a rule that keeps a typed question whole, Tab completion, a word on a mistyped magic
and the line to JupyterLab's side panel, and imports nothing heavy: pandas, YAML and widgets come
with the first magic that needs them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from mlpm_magics.notebook.complete import matcher
from mlpm_magics.notebook.magic import function, magic_files
from mlpm_magics.notebook.mistyped import hint
from mlpm_magics.notebook.panel import link
from mlpm_magics.notebook.typed_lines import TypedLine, transformer, without_body

WELCOME = "mlpm_magics is loaded. Try %ml_help for the map, or %ml_fit to ask whether ML fits your problem.\n"


@dataclass(frozen=True, slots=True)
class _Added:
    """What loading put into one shell."""

    magics: dict[tuple[str, str], Callable[..., object]]
    lines: type[TypedLine]
    cells: Callable[[list[str]], list[str]]
    matcher: Callable[..., Any]
    hint: Callable[[Any], None]


_ADDED: WeakKeyDictionary[Any, _Added] = WeakKeyDictionary()


def load(shell: Any) -> None:
    """Add the magics to a shell and say in one line what to try; a second time does nothing."""
    if shell in _ADDED:
        return
    files = magic_files()
    lines = transformer(files, (name for name in files if files[name].SENTENCE))
    celled = [name for name in files if files[name].CELL]
    cells = without_body(celled)
    added = _Added({}, lines, cells, matcher(shell), hint(files, celled))
    for name, file in files.items():
        run = function(name, file, shell)
        for kind in ("line", "cell") if file.CELL else ("line",):
            shell.register_magic_function(run, magic_kind=kind, magic_name=name)
            added.magics[kind, name] = run
    shell.input_transformer_manager.token_transformers.append(added.lines)
    shell.input_transformer_manager.cleanup_transforms.append(added.cells)
    if shell.Completer is not None:
        shell.Completer.custom_matchers.append(added.matcher)
    shell.events.register("post_run_cell", added.hint)
    _ADDED[shell] = added
    link.connect(shell)
    sys.stdout.write(WELCOME)


def unload(shell: Any) -> None:
    """Take away exactly what `load` added; what somebody else has put in its place stays."""
    added = _ADDED.pop(shell, None)
    if added is None:
        return
    link.disconnect(shell)
    shell.events.unregister("post_run_cell", added.hint)
    for (kind, name), run in added.magics.items():
        if shell.magics_manager.magics[kind].get(name) is run:
            del shell.magics_manager.magics[kind][name]
    _remove(shell.input_transformer_manager.token_transformers, added.lines)
    _remove(shell.input_transformer_manager.cleanup_transforms, added.cells)
    if shell.Completer is not None:
        _remove(shell.Completer.custom_matchers, added.matcher)


def _remove(listed: list[Any], item: object) -> None:
    listed[:] = [other for other in listed if other is not item]
