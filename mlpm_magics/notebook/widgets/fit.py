"""The questionnaire of `%ml_fit`: one question at a time, the most decisive first, with a live verdict."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from mlpm_magics.catalogue import knowledge
from mlpm_magics.errors import InvalidValueError, MlpmError
from mlpm_magics.fit import assess_fit
from mlpm_magics.notebook.panel.link import changed
from mlpm_magics.notebook.widgets.sheet import AnswerSheet
from mlpm_magics.notebook.widgets.shown import Note, Panel
from mlpm_magics.results import FitReport, Reply
from mlpm_magics.views import blocks as b
from mlpm_magics.views.fit import verdict

_BUTTONS: tuple[tuple[str, Reply], ...] = (("Yes", "yes"), ("No", "no"), ("We do not know", "unknown"))


class FitWidget(Panel):
    """A problem in words, one question at a time, and the verdict so far.

    `.report` is the live `FitReport`, `.brief` what was answered. Given a project, its brief is where the
    questionnaire starts and every change is recorded there. With a name under "Who", answers are that
    person's own (`answers_by` in the brief), and each person is asked for theirs.
    """

    def __init__(self, project: Any = None) -> None:
        """Start with the project's brief, or an empty one."""
        self._lock = threading.RLock()  # some front ends run callbacks in a thread of their own
        self._project = project
        self.brief: dict[str, Any] = {"answers": {}, **(dict(project.brief) if project else {})}
        self.brief["answers"] = dict(self.brief["answers"])
        self._order: list[str] = list(self.brief["answers"])
        self._put_off: list[str] = []
        known = knowledge()
        self._statement = widgets.Textarea(
            value=self.brief.get("statement", ""),
            placeholder="Which sellers have the greatest revenue potential?",
            description="Problem",
            continuous_update=False,
            layout=widgets.Layout(width="auto", height="4em"),
        )
        self._type = widgets.Dropdown(
            options=[
                ("let the words decide", ""),
                *((kind.title, name) for name, kind in known.problem_types.items()),
            ],
            value=self.brief.get("problem_type", ""),
            description="Type",
            layout=widgets.Layout(width="24em", max_width="100%"),
        )
        self._question = widgets.HTML(layout=widgets.Layout(min_height="7em"))  # keeps the buttons in place
        self._answers = [widgets.Button(description=word, tooltip=f"Answer: {word}") for word, _ in _BUTTONS]
        self._later = widgets.Button(description="Ask later", tooltip="Put this question off")
        self._back = widgets.Button(description="Back", tooltip="Take back the last answer")
        self._change = widgets.Dropdown(description="Change", layout=widgets.Layout(width="auto"))
        self._who = widgets.Text(
            description="Who",
            placeholder="only if several people answer",
            continuous_update=False,
            layout=widgets.Layout(width="24em", max_width="100%"),
        )
        self._all = widgets.ToggleButton(
            description="All questions", tooltip="Show all questions at once, or one at a time"
        )
        self._sheet = AnswerSheet(self._guarded_choice)
        self._because = widgets.Text(
            description="Because",
            placeholder="why your answer stands all the same",
            layout=widgets.Layout(width="36em", max_width="100%"),
        )
        self._keep = widgets.Button(description="Keep my answer", tooltip="It counts, with the reason given")
        self._doubt = widgets.VBox([])
        self._message = Note()
        self._verdict = widgets.HTML()
        self._asked = ""
        self._drawing = False
        wrap = widgets.Layout(flex_flow="row wrap")
        self._one = widgets.VBox(
            [
                self._question,
                widgets.HBox([*self._answers, self._later, self._back], layout=wrap),
                self._change,
            ]
        )
        super().__init__(
            [
                self._statement,
                widgets.HBox([self._type, self._who, self._all], layout=wrap),
                self._one,
                self._sheet,
                self._doubt,
                self._message,
                self._verdict,
            ]
        )
        self.report: FitReport = self._assess()
        self._draw()
        self._statement.observe(self._guarded(self._said), "value")
        self._type.observe(self._guarded(self._said), "value")
        self._who.observe(self._guarded(self._changed_hands), "value")
        self._all.observe(self._guarded(lambda: None), "value")
        self._keep.on_click(self._guarded(self._confirm))
        for button, (_, reply) in zip(self._answers, _BUTTONS, strict=True):
            button.on_click(self._guarded(functools.partial(self._answer, reply)))
            button.on_click(self._go_on)
        self._later.on_click(self._guarded(self._postpone))
        self._back.on_click(self._guarded(self._take_back))
        self._change.observe(self._guarded(self._reopen), "value")

    def current(self) -> FitReport:
        """The report that stands for this widget where no widget can be shown."""
        return self.report

    def _guarded(self, act: Callable[..., None]) -> Callable[[Any], None]:
        """A callback that shows a user's mistake in the widget; what it prints would be lost."""

        def run(_: Any) -> None:
            with self._lock:
                if self._drawing:
                    return
                with self._message.hold_sync():  # one change of the line, so that nothing below it jumps
                    try:
                        self._message.say("")
                        act()
                        self.report = self._assess()
                    except MlpmError as error:
                        self._message.say(str(error))
                self._draw()
                changed(self.report)

        return run

    def _go_on(self, _: Any) -> None:
        """A button that can no longer be pressed would leave the keyboard nowhere."""
        if not self._asked:
            self._back.focus()

    def _assess(self) -> FitReport:
        filled = {key: value for key, value in self.brief.items() if value}
        report = assess_fit(filled, project=self._project)
        if self._project and filled:
            self._message.say(self._project.record(report))
        return report

    @property
    def _mine(self) -> dict[str, Reply]:
        """The answers of whoever answers now."""
        if not self._who.value.strip():
            return self.brief["answers"]  # type: ignore[no-any-return]
        everybody = self.brief.setdefault("answers_by", {})
        return everybody.setdefault(self._who.value.strip(), {})  # type: ignore[no-any-return]

    @property
    def _waiting(self) -> tuple[str, ...]:
        """The questions that whoever answers now has not answered."""
        if not self._who.value.strip():
            return self.report.questions
        own = {"statement": self.brief.get("statement"), "problem_type": self.brief.get("problem_type")}
        return assess_fit({**own, "answers": self._mine}).questions

    def _guarded_choice(self, name: str, answer: str) -> None:
        self._guarded(functools.partial(self._choose, name, answer))(None)

    def _choose(self, name: str, answer: str) -> None:
        self._order = [other for other in self._order if other != name]
        if answer:
            self._mine[name] = answer  # type: ignore[assignment]
            self._order.append(name)
        else:
            self._mine.pop(name, None)
        self._asked = ""

    def _changed_hands(self) -> None:
        self._order, self._put_off, self._asked = list(self._mine), [], ""

    def _confirm(self) -> None:
        open_ = self._doubted()
        if not self._because.value.strip():
            raise InvalidValueError("say why it stands all the same", where="Because")
        if open_:
            self.brief.setdefault("confirmed", {})[open_] = self._because.value
            self._because.value = ""

    def _doubted(self) -> str:
        """A stated answer that the data denies and nobody has confirmed."""
        return next(
            (
                c.criterion
                for c in self.report.contradictions
                if not c.confirmed and self.report.bases.get(c.criterion) == "measured"
            ),
            "",
        )

    def _said(self) -> None:
        self.brief["statement"] = self._statement.value
        self.brief["problem_type"] = self._type.value
        self._asked = ""  # other words can make another question the most decisive

    def _answer(self, reply: Reply) -> None:
        if self._asked:
            self._choose(self._asked, reply)

    def _postpone(self) -> None:
        self._put_off = [name for name in self._put_off if name != self._asked] + [self._asked]
        self._asked = ""

    def _take_back(self) -> None:
        if self._order:
            self._asked = self._order.pop()
            del self._mine[self._asked]

    def _reopen(self) -> None:
        if self._change.value:
            self._asked = self._change.value

    def _at_rest(self) -> str:
        """Why nothing is asked any more."""
        if any(knowledge().criteria[name].core for name in self.report.presumed):
            return "Enough is answered for a verdict; what was presumed instead of asked is listed with it."
        return "No open question could turn the verdict."

    def _draw(self) -> None:
        known = knowledge()
        if not self._asked:
            waiting = sorted(
                self._waiting,
                key=lambda name: name in self._put_off and 1 + self._put_off.index(name),
            )
            self._asked = waiting[0] if waiting else ""
        for button in (*self._answers, self._later):
            button.disabled = not self._asked
        self._back.disabled = not self._order
        if self._asked:
            criterion = known.criteria[self._asked]
            number = len(self._mine) + 1
            self._question.value = self.drawn(
                b.Paragraph((b.Strong(f"Question {number}. {criterion.question}"),)),
                b.Paragraph(f"{criterion.why} If you do not know: {criterion.settle}"),
            )
        else:
            self._question.value = self.drawn(b.Paragraph(self._at_rest()))
        answered = [(f"{known.criteria[n].title}: {self._mine[n]}", n) for n in self._order]
        self._drawing = True  # setting options also sets the value; that is not a choice of the user
        self._change.options = [("an earlier answer…", ""), *answered]
        self._change.value = self._asked if self._asked in self._order else ""
        self._drawing = False
        self._one.layout.display = "none" if self._all.value else None
        if self._all.value:
            self._sheet.show(self._waiting, self._mine)
        else:
            self._sheet.children = ()
        doubted = self._doubted()
        self._doubt.children = (self._because, self._keep) if doubted else ()
        self._verdict.value = self.drawn(*verdict(self.report))
