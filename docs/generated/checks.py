"""Every check of a table: its docstring, why it matters, its limits with sources, and its two examples."""

from __future__ import annotations

from types import ModuleType

from writing import anchor, link, prose, sources, table, words

from mlpm_magics.catalogue import Knowledge, modules_in
from mlpm_magics.help.checks import checks_of

GROUP = "What it checks"


def pages(known: Knowledge) -> dict[str, str]:
    """One page, in the order of the data questions."""
    files = modules_in("mlpm_magics.readiness.checks")
    blocks = [
        "# Checks of the data",
        f"The {len(files)} checks that {link('%ml_profile')} and `profile` run, by the question that each "
        "helps to answer. Each has an example that it must find and a look-alike on which it must stay "
        "silent; the tests run both.",
    ]
    for question in known.data_questions.values():
        blocks += [f"## {question.title}", words(question.question)]
        blocks += [_check(known, name, files[name]) for name in checks_of(question.id)]
    return {"checks.md": "\n\n".join(blocks) + "\n"}


def _check(known: Knowledge, name: str, file: ModuleType) -> str:
    needs = f"Needs: {', '.join(file.NEEDS)}." if file.NEEDS else ""
    rows = [
        (f"`{limit.id}`", f"{limit.value:g} {words(limit.unit)}", words(limit.why), _basis(known, limit.id))
        for limit in known.limits.values()
        if limit.id.partition(".")[0] == name
    ]
    blocks = [
        f"({anchor('checks', name)})=\n### {name.replace('_', ' ').capitalize()}",
        f"`{name}`",
        prose(file.__doc__ or ""),
        f"Why it matters: {words(file.WHY)}",
        needs,
        f"- Must find: {words(file.bad.__doc__ or '')}\n- Must stay silent: {words(file.good.__doc__ or '')}",
        table(("limit", "value", "why", "from"), rows) if rows else "",
    ]
    return "\n\n".join(block for block in blocks if block)


def _basis(known: Knowledge, name: str) -> str:
    limit = known.limits[name]
    return ("rule of thumb; " if limit.heuristic else "") + sources(limit.sources, known)
