"""What `mlpm.profile` promises: roles, answers, verdict, order, silence about cells, errors of one line."""

from __future__ import annotations

import datetime as dt
import json
import signal
import subprocess
import sys
import time as clocks
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import mlpm_magics as mlpm
from mlpm_magics.catalogue import knowledge
from mlpm_magics.errors import InvalidValueError, MlpmError, UnknownNameError, WrongTypeError
from mlpm_magics.evidence.clock import Clock
from mlpm_magics.readiness import report as running
from mlpm_magics.results import ReadinessReport
from mlpm_magics.table import open_table

QUESTIONS = (
    "available",
    "accessible",
    "sufficient",
    "high_quality",
    "relevant",
    "fresh",
    "representative",
    "unbiased",
    "privacy",
    "security",
)


def customers(rows: int = 1200) -> pd.DataFrame:
    random = np.random.default_rng(5)
    visits, spend = random.poisson(6, rows), random.lognormal(3, 1, rows)
    region = random.choice(["north", "south", "west"], rows)
    leaves = 0.95 - 0.06 * visits + 0.15 * (spend < 20) + 0.07 * (region == "north")
    return pd.DataFrame(
        {
            "left": np.where(random.random(rows) < leaves, "yes", "no"),
            "visits": visits,
            "spend": spend,
            "month": pd.Timestamp("2022-01-01") + pd.to_timedelta(random.integers(0, 900, rows), unit="D"),
            "region": region,
        }
    )


# --- answers and verdict ---------------------------------------------


def test_the_ten_questions_are_answered_in_the_order_of_the_seed():
    assert tuple(mlpm.profile(customers()).answers) == QUESTIONS == tuple(knowledge().data_questions)


def test_what_nobody_told_is_unknown_and_says_what_would_settle_it():
    answers = mlpm.profile(customers()).answers
    for name in ("available", "accessible", "sufficient", "relevant", "fresh", "representative", "unbiased"):
        assert answers[name].status == "unknown", name
        assert knowledge().data_questions[name].settle in answers[name].text


def test_a_clean_table_with_all_roles_is_ready_and_only_access_stays_open():
    roles = {"target": "left", "time": "month", "group": "region", "as_of": "2024-06-20"}
    report = mlpm.profile(customers(), **roles)
    assert report.findings == ()
    assert report.verdict == "ready"
    assert [name for name, answer in report.answers.items() if answer.status != "pass"] == ["accessible"]
    assert report.as_of == "2024-06-20"
    assert report.class_counts.keys() == {"no", "yes"}
    assert sum(report.class_counts.values()) == 1200
    assert report.group_counts["region"].keys() == {"north", "south", "west"}


def test_a_pass_states_what_was_checked_and_never_that_it_is_safe():
    text = str(mlpm.profile(customers(), target="left")).lower()
    assert "5 columns looked at" in text
    assert "safe" not in text


def test_a_table_with_dates_but_no_time_is_not_called_ready():
    report = mlpm.profile(customers(), target="left")
    assert (report.verdict, report.findings) == ("ready_with_cautions", ())


def test_blockers_come_first_and_make_the_verdict():
    frame = customers().assign(copy=lambda f: (f["left"] == "yes").astype(int), note="same")
    report = mlpm.profile(frame, target="left")
    assert report.verdict == "not_ready"
    assert [f.severity for f in report.findings] == ["blocker", "info"]
    assert report.findings[0].columns == ("copy",)
    assert report.sentence.endswith(report.findings[0].message)  # a no does not ask for more
    assert report.answers["relevant"].status == "blocker"


def test_a_difference_that_chance_could_make_is_left_open():
    frame = pd.DataFrame({"g": ["a"] * 40 + ["b"] * 40, "y": [1] * 12 + [0] * 28 + [1] * 8 + [0] * 32})
    report = mlpm.profile(frame, target="y", group="g")
    assert "outcome_disparity" not in {finding.check for finding in report.findings}
    assert report.answers["unbiased"].status == "unknown"
    assert "too few rows to tell" in report.answers["unbiased"].text


def test_one_cause_is_one_finding():
    frame = customers().assign(
        email=[f"p{i}@example.org" for i in range(1200)], score=[-999.0] * 60 + list(np.linspace(0, 1, 1140))
    )
    report = mlpm.profile(frame, target="left")
    checks = [(finding.check, finding.columns) for finding in report.findings]
    assert checks == [("personal_data", ("email",)), ("placeholder_values", ("score",))]


