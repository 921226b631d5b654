"""The page of a `FeaturePlan`: the plan in a line, what to ask, what becomes of each column, the gain."""

from __future__ import annotations

import re

from mlpm_magics.catalogue import knowledge
from mlpm_magics.results import FeatureGain, FeaturePlan, PlannedColumn
from mlpm_magics.results.evidence import Told
from mlpm_magics.results.features import Treatment
from mlpm_magics.views import blocks as b

_TREATMENTS: dict[Treatment, str] = {
    "scale": "Scaled",
    "keep": "Yes or no",
    "decompose": "Taken apart",
    "aggregate": "Added up",
    "encode": "Encoded",
    "discard": "Left out",
}
_GAIN: dict[Told, b.Tone] = {"yes": "good", "no": "plain", "cannot_tell": "open"}
_MOST_COLUMNS, _MOST_FEATURES = 200, 4


def page(report: FeaturePlan) -> b.Page:
    """Build the page; everything on it comes from the plan and the knowledge base."""
    blocks: list[b.Block] = [
        b.Headline(_tone(report), _word(report), _marked(report.sentence, report)),
        _picture(report),
        *_questions(report),
        *_gain(report.gain),
        _columns(report),
        *_steps(report),
        *_code(report),
        b.Paragraph(_basis(report)),
    ]
    if report.recorded:
        blocks.append(b.Paragraph(report.recorded))
    return b.Page(f"What {report.table} becomes before a model learns {report.target}", tuple(blocks))


def _word(report: FeaturePlan) -> str:
    if not report.used:
        return "No features"
    return "Ask first" if any(question.suspicious for question in report.open_questions) else "Feature plan"


def _tone(report: FeaturePlan) -> b.Tone:
    if not report.used:
        return "bad"
    return "caution" if any(question.suspicious for question in report.open_questions) else "plain"


def _picture(report: FeaturePlan) -> b.Picture:
    columns, features = len(report.columns), len(report.features)
    tiles: list[tuple[str, str, b.Tone]] = [("Before", _counted(columns, "column"), "plain")]
    for treatment, word in _TREATMENTS.items():
        held = [column for column in report.columns if column.treatment == treatment]
        made = sum(len(column.makes) for column in held)
        if held:
            becomes = f"{len(held):,} → {made:,}" if made else _counted(len(held), "column")
            tiles.append((word, becomes, "good" if made else "plain"))
    tiles.append(("After", _counted(features, "feature"), "plain"))
    return b.Picture(b.Tiles(tuple(tiles)), "; ".join(f"{label}: {word}" for label, word, _ in tiles))


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def _questions(report: FeaturePlan) -> list[b.Block]:
    first = [question for question in report.open_questions if question.suspicious]
    rest = [question for question in report.open_questions if not question.suspicious]
    blocks: list[b.Block] = []
    if first:
        points = tuple(
            b.Point(
                _marked(question.text, report), "caution", _how_to_answer(question.about, question.columns)
            )
            for question in first
        )
        blocks.append(b.Section(f"Ask these first ({len(first)})", (b.Points(points),)))
    if rest:
        points = tuple(
            b.Point(_marked(question.text, report), "open", _how_to_answer(question.about, question.columns))
            for question in rest
        )
        blocks.append(b.Section("Nobody has said yet", (b.Points(points),), folded=bool(first)))
    return blocks


def _how_to_answer(about: str, columns: tuple[str, ...]) -> b.Text:
    name = columns[0] if columns[0].isidentifier() else f'"{columns[0]}"'
    match about:
        case "known" if len(columns) > 1:
            return (
                "One that is written down only afterwards: ", b.Code(f"--after {name}"),
                "; one that is there in time: ", b.Code(f"--known {name}"), "; if all the others are: ",
                b.Code("--others-known"), ".",
            )  # fmt: skip
        case "known":
            return (
                "If it is written down only afterwards: ", b.Code(f"--after {name}"),
                "; if it is there in time: ", b.Code(f"--known {name}"), ".",
            )  # fmt: skip
        case "past_answers":
            return "Once you know, an engineer can add what came before that."
    return ("To leave it out: ", b.Code(f"--discard {name}"), "; to keep it: ", b.Code(f"--keep {name}"), ".")


