"""Coverage-guided fuzzing of whatever reads text: each gives a value or one clear line, and nothing else.

    pip install atheris        # into an environment that has mlpm_magics, too; not part of CI
    python tests/fuzz/parsers.py NAME -max_total_time=120

NAME is one of yaml, brief, design, project, line, typed, or `all`. What breaks a reader is written to a file
`crash-…` in the working folder; `python tests/fuzz/parsers.py NAME crash-…` runs it again.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import atheris

with atheris.instrument_imports(include=["mlpm_magics"]):
    from IPython.core.inputtransformer2 import TransformerManager

    from mlpm_magics.design.language import Design
    from mlpm_magics.design.read import mapping_of, read_design
    from mlpm_magics.documents import read_yaml
    from mlpm_magics.errors import MlpmError
    from mlpm_magics.fit.brief import Brief, read_brief
    from mlpm_magics.lifecycle.state import State, read_state
    from mlpm_magics.notebook.arguments import split, split_sentence
    from mlpm_magics.notebook.magic import magic_files, parser_of
    from mlpm_magics.notebook.typed_lines import transformer, without_body

FILES = magic_files()
PARSERS = {name: parser_of(name, file) for name, file in FILES.items()}
CELLS = without_body(name for name in FILES if FILES[name].CELL)
MANAGER = TransformerManager()
MANAGER.token_transformers.append(transformer(FILES, (n for n in FILES if FILES[n].SENTENCE)))
MANAGER.cleanup_transforms.append(CELLS)


def design(text: str) -> Design:
    """A design in YAML."""
    return read_design(mapping_of(text))


def brief(text: str) -> Brief:
    """A brief in YAML, or a sentence."""
    return read_brief(text)


def project(text: str) -> State:
    """A project file, with the lines that all of them have."""
    return read_state(f"schema: 1\nname: x\nphase: problem\n{text}\n...\n", "mlpm.yaml")


def line(text: str) -> None:
    """What stands after each magic."""
    for name, parser in PARSERS.items():
        sentence, rest = split_sentence(text) if FILES[name].SENTENCE else ("", text)
        assert sentence in text
        parser.read(split(rest))


def typed(text: str) -> None:
    """A cell with one of our magics on its way through IPython."""
    for start in ("%ml_fit ", "x = %ml_fit ", "%%ml_profile t "):
        MANAGER.transform_cell(start + text)


READERS: dict[str, Callable[[str], object]] = {
    "yaml": lambda text: read_yaml(text, "text"),
    "brief": brief,
    "design": design,
    "project": project,
    "line": line,
    "typed": typed,
}


def one(names: tuple[str, ...]) -> Callable[[bytes], None]:
    """What atheris calls with bytes."""

    def test(data: bytes) -> None:
        text = atheris.FuzzedDataProvider(data).ConsumeUnicode(4_000)
        for name in names:
            try:
                READERS[name](text)
            except MlpmError as error:
                told = str(error)
            except SyntaxError:  # IPython's own word on what is no Python
                told = "" if name == "typed" else "\n"
            else:
                told = ""
            if not told.isprintable():
                raise AssertionError(name, told)

    return test


if __name__ == "__main__":
    chosen = sys.argv.pop(1)
    atheris.Setup(sys.argv, one(tuple(READERS) if chosen == "all" else (chosen,)))
    atheris.Fuzz()
