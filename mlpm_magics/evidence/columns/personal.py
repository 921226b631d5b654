"""Which columns hold personal values or secrets: from their distinct texts, and from what they are called."""

from __future__ import annotations

from dataclasses import dataclass

from mlpm_magics.evidence.columns.people import names_seen
from mlpm_magics.table import Column

_HALF = 0.5
_SOME = 0.3
_FEW_NAMES = 3
_WORDS = {
    "email": "e-mail addresses",
    "phone": "phone numbers",
    "card": "payment card numbers",
    "iban": "bank account numbers (IBAN)",
    "ip": "IP addresses",
    "national": "national identity numbers",
    "name": "names of people",
    "address": "home addresses",
    "birth": "dates of birth",
}
_NATIONAL = ("us_number", "uk_number", "es_number")
_NAMES = (
    "first_name", "last_name", "full_name", "firstname", "lastname", "fullname", "surname",
    "given_name", "family_name", "maiden_name", "middle_name", "forename", "customer_name",
    "patient_name", "client_name", "employee_name", "person_name", "contact_name", "user_name",
    "username", "student_name", "guest_name",
)  # fmt: skip
_ADDRESSES = (
    "street", "street_address", "home_address", "postal_address", "mailing_address", "billing_address",
    "shipping_address", "customer_address", "address_line", "address",
)  # fmt: skip
_BIRTHS = ("dob", "birth_date", "birthdate", "date_of_birth", "birthday", "born_on")
_NUMBERS = (
    "ssn", "social_security", "passport", "passport_number", "passport_no", "national_id", "nino",
    "tax_id", "driver_license", "drivers_license", "driving_licence", "identity_card", "aadhaar", "cpf",
    "bsn",
)  # fmt: skip
_PHONES = ("phone", "telephone", "mobile", "cell", "fax", "msisdn", "phone_number", "tel")
_MACHINES = (
    "service", "ip", "mac", "has", "is", "model", "brand", "type", "plan", "count", "minutes", "web", "url",
    "product", "days", "email", "lines", "usage", "os", "price", "device", "battery", "width", "size",
)  # fmt: skip
_SECRET_KINDS = ("private_key", "access_token", "connection")
_PASSWORDS = (
    "password", "passwd", "pwd", "passphrase", "api_key", "apikey", "secret_key", "access_token",
    "private_key", "client_secret", "auth_token",
)  # fmt: skip


@dataclass(frozen=True)
class Sign:
    """A kind of personal data or secret, in how many of the texts looked at; or only the name says so."""

    kind: str
    texts: int
    looked: int
    by_name: bool = False


def personal_signs(column: Column) -> tuple[Sign, ...]:
    """The kinds of personal data a column seems to hold."""
    scan = column.scan
    holds = dict(scan.holds)
    signs: dict[str, Sign] = {}

    def seen(kind: str, texts: int) -> None:
        signs.setdefault(_WORDS[kind], Sign(_WORDS[kind], texts, scan.looked))

    if holds.get("email"):
        seen("email", holds["email"])
    if holds.get("iban"):
        seen("iban", holds["iban"])
    cards, like = holds.get("card", 0), holds.get("card_like", 0)
    if cards and cards >= 0.6 * like and not _is_time_stamp(column):
        seen("card", cards)
    elif holds.get("phone") and column.dates is None:
        seen("phone", holds["phone"])
    elif holds.get("phone_at_home", 0) >= 0.8 * max(scan.looked, 20) and not _about_machines(column):
        seen("phone", holds["phone_at_home"])
    versions = scan.has_word("version", "release", "build", "oid", "section")
    if holds.get("ip") and not versions and (holds["ip"] >= _HALF * scan.looked or column.kind == "text"):
        seen("ip", holds["ip"])
    if holds.get("us_number"):
        seen("national", holds["us_number"])
    for kind in _NATIONAL[1:]:
        if holds.get(kind, 0) >= _HALF * max(scan.looked, 4):
            seen("national", holds[kind])
    if holds.get("titled_name", 0) >= _SOME * max(scan.looked, 10):
        seen("name", holds["titled_name"])
    people, looked = names_seen(column)
    if people:
        signs.setdefault(_WORDS["name"], Sign(_WORDS["name"], people, looked))
    for kind, names, kinds in (
        ("name", _NAMES, ("text", "category")),
        ("address", _ADDRESSES, ("text",)),
        ("birth", _BIRTHS, ("date", "text", "category")),
        ("national", _NUMBERS, ("text", "category", "number")),
        ("phone", _PHONES, ("text", "number")),
    ):
        several = (column.distinct or 0) > (_FEW_NAMES if kind == "name" else 10)
        if several and column.kind in kinds and scan.has_word(*names) and not _about_machines(column):
            signs.setdefault(_WORDS[kind], Sign(_WORDS[kind], 0, scan.looked, by_name=True))
    return tuple(signs.values())


def _about_machines(column: Column) -> bool:
    """`phone_service`, `ip_address`, `has_phone`: about a thing, not a number or address of a person."""
    return column.scan.has_word(*_MACHINES)


def _is_time_stamp(column: Column) -> bool:
    return column.kind == "number" and not column.scan.has_word("card", "pan", "credit", "cc")


def secret_signs(column: Column) -> tuple[Sign, ...]:
    """The kinds of secrets a column seems to hold."""
    scan = column.scan
    words = {
        "private_key": "private keys",
        "access_token": "access tokens",
        "connection": "passwords in connection strings",
    }
    signs = [
        Sign(words[kind], scan.holds[kind], scan.looked) for kind in _SECRET_KINDS if scan.holds.get(kind)
    ]
    named = scan.has_word(*_PASSWORDS) and not scan.has_word(
        "length", "has", "is", "days", "age", "changed", "resets"
    )
    if not signs and named and column.kind in ("text", "category") and (column.distinct or 0) > 2:
        signs.append(Sign("passwords or keys", 0, scan.looked, by_name=True))
    return tuple(signs)


def is_private(column: Column) -> bool:
    """Whether nothing about single values of this column may be shown."""
    return bool(personal_signs(column) or secret_signs(column))
