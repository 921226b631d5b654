"""A report on rungs that were scored case by case: what problems of every other shape have in common.

A case is what the measure is a mean of: a forecast, a list, an alert. Each rung has a score per case, and the
measure is their sum as a share of a whole that is the same for all rungs.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mlpm_magics.baselines.agreed import held, kill_line_from, read_lines
from mlpm_magics.baselines.holdout import seal
from mlpm_magics.baselines.intervals import Ways, ratio
from mlpm_magics.baselines.kill_line import kill_line_of, read_line, undecided
from mlpm_magics.baselines.over_guess import open_again, over_guess, verdict_of
from mlpm_magics.baselines.slices import sentence_of
from mlpm_magics.baselines.split import Parts
from mlpm_magics.baselines.wanted import Wanted, fingerprint
from mlpm_magics.baselines.words import cut_short
from mlpm_magics.catalogue import knowledge
from mlpm_magics.evidence.clock import Clock
from mlpm_magics.evidence.gaps import Gap
from mlpm_magics.evidence.prepared import Array
from mlpm_magics.results import (
    BaselineReport,
    BaselineVerdict,
    Breakdown,
    JudgedRung,
    Mistake,
    OverGuess,
    Priced,
    SetAside,
    Slice,
    Split,
    Story,
)
from mlpm_magics.table import Table

_LEAST_MARGIN, _MARGIN = 0.01, 0.05


@dataclass(frozen=True)
class Tried:
    """A rung: its score per case of the test part, and the measure on the training part if it has one."""

    id: str
    title: str
    score: Array
    expected: float | None
    trivial: bool = False
    readable: bool = True
    figures: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Scores:
    """Rungs, the simplest first, over the same cases.

    Attributes:
        tried: the rungs.
        whole: per case; the measure of a rung is the sum of its scores as a share of the sum of this.
        ways: how cases belong together.
        measure: what is measured, in words.
        picked: the rung that was chosen in another way than by what was expected of it, or "".
        errs: whether what a score leaves of the whole is an error; else it is what was found.
    """

    tried: Sequence[Tried]
    whole: Array
    ways: Ways
    measure: str
    picked: str = ""
    errs: bool = False

    def value(self, tried: Tried) -> Gap:
        """The measure with its interval; more than all is not possible."""
        found = ratio(tried.score, self.whole, self.ways)
        return Gap(found.effect, found.low, min(1.0, found.high))

    def gap(self, worse: Tried, better: Tried) -> Gap:
        """How much better one is than the other, paired."""
        return ratio(better.score - worse.score, self.whole, self.ways)

    @property
    def margin(self) -> float:
        """What counts as a difference."""
        best = max((t.expected for t in self.tried if t.expected is not None), default=0.0)
        return max(_LEAST_MARGIN, _MARGIN * best)

    def chosen(self) -> Tried:
        """The simplest rung within the margin of the best, by what was expected from the training part."""
        if self.picked:
            return next(t for t in self.tried if t.id == self.picked)
        known = [t for t in self.tried if t.expected is not None]
        if not known:
            return self.tried[0]
        best = max(t.expected or 0.0 for t in known)
        return next(t for t in known if (t.expected or 0.0) >= best - self.margin)

    def trivial(self) -> Tried:
        """The best guess that needs no model, by the training part."""
        return max((t for t in self.tried if t.trivial), key=lambda t: t.expected or 0.0)

    def rival(self) -> Tried:
        """What the best guess is held against: the chosen rung, or if that is a guess the best model.

        Where no model was reached, the guess itself.
        """
        chosen = self.chosen()
        models = [t for t in self.tried if not t.trivial]
        if not chosen.trivial or not models:
            return chosen if models else self.trivial()
        return max(models, key=lambda t: -math.inf if t.expected is None else t.expected)

    def over(self, paid: Priced | None = None) -> OverGuess:
        """What is held against the best guess that needs no model, and whether it is better."""
        chosen, guess, rival = self.chosen(), self.trivial(), self.rival()
        found, margin = self.gap(guess, rival), self.margin
        if self.errs:
            left = self.whole - guess.score
            found = ratio(rival.score - guess.score, left, self.ways)
            margin *= float(self.whole.sum()) / max(float(left.sum()), 1e-12)
        return over_guess(
            found,
            unit="lower" if self.errs else "higher",
            margin=margin,
            guess=guess.title,
            model=rival.title,
            chosen=not chosen.trivial,
            paid=paid,
        )


def reported(
    table: Table,
    wanted: Wanted,
    clock: Clock,
    parts: Parts,
    scores: Scores,
    *,
    problem_type: str,
    sentence: str,
    verdict: BaselineVerdict = "cannot_tell",
    over: OverGuess | None = None,
    breakdowns: tuple[Breakdown, ...] = (),
    slices: tuple[Slice, ...] = (),
    sliced: str = "by the same measure",
    mistakes: tuple[Mistake, ...] = (),
    price: Priced | None = None,
    stories: tuple[Story, ...] = (),
    set_aside: tuple[SetAside, ...] = (),
    groups: tuple[str, ...] = (),
    used: tuple[str, ...] = (),
    notes: Sequence[str] = (),
    asks: Sequence[str] = (),
    stopped: str = "",
    measured: Mapping[str, Gap] | None = None,
    by_group: Mapping[str, Mapping[str, Gap | None]] | None = None,
) -> BaselineReport:
    """The report; what only makes sense for one answer per row stays empty.

    `over`: the model against the best guess, which gives the verdict; `verdict`: where there is none.
    `sliced`: what slices are measured in. `asks`: what only a person can tell. `measured`: what a line on the
    problem card can be about, for the chosen rung; `by_group`: the same for each group that was named, None
    for too few cases.
    """
    verdict = verdict if over is None else verdict_of(over)
    untried = over is not None and over.guess == over.model
    if stopped and (verdict == "no_better" or untried):  # what was not tried may do better
        verdict, sentence = "cannot_tell", cut_short(scores.trivial().title)
        over = None if over is None else open_again(over, sentence)
    holdout = seal(parts.key[parts.test], wanted.looks_before)
    chosen = scores.chosen()
    line = read_line(wanted.kill_line)
    parted = None if by_group is None else by_group.get
    agreed = held(read_lines(wanted.lines), problem_type, len(parts.test), (measured or {}).get, parted)
    below = None if line is None else kill_line_of(line, scores.value(chosen), price)
    if below is not None and below.answer == "below" and chosen.trivial and verdict == "cannot_tell":
        below = undecided(below)
    return BaselineReport(
        verdict=verdict,
        sentence=sentence,
        table=table.name,
        target=table.target.name if table.target else "",
        problem_type=problem_type,
        task="none" if table.task == "other" else table.task,
        rows=table.total,
        used_rows=len(parts.train) + len(parts.test),
        split=Split(
            asked=parts.asked,
            by=parts.by,
            train_rows=len(parts.train),
            test_rows=len(parts.test),
            sentence=parts.sentence,
        ),
        holdout=holdout,
        measure=scores.measure,
        margin=scores.margin,
        ladder=rungs(scores),
        chosen=chosen.id,
        over=over,
        roles=table.roles,
        fingerprint=fingerprint(table, holdout.digest, wanted),
        kill_line=below or kill_line_from(agreed),
        agreed=agreed,
        breakdowns=breakdowns,
        slices=slices,
        slices_sentence=sentence_of(slices, read_line(wanted.floor), sliced),
        floor=read_line(wanted.floor),
        priced=price,
        mistakes=mistakes,
        stories=stories,
        pitfalls=tuple(knowledge().problem_types[problem_type].pitfalls.values()),
        set_aside=set_aside,
        groups=groups,
        used=used,
        notes=(*parts.notes, *notes),
        not_measured=(*filter(None, (stopped,)), *asks),
        seconds=round(clock.spent, 1),
        budget_s=clock.budget_s,
        complete=not stopped,
    )


def rungs(scores: Scores) -> tuple[JudgedRung, ...]:
    """The rungs as a result."""
    best = max(scores.tried, key=lambda t: scores.value(t).effect)
    chosen = scores.chosen()
    found = []
    for tried in scores.tried:
        value, behind = scores.value(tried), scores.gap(tried, best)
        found.append(
            JudgedRung(
                id=tried.id,
                title=tried.title,
                value=value.effect,
                interval=value.interval,
                expected=tried.expected,
                gap=behind.effect,
                gap_interval=behind.interval,
                chosen=tried is chosen,
                readable=tried.readable,
                trivial=tried.trivial,
                figures=dict(tried.figures),
            )
        )
    return tuple(found)
