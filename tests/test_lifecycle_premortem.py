"""The pre-mortem: what was found comes first, each says how it was noticed, and decisions are kept."""

import msgspec
import pytest
from lifecycle_samples import baseline, design_check, feature_plan, finding, fit_report, profile

import mlpm_magics as mlpm
from mlpm_magics.catalogue import knowledge
from mlpm_magics.errors import MlpmError
from mlpm_magics.help.checks import check_names
from mlpm_magics.results import OpenQuestion, Said, Slice, Threshold


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MLPM_USER", "ana")
    return mlpm.start_project("Churn")


def by_id(report):
    return {item.id: item for item in report.items}


def test_the_catalogue_is_whole_and_points_at_what_there_is():
    hazards = knowledge().hazards
    assert list(hazards) == [f"p{i:02}" for i in range(1, 53)]
    for hazard in hazards.values():
        assert hazard.sources, hazard.id
        assert not set(hazard.checks) - set(check_names()), hazard.id
    named = {name for hazard in hazards.values() for name in hazard.designs}
    assert not set(knowledge().design_properties) - named - {"design"}, "a property that no hazard names"
    assert {h.enters for h in hazards.values()} == {"data", "method", "conclusion", "use"}


def test_with_nothing_known_nothing_is_noticed_and_it_says_what_to_type():
    report = mlpm.premortem()
    assert "Nothing was noticed yet" in report.sentence
    assert {item.pressing for item in report.items} == {"other"}
    assert report.missing[0][1] == "%ml_fit"
    assert len(report.missing) == 5


def test_what_was_found_comes_before_what_is_likely_and_says_how():
    report = mlpm.premortem(
        fit=fit_report(answers={"feedback_loop": "yes", "label_is_proxy": "unknown"}),
        profile=profile("not_ready", findings=(finding(),)),
        baseline=baseline(slices=(Slice(by="a", name="b", rows=99, standing="worse", value=0.1),), looks=12),
        features=feature_plan(
            questions=[OpenQuestion(about="stand_in", columns=("zip",), text="?", suspicious=True)]
        ),
        design=design_check("broken"),
    )
    order = [item.pressing for item in report.items]
    assert order == sorted(order, key=("found", "likely", "other").index)
    items = by_id(report)
    assert items["p06"].noticed == ("The profile of customers found: `stamp` alone tells the answer.",)
    assert items["p31"].pressing == items["p05"].pressing == items["p04"].pressing == "found"
    assert "12 times" in items["p05"].noticed[0]
    assert "more at stake than can be borne" in items["p13"].noticed[0]
    assert items["p10"].pressing == "likely"
    assert "was answered yes" in items["p10"].noticed[0]
    assert items["p03"].pressing == "likely"  # we do not know is no pass
    assert report.missing == ()
    assert "Classification often goes wrong here: change over time." in items["p11"].noticed
    assert "p41" not in items  # of an order


def test_it_works_from_the_file_alone(project):
    project.record(fit_report(answers={"feedback_loop": "yes"}))
    project.record(profile("not_ready", findings=(finding(), finding("drift", "info"))))
    project.record(baseline("cannot_tell"))
    project.record(design_check("broken"))
    again = mlpm.premortem(mlpm.open_project())
    items = by_id(again)
    assert items["p06"].pressing == items["p16"].pressing == items["p13"].pressing == "found"
    assert items["p10"].pressing == "likely"
    assert items["p11"].pressing == "likely"  # a note in passing is not found
    assert "the recorded profile of customers" in again.used
    assert "p43" in items


def test_what_people_answered_about_the_table_counts(project):
    words = {"unbiased": "no", "fresh": "yes", "privacy": "yes", "security": "no"}
    told = msgspec.structs.replace(profile(), said={name: Said(answer=word) for name, word in words.items()})
    project.record(told)
    for report in (mlpm.premortem(project), mlpm.premortem(profile=told)):
        assert by_id(report)["p01"].noticed == ("“The data is biased” was answered yes.",)
        assert by_id(report)["p11"].pressing == "other"
        assert by_id(report)["p23"].noticed == ("“Privacy or security is a concern” was answered yes.",)


def test_what_blocks_comes_before_what_warns_of_two_things(project):
    warned = [finding(check, "warning") for check in ("drift", "concept_drift", "stale_data")]
    project.record(profile("not_ready", findings=(*warned, finding("personal_data"))))
    first, second = mlpm.premortem(project).items[:2]
    assert (first.id, second.id) == ("p23", "p11")
    assert len(second.noticed) > len(first.noticed)
    assert [risk.id for risk in mlpm.decision_report(project).risks[:2]] == ["p23", "p11"]


def test_what_was_looked_for_and_not_found_is_not_likely(project):
    project.record(fit_report(problem_type="classification"))
    assert by_id(mlpm.premortem(project))["p43"].pressing == "likely"
    project.record(baseline())  # its threshold is from costs
    assert by_id(mlpm.premortem(project))["p43"].pressing == "other"
    project.record(baseline(threshold=Threshold(at=0.5, about_as_good=(0.5, 0.5), curve=(), sentence="")))
    assert by_id(mlpm.premortem(project))["p43"].pressing == "found"