def test_many_columns_of_one_trouble_are_told_in_a_few_findings():
    frame = customers()
    for i in range(40):
        frame[f"gap{i}"] = np.where(
            np.random.default_rng(i).random(1200) < 0.5, np.nan, 1.5 * np.arange(1200)
        )
    found = [f for f in mlpm.profile(frame, target="left").findings if f.check == "missing_values"]
    assert len(found) == 5
    assert {column for finding in found for column in finding.columns} == {f"gap{i}" for i in range(40)}


@pytest.mark.parametrize(
    ("frame", "target"),
    [
        (pd.DataFrame(), None),
        (pd.DataFrame({"y": pd.Series([], dtype=float)}), "y"),
        (pd.DataFrame({"y": [None] * 2000, "x": range(2000)}), "y"),
        (pd.DataFrame({"y": ["yes"] * 2000, "x": np.arange(2000) / 7}), "y"),
    ],
)
def test_nothing_to_learn_from_is_a_blocker_and_no_error(frame, target):
    report = mlpm.profile(frame, target=target)
    assert report.verdict == "not_ready"
    assert [f.severity for f in report.findings].count("blocker") == 1


def test_the_letter_asks_for_what_is_missing():
    frame = customers().assign(left=lambda f: f["left"].where(f["spend"] > 12))
    letter = mlpm.profile(frame, target="left", name="a*b").data_request()
    assert letter.startswith("Request to the owner of a*b\n---")
    assert "left is missing in" in letter
    assert "May and can the team read the data" in letter
    assert "(--" not in letter


# --- what people answer ---------------------------------------------


def test_a_good_word_settles_what_a_table_cannot_tell_and_the_letter_no_longer_asks():
    report = mlpm.profile(customers(), answers={"accessible": "yes, licence signed on 3 March"})
    answer = report.answers["accessible"]
    assert (answer.status, answer.text) == ("pass", "Your answer is yes: licence signed on 3 March.")
    assert report.said["accessible"].because == "licence signed on 3 March"
    assert "you said yes" in str(report)
    assert "May and can the team read the data" not in report.data_request()


def test_a_good_word_never_outweighs_what_was_found_nor_makes_an_unmeasured_table_ready():
    frame = customers().assign(contact=[f"p{i}@example.org" for i in range(1200)])
    report = mlpm.profile(frame, answers={"privacy": {"answer": True, "because": "all agreed"}})
    assert report.answers["privacy"].status == "caution"
    assert report.answers["privacy"].text.endswith("Your answer is yes all the same: all agreed.")
    words = dict.fromkeys(("available", "sufficient", "relevant", "fresh"), "yes")
    assert mlpm.profile(customers(), answers=words).verdict == "ready_with_cautions"


@pytest.mark.parametrize(
    ("question", "reply", "status", "verdict"),
    [
        ("accessible", "no", "blocker", "not_ready"),
        ("privacy", False, "blocker", "not_ready"),
        ("high_quality", "no", "caution", "ready_with_cautions"),
        ("unbiased", "no", "caution", "ready_with_cautions"),
        ("unbiased", "yes", "pass", "ready"),
        ("security", "unknown", "pass", "ready"),
        ("accessible", "unknown, asked twice", "unknown", "ready"),
    ],
)
def test_a_bad_word_counts_whatever_the_table_says(question, reply, status, verdict):
    roles = {"target": "left", "time": "month", "group": "region", "as_of": "2024-06-20"}
    report = mlpm.profile(customers(), answers={question: reply}, **roles)
    assert report.answers[question].status == status
    assert report.verdict == verdict
    assert (question in report.sentence.replace(" ", "_")) == (status not in ("pass",))


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"acessible": "yes"}, "answers: there is no question 'acessible'. Did you mean 'accessible'?"),
        ({"privacy": "perhaps"}, "answers.privacy: 'perhaps' is no answer. Possible: yes, no, unknown."),
        ({"privacy": {"reply": "yes"}}, "answers.privacy: there is no 'reply'"),
        (["privacy"], "answers: is not a mapping of questions to answers"),
    ],
)
def test_a_wrong_answer_is_one_line(answers, says):
    with pytest.raises(MlpmError) as caught:
        mlpm.profile(customers(), answers=answers)
    assert says in str(caught.value)


# --- roles ---------------------------------------------


