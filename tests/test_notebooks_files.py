"""The saved notebooks: complete, quiet, of no one machine; and what must not pass does not."""

from __future__ import annotations

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from notebook_files import FOLDER, KERNEL, WIDGET_VIEW, cleaned, keep_same_outputs, names, problems, read

START = "00_start_here.ipynb"


def test_the_start_notebook_is_there():
    assert START in names(), "the README, dev.py and Binder open it"


@pytest.mark.parametrize("name", names())
def test_a_saved_notebook_is_complete_and_quiet(name):
    assert list(problems(read(FOLDER / name))) == []


@pytest.mark.parametrize("name", names())
def test_saving_it_again_would_change_nothing(name):
    saved = (FOLDER / name).read_text("utf-8")
    again = nbformat.writes(cleaned(read(FOLDER / name)))
    assert saved.rstrip("\n") == again.rstrip("\n"), "save with: python3 dev.py notebooks"


@pytest.mark.parametrize("name", names())
def test_it_reads_as_a_lesson(name):
    cells = read(FOLDER / name).cells
    assert cells[0].cell_type == "markdown"
    assert cells[0].source.startswith("# ")
    assert any("%load_ext mlpm_magics" in cell.source for cell in cells)


def notebook_with(*outputs, source="1", count=1):
    """A clean notebook with one code cell that was run."""
    cells = [
        new_markdown_cell("# Title"),
        new_code_cell(source, outputs=list(outputs), execution_count=count),
    ]
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    return new_notebook(cells=cells, metadata={"kernelspec": KERNEL, "language_info": {"name": "python"}})


def shown(**data):
    return new_output("display_data", data={key.replace("_", "/"): value for key, value in data.items()})


def page(html):
    return shown(text_html=html, text_plain="x")


GOOD = [
    page("<h3>Verdict</h3><table><caption>Why</caption><tr><th scope='row'>x</th></tr></table>"),
    page("<img alt='bars' src='data:image/svg+xml;base64,AAAA'><details><summary>more</summary>1</details>"),
    page("<p>&lt;script&gt;alert(1)&lt;/script&gt; is shown as text</p>"),
    page('<style scoped>.dataframe tbody {}</style><table class="dataframe"></table>'),
    new_output("stream", name="stdout", text="saved report.html\n"),
]
BAD = {
    "<script>": page("<script>1</script>"),
    "<style>": page("<p>x</p><style>p {color: red}</style>"),
    "<svg>": page("<svg></svg>"),
    "onclick": page("<b onclick='x()'>x</b>"),
    "can run": page("<a href=' JavaScript:x()'>x</a>"),
    "loads something": page("<img src='https://example.invalid/x.png'>"),
    "is lost": page("<p style='color: var(--jp-ui-font-color0)'>x</p>"),
    "stderr": new_output("stream", name="stderr", text="FutureWarning"),
    "an error: KeyError": new_output("error", ename="KeyError", evalue="x", traceback=[]),
    "without its state": shown(**{WIDGET_VIEW.replace("/", "_", 1): {"model_id": "1"}}),
    "path of one machine in text/plain": shown(text_plain="read /home/ana/customers.csv"),
    "C:": shown(text_plain=r"C:\Users\ana\x.csv"),
    "address in memory": shown(text_plain="<object object at 0x7f2b5c0d1e20>"),
}


@pytest.mark.parametrize("output", GOOD)
def test_what_a_reader_may_see(output):
    assert list(problems(notebook_with(output))) == []


@pytest.mark.parametrize("says", BAD)
def test_what_must_not_be_saved(says):
    [problem] = problems(notebook_with(BAD[says]))
    assert says in problem


def test_a_cell_that_was_not_run_from_the_top_is_named():
    assert "cell 2: was run as number None, not 1" in "".join(problems(notebook_with(count=None)))
    assert "cell 2: was run as number 7, not 1" in "".join(problems(notebook_with(count=7)))
    assert "cell 2: is empty" in "".join(problems(notebook_with(source=" ")))
    assert "a path of one machine" in "".join(problems(notebook_with(source="open('/tmp/x')")))


def test_widget_state_is_named_and_cleaning_takes_it_and_all_noise_away():
    noisy = notebook_with(BAD["without its state"], page("<p>the verdict</p>"))
    noisy.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {}}
    noisy.metadata["language_info"]["version"] = "3.11.7"
    noisy.cells[1].metadata["execution"] = {"iopub.execute_input": "2026-01-01T00:00:00Z"}
    noisy.cells[1].metadata["tags"] = ["kept"]
    assert "save with: python3 dev.py notebooks" in "".join(problems(noisy))
    clean = cleaned(noisy)
    assert list(problems(clean)) == []
    assert clean.cells[1].metadata == {"tags": ["kept"]}
    ids = [cell.id for cell in clean.cells]
    assert len(set(ids)) == len(ids)
    assert [cell.id for cell in cleaned(clean).cells] == ids


def test_a_time_alone_is_no_change_but_a_word_is():
    old = notebook_with(shown(text_plain="2026-11-24 04:11Z Began the project"))
    later = notebook_with(shown(text_plain="2027-01-02 10:00Z Began the project"))
    assert keep_same_outputs(later, old).cells == old.cells
    other = notebook_with(shown(text_plain="2027-01-02 10:00Z Ended the project"))
    assert "2027" in str(keep_same_outputs(other, old).cells)
