"""What the texts of a column look like: personal data, secrets, hostile content. Counted, never shown.

Patterns run on distinct values only (a seeded sample of at most 20,000, each cut at 2,000 characters) and
take time that grows with the length of the text and no faster. Most texts hold nothing, so each pattern is
looked for in many texts at once first.
"""

from __future__ import annotations

import ipaddress
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from mlpm_magics.table.levels import some_of
from mlpm_magics.table.plain import Plain

MOST_TEXTS = 20_000
MOST_CHARACTERS = 2_000
_MOST_IN_ALL = 5_000_000
_MANY_DIGITS = 7
_AT_ONCE = 100


@dataclass(frozen=True)
class Scan:
    """How many of the distinct texts looked at hold what.

    Attributes:
        tokens: the words in the column's name, lower case.
        looked: distinct texts looked at.
        distinct: distinct texts there are.
        holds: kind -> distinct texts that hold it anywhere.
        whole: kind -> distinct texts that are nothing else.
    """

    tokens: tuple[str, ...]
    looked: int = 0
    distinct: int = 0
    holds: dict[str, int] = field(default_factory=dict)
    whole: dict[str, int] = field(default_factory=dict)

    @property
    def sampled(self) -> bool:
        """Whether some texts were not looked at."""
        return self.looked < self.distinct

    def has_word(self, *words: str) -> bool:
        """Whether one of the words stands in the column's name; `a_b` means a followed by b."""
        joined = f"_{'_'.join(self.tokens)}_"
        return any(f"_{word}_" in joined for word in words)


def words_of(name: str) -> tuple[str, ...]:
    """The words in a column's name.

    Example:
        >>> words_of("customerEmail_2")
        ('customer', 'email', '2')
    """
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)", "_", name[:200])
    return tuple(word for word in re.split(r"[^A-Za-z0-9]+", parted.lower()) if word)


def holds_private(text: str) -> bool:
    """Whether one text holds anything personal or secret that its form gives away."""
    return any(kind not in _UNSURE and test(text) for kind, test in _TESTS)


def may_be_private(text: str) -> bool:
    """Whether one text holds anything personal or secret, or so many digits that it could."""
    return len(digits_of(text)) >= _MANY_DIGITS or holds_private(text)


def scan(name: str, column: Plain, seed: int) -> Scan:
    """Look at the distinct texts (and long whole numbers) of a column."""
    texts, distinct = _texts(column, seed)
    holds: dict[str, int] = {}
    whole: dict[str, int] = {}
    budget = _MOST_IN_ALL
    looked = 0
    while budget > 0 and looked < len(texts):
        cuts = [text[:MOST_CHARACTERS] for text in texts[looked : looked + _AT_ONCE]]
        budget -= sum(map(len, cuts)) + len(cuts)
        looked += len(cuts)
        together = "\n".join(cuts)
        for kind, test in _TESTS:
            for cut in cuts if test.may_be_in(together) else ():
                found = test(cut)
                if found:
                    holds[kind] = holds.get(kind, 0) + 1
                    if len(found) >= 0.9 * len(cut.strip()):
                        whole[kind] = whole.get(kind, 0) + 1
    return Scan(words_of(name), looked, distinct, holds, whole)


def _texts(column: Plain, seed: int) -> tuple[Sequence[str], int]:
    picked = random.Random(seed)  # noqa: S311 - a sample, not a secret
    if column.form == "number" and column.values is not None:
        first = int(np.argmin(column.missing))
        if not np.isfinite(column.values[first]) or abs(float(column.values[first])) < 1e8:
            return (), 0
        kept = column.values[~column.missing]
        at = sorted(picked.sample(range(len(kept)), min(len(kept), 2_000)))
        numbers = {int(value) for value in kept[at].tolist() if np.isfinite(value) and value == int(value)}
        return [str(number) for number in sorted(numbers)], len(numbers)
    levels = column.levels
    if column.form != "string":
        levels = [level for level in levels if type(level) in (str, np.str_)]
    places = range(len(levels))
    if len(levels) > MOST_TEXTS:
        return [str(t) for t in some_of(levels, sorted(picked.sample(places, MOST_TEXTS)))], len(levels)
    return [str(level) for level in levels], len(levels)


# --- tests ---------------------------------------------------------------------------------------------