def test_labels_that_are_no_text_can_play_a_role():
    frame = customers().rename(columns={"left": 1, "region": ("a", 2), "month": dt.date(2024, 1, 1)})
    report = mlpm.profile(frame, target=1, group=[("a", 2)], time=dt.date(2024, 1, 1))
    assert report.roles == {"target": ("1",), "time": ("2024-01-01",), "group": ("a / 2",)}
    assert mlpm.profile(frame, target="1").roles == {"target": ("1",)}


def test_one_of_two_columns_of_one_name_is_named_by_its_place():
    frame = pd.concat([customers(), customers()[["left"]]], axis=1)
    with pytest.raises(InvalidValueError, match=r"2 columns are called 'left'.*left \(column 6\)"):
        mlpm.profile(frame, target="left")
    assert mlpm.profile(frame, target="left (column 6)").roles == {"target": ("left (column 6)",)}


@pytest.mark.parametrize(
    "group", [["region", "left"], ("region", "left"), {"region", "left"}, pd.Index(["region", "left"])]
)
def test_several_groups_may_be_named_in_any_list(group):
    assert set(mlpm.profile(customers(), group=group).roles["group"]) == {"region", "left"}


def test_the_index_can_play_a_role():
    report = mlpm.profile(customers().set_index("month"), time="month", target="left")
    assert report.roles["time"] == ("month",)
    assert report.answers["fresh"].status != "unknown"


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ({"target": "lefft"}, UnknownNameError, "target: there is no column 'lefft'. Did you mean 'left'?"),
        ({"target": "zzzz"}, UnknownNameError, "Possible: left, visits, spend, month, region."),
        ({"target": "left", "group": "left"}, InvalidValueError, "`left` cannot be both target and group"),
        ({"group": ["region", "region"]}, InvalidValueError, "`region` cannot be both group and group"),
        ({"cadence": "often"}, InvalidValueError, "cadence: 'often' is not a step in time"),
        ({"cadence": "0d"}, InvalidValueError, "is not a step in time"),
        ({"as_of": "tomorrow"}, InvalidValueError, "as_of: 'tomorrow' is not a date"),
        ({"reference": 5}, WrongTypeError, "a int is not a table"),
    ],
)
def test_a_wrong_argument_is_one_line(arguments, error, says):
    with pytest.raises(error) as caught:
        mlpm.profile(customers(), **arguments)
    assert says in str(caught.value)
    assert isinstance(caught.value, MlpmError)


@pytest.mark.parametrize("data", [None, 5, [1, 2], {"a": [1]}, pd.Series([1]), object()])
def test_what_is_no_table_is_refused_in_one_line(data):
    with pytest.raises(WrongTypeError, match="is not a table"):
        mlpm.profile(data)


# --- cells stay where they are ---------------------------------------------


def test_a_group_is_named_only_where_that_tells_nothing_about_one_person():
    rows = 1200
    group = np.array(["north"] * 1000 + ["ada@example.org"] * 150 + ["x" * 40] * 47 + ["only me"] * 3)
    counts = mlpm.profile(customers(rows).assign(who=group), group="who").group_counts["who"]
    assert counts == {"group 1 of 4": 1000, "group 2 of 4": 150, "group 3 of 4": 47, "group 4 of 4": 3}
    group[1000:1150] = "south"
    counts = mlpm.profile(customers(rows).assign(who=group), group="who").group_counts["who"]
    assert counts == {"north": 1000, "south": 150, "group 3 of 4": 47, "group 4 of 4": 3}


def test_no_level_and_no_number_of_the_table_is_in_what_a_project_records():
    frame = customers().assign(plan=np.where(np.arange(1200) % 3, "platypus", "wombat"), amount=987654.5)
    report = mlpm.profile(frame, target="left")
    content = json.dumps([report.fingerprint, report.sentence, *(a.text for a in report.answers.values())])
    content += json.dumps([[f.message, f.action, f.evidence] for f in report.findings])
    assert not {"platypus", "wombat", "987654"} & set(content.replace('"', " ").split())


def test_a_first_row_taken_for_a_header_is_not_shown():
    frame = pd.DataFrame(np.ones((60, 2)), columns=["ada@example.org", "spend"])
    report = mlpm.profile(frame, target="ada@example.org")
    assert report.roles == {"target": ("column 1 (name hidden)",)}
    assert "ada@example.org" not in json.dumps(report.to_dict()) + str(report)


# --- the same again, and when it is stopped ---------------------------------------------


