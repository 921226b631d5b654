"""The problem card: what is wanted, by when, at which price, and what does not go together in it."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from mlpm_magics.results.report import Report, Value


class Amount(Value, frozen=True, kw_only=True):
    """A number with its unit, such as 20 `%`, 5 `EUR` or 4,000 `customers` in 30 days.

    `days`: the stretch it is counted in, None where the text names none.
    """

    number: float
    unit: str = ""
    days: float | None = None


class CardEntry(Value, frozen=True, kw_only=True):
    """One field as it was typed, how it was read, and by whom and when it was set.

    `date` is ISO text (`2027-06-30`), `days` a duration in days; each None where the text has none.
    """

    field: str
    title: str
    text: str
    amount: Amount | None = None
    date: str | None = None
    days: float | None = None
    when: str = ""
    who: str = ""


class AgreedLine(Value, frozen=True, kw_only=True):
    """A line of the card as a baseline can hold a result against it.

    `measure` is the id of what it is about, "" where the text names nothing that a baseline measures.
    `against`: the number itself, or today's way with the number added to it or multiplied by it; `today` is
    how good that is in the same measure, None where the card does not say. Shares are from 0 to 1. A kill
    line in money has the measure `money`; `wanting` are the fields without which it cannot be told.
    """

    role: Literal["kill_line", "margin", "floor"]
    text: str
    measure: str
    number: float | None
    against: Literal["itself", "today_plus", "today_times"] = "itself"
    today: float | None = None
    wanting: tuple[str, ...] = ()


class CardRemark(Value, frozen=True, kw_only=True):
    """Something in the card that is missing in a field, or does not go together."""

    rule: str
    fields: tuple[str, ...]
    severity: Literal["blocker", "caution"]
    sentence: str
    source: str


class ProblemCard(Report, frozen=True, kw_only=True):
    """The problem card of a project. See `Project.card`.

    `entries` are the fields that were set, by id; `open` those of the problem phase that were not. `lines`:
    the kill line, margin and floor as far as they were set, as `baseline(lines=…)` takes them. `problem_type`
    as stated or guessed, "" where nobody has said a word about it.
    """

    view: ClassVar[str] = "card"
    schema: ClassVar[str] = "mlpm/card"

    name: str
    entries: dict[str, CardEntry]
    remarks: tuple[CardRemark, ...]
    open: tuple[str, ...]
    lines: tuple[AgreedLine, ...] = ()
    problem_type: str = ""

    def amount(self, field: str) -> Amount | None:
        """The number of a field, None where there is none."""
        entry = self.entries.get(field)
        return entry.amount if entry else None

    @property
    def costs(self) -> dict[str, Any] | None:
        """The costs of both mistakes as `baseline(costs=…)` takes them; None until both are numbers.

        Example:
            >>> project.card.costs
            {'wrong_yes': 5.0, 'wrong_no': 200.0, 'unit': 'EUR', 'decisions': 4000.0, 'period': 'month'}
        """
        yes, no, volume = (self.amount(name) for name in ("cost_wrong_yes", "cost_wrong_no", "volume"))
        if yes is None or no is None or yes.number <= 0 or no.number <= 0 or yes.unit != no.unit:
            return None
        costs: dict[str, Any] = {"wrong_yes": yes.number, "wrong_no": no.number}
        costs |= {"unit": yes.unit} if yes.unit else {}
        if volume is not None and volume.number > 0 and volume.days:
            costs |= {"decisions": volume.number, "period": period_word(volume.days)}
        return costs

    @property
    def kill_line(self) -> Amount | None:
        """The number below which the project stops."""
        return self.amount("kill_line")

    @property
    def line_in_money(self) -> float | None:
        """The kill line as money saved in the period of `costs`; None where it is in another unit."""
        line, costs, volume = self.kill_line, self.costs, self.amount("volume")
        if line is None or costs is None or volume is None or not volume.days:
            return None
        if not line.unit or line.unit != costs.get("unit"):
            return None
        return line.number * (volume.days / line.days if line.days else 1.0)


def period_word(days: float) -> str:
    """A stretch of days as a word: `day`, `week`, `month`, `quarter`, `year`, or `90 days`.

    Example:
        >>> period_word(30)
        'month'
    """
    words = {1: "day", 7: "week", 14: "two weeks", 30: "month", 91: "quarter", 182: "half year", 365: "year"}
    return words.get(round(days), f"{days:g} days") if days >= 1 else "hour"
