"""Every result of every magic, made in a real shell, in every form: for tests that say "no report …".

A new magic, or another way to use one, is one more line in `LINES`; a test fails while a magic has none.
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from IPython.core.error import UsageError
from IPython.utils.capture import capture_output

from mlpm_magics.errors import shown
from mlpm_magics.notebook.panel.link import told
from mlpm_magics.results import Report


@dataclass(frozen=True)
class Words:
    """What the user calls things: the columns of the table `t`, and `said` for everything that is typed."""

    target: str = "answer"
    time: str = "when"
    entity: str = "whom"
    group: str = "part"
    number: str = "amount"
    said: str = "Which customers leave us?"
    name: str = "Seller potential"


# in order, for the project grows with them; {x} is quoted for a line, {x!y} for YAML, {x!s} as it is
LINES = {
    "lifecycle start": "%ml_lifecycle start {name}",
    "lifecycle set": "%ml_lifecycle set goal {said}",
    "lifecycle set money": "%ml_lifecycle set kill_line {said}",
    "lifecycle done": "%ml_lifecycle done set_goal --note {said} --document {name}",
    "lifecycle note": "%ml_lifecycle note {said}",
    "lifecycle waive": "%ml_lifecycle waive error_costs --because {said}",
    "fit typed": "%ml_fit {said!s}",
    "fit brief": "%%ml_fit --out brief\nstatement: {said!y}\ndecision: {said!y}\ngoal: {said!y}\n"
    "notes: {said!y}\nanswers: {{repeatable_decision: yes}}\n",
    "fit by several": "%%ml_fit --out several\nstatement: {said!y}\n"
    "answers_by: {{{name!y}: {{repeatable_decision: yes}}, Bo: {{repeatable_decision: no}}}}\n",
    "fit measured": "%ml_fit {said!s} --data t --target {target} --time {time} --entity {entity} "
    "--group {group} --cost-fp 5 --cost-fn 50 --decisions 100 --budget 3",
    "fit widget": "%ml_fit",
    "cases": "%ml_cases {said!s}",
    "profile": "%ml_profile t --target {target} --time {time} --entity {entity} --group {group} "
    "--reference other --as-of 2026-11-01 --cadence 1d --answer accessible=yes --because {said}",
    "profile cell": "%%ml_profile t --target {target} --out asked\n"
    "accessible: {{answer: yes, because: {said!y}}}\n",
    "profile without roles": "%ml_profile t",
    "features": "%ml_features t --target {target} --time {time} --entity {entity} --group {group} "
    "--window 30d --after {number}",
    "features of rows": "%ml_features t --target {target} --keep {entity} --known {time}",
    "baseline": "base = %ml_baseline t --target {target} --time {time} --entity {entity} --group {group} "
    "--cost-fp 5 --cost-fn 50 --decisions 100 --floor 0.1 --kill-line 5 --budget 3\nbase",
    "baseline of rows": "%ml_baseline t --target {target} --budget 3",
    "baseline widget": "%ml_baseline base",
    "design": "%%ml_design screen --faults 0\ndesign: {said!y}\nsources: {{{name!y}: {{max_age: 1}}}}\n"
    "label: {{what: {said!y}, delay: 3}}\nmodel: {{retrain: 2, window: 6}}\n"
    "monitors:\n  - {{watch: freshness, do: fallback}}\n",
    "design widget": "%ml_design",
    "check": "%ml_check screen --faults 1 --mermaid story.md --tla Screen.tla",
    "check why": "%ml_check screen --faults 0 --why garbled_unnoticed",
    "whatif": "%ml_whatif screen model.keep=2 --faults 0",
    "people set": "%ml_people set data_owner {said}",
    "people": "%ml_people",
    "empathy map": "%ml_empathy map wrongly_flagged {said}",
    "empathy": "%ml_empathy base",
    "empathy of nobody": "%ml_empathy",
    "premortem own": "%ml_premortem own P10 {said}",
    "premortem accept": "%ml_premortem accept P13 --because {said}",
    "premortem": "%ml_premortem",
    "report": "%ml_report",
    "report file": "%ml_report decision.html",
    "lifecycle card": "%ml_lifecycle card",
    "lifecycle gate": "%ml_lifecycle gate",
    "lifecycle log": "%ml_lifecycle log",
    "lifecycle score": "%ml_lifecycle score",
    "lifecycle widget": "%ml_lifecycle",
    "help": "%ml_help leakage",
    # what is refused: the line that says so is a result, too
    "no such table": "%ml_profile {said!s}",
    "no such part": "%ml_profile by_customer[nope]",
    "no such column": "%ml_profile t --target nope --group {said}",
    "no such role": "%ml_profile t --target {target} --time {target}",
    "no target": "%ml_features t",
    "no such feature": "%ml_features t --target {target} --discard nope",
    "not a target": "%ml_baseline t --target nope",
    "no such option": "%ml_baseline t --traget {said}",
    "no such task": "%ml_lifecycle done {said}",
    "no such role of people": "%ml_people set {said} {name}",
    "no such topic": "%ml_help {said!s}",
    "no such answer": "%%ml_fit\nanswers: {{{said!y}: {said!y}}}\n",
    "no such key": "%%ml_design screen\n{said!y}: {said!y}\n",
    "no such property": "%ml_check screen --why {said}",
    "no such stakeholder": "%ml_empathy map {said} {said}",
    "no such hazard": "%ml_premortem own {said} {said}",
    "no such ending": "%ml_report {said}",
    "no such change": "%ml_whatif screen {said}",
}


@dataclass
class Made:
    """One outcome: the result, or the line it was refused with, and all that was shown on the way."""

    what: str
    result: Any
    refusal: str
    shown: str
    forms: dict[str, str] = field(default_factory=dict)


class _Quoted:
    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return " ".join(self.text.split())

    def __format__(self, spec: str) -> str:
        # what nobody can type (Python takes no NUL in a cell), Tab offers as it is shown
        typed = len(self.text.splitlines()) <= 1 and "\0" not in self.text
        return shlex.quote(self.text if typed else shown(self.text))


def line_of(template: str, words: Words) -> str:
    """The line or cell with the words in it."""
    quoted = {name: _Quoted(text) for name, text in dataclasses.asdict(words).items()}
    for name, text in dataclasses.asdict(words).items():
        template = template.replace(f"{{{name}!y}}", f"{{{name}_yaml}}")
        quoted[f"{name}_yaml"] = json.dumps(text)
    return template.format(**quoted)


def produced(shell: Any, words: Words, only: tuple[str, ...] = ()) -> Iterator[Made]:
    """Each line run in the shell, in order; one that ends in anything but a result or a refusal fails."""
    for what, template in LINES.items():
        if only and not what.startswith(only):
            continue
        line = line_of(template, words)
        with capture_output() as got:
            done = shell.run_cell(line)
            error = done.error_in_exec or done.error_before_exec
        assert error is None or type(error) is UsageError, (what, line, error)
        made = Made(what, done.result, str(error or ""), got.stdout + got.stderr)
        for number, output in enumerate(got.outputs):
            made.forms |= {f"output {number} {kind}": str(text) for kind, text in output.data.items()}
        made.forms |= {"refusal": made.refusal, "shown": made.shown, "repr": repr(made.result)}
        made.forms |= forms(made.result)
        yield made


def forms(result: Any) -> dict[str, str]:
    """All that a result can be turned into: its views, what it saves, and every text its methods give."""
    if isinstance(result, Report):
        return _forms_of_report(result)
    if hasattr(result, "report") and callable(result.report):  # a project
        return _forms_of_report(result.report())
    if hasattr(result, "get_state"):  # a widget
        return {"state": json.dumps(_states(), default=repr, ensure_ascii=False)}
    return {}


def _states() -> list[Any]:
    from ipywidgets.widgets import widget

    return [made.get_state() for made in list(widget._instances.values())]


def _forms_of_report(report: Report) -> dict[str, str]:
    made = {
        "text": str(report),
        "markdown": report.to_markdown(),
        "html": report.to_html(),
        "json": json.dumps(report.to_dict(), allow_nan=False, ensure_ascii=False),
        "bundle": str(report._repr_mimebundle_()),
    }
    for ending in ("html", "md", "json"):
        path = report.save(Path(f"saved.{ending}"))
        made[f"saved {ending}"] = path.read_text("utf-8")
        path.unlink()
    for name, method in inspect.getmembers(type(report), callable):
        if name.startswith("_") or name in made or name in ("to_dict", "to_html", "to_markdown"):
            continue
        needed = [p for p in list(inspect.signature(method).parameters.values())[1:] if p.default is p.empty]
        if not needed:
            given = getattr(report, name)()
            if isinstance(given, str):
                made[name] = given
            elif isinstance(given, Report):
                made |= {f"{name} {form}": text for form, text in _forms_of_report(given).items()}
    return made


def files(folder: Path) -> dict[str, str]:
    """Whatever was written into a folder."""
    return {
        f"file {path.name}": path.read_text("utf-8", "backslashreplace")
        for path in folder.rglob("*")
        if path.is_file() and ".ipython" not in path.parts
    }


def panel() -> dict[str, str]:
    """What the side panel is told."""
    from mlpm_magics.notebook.panel.link import tables

    answers = {"panel": told(), "tables of the panel": tables()}
    return {
        name: json.dumps(answer.content, ensure_ascii=False) for name, answer in answers.items() if answer
    }


def plain_table(words: Words = Words(), rows: int = 320, seed: int = 0) -> pd.DataFrame:
    """A table from which something can be learned, with a column for each role."""
    random = np.random.default_rng(seed)
    amount = random.normal(size=rows)
    answer = (amount + random.normal(scale=0.7, size=rows) > 0).astype(int)
    return pd.DataFrame(
        {
            words.target: answer,
            words.time: pd.date_range("2026-01-01", periods=rows, freq="12h"),
            words.entity: [f"c{i % (rows // 4)}" for i in range(rows)],
            words.group: random.choice(["north", "south"], rows),
            words.number: amount,
        }
    )