def _gain(gain: FeatureGain) -> list[b.Block]:
    title = "Does it help?"
    points = b.Points((b.Point(gain.text, _GAIN[gain.answer], gain.how),))
    if gain.raw is None or gain.planned is None or gain.raw_interval is None or gain.planned_interval is None:
        return [b.Section(title, (points,))]
    rungs = (
        ("the raw columns", gain.raw, *gain.raw_interval, ""),
        ("the plan", gain.planned, *gain.planned_interval, ""),
    )
    alt = f"Share of the answer explained: raw columns {gain.raw:.0%}, plan {gain.planned:.0%}"
    picture = b.Picture(b.Ladder(rungs, enough=1.0), alt)
    return [b.Section(title, (points, picture))]


def _columns(report: FeaturePlan) -> b.Section:
    kept = report.columns[:_MOST_COLUMNS]
    cut = f" (the first {len(kept)} of {len(report.columns):,})" if len(kept) < len(report.columns) else ""
    rows = tuple(_column(column, report) for column in sorted(kept, key=lambda c: c.treatment == "discard"))
    header = ("Column", "What becomes of it → its features, and why")
    table = b.Table(f"Each column{cut}, those left out at the end", header, rows)
    return b.Section(f"Column by column ({len(report.columns):,})", (table,))


def _column(column: PlannedColumn, report: FeaturePlan) -> tuple[b.Cell, ...]:
    steps = knowledge().feature_steps
    title = steps[column.how].title if column.how in steps else column.how
    asked = " ▲ ask" if column.suspicious else ""
    bears_its_name = column.makes in ((), (column.name,))
    features = "" if bears_its_name else f" → {_features(column)}"
    becomes = (b.Strong(title), f"{asked}{features}. ", *_marked(column.reason, report))
    return (b.Code(column.name), becomes)


def _features(column: PlannedColumn) -> str:
    """The names of the features; those of levels without the name of their column, which all of them bear."""
    names = [name.removeprefix(f"{column.name}=") for name in column.makes]
    of_levels = len(names) > 1 and all(short != name for short, name in zip(names, column.makes, strict=True))
    listed = names if of_levels else list(column.makes)
    more = len(listed) - _MOST_FEATURES
    text = ", ".join(listed[: _MOST_FEATURES if more > 1 else None])
    return (f"{column.name} = " if of_levels else "") + text + (f" and {more:,} more" if more > 1 else "")


def _steps(report: FeaturePlan) -> list[b.Block]:
    steps = knowledge().feature_steps
    used = dict.fromkeys(column.how for column in report.columns if column.how in steps)
    points = tuple(
        b.Point((b.Strong(steps[how].title), f": {steps[how].does} {steps[how].why}"), "plain")
        for how in used
    )
    return [b.Section("What each step does, and why", (b.Points(points),), folded=True)] if points else []


def _code(report: FeaturePlan) -> list[b.Block]:
    if not report.used:
        return []
    use = (
        "from sklearn.linear_model import LogisticRegression\n"
        "from sklearn.pipeline import make_pipeline\n\n"
        "model = make_pipeline(plan.pipeline, LogisticRegression())\n"
        f"model.fit(table, table[{report.target!r}])"
        if report.task == "classes"
        else "from sklearn.linear_model import Ridge\n"
        "from sklearn.pipeline import make_pipeline\n\n"
        "model = make_pipeline(plan.pipeline, Ridge())\n"
        f"model.fit(table, table[{report.target!r}])"
    )
    text = "The plan as a scikit-learn estimator, the same code for training and for live use:"
    return [
        b.Section(
            "For an engineer",
            (
                b.Paragraph(text),
                b.Listing(use),
                b.Paragraph(("As a listing without this package: ", b.Code("print(plan.to_code())"), ".")),
            ),
            folded=True,
        )
    ]


def _basis(report: FeaturePlan) -> b.Text:
    notes = " ".join((*report.notes, report.sampled)).strip()
    return (
        "Planned on ", b.Code(report.table), f": {report.rows:,} rows, to predict ", b.Code(report.target),
        f". {notes}" if notes else ".",
    )  # fmt: skip


def _marked(text: str, report: FeaturePlan) -> tuple[b.Inline, ...]:
    """Column names in backticks become code; nothing else in the text is taken for a mark."""
    names = [*(column.name for column in report.columns), report.target]
    present = [name for name in names if f"`{name}`" in text] if "`" in text else []
    if not present:
        return (text,)
    longest_first = sorted(present, key=len, reverse=True)
    parts = re.split("|".join(f"(`{re.escape(name)}`)" for name in longest_first), text)
    marks = {f"`{name}`" for name in present}
    return tuple(b.Code(part[1:-1]) if part in marks else part for part in parts if part)
