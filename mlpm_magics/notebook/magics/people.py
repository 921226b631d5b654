"""See who is needed in this phase, what each decides, what to ask them, and who answers for which gate.

%ml_people                     the current phase of the project, or the first without one
%ml_people PHASE               another phase
%ml_people set ROLE NAME       say who fills a role; it is kept in mlpm.yaml
%ml_people unset ROLE          nobody does any more

For example:

    %ml_people set data_owner "Ana Lima"
    %ml_people model
"""

from __future__ import annotations

from collections.abc import Iterable

from mlpm_magics.errors import InvalidValueError
from mlpm_magics.notebook.arguments import Parser
from mlpm_magics.notebook.magic import Call
from mlpm_magics.notebook.recording import project_here

CELL = False
SENTENCE = False


def declare(parser: Parser) -> None:
    """A phase, or `set` with a role and a name."""
    parser.add_argument("words", metavar="WORD", nargs="*", help="a phase, or set ROLE NAME")


def run(call: Call) -> object:
    """The people of a phase, after what was asked."""
    from mlpm_magics.lifecycle import open_project, people

    words = call.options.words
    if words and words[0].lower() in ("set", "unset"):
        project = open_project()
        role, name = _role_and_name(words[1:], unset=words[0].lower() == "unset")
        return people(project, happened=project.name_role(role, name))
    phase = words[0].lower() if words else None
    _no_role(words)
    return people(project_here()[0], phase=phase)


def _no_role(words: list[str]) -> None:
    """Say what to type to whoever typed a role alone."""
    from mlpm_magics.catalogue import knowledge

    role = "_".join(words).lower().replace("-", "_").replace(" ", "_")
    if role in knowledge().roles:
        raise InvalidValueError(
            f"{role} is a role, not a phase",
            hint=f"%ml_people set {role} NAME says who it is, %ml_help {role} what it is",
        )


def words_after(typed: list[str]) -> Iterable[str]:
    """A phase, or `set` and then a role."""
    from mlpm_magics.catalogue import knowledge

    if not typed:
        return ["set", "unset", *knowledge().phases]
    return list(knowledge().roles) if typed in (["set"], ["unset"]) else []


def _role_and_name(words: list[str], unset: bool) -> tuple[str, str]:
    """The role may be typed in several words: `data owner Ana Lima`."""
    from mlpm_magics.catalogue import knowledge

    roles = knowledge().roles
    for end in range(min(len(words), 4), 0, -1):
        name = "_".join(words[:end]).lower().replace("-", "_").replace(" ", "_")
        if name in roles:
            if end == len(words) and not unset:
                raise InvalidValueError(f"who is {name}?", hint=f"%ml_people set {name} NAME")
            return name, "" if unset else " ".join(words[end:])
    if not words:
        raise InvalidValueError("which role?", allowed=roles)
    return words[0].lower(), "" if unset else " ".join(words[1:])