def test_the_same_table_gives_the_same_report():
    roles = {"target": "left", "time": "month", "as_of": "2024-06-20"}
    assert mlpm.profile(customers(), **roles) == mlpm.profile(customers(), **roles)


def test_the_fingerprint_follows_the_content_not_the_process_nor_the_order_of_rows():
    frame = customers()
    mark = mlpm.profile(frame).fingerprint
    code = (
        "import mlpm_magics as mlpm, test_readiness_report as t;"
        "print(mlpm.profile(t.customers()).fingerprint)"
    )
    again = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parent
    )
    assert again.stdout.strip() == mark
    assert mlpm.profile(frame.iloc[::-1]).fingerprint == mark
    for changed in (
        frame.iloc[:-1],
        frame.rename(columns={"spend": "spent"}),
        frame.assign(spend=frame["spend"] + 1),
        frame.assign(region=frame["region"].str.upper()),
    ):
        assert mlpm.profile(changed).fingerprint != mark


def test_an_interrupt_returns_what_is_done(monkeypatch):
    names = running.in_order()
    stop = running.checks()["missing_values"]

    def interrupted(table):
        raise KeyboardInterrupt

    monkeypatch.setattr(stop, "measure", interrupted)
    report = mlpm.profile(customers().assign(same=1), target="left")
    assert not report.complete
    assert report.sentence.startswith("Interrupted")
    assert report.verdict == "not_ready"
    assert "constant_column" in {finding.check for finding in report.findings}
    open_checks = {item.check for item in report.not_run if "interrupted" in item.reason}
    assert open_checks == set(names[names.index("missing_values") :])
    assert report.answers["security"].status != "pass" or "secrets_in_data" not in open_checks


