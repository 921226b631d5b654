"""The project file: plain YAML that keeps comments, loses nothing, and is never half written."""

import multiprocessing
import os
import string

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lifecycle_samples import fit_report, profile, tick_all

import mlpm_magics as mlpm
from mlpm_magics.errors import InvalidValueError, MlpmError
from mlpm_magics.lifecycle import layout
from mlpm_magics.lifecycle.file import locate
from mlpm_magics.lifecycle.stamp import on_one_line

COMMENTED = """\
# Churn, for the board
schema: 1   # do not change
name: "Churn"  # our project

# where we are
phase: problem

# ticked on Mondays
tasks:
  # the first
  set_goal:
    done: yes  # at last
    when: 2026-11-20 09:00Z
    who: ana
  # below the tasks

# The log, oldest first
log:
    - what: Began the project Churn.  # yes
      who: ana
      when: 2026-11-20 08:00Z
    # in the log
    - {when: 2026-11-20 09:00Z, who: ana, what: Set the goal}
# the end
owner: Jo   # a key of our own
...
"""


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MLPM_USER", "ana")
    mlpm.start_project("Churn")
    return tmp_path / "mlpm.yaml"


def full(file):
    """A project with something in every part of its file."""
    project = mlpm.open_project(file)
    project.record(fit_report())
    project.record(profile())
    project.waive("error_costs", because="Finance: decides on 1 December # really")
    tick_all(project)
    return project


def test_it_is_plain_yaml_for_other_tools(file):
    full(file)
    content = yaml.safe_load(file.read_text())
    assert list(content) == ["schema", "name", "phase", "brief", "fit", "data", "tasks", "gates", "log"]
    assert content["gates"]["fit_checked"]["state"] == "met"
    assert content["log"][0] == {
        "when": content["log"][0]["when"],
        "who": "ana",
        "what": "Began the project Churn.",
    }
    assert content["log"][0]["when"].endswith("Z")


def test_a_change_is_a_small_difference(file):
    full(file)
    before = file.read_text().splitlines()
    mlpm.open_project(file).note("Budget approved")
    after = file.read_text().splitlines()
    assert after[: len(before) - 1] == before[:-1]
    assert [line.strip() for line in after[len(before) - 1 :]][1:] == [
        "who: ana",
        "what: 'Note: Budget approved'",
        "...",
    ]


def test_comments_and_order_stay_where_they_were(file):
    file.write_text(COMMENTED)
    project = full(file)
    project.undo("set_goal")
    project.note("Budget approved")
    text = file.read_text()
    comments = [line[line.index("#") :] for line in COMMENTED.splitlines() if "#" in line]
    found = [line[line.index("#") :] for line in text.splitlines() if line.partition("#")[1]]
    assert [line for line in found if line in comments] == comments
    lines = text.splitlines()
    for above, below in (
        ("# where we are", "phase: problem"),
        ("# ticked on Mondays", "tasks:"),
        ("# The log, oldest first", "log:"),
        ("# the end", "owner: Jo   # a key of our own"),
    ):
        assert lines[lines.index(above) + 1] == below
    assert "schema: 1   # do not change" in lines
    assert any(line.split() == ["done:", "no", "#", "at", "last"] for line in lines)
    assert [entry.what for entry in project.log][:2] == ["Began the project Churn.", "Set the goal"]


DIARY = """\
log:  # a diary
  # the oldest first
  - when: 2026-11-20 08:00Z
    who: ana
    what:   'Began the project Churn.'
  # by hand
  - {who: "bo",   when: 2026-11-20 09:00Z, what: 'Note: - a
      - b'}

  - what: |-
      Note: "one"
    who: ana  # she
    when: 2026-11-20 10:00Z
"""


