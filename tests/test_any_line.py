"""Whatever is typed after a magic, above or below the first line: a result, or exactly one line."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from IPython.core.error import UsageError
from IPython.utils.capture import capture_output
from producers import plain_table

import mlpm_magics as mlpm
from mlpm_magics.notebook.magic import magic_files, parser_of

WORDS = [
    *(
        "t",
        "t.answer",
        "t[0]",
        "t['x']",
        "t.iloc",
        "none",
        "listed",
        "d",
        "nowhere.csv",
        "answer",
        "when",
        "whom",
    ),
    *(
        "set",
        "unset",
        "done",
        "start",
        "back",
        "waive",
        "own",
        "accept",
        "map",
        "log",
        "goal",
        "P10",
        "problem",
    ),
    *(
        "model.keep=8",
        "a=b",
        "=",
        "--",
        "-",
        "''",
        '"',
        "'",
        "\\",
        "#",
        "?",
        ";",
        "{x}",
        "$x",
        "-1",
        "1e999",
        "nan",
    ),
    *("0", "99999999999999999999", "é\u0301", "\u202e", "\x00", "<b>", "%ml_fit", "../../x", "*", "a" * 300),
]
TEXT = st.text(
    st.characters(exclude_categories=("Zl", "Zp"), exclude_characters="\r\n\x0b\x0c\x85"), max_size=12
)


def lines(name: str) -> st.SearchStrategy[str]:
    """Options of the magic, words that mean something somewhere, and anything else, in any order."""
    options = sorted(parser_of(name, magic_files()[name]).options)
    short = [option for option in options if option not in ("--budget", "--out")]
    return st.lists(st.sampled_from([*short, *WORDS]) | TEXT, max_size=6).map(" ".join)


@pytest.mark.parametrize("name", sorted(magic_files()))
def test_any_line_is_a_result_or_one_line(shell, name):
    table = plain_table(rows=40)
    before = table.copy(deep=True)
    shell.user_ns |= {"t": table, "none": None, "listed": [1], "d": {"x": table, "label": {"delay": 3}}}

    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @given(line=lines(name))
    def run(line: str) -> None:
        refusal = ""
        with capture_output() as shown:
            try:
                shell.run_line_magic(name, line)
            except UsageError as error:
                refusal = str(error)
        assert refusal == "" or refusal.startswith(f"%{name}: ")
        assert refusal.isprintable()
        assert "Traceback" not in shown.stderr

    run()
    pd.testing.assert_frame_equal(table, before)


KEYS = st.sampled_from(
    ["statement", "answers", "goal", "sources", "model", "label", "accessible", "x", "1", "é"]
)
LEAVES = st.sampled_from(
    ["yes", "no", "unknown", "3", "-1", "1e999", "", "null", "'", "[", "&a", "*a", "!x", "@", "2026-13-45"]
)
CELLS = st.recursive(
    LEAVES | TEXT.map(repr),
    lambda inner: (
        st.lists(inner, max_size=2).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(KEYS, inner, max_size=2).map(
            lambda items: "{" + ", ".join(f"{k}: {v}" for k, v in items.items()) + "}"
        )
    ),
    max_leaves=5,
)


@pytest.mark.parametrize("name", sorted(name for name, file in magic_files().items() if file.CELL))
def test_any_cell_is_a_result_or_one_line(shell, name):
    shell.user_ns["t"] = plain_table(rows=40)
    first = "t" if name == "ml_profile" else ""

    @settings(max_examples=40, suppress_health_check=list(HealthCheck))
    @given(body=st.dictionaries(KEYS, CELLS, min_size=1, max_size=3) | TEXT)
    def run(body: dict[str, str] | str) -> None:
        text = body if isinstance(body, str) else "\n".join(f"{key}: {value}" for key, value in body.items())
        refusal = ""
        with capture_output():
            try:
                shell.run_cell_magic(name, first, text + "\n")
            except UsageError as error:
                refusal = str(error)
        assert refusal.isprintable()

    run()


LONG, NUL = "a" * 3_000, "a\x00b"


@pytest.mark.parametrize(
    "name", [LONG, NUL, f"{LONG}.yaml", f"{NUL}.yaml"], ids=["long", "nul", "long.yaml", "nul.yaml"]
)
def test_a_name_that_no_file_can_have_is_one_line(folder, name):
    with pytest.raises(mlpm.MlpmError):
        mlpm.check_design(name)
    with pytest.raises(mlpm.MlpmError):
        mlpm.assess_fit("Which?").save(folder / name / "report.html")
    with pytest.raises(mlpm.MlpmError):
        mlpm.assess_fit("Which?").save(folder / f"{name}.html")
    if name.endswith(".yaml"):
        with pytest.raises(mlpm.MlpmError):
            mlpm.assess_fit(name)