class Test:
    """A form that texts can have, and how to find it in one text or in many."""

    def __init__(
        self,
        pattern: str,
        *,
        needs: tuple[str, ...] = (),
        flags: int = 0,
        check: Callable[[str], bool] | None = None,
    ) -> None:
        """Make a test.

        Args:
            pattern: what is looked for; it treats the beginning of a line as it treats that of a text.
            needs: a text must hold one of these, if any, which is quicker to look for.
            flags: of the pattern.
            check: whether a hit is one.
        """
        self._needs, self._check = needs, check
        self._in_one, self._in_many = re.compile(pattern, flags), re.compile(pattern, flags | re.MULTILINE)

    def __call__(self, text: str) -> str:
        """The first hit in a text, or ""."""
        if self._needs and not self._may_hold(text):
            return ""
        for hit in self._in_one.finditer(text):
            if self._check is None or self._check(hit[0]):
                return hit[0]
        return ""

    def may_be_in(self, lines: str) -> bool:
        """Whether any of these lines can hold it; a hit may reach over their ends and be none."""
        return (not self._needs or self._may_hold(lines)) and self._in_many.search(lines) is not None

    def _may_hold(self, text: str) -> bool:
        return any(needed in text for needed in self._needs)


def digits_of(text: str) -> list[int]:
    """The digits in a text."""
    return [int(char) for char in text if char in "0123456789"]


def passes_luhn(text: str) -> bool:
    """Whether the check digit of a card number is right."""
    digits = digits_of(text)
    doubled = [sum(divmod(2 * d, 10)) for d in digits[-2::-2]]
    return len(set(digits)) > 1 and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _is_card(text: str) -> bool:
    digits = "".join(map(str, digits_of(text)))
    issuer = re.match(r"4|5[1-5]|2[2-7]|3[47]|6(?:011|5|4[4-9])|35|30[0-5]|3[68]", digits)
    return issuer is not None and 13 <= len(digits) <= 19 and passes_luhn(text)


def _is_iban(text: str) -> bool:
    plain = text.replace(" ", "").upper()
    if not 15 <= len(plain) <= 34:
        return False
    number = "".join(str(int(char, 36)) for char in plain[4:] + plain[:4])
    return int(number) % 97 == 1


def _is_address_of_machine(text: str) -> bool:
    try:
        return ipaddress.ip_address(text.strip("[]")).max_prefixlen > 0
    except ValueError:
        return False


def _is_us_number(text: str) -> bool:
    area, group, serial = text.split("-")
    return area not in ("000", "666") and area < "900" and group != "00" and serial != "0000"


def _is_spanish_number(text: str) -> bool:
    return "TRWAGMYFPDXBNJZSQVHLCKE"[int(text[:8]) % 23] == text[-1].upper()