def test_a_column_written_in_two_ways_says_nothing_about_labels(project):
    project.record(profile("ready_with_cautions", findings=(finding("inconsistent_categories", "warning"),)))
    items = by_id(mlpm.premortem(project))
    assert items["p14"].pressing == "other"
    assert items["p33"].pressing == "found"


def test_owners_and_decisions_are_kept_and_told(project):
    assert project.decide_hazard("P10", owner="Ana Lima").startswith("Ana Lima owns P10")
    with pytest.raises(MlpmError, match="say why P10 is accepted"):
        project.decide_hazard("P10", "accepted")
    project.decide_hazard("p10", "accepted", because="Outcomes come from elsewhere")
    item = by_id(mlpm.premortem(mlpm.open_project()))["p10"]
    assert (item.owner, item.state, item.because, item.who) == (
        "Ana Lima",
        "accepted",
        "Outcomes come from elsewhere",
        "ana",
    )
    assert "P10 (it feeds itself) is accepted, because: Outcomes come from elsewhere." in project.log[-1].what
    project.decide_hazard("P10", "open")
    assert by_id(mlpm.premortem(project))["p10"].because == ""
    with pytest.raises(MlpmError, match="no hazard is called 'p99'"):
        project.decide_hazard("P99", "watched")
    project.name_role("scientist", "Bo")
    assert by_id(mlpm.premortem(project))["p05"].owner == "Bo"


def test_what_is_open_comes_before_what_was_decided(project):
    project.record(profile("not_ready", findings=(finding(), finding("personal_data"))))
    first = mlpm.premortem(project).items[0].id
    project.decide_hazard(first, "mitigated", because="done")
    after = mlpm.premortem(project)
    assert after.items[0].id != first
    assert after.items[1].id == first
    assert "1 of them decided" in after.sentence


def test_it_reads_in_every_form(project):
    project.record(profile("not_ready", findings=(finding(),)))
    report = mlpm.premortem(project)
    for form in report._repr_mimebundle_().values():
        assert "A column knows the answer" in form
        assert "target" in form
    assert report.to_html().count("<details") > 1
    assert report.to_dict()["schema"] == "mlpm/premortem"


@pytest.mark.parametrize("kind", list(knowledge().problem_types))
def test_every_pitfall_of_a_family_is_likely_and_what_is_of_others_is_left_out(kind):
    pitfalls = knowledge().problem_types[kind].pitfalls
    items = by_id(mlpm.premortem(fit=fit_report(problem_type=kind)))
    for hazard, text in pitfalls.items():
        assert items[hazard].pressing == "likely"
        assert items[hazard].noticed[-1].endswith(f"{text}.")
    others = {h.id for h in knowledge().hazards.values() if h.only_for and kind not in h.only_for}
    assert not others & set(items)


def test_the_most_pressing_comes_short_and_the_rest_on_demand(shell):
    shell.user_ns["fit"] = fit_report(answers={"feedback_loop": "yes"})
    report = shell.run_line_magic("ml_premortem", "")
    for form in (str(report), report.to_markdown()):
        assert "It feeds itself" in form
        assert "It happened" not in form
        assert "No way back" not in form
        assert "%ml_premortem all" in form
    assert len(str(report).splitlines()) < 60
    assert "No way back" in report.to_html()  # opens on a click
    assert "No way back" in str(shell.run_line_magic("ml_premortem", "all"))
    one = str(shell.run_line_magic("ml_premortem", "P39"))
    assert "Unity had to rebuild" in one
    assert "It feeds itself" not in one
    assert "What stands on top" in str(shell.run_line_magic("ml_premortem", "p41"))  # though of an order


def test_the_magic_decides_and_without_a_project_takes_what_is_there(shell):
    shell.user_ns["old"] = fit_report(answers={"feedback_loop": "no"})
    shell.user_ns["fit"] = fit_report(answers={"feedback_loop": "yes"})
    report = shell.run_line_magic("ml_premortem", "")
    assert report.happened == "Used the newest reports in your variables: fit (fit)."
    assert by_id(report)["p10"].pressing == "likely"
    shell.run_cell("%ml_lifecycle start Churn").raise_error()
    report = shell.run_line_magic("ml_premortem", 'accept P10 --because "We sample by chance"')
    assert by_id(report)["p10"].because == "We sample by chance"
    assert report.happened.endswith("because: We sample by chance.")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("acept P10", "Did you mean 'accept'?"),
        ("accept", "accept which?"),
        ("own P10", "who owns P10?"),
        ("accept P10", "say why P10 is accepted"),
        ("watch P10 now", "does not know what to do with 'now'"),
        ("own P77 Ana", "no hazard is called 'p77'"),
        ("--because x", "goes with accept or mitigate"),
    ],
)
def test_a_slip_is_one_line(shell, capsys, line, says):
    shell.run_cell("%ml_lifecycle start Churn").raise_error()
    capsys.readouterr()
    shell.run_cell(f"%ml_premortem {line}")
    said = "".join(capsys.readouterr())
    assert says in said
    assert "Traceback" not in said