@pytest.mark.parametrize("behind", ["", "# the end\n", "\nowner: [Jo,   Ana]\nlogs:\n  - a\n"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_older_entries_of_the_log_stay_to_the_letter(file, newline, behind):
    head = "schema: 1\nname: Churn\nphase: problem\n"
    file.write_bytes(f"{head}{DIARY}{behind}...\n".replace("\n", newline).encode())
    project = mlpm.open_project(file)
    project.done("set_goal")
    project.note("two")
    text = file.read_bytes().decode().replace("\r\n", "\n")
    assert DIARY.partition("  - what")[0] in text
    assert '\n  - what: |-\n      Note: "one"\n    who: ana  # she\n' in text
    assert text.endswith(f"what: 'Note: two'\n{behind.replace(',  ', ',')}...\n")
    again = mlpm.open_project(file)
    assert [entry.who for entry in again.log] == ["ana", "bo", "ana", "ana", "ana"]
    assert again.log[1].what == "Note: - a - b"
    assert again.tasks["set_goal"].done


def test_a_log_laid_out_otherwise_is_kept_too(file):
    head = "schema: 1\nname: Churn\nphase: problem\n"
    entries = [f"{{when: 2026-11-20 0{i}:00Z, who: ana, what: note {i}}}" for i in range(3)]
    laid = ["\n- ", "\n    - ", "\n  -   ", "\n  -\n    "]
    ways = ["log:" + "".join(way + entry for entry in entries) for way in laid]
    ways += [f"log: [{', '.join(entries)}]", "'log':" + "".join("\n  - " + entry for entry in entries)]
    for way in ways:
        file.write_text(f"{head}{way}\n...\n")
        mlpm.open_project(file).note("more")
        told = [entry.what for entry in mlpm.open_project(file).log]
        assert told == ["note 0", "note 1", "note 2", "Note: more"], way


def test_what_is_written_by_hand_is_understood(file):
    file.write_text(
        "schema: 1\nname: By hand\nphase: problem\nbrief:\n  goal:\n"
        "  answers:\n    complex_logic: yes\n    data_fresh: no\nlog:\n...\n"
    )
    project = mlpm.open_project(file)
    assert project.brief["answers"] == {"complex_logic": "yes", "data_fresh": "no"}
    project.record(fit_report(answers={"complex_logic": "yes", "data_fresh": "yes"}))
    assert "    complex_logic: yes\n" in file.read_text()
    assert mlpm.open_project(file).brief["answers"] == {"complex_logic": "yes", "data_fresh": "yes"}
    assert len(project.log) == 1


def test_line_ends_of_windows_stay(file):
    file.write_bytes(COMMENTED.replace("\n", "\r\n").encode())
    mlpm.open_project(file).note("hello")
    content = file.read_bytes()
    assert content.count(b"\r\n") == content.count(b"\n")
    assert mlpm.open_project(file).log[-1].what.startswith("Note: hello")


GOOD = "schema: 1\nname: x\nphase: data\n"
BROKEN = {
    "empty": ("", "is empty"),
    "not a mapping": ("- a\n- b\n", "key: value"),
    "another file": ("name: x\nversion: 2\n", "no line 'schema: 1'"),
    "newer": ("schema: 7\nname: x\nphase: data\n...\n", "newer version .schema 7"),
    "schema of another type": ("schema: [1]\n", "no line 'schema: 1'"),
    "schema zero": ("schema: 0\n", "never was"),
    "no end": (GOOD, "its end may be missing"),
    "broken quote": (GOOD + "log: 'a\n...\n", "not readable as YAML"),
    "tab": (GOOD + "tasks:\n\ta: 1\n...\n", "line 5.*not readable as YAML"),
    "key twice": (GOOD + "name: y\n...\n", "line 4: has the key 'name' twice"),
    "anchor": (GOOD + "log: &a []\n...\n", "line 4: uses an anchor"),
    "alias bomb": (GOOD + "a: &a [x]\nb: [*a, *a]\n...\n", "anchor or alias"),
    "tag": (GOOD + "log: !!python/object:os.system []\n...\n", "type tag"),
    "two documents": (GOOD + "---\nschema: 1\n...\n", "not readable as YAML"),
    "deep": (GOOD + "a: " + "[" * 50 + "]" * 50 + "\n...\n", "nested deeper"),
    "git conflict": (
        "schema: 1\n<<<<<<< HEAD\nname: x\n=======\nname: y\n>>>>>>> main\nphase: data\n...\n",
        "line 2: holds two versions that git could not join",
    ),
    "name missing": ("schema: 1\nphase: data\n...\n", "name"),
    "name a list": ("schema: 1\nname: [x]\nphase: data\n...\n", "line 2: name: should be text, not a list"),
    "log a word": (GOOD + "log: hello\n...\n", "line 4: log: should be a list, not text"),
    "log entry cut": (GOOD + "log:\n  - when: 2026\n    who: ana\n...\n", "line 5.*what is missing"),
    "unknown state": (GOOD + "gates:\n  a: {state: perhaps}\n...\n", "gates"),
    "unknown phase": ("schema: 1\nname: x\nphase: dta\n...\n", "Did you mean 'data'"),
    "not text": (b"schema: 1\nname: \xff\xfe\n...\n", "not UTF-8"),
    "zeros": (b"\0" * 300, "not readable as YAML"),
    "too large": (GOOD + "a: " + "x" * 1_100_000 + "\n...\n", "larger than 1 MB"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_one_line_and_stays_as_it_is(file, case):
    content, says = BROKEN[case]
    content = content.encode() if isinstance(content, str) else content
    project = mlpm.open_project(file)
    file.write_bytes(content)
    for attempt in (
        lambda: mlpm.open_project(file),
        lambda: project.note("x"),
        lambda: project.record(fit_report()),
        lambda: mlpm.start_project("New"),
    ):
        with pytest.raises(MlpmError) as caught:
            attempt()
        assert "\n" not in str(caught.value)
        assert len(str(caught.value)) < 400
    with pytest.raises(MlpmError, match=says):
        mlpm.open_project(file)
    assert file.read_bytes() == content


def test_a_file_that_was_cut_off_is_never_taken_for_whole(file):
    full(file)
    whole = file.read_bytes()
    project = mlpm.open_project(file)
    for length in range(0, len(whole) - 2, 41):
        file.write_bytes(whole[:length])
        with pytest.raises(MlpmError):
            project.note("x")
        assert file.read_bytes() == whole[:length]


def test_a_value_that_looks_like_an_impossible_date_is_refused_not_lost(file):
    content = GOOD + "due: 2026-13-45\n...\n"
    file.write_text(content)
    project = mlpm.open_project(file)
    with pytest.raises(InvalidValueError, match="cannot be written to as it is"):
        project.note("x")
    assert file.read_text() == content


def test_a_file_that_is_gone_is_not_made_again(file):
    project = mlpm.open_project(file)
    file.unlink()
    with pytest.raises(MlpmError, match="no project here"):
        project.note("x")
    assert not file.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_to(file):
    project = mlpm.open_project(file)
    file.parent.chmod(0o500)
    try:
        with pytest.raises(MlpmError, match=r"cannot be locked|could not be written"):
            project.note("x")
    finally:
        file.parent.chmod(0o700)
    assert len(mlpm.open_project(file).log) == 1


def test_it_does_not_grow_until_it_cannot_be_read(file):
    project = mlpm.open_project(file)
    text = file.read_text()
    file.write_text(text.replace("phase:", "notes: " + "x" * 999_000 + "\nphase:"))
    before = file.read_bytes()
    with pytest.raises(InvalidValueError, match="larger than 1 MB"):
        project.note("y" * 1_500)
    assert file.read_bytes() == before


def test_a_link_to_the_file_stays_a_link(file, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "mlpm.yaml"
    link.symlink_to(file)
    mlpm.open_project(tmp_path / "elsewhere").note("through the link")
    assert link.is_symlink()
    assert mlpm.open_project(file).log[-1].what == "Note: through the link"


def write_fifty(folder, name):
    os.environ["MLPM_USER"] = name
    project = mlpm.open_project(folder)
    for i in range(50):
        project.note(f"{name} {i}")


def test_two_notebooks_lose_nothing_of_each_other(file):
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=write_fifty, args=(file.parent, name)) for name in ("ana", "bo")]
    for writer in writers:
        writer.start()
    torn = 0
    while any(writer.is_alive() for writer in writers):
        torn += not mlpm.open_project(file).log
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert torn == 0
    log = mlpm.open_project(file).log
    assert len(log) == 101
    for name in ("ana", "bo"):
        assert [e.what for e in log if e.who == name and "Note" in e.what] == [
            f"Note: {name} {i}" for i in range(50)
        ]
    left_over = {path.name for path in file.parent.iterdir()} - {"mlpm.yaml", ".mlpm.yaml.lock"}
    assert left_over == set()


TEXT = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "\u202e\u200b\x00\x1b\ud800\ufffe\u2028{}[]&*!|>'\"%@`#:,-?~<=\\" + string.whitespace
        ),
    ),
    max_size=80,
)
WORDS = st.sampled_from(
    [
        "null",
        "~",
        "yes",
        "1.10",
        "010",
        "12:30",
        "2026-11-24",
        "- a",
        "a: b",
        "#x",
        "...",
        "---",
        "<<",
        "=======",
        "a\n...\nb",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=TEXT | WORDS, notes=st.lists(TEXT | WORDS, max_size=3), statement=TEXT | WORDS)
def test_any_text_comes_back_as_it_was_typed(tmp_path_factory, name, notes, statement):
    folder = tmp_path_factory.mktemp("any")
    if on_one_line(name) in ("", "..."):
        with pytest.raises(InvalidValueError, match=r"needs words|stands for your own words"):
            mlpm.start_project(name, folder)
        return
    mlpm.start_project(name, folder)
    assert mlpm.open_project(folder).name == on_one_line(name)
    project = mlpm.open_project(folder)
    notes = [note for note in notes if on_one_line(note) != "..."]
    for note in notes:
        project.done("set_goal", note)
        assert mlpm.open_project(folder).tasks["set_goal"].note in (
            on_one_line(note),
            *map(on_one_line, notes),
        )
    project.record(fit_report(statement=statement))
    again = mlpm.open_project(folder)
    assert again.brief["statement"] == on_one_line(statement)
    assert again.log == project.log
    for text in again._repr_mimebundle_().values():
        text.encode()
        assert "\x1b" not in text
        assert "\u202e" not in text


def test_where_the_file_is(tmp_path):
    assert locate(tmp_path) == tmp_path.resolve() / "mlpm.yaml"
    assert locate(tmp_path / "mlpm.yaml") == tmp_path.resolve() / "mlpm.yaml"


WRITTEN = """\
# Ours
name: Churn  # short
phase: problem
card:
  volume: '100 a day'
  # how sure are we?
  goal: less churn by 2027-05-01

tasks:
  set_goal:
    done: true  # at last
    who: ana
log:
  - what: Began
    who: ana
...
"""
THOUGHTS = st.sampled_from(["", "# a thought", "  # a thought", "    # a thought further in"])


@given(
    between=st.lists(THOUGHTS, min_size=16, max_size=16), change=st.sampled_from(["phase", "card", "tasks"])
)
def test_a_section_laid_out_alone_is_what_laying_out_all_of_it_gives(between, change):
    lines = zip(between, WRITTEN.splitlines(), strict=True)
    text = "".join(f"{thought}\n{line}\n" if thought else f"{line}\n" for thought, line in lines)
    before = yaml.safe_load(text)
    values = {
        "phase": "data",
        "card": before["card"] | {"volume": "90 a day", "wait": "a week"},
        "tasks": before["tasks"] | {"name_owner": {"done": True, "who": "jo"}},
    }
    after = before | {change: values[change], "log": [*before["log"], {"what": "Went on", "who": "jo"}]}
    assert layout.in_sections(text, before, after) == layout.in_whole(text, before, after)


@pytest.mark.parametrize(
    "text",
    [
        "name: &n Churn\nphase: problem\nowner: *n\n",
        "{name: Churn, phase: problem}\n",
        "%YAML 1.2\n---\nname: Churn\nphase: problem\n",
    ],
)
def test_sections_that_hang_together_are_not_laid_out_alone(text):
    before = yaml.safe_load(text.replace("%YAML 1.2", ""))
    after = before | {"phase": "data"}
    assert layout.in_sections(text, before, after) == ""
    assert yaml.safe_load(layout.in_whole(text, before, after).replace("%YAML 1.2", "")) == after
