"""Personal values and secrets are planted wherever a table can hold them, and no result may hold any of them.

Each place has a text of its own, eight characters or longer, so that a failure names the place.
"""

from __future__ import annotations

import logging

import numpy as np
import pandas as pd
import pytest
from IPython.core.completer import provisionalcompleter
from producers import Words, files, panel, plain_table, produced

from mlpm_magics.notebook import progress

ROWS = 320


def luhn(stem: str) -> str:
    """A payment card number that begins so."""
    return next(stem + d for d in "0123456789" if _sum(stem + d) % 10 == 0)


def _sum(digits: str) -> int:
    return sum(int(c) if i % 2 == 0 else sum(divmod(2 * int(c), 10)) for i, c in enumerate(reversed(digits)))


def each(form: str) -> list[str]:
    return [form.format(i=i) for i in range(ROWS)]


CARDS = [luhn(f"4556737586{i:05d}") for i in range(ROWS)]
# what is planted -> the part of it, eight characters or longer, that no output may hold
COLUMNS: dict[str, tuple[list, str]] = {
    "e-mail": (each("qmailzxv{i}@mail.example"), "qmailzxv"),
    "phone": ([f"+44 20 7946 {i:04d}" for i in range(ROWS)], "20 7946 0"),
    "card": (CARDS, "45567375"),
    "card number": ([int(card) for card in CARDS], "45567375"),
    "account": (["GB82WEST12345698765432"] * ROWS, "WEST1234"),
    "us number": ([f"536-90-{4000 + i}" for i in range(ROWS)], "536-90-4"),
    "ssn": ([536904000 + i for i in range(ROWS)], "53690"),
    "ip": ([f"203.0.113.{i % 250}" for i in range(ROWS)], "203.0.113"),
    "caller": (each("Mrs. Qnamezxv-King{i}"), "Qnamezxv"),
    "first_name": (each("Qfirstzxv{i}"), "Qfirstzxv"),
    "home_address": (each("{i} Qstreetzx Road"), "Qstreetzx"),
    "birth_date": (pd.date_range("1971-03-01", periods=ROWS, freq="h"), "1971-03-"),
    "password": (each("qpasszxv{i}"), "qpasszxv"),
    "token": (each("ghp_qtokenzxvqtokenzxvqtokenzxvqtokenz{i}"), "qtokenzxv"),
    "connection": (each("postgres://admin:qsecretzxv{i}@db.example/x"), "qsecretzxv"),
    "key": (each("-----BEGIN RSA PRIVATE KEY-----qkeykeyzx{i}"), "qkeykeyzx"),
    "remarks": (each("they told us about qfreetxtz and {i} more things of theirs"), "qfreetxtz"),
    "one remark": (["ok"] * (ROWS - 1) + ["please call Mr. Qlonelyzx at once"], "Qlonelyzx"),
    "reference": (each("qidentzxv-{i:05d}"), "qidentzxv"),
    "handled by": (["Mrs. Qcommonzxv", "team south"] * (ROWS // 2), "Qcommonzxv"),
    "answered by": (["team north", "qanswerzx@mail.example"] * (ROWS // 2), "qanswerzx"),
    "rare": (["usual", "other"] * (ROWS // 2 - 1) + ["qrarelevzx"] * 2, "qrarelevzx"),
    "nested": ([[f"qnestedzx{i}@mail.example"] for i in range(ROWS)], "qnestedzx"),
    "records": ([{"to": f"qrecordzx{i}@mail.example"} for i in range(ROWS)], "qrecordzx"),
    "bytes": ([b"qbyteszxv"] * ROWS, "qbyteszxv"),
    "mixed": ([5, "qmixedzxv@mail.example"] * (ROWS // 2), "qmixedzxv"),
    "coded": (
        pd.Categorical(["a", "b"] * (ROWS // 2), categories=["a", "b", "qunusedzx@mail.example"]),
        "qunusedzx",
    ),
}
LABELS = {
    "qlabelzxv@mail.example": "qlabelzxv",
    "ghp_qlabtokzxvqlabtokzxvqlabtokzxvqlab": "qlabtokzxv",
    "Mr. Qlabnamezx": "Qlabnamezx",
    "+44 20 7900 1234": "20 7900 1",
}
ELSEWHERE = {
    "index": "qindexzxv",
    "name of the index": "qindnamezx",
    "attributes": "qattrszxv",
    "entity": "qentityzx",
    "target": "qtargetzx",
    "group": "qgroupzxv",
    "reference": "qreferzxv",
}


def planted(target_is_personal: bool) -> pd.DataFrame:
    """The table: the personal columns tell the answer, so that models and rules are made of them."""
    table = plain_table(rows=ROWS)
    yes = table["answer"].to_numpy() == 1
    columns = {name: pd.Series(values) for name, (values, _) in COLUMNS.items()}
    columns |= {label: pd.Series(np.where(yes, 3.0, 1.0) + np.arange(ROWS) % 3) for label in LABELS}
    table = pd.concat([table, pd.DataFrame(columns)], axis=1)
    table["whom"] = [f"qentityzx{i % 80}@mail.example" for i in range(ROWS)]
    table["part"] = np.where(np.arange(ROWS) % 2, "qgroupzxv@mail.example", "Mr. Qgroupzxv")
    if target_is_personal:
        table["answer"] = np.where(yes, "qtargetzx@mail.example", "Dr. Qtargetzx")
    for told in ("handled by", "answered by"):
        table[told] = np.where(yes, *sorted(set(table[told])))
    table.index = pd.Index(each("qindexzxv{i}@mail.example"), name="qindnamezx@mail.example")
    table.attrs["owner"] = "qattrszxv@mail.example"
    return table


ABOUT_DATA = (
    "lifecycle start",
    "fit measured",
    "profile",
    "features",
    "baseline",
    "empathy",
    "premortem",
    "report",
    "no ",
    "not ",
)


@pytest.mark.parametrize("target_is_personal", [False, True], ids=["plain target", "personal target"])
def test_no_result_of_any_magic_holds_what_is_personal_or_secret(
    shell, monkeypatch, tmp_path, caplog, target_is_personal
):
    table = planted(target_is_personal)
    other = table.copy()
    other["answered by"] = "qreferzxv@mail.example"
    shell.user_ns |= {"t": table, "other": other, "by_customer": {"qreferzxv@mail.example": table}}
    monkeypatch.setenv("MLPM_PROGRESS", "on")
    monkeypatch.setattr(progress, "_AFTER_S", -1.0)
    secrets = [part for _, part in COLUMNS.values()] + list(LABELS.values()) + list(ELSEWHERE.values())
    found, seen = set(), set()

    def look(what: str, forms: dict[str, str]) -> None:
        seen.update(forms)
        for form, text in forms.items():
            low = text.lower()
            found.update((secret, what, form) for secret in secrets if secret.lower() in low)

    with caplog.at_level(logging.DEBUG, logger="mlpm_magics"):
        for made in produced(shell, Words(), ABOUT_DATA if target_is_personal else ()):
            look(made.what, made.forms)
    look("log", {"log": caplog.text})
    look("files", files(tmp_path))
    look("panel", panel())
    for typed in ("%ml_profile t --target ", "%ml_profile "):
        with provisionalcompleter():
            look("Tab", {typed: str(list(shell.Completer.completions(typed, len(typed))))})
    assert {"model_card", "data_request", "to_code", "saved html", "shown", "file mlpm.yaml"} <= seen
    assert found == set(), "\n".join(map(str, sorted(found)))
