"""`lookout test`: runs cases, tells what went otherwise, scores the cases by mutation."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from lookout.errors import CouldNotRun
from lookout.main import main
from lookout.testing.mutation import scores
from lookout.testing.totals import Totals
from monitors.testing.reading import CASES

ALERT = "rollback-database-connections"
WRONG = """
- name: nine failures on each report roll back at once
  series:
    - metric: Custom/Service/DatabaseConnectionFailureCount
      values: 0 for 5m, 9 for 3m, 0 for 10m
  expect:
    - {opens: 6m, closes: 12m, priority: critical}
"""
WEAK = """
- name: nine failures on each report roll back
  series:
    - metric: Custom/Service/DatabaseConnectionFailureCount
      values: 0 for 5m, 9 for 3m, 0 for 10m
  expect:
    - {opens: 9m, closes: 12m, priority: critical}
"""


def folder_with(folder: Path, text: str, alert: str = ALERT) -> str:
    (folder / f"{alert}.yaml").write_text(text, encoding="utf-8")
    return str(folder)


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def test_the_cases_of_named_alerts_run_in_both_stacks(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", ALERT, "daily-cost"]) == 0
    assert re.fullmatch(r"\d+ cases of 2 alerts: all as expected\.\n", said(capsys))


def test_one_stack_has_half_of_the_cases(capsys: pytest.CaptureFixture[str]) -> None:
    counts = []
    for more in ([], ["--stack", "staging"]):
        assert main(["test", ALERT, "--json", *more]) == 0
        counts.append(json.loads(said(capsys))["cases"])
    assert counts[0] == 2 * counts[1] > 0


def test_a_case_that_goes_otherwise_is_told_in_a_sentence_and_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["test", ALERT, "--cases", folder_with(tmp_path, WRONG)]) == 1
    lines = said(capsys).split("\n")
    assert lines[:3] == [
        f"FAILED {ALERT}, prod and staging: nine failures on each report roll back at once ({ALERT}.yaml:2)",
        "  expected the critical incident to open at 6m; it opened at 9m.",
        "",
    ]
    assert lines[3] == "signal, windows of 1m; a column is 15s from Mon 02 Mar 2026 09:00:00 UTC"
    assert any(line.startswith("     got critical │") for line in lines)
    assert lines[-2] == "2 of 2 cases failed."
    assert max(len(line) for line in lines[3:]) <= 100


def test_an_alert_without_a_case_is_a_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", ALERT, "slow-skill", "--cases", folder_with(tmp_path, WEAK)]) == 1
    assert said(capsys) == (
        "UNTESTED slow-skill has no case\n"
        "  Write monitors/catalog/cases/slow-skill.yaml; docs/alert-tests.md shows how.\n"
        "2 cases: all as expected, 1 alert without a case.\n"
    )


def test_an_unknown_alert_is_answered_with_the_one_that_was_meant(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", "slow-skil"]) == 2
    assert capsys.readouterr().err == ("lookout: the catalogue has no alert 'slow-skil'.\nDid you mean slow-skill?\n")


def test_files_that_cannot_be_read_stop_the_run_with_every_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = WEAK.replace("Connection", "Conection").replace("opens: 9m", "opens: soon")
    assert main(["test", ALERT, "--cases", folder_with(tmp_path, text)]) == 2
    complaint = capsys.readouterr().err
    assert complaint.startswith("lookout: case files cannot be read:\n")
    assert "Did you mean Custom/Service/DatabaseConnectionFailureCount?" in complaint
    assert "field opens is 'soon': 'soon' is no time" in complaint


def test_a_folder_that_is_not_there_stops_the_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", "--cases", str(tmp_path / "none")]) == 2
    assert "Name the folder that holds a file for each alert." in capsys.readouterr().err


def test_a_file_in_place_of_the_folder_stops_the_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "one.yaml").write_text("")
    assert main(["test", "--cases", str(tmp_path / "one.yaml")]) == 2
    assert f"{tmp_path}/one.yaml is a file.\n" in capsys.readouterr().err


def test_what_a_case_is_named_cannot_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = WRONG.replace("- name: nine failures", '- name: "\\e[31mnine failures', 1).replace(
        "at once\n", 'at once"\n', 1
    )
    assert main(["test", ALERT, "--cases", folder_with(tmp_path, text)]) == 1
    shown = said(capsys)
    assert "\x1b" not in shown
    assert "prod and staging: .[31mnine failures" in shown


def test_json_holds_each_case_with_its_incidents_and_a_picture_of_those_that_failed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["test", ALERT, "--stack", "prod", "--json", "--cases", folder_with(tmp_path, WRONG)]) == 1
    told = json.loads(said(capsys))
    assert (told["passed"], told["cases"], told["failed"], told["alerts_without_cases"]) == (False, 1, 1, [])
    (result,) = told["results"]
    assert result["differences"] == ["expected the critical incident to open at 6m; it opened at 9m."]
    assert "got critical" in result["timeline"]
    assert result["incidents"] == [
        {
            "facet": [],
            "priority": "critical",
            "cause": "threshold",
            "opened_after_seconds": 540.0,
            "closed_after_seconds": 720.0,
            "closed_because": "recovered",
            "value": 27.0,
        }
    ]


def test_junit_holds_a_suite_for_each_alert_and_a_failure_for_each_case_that_failed(tmp_path: Path) -> None:
    out = tmp_path / "junit.xml"
    folder = tmp_path / "cases"
    folder.mkdir()
    folder_with(folder, WEAK + WRONG.replace("at once", 'at "once" & <early>'))
    assert main(["test", ALERT, "slow-skill", "--junit", str(out), "--cases", str(folder)]) == 1
    root = ElementTree.parse(out).getroot()
    assert (root.get("tests"), root.get("failures")) == ("5", "3")
    suites = {suite.get("name"): suite for suite in root}
    assert set(suites) == {ALERT, "slow-skill"}
    names = [test.get("name") for test in suites[ALERT]]
    assert 'prod: nine failures on each report roll back at "once" & <early>' in names
    failures = suites[ALERT].findall("testcase/failure")
    assert [one.get("message") for one in failures] == [
        "expected the critical incident to open at 6m; it opened at 9m."
    ] * 2
    assert "got critical" in (failures[0].text or "")


def test_a_junit_file_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", ALERT, "--junit", str(tmp_path / "none" / "junit.xml")]) == 2
    assert "Name a file in a folder that exists and has room." in capsys.readouterr().err


def test_the_catalogues_cases_notice_every_mutant(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", ALERT, "daily-cost", "--mutate"]) == 0
    assert said(capsys) == (
        "Mutation score 100 %: 44 of 44 mutants noticed, 0 survived; 1 more are declared to mean the same.\n"
    )


def test_mutants_that_survive_are_named_with_what_would_notice_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["test", ALERT, "--mutate", "--cases", folder_with(tmp_path, WEAK)]) == 1
    told = said(capsys)
    assert (
        f"SURVIVED {ALERT}, critical.operator: above → above_or_equals\n"
        "  What would notice it: a case that holds the signal at exactly 5 for 2m.\n"
    ) in told
    assert re.search(r"Mutation score \d\d(\.\d)? %: \d+ of 24 mutants noticed, \d+ survived; 0 more", told)


def test_mutants_as_json_say_which_case_noticed_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", ALERT, "--mutate", "--json", "--cases", folder_with(tmp_path, WEAK)]) == 1
    told = json.loads(said(capsys))
    assert told["passed"] is False
    assert told["mutants"] == 24
    assert 0 < told["score_percent"] < 100
    by_change = {one["change"]: one for one in told["alerts"][0]["mutants"]}
    assert by_change["enabled: true → false"]["noticed_by"] == "nine failures on each report roll back"
    assert by_change["critical.operator: above → above_or_equals"]["noticed_by"] is None


def test_a_case_that_fails_is_told_before_anything_is_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["test", ALERT, "--mutate", "--cases", folder_with(tmp_path, WRONG)]) == 1
    told = said(capsys)
    assert told.startswith(f"FAILED {ALERT}, prod:")
    assert "Mutation score" not in told


def test_several_processes_come_to_the_same_score() -> None:
    alerts = ("daily-cost", "rollback-memory", ALERT, "telemetry-delayed")
    together = scores(alerts, "prod", CASES)
    alone = [scores((alert,), "prod", CASES)[0] for alert in alerts]
    assert list(together) == alone
    assert Totals.of(together).is_whole


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- x", "list.yaml: entry 1: fields are needed: alerts, changes and reason"),
        (
            "- {alerts: [daily-costs], changes: [x], reason: it is the same in each and every way}",
            "list.yaml: the catalogue has no alert 'daily-costs'. Did you mean daily-cost?",
        ),
    ],
)
def test_a_wrong_list_of_equivalents_stops_the_run(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "list.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CouldNotRun) as caught:
        scores(("daily-cost",), "prod", CASES, path)
    assert caught.value.next_step == told


def test_a_score_is_never_rounded_up_to_the_whole() -> None:
    assert Totals(mutants=2001, noticed=2000, equivalent=0, faults=0).told().startswith("Mutation score 99.9 %:")
    assert Totals(mutants=2, noticed=0, equivalent=2, faults=0).score_percent == 100.0
    assert not Totals(mutants=2, noticed=2, equivalent=0, faults=1).is_whole
