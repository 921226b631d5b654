"""The criteria of fit that the last profile and the last measurement on a table answered."""

from __future__ import annotations

from mlpm_magics.catalogue import Knowledge
from mlpm_magics.entries import Criterion, DataQuestion
from mlpm_magics.errors import shown
from mlpm_magics.lifecycle.state import State
from mlpm_magics.results import Measured, Reply, Status


def measured(known: Knowledge, state: State) -> dict[str, Measured]:
    """The criteria that the last profile and the last measurement on a table answered.

    A blocker is the criterion's bad answer. So is a caution, unless the bad answer alone would end the
    project: few rows are not too few, so that is not known. A pass says only that nothing was found; it is
    the good answer where the question says so (`pass_answers`). Where two questions ask for one criterion,
    the worse answer counts; what the table could not tell is left out.
    """
    found: dict[str, Measured] = {}
    if state.evidence is not None:
        source = f"measured on {shown(state.evidence.table, 60)!r}, {state.evidence.when}"
        found = {
            name: Measured(answer=answer.answer, text=answer.text, source=source)
            for name, answer in state.evidence.answers.items()
            if name in known.criteria
        }
    if state.data is None:
        return found
    source = f"profile of {shown(state.data.table, 60)!r}, {state.data.when}"
    for name, answer in state.data.answers.items():
        question = known.data_questions.get(name)
        reply = _reply(known, question, answer.status) if question else None
        if question is None or reply is None:
            continue
        criterion = known.criteria[question.criterion]
        if criterion.id in found and _badness(criterion, found[criterion.id].answer) >= _badness(
            criterion, reply
        ):
            continue
        found[criterion.id] = Measured(answer=reply, text=answer.text, source=source)
    return found


def _reply(known: Knowledge, question: DataQuestion, status: Status) -> Reply | None:
    criterion = known.criteria[question.criterion]
    bad: Reply = "no" if criterion.best == "yes" else "yes"
    if status == "blocker":
        return bad
    if status == "caution":
        ends_it = (criterion.yes if bad == "yes" else criterion.no).effect == "blocker"
        return "unknown" if ends_it else bad
    return criterion.best if status == "pass" and question.pass_answers else None


def _badness(criterion: Criterion, reply: Reply) -> int:
    return 0 if reply == criterion.best else 1 if reply == "unknown" else 2
