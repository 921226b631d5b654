"""How Sphinx builds the site: no request to anywhere, notebooks as they were saved, warnings are errors."""

from __future__ import annotations

from typing import Any

from mlpm_magics import __version__

project = "mlpm_magics"
author = "the contributors to mlpm_magics"
copyright = author  # noqa: A001 (Sphinx reads this name)
release = __version__

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_enable_extensions = ["colon_fence"]
nb_execution_mode = "off"  # what is committed is shown
nb_ipywidgets_js: dict[str, Any] = {}  # saved notebooks hold no widgets; their loader would come from outside
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
smartquotes = False  # two dashes are an option here
default_role = "literal"  # docstrings write names between single backticks

html_theme = "furo"  # light and dark, no fonts and no scripts from elsewhere
html_title = "mlpm_magics"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_js_files = [("focus.js", {"defer": "defer"})]
html_favicon = "static/icon.svg"
html_copy_source = False
html_show_copyright = False
html_theme_options = {"navigation_with_keys": True}
templates_path: list[str] = []


def setup(app: Any) -> None:
    """Highlight cells as IPython reads them, magics included; a cell of YAML is text to it."""
    from IPython.lib.lexers import IPython3Lexer

    for name in ("python", "ipython", "ipython3"):
        app.add_lexer(name, IPython3Lexer)