_PHONE = (
    r"(?<![\w.+-])(?:\+\d{1,3}[ .\-/]?(?:\(0?\d{1,4}\)[ .\-/]?)?\d{1,5}(?:[ .\-/]?\d{2,5}){1,4}"
    r"|\(\d{3}\) ?\d{3}[-. ]\d{4}|\d{3}[-. ]\d{3}[-. ]\d{4})(?![\w-])"
)
_UNSURE = ("phone_at_home", "markup", "formula", "database", "template", "control", "card_like", "ip")
_CALL = r"(?:[A-Za-z_.]{2,40}\(|[A-Za-z]{1,20}\|)"
_FORMULA = (
    rf"^[\s'\"]{{0,3}}(?:=\s{{0,3}}{_CALL}|[+@-]\s{{0,3}}{_CALL}"
    r"|=\s{0,3}[-+(]{0,3}\$?(?:[A-Z]{1,3}\$?\d{1,7}|\d{1,15})\s{0,3}[-+*/&^:]).{0,300}"
)
_MARKUP = (
    r"<\s{0,3}(?:script|iframe|object|embed|svg|img|style|link|meta|base|form)\b[^>]{0,500}"
    r"|\bjavascript:|<[a-z][^>]{0,300}\son[a-z]{3,20}\s{0,3}="
)
_SQL = (
    r"['\"]\s{0,3};?\s{0,3}(?:drop|delete|insert|update|alter|truncate|exec|shutdown)\s{1,3}(?:table|from|into|database)?"
    r"[^'\"]{0,200}--|['\"]\s{0,3}\)?\s{0,3}or\s{1,3}['\"]?(\w{1,20})['\"]?\s{0,3}=\s{0,3}['\"]?\1"
    r"|\bunion\s{1,3}(?:all\s{1,3})?select\b|;\s{0,3}drop\s{1,3}table\b"
)
_TEMPLATE = (
    r"\{\{\s{0,3}[\w.'\"*+()\[\]\s]{1,80}\}\}|\$\{(?:jndi:|env:|[\w.]{1,40}\()"
    r"|<%=|\{%[^%]{1,80}%\}|(?:\.\./){2,}"
)
_ACCESS = (
    r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30,255}\b|\bgithub_pat_\w{22,255}\b"
    r"|\bxox[abeoprs]-[A-Za-z0-9-]{10,255}|\bsk_(?:live|test)_[A-Za-z0-9]{16,255}\b|\bsk-[A-Za-z0-9_-]{20,255}"
    r"|\bAIza[A-Za-z0-9_-]{35}|\bglpat-[\w-]{20,255}"
    r"|\beyJ[\w-]{10,2000}\.eyJ[\w-]{10,2000}\.[\w-]{10,2000}|\b[Bb]earer\s{1,3}[\w.~+/=-]{20,2000}"
    r"|hooks\.slack\.com/services/\w{5,20}/\w{5,20}/\w{10,40}|\bnpm_[A-Za-z0-9]{30,60}\b|\bSG\.[\w-]{16,40}\.[\w-]{16,80}"
)
_ACCESS_BEGINS = (
    "AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "xox", "sk_", "sk-", "AIza",
    "glpat-", "eyJ", "earer", "hooks.slack.com", "npm_", "SG.",
)  # fmt: skip
_PAIR = (
    r"\b(?:password|passwd|pwd|secret|accountkey|api[_-]?key|secret[_-]?key|access[_-]?key|auth[_-]?token|token)"
    r"['\"]?\s{0,3}(?:=\s{0,3}['\"]?[^\s;'\"]{4,200}|:\s{0,3}['\"]?(?=[^\s;'\"]{0,60}[\d!@#$%^&*])[^\s;'\"]{6,200})"
)
_LOGIN = r"\b[a-z][a-z0-9+]{1,20}://[^\s:/@]{1,100}:[^\s:/@]{1,200}@[\w.-]{1,255}"
_EMAIL = r"[\w.%+\-]{1,64}@(?:[A-Za-z0-9\-]{1,63}\.){1,4}[A-Za-z]{2,24}\b"
_IBAN = r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b"
_CARD = r"(?<![\d.])\d(?:[ -]?\d){12,18}(?![\d.])"
_IP4 = r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])"
_IP6 = r"(?<![\w:])[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){3,7}(?![\w:])"
_UK = r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b"
_TITLED = r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herr|Frau)\.? [A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*"
_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]|[\ud800-\udfff]"
_TESTS: tuple[tuple[str, Test], ...] = (
    ("email", Test(_EMAIL, needs=("@",))),
    ("phone", Test(_PHONE, check=lambda t: 8 <= len(digits_of(t)) <= 15)),
    ("phone_at_home", Test(r"^\s?0\d{2,4}[ /-]\d{5,8}\s?$", needs=("0",))),
    ("card", Test(_CARD, check=_is_card)),
    ("card_like", Test(_CARD)),
    ("iban", Test(_IBAN, check=_is_iban)),
    ("ip", Test(_IP4, needs=(".",), check=_is_address_of_machine)),
    ("ip", Test(_IP6, needs=(":",), check=_is_address_of_machine)),
    ("us_number", Test(r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])", needs=("-",), check=_is_us_number)),
    ("uk_number", Test(_UK)),
    ("es_number", Test(r"\b\d{8}-?[A-Za-z]\b", check=_is_spanish_number)),
    ("titled_name", Test(_TITLED, needs=("M", "Dr", "Prof", "Herr", "Frau"))),
    ("private_key", Test(r"-----BEGIN [A-Z ]{0,40}PRIVATE KEY", needs=("PRIVATE KEY",))),
    ("access_token", Test(_ACCESS, needs=_ACCESS_BEGINS)),
    ("connection", Test(_LOGIN, needs=("://",))),
    ("connection", Test(_PAIR, needs=("=", ":"), flags=re.IGNORECASE)),
    ("markup", Test(_MARKUP, needs=("<", ":"), flags=re.IGNORECASE)),
    ("formula", Test(_FORMULA, flags=re.DOTALL)),
    ("database", Test(_SQL, flags=re.IGNORECASE)),
    ("template", Test(_TEMPLATE, needs=("{", "<%=", "../"))),
    ("control", Test(_CONTROL)),
)