@pytest.fixture
def ctrl_c():
    """Interrupts reach this process, even where it was started with them ignored, as in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("ctrl_c")
def test_a_real_interrupt_in_the_middle_returns_what_is_known():
    def progress(step, share):
        if step == "checking outliers":
            signal.raise_signal(signal.SIGINT)

    report = mlpm.profile(customers().assign(same=1), target="left", progress=progress)
    assert not report.complete
    assert report.sentence.startswith("Interrupted: ")
    assert {item.check for item in report.not_run} >= {"outliers", "target_leakage", "secrets_in_data"}
    assert "constant_column" in {finding.check for finding in report.findings}
    assert [column.name for column in report.columns] == [*customers().columns, "same"]


@pytest.mark.usefixtures("ctrl_c")
def test_an_interrupt_while_the_columns_are_read_keeps_those_that_were():
    def progress(step, share):
        if step == "reading column 3 of 5":
            signal.raise_signal(signal.SIGINT)

    report = mlpm.profile(customers(), target="left", group="region", progress=progress)
    assert {column.name for column in report.columns} == {"left", "region"}, "those in a role come first"
    assert {item.check for item in report.not_run} == set(running.checks())
    assert {answer.status for answer in report.answers.values()} == {"unknown"}
    assert report.class_counts
    assert report.group_counts
    assert "Nothing was found so far" in str(report).replace("\n", " ")


def test_at_the_end_of_its_time_it_returns_what_is_known():
    report = mlpm.profile(customers(), target="left", budget_s=1e-6)
    assert not report.complete
    assert report.sentence.startswith(f"Out of time: {len(running.checks())} of ")
    assert {item.check for item in report.not_run} == set(running.checks())
    assert report.verdict == "not_ready"
    assert "CANNOT TELL YET" in str(report)
    assert "Run it again" in report.answers["security"].text
    assert mlpm.profile(customers(), target="left", budget_s=600).complete


class Stepping(Clock):
    """A clock by which every step takes a second."""

    steps = 0

    @property
    def spent(self) -> float:
        return float(self.steps)

    def step(self, name: str, share: float) -> None:
        self.steps += 1
        super().step(name, share)


def test_of_columns_too_many_for_its_time_those_that_were_read_are_checked():
    rows = 60
    frame = pd.DataFrame({"same": 1, "kind": ["a", "b"] * (rows // 2)}, index=range(rows))
    more = pd.DataFrame(np.random.default_rng(3).normal(size=(rows, 300))).add_prefix("x")
    more.iloc[:, :100] = 7.0
    table = open_table(pd.concat([frame, more, frame[["kind"]].set_axis(["y"], axis=1)], axis=1), target="y")
    report = running.make(table, Stepping(200), {})
    assert report.sentence.startswith("Out of time: 101 of 303 columns were looked at. ")
    assert not report.complete
    assert len(report.columns) == 101
    assert report.columns[-1].name == "y", "the target is read first"
    assert "same" in {name for finding in report.findings for name in finding.columns}
    assert "pass" not in {answer.status for answer in report.answers.values()}
    reasons = {item.check: item.reason for item in report.not_run}
    assert reasons["duplicate_rows"] == "out of time before every column was read"
    assert "duplicate_rows" not in {finding.check for finding in report.findings}, "the rest may differ"


@pytest.mark.skipif(
    not hasattr(signal, "setitimer"), reason="no alarm on this system: steps look at the clock"
)
def test_the_budget_is_held_within_a_check_too(monkeypatch):
    """The first check would take ten minutes; the alarm ends it, and nothing of it is taken for an error."""
    first = running.in_order()[0]
    monkeypatch.setattr(running.checks()[first], "measure", lambda table: clocks.sleep(600))
    report = mlpm.profile(customers(), target="left", budget_s=0.3)
    assert not report.complete
    assert {item.check for item in report.not_run} == set(running.checks())
    assert all(item.reason == "out of time before it was done" for item in report.not_run)


def test_progress_names_every_check_and_never_goes_back():
    steps = []
    mlpm.profile(customers(), target="left", progress=lambda step, share: steps.append((step, share)))
    shares = [share for _, share in steps]
    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] <= 1
    named = {step.removeprefix("checking ").replace(" ", "_") for step, _ in steps}
    assert named >= set(running.checks())


def test_a_check_that_fails_is_named_and_no_pass_is_given_for_its_question(monkeypatch):
    def broken(table):
        raise ValueError("ada@example.org")

    monkeypatch.setattr(running.checks()["hostile_content"], "measure", broken)
    report = mlpm.profile(customers(), target="left")
    assert [i.reason for i in report.not_run if i.check == "hostile_content"] == [
        "stopped by an unexpected ValueError"
    ]
    assert report.answers["security"].status == "unknown"
    assert "ada@example.org" not in json.dumps(report.to_dict())


# --- pages ---------------------------------------------


def test_the_page_is_small_and_says_what_it_was_measured_on():
    frame = pd.concat([customers().add_suffix(str(i)) for i in range(4)], axis=1).assign(last=1.0)
    report = mlpm.profile(frame, target="left0", name="four of them", as_of="2024-06-20")
    page = report.to_html()
    assert len(frame.columns) == 21
    assert len(page.encode()) < 200_000
    assert "as of 2024-06-20" in page
    assert "Columns (21)" in page


def test_of_very_many_columns_two_hundred_are_drawn_and_the_cut_is_said():
    frame = pd.DataFrame(np.random.default_rng(0).normal(size=(1200, 250)))
    report = mlpm.profile(frame)
    assert "the first 200 of 250" in str(report)
    assert len(report.columns) == 250


def test_a_sample_of_texts_is_said_and_counts_stay_exact():
    texts = [f"note {i} about something" for i in range(30_000)]
    report = mlpm.profile(pd.DataFrame({"note": [*texts, None]}))
    assert "sample of up to 20,000" in report.sampled
    assert "seed 0" in report.sampled
    assert (report.columns[0].missing, report.columns[0].distinct) == (1, 30_000)
    assert isinstance(report, ReadinessReport)


def stores(closed: bool, *, steady: bool = True) -> pd.DataFrame:
    """Sales of five stores on working days; the second was closed for seven weeks, or comes now and then."""
    random = np.random.default_rng(11)
    days = pd.bdate_range("2022-01-03", "2023-12-29")
    parts = []
    for store in "abcde":
        there = random.random(len(days)) > (0.02 if steady or store != "b" else 0.85)
        if closed and store == "b":
            there &= ~((days >= "2022-06-01") & (days <= "2022-07-20"))
        parts.append(
            pd.DataFrame({"day": days[there], "store": store, "sales": random.normal(size=there.sum())})
        )
    return pd.concat(parts, ignore_index=True)


def test_a_gap_of_one_entity_is_not_hidden_by_the_others():
    roles = {"time": "day", "as_of": "2023-12-30"}
    found = [
        f for f in mlpm.profile(stores(True), entity="store", **roles).findings if f.check == "time_gaps"
    ]
    assert [(f.columns, f.severity) for f in found] == [(("day", "store"), "warning")]
    assert found[0].message.startswith("1 of 5 values of `store` that come steadily has 1 gap in `day` while")
    assert (found[0].evidence["entities"], found[0].evidence["looked"]) == (1, 5)
    assert 49 <= found[0].evidence["longest_days"] <= 54


@pytest.mark.parametrize("frame", [stores(False), stores(False, steady=False)])
def test_who_misses_a_day_or_comes_now_and_then_has_no_gap(frame):
    report = mlpm.profile(frame, time="day", entity="store", as_of="2023-12-30")
    assert "time_gaps" not in {f.check for f in report.findings}


def test_every_protected_column_is_in_the_advice():
    random = np.random.default_rng(3)
    names = ("gender", "MaritalStatus", "religion", "date of birth")
    frame = pd.DataFrame(
        {name: random.choice(["a", "b"], 400) for name in names} | {"x": random.normal(size=400)}
    )
    (found,) = [f for f in mlpm.profile(frame).findings if f.check == "sensitive_attribute"]
    assert all(f"--group {name}" in found.action for name in found.columns if " " not in name)
    assert len(found.columns) >= 3


def test_a_ready_with_open_questions_says_so_wherever_it_is_said():
    report = mlpm.profile(
        customers(), target="left", time="month", as_of="2024-06-20", answers={"accessible": "yes"}
    )
    assert report.verdict == "ready"
    left = sum(a.status == "unknown" for a in report.answers.values())
    assert left == 2
    assert f"but {left} of 10 questions are open" in report.to_markdown()
    assert "Still open: representative, unbiased." in report.sentence


def test_few_rows_are_told_in_the_measure_of_the_target():
    random = np.random.default_rng(4)
    frame = pd.DataFrame({"x": random.normal(size=300), "y": random.normal(size=300)})
    says = {
        task: str(mlpm.profile(frame.assign(y=y), target="y").findings)
        for task, y in (("number", frame["y"]), ("classes", frame["y"] > 0))
    }
    assert "the usual error would be known only to within ±16 % of it" in says["number"]
    assert "±8 percentage points" in says["classes"]
    assert "a test on 30 % of them would rest on 6." in str(mlpm.profile(frame.head(20), target="y").findings)


def test_rows_alike_in_a_coarse_table_are_no_near_copies():
    random = np.random.default_rng(8)
    years = random.integers(1, 40, 2000)
    frame = pd.DataFrame(
        {
            "rank": np.digitize(years, [6, 15]),
            "since": years,
            "service": np.maximum(1, years - random.integers(0, 3, 2000)),
            "field": random.choice(["a", "b"], 2000),
            "salary": (80_000 + 1_500 * years + random.normal(0, 4_000, 2000)).round(),
        }
    )
    assert "near_duplicate_rows" not in {f.check for f in mlpm.profile(frame, target="salary").findings}


def test_what_to_type_names_the_groups_that_were_named_already():
    table = pd.DataFrame({"gender": ["f", "m"] * 40, "region": ["n", "s"] * 40, "left": [0, 1, 1, 0] * 20})
    found = mlpm.profile(table, target="left", group="region").findings
    [action] = [finding.action for finding in found if finding.check == "sensitive_attribute"]
    assert "--group region --group gender" in action


def test_a_code_for_nothing_is_told_by_its_spike_among_values_on_both_sides():
    random = np.random.default_rng(5)
    change = random.normal(2, 6, 2000).round(1)
    coded = np.where(random.random(2000) < 0.05, -1.0, change)
    report = mlpm.profile(pd.DataFrame({"change": change, "coded": coded}))
    assert [f.columns for f in report.findings if f.check == "placeholder_values"] == [("coded",)]


def test_that_names_cannot_all_be_told_is_said_only_where_texts_could_be_names():
    numbers = pd.DataFrame({"size": np.arange(40.0) ** 2, "kind": ["a", "b"] * 20})
    firms = numbers.assign(firm=[f"{a} {b}" for a in ("North", "Alpine") for b in "ABCDEFGHIJKLMNOPQRST"])
    said = [mlpm.profile(table).answers["privacy"].text for table in (numbers, firms)]
    assert ["given name" in text for text in said] == [False, True]


def test_an_age_is_a_note_and_another_trait_beside_it_a_warning():
    table = pd.DataFrame({"age": np.arange(60) % 40 + 20, "gender": ["f", "m", "f"] * 20})
    for frame, severity in ((table[["age"]], "info"), (table, "warning")):
        (found,) = [f for f in mlpm.profile(frame).findings if f.check == "sensitive_attribute"]
        assert found.severity == severity
