"""What could go wrong, most pressing first, and what was decided about it."""

from __future__ import annotations

from typing import ClassVar, Literal

from mlpm_magics.results.report import Report, Value

HazardState = Literal["open", "watched", "mitigated", "accepted"]
Pressing = Literal["found", "likely", "other"]


class HazardItem(Value, frozen=True, kw_only=True):
    """One thing that could go wrong.

    `pressing`: it was found, the answers make it likely, or neither. `noticed` says how, in words; empty for
    the rest. `enters`: where it enters, in data, method, conclusion or use. `owner` is a name or, until
    somebody is named, the title of the role that owns it by default.
    """

    id: str
    title: str
    pressing: Pressing
    noticed: tuple[str, ...]
    enters: str
    symptom: str
    check: str
    mitigation: str
    case: str
    source: str
    owner: str
    state: HazardState = "open"
    because: str = ""
    when: str = ""
    who: str = ""


class Premortem(Report, frozen=True, kw_only=True):
    """What could go wrong with this problem, data and design. See `mlpm.premortem`.

    `used` says what it was made from, in words; `missing` what to type so that more can be noticed. `show`:
    `all`, or an id, where the page tells all, or that one, in full.
    """

    view: ClassVar[str] = "premortem"
    schema: ClassVar[str] = "mlpm/premortem"

    name: str
    sentence: str
    items: tuple[HazardItem, ...]
    used: tuple[str, ...]
    missing: tuple[tuple[str, str], ...]
    happened: str = ""
    show: str = ""
    owned_in_project: bool = False
