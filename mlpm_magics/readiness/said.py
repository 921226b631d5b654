"""What people answer to the data questions, beside what the table tells."""

from __future__ import annotations

from collections.abc import Mapping

from mlpm_magics.catalogue import Knowledge, knowledge
from mlpm_magics.entries import DataQuestion
from mlpm_magics.errors import InvalidValueError, UnknownNameError, WrongTypeError, shown
from mlpm_magics.results import Answer, Reply, Said, Status

_REPLIES: dict[str, Reply] = {
    "yes": "yes", "true": "yes", "y": "yes", "no": "no", "false": "no", "n": "no", "unknown": "unknown",
}  # fmt: skip
_LONGEST = 300
_WORSE: tuple[Status, ...] = ("pass", "unknown", "caution", "blocker")
_EXAMPLE = 'For example {"accessible": "yes, licence signed on 3 March"}'


def read_said(given: object) -> dict[str, Said]:
    """The answers of people, in the order of the questions.

    Args:
        given: None, or a mapping from a question to `yes`, `no` or `unknown`; a reason may follow after a
            comma, or stand beside it as `{"answer": "yes", "because": "…"}`.

    Raises:
        MlpmError: for a question or an answer that there is not.

    Example:
        >>> read_said({"accessible": "yes, licence signed"})
        {'accessible': Said(answer='yes', because='licence signed')}
    """
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise WrongTypeError("is not a mapping of questions to answers", where="answers", hint=_EXAMPLE)
    questions = knowledge().data_questions
    for name in given:
        if name not in questions:
            raise UnknownNameError(
                f"there is no question {shown(name)!r}", where="answers", given=shown(name), allowed=questions
            )
    return {name: _said(name, given[name]) for name in questions if name in given}


def _said(question: str, given: object) -> Said:
    if isinstance(given, Said):
        return given
    because: object = ""
    reply: object = given
    if isinstance(given, Mapping):
        unknown = [key for key in given if key not in ("answer", "because")]
        if unknown:
            raise UnknownNameError(
                f"there is no {shown(unknown[0])!r}",
                where=f"answers.{question}",
                given=shown(unknown[0]),
                allowed=["answer", "because"],
            )
        reply, because = given.get("answer"), given.get("because") or ""
    word, _, rest = str(reply).partition(",")
    answer = _REPLIES.get(word.strip().lower())
    if answer is None:
        raise InvalidValueError(
            f"{shown(word, 40)!r} is no answer",
            where=f"answers.{question}",
            allowed=["yes", "no", "unknown"],
            hint="A reason may follow after a comma",
        )
    return Said(answer=answer, because=shown(str(because).strip() or rest.strip(), _LONGEST))


def with_said(known: Knowledge, answers: Mapping[str, Answer], said: Mapping[str, Said]) -> dict[str, Answer]:
    """The answers, with what people said.

    A good word settles what the table cannot tell, and never outweighs what was found; a bad one counts
    whatever the table says.
    """
    return {
        name: _together(known.data_questions[name], answer, said[name]) if name in said else answer
        for name, answer in answers.items()
    }


def _together(question: DataQuestion, answer: Answer, said: Said) -> Answer:
    reason = f": {said.because.rstrip('.')}." if said.because else "."
    if said.answer == "unknown":
        return Answer(status=answer.status, text=f"Asked, and not known{reason} {answer.text}")
    if said.answer == "no":
        status = max(answer.status, question.otherwise, key=_WORSE.index)
        return Answer(status=status, text=f"Your answer is {said.answer}{reason} {answer.text}")
    if answer.status in ("pass", "unknown"):
        told = f" {answer.text}" if answer.status == "pass" else ""
        return Answer(status="pass", text=f"Your answer is {said.answer}{reason}{told}")
    return Answer(
        status=answer.status, text=f"{answer.text} Your answer is {said.answer} all the same{reason}"
    )
