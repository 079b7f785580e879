"""The forms of `lookout check` for programs: JSON, SARIF 2.1.0, and annotations of a pull request."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from checked_catalogues import ONE_PROBLEM, write

from lookout.checking.github import workflow_commands
from lookout.checking.report import Report
from lookout.checking.sarif import log
from lookout.main import main
from monitors.rules.problem import Excerpt, Level, Problem
from monitors.rules.registry import CHECKS, CODES
from monitors.spec.places import Place

CHECKOUT = Path(__file__).resolve().parents[3]
TWO_LINES = "FROM SkillExecution\nSELECT count(*) SINCE 1 day ago"
PROBLEM = Problem(
    code="query/limit",
    level=Level.WARNING,
    subject='NRQL condition "100 %, a: b"',
    key="condition/some-key",
    field="query",
    message="It is 100 %.\r\nOn two lines.",
    advice="Mend it.",
    place=Place(str(CHECKOUT / "monitors/catalog/terms.py"), 7),
    excerpt=Excerpt("FROM A SELECT count(*) LIMIT 5", 23, 30),
    stacks=("staging", "prod"),
)


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CHECKOUT)


def test_json_holds_everything_about_a_problem(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--format", "json", "--only", "query/time-range", "--query", TWO_LINES]) == 1
    assert json.loads(capsys.readouterr().out) == {
        "version": 1,
        "stacks": [],
        "checked": {"conditions": 0, "dashboards": 0, "queries": 1, "checks": 1},
        "problems": [
            {
                "code": "query/time-range",
                "level": "error",
                "subject": "query of an alert condition",
                "key": "file/<query>:1",
                "field": "",
                "message": "A condition's query has no SINCE: New Relic refuses SINCE 1 day ago.",
                "advice": "Take it out; signal.window_seconds says how much time each value covers.",
                "stacks": [],
                "path": "<query>",
                "line": 2,
                "column": 17,
                "query": {"text": TWO_LINES, "start": 36, "end": 51},
                "page": "docs/checks/query/time-range.md",
            }
        ],
        "summary": {"error": 1, "warning": 0, "note": 0, "silenced": 0},
    }


def test_json_of_a_catalogue_has_the_place_of_the_declaration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = write(tmp_path, ONE_PROBLEM, monkeypatch)
    assert main(["check", "--json", "--only", "query/time-range", "--catalog", f"{name}:stack"]) == 1
    found = json.loads(capsys.readouterr().out)
    (problem,) = found["problems"]
    assert (found["stacks"], problem["stacks"]) == (["staging", "prod"], ["staging", "prod"])
    assert (problem["path"], problem["column"]) == (f"{name}.py", None)
    line = (tmp_path / f"{name}.py").read_text().splitlines()[problem["line"] - 1]
    assert "condition.model_copy(" in line


def test_the_documented_fields_are_those_that_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--json", "--only", "query/time-range", "--query", TWO_LINES])
    found = json.loads(capsys.readouterr().out)
    described = set(re.findall(r"^\| `([a-z.]+)` \|", (CHECKOUT / "docs/checks/output.md").read_text(), re.MULTILINE))
    printed = {
        *found,
        *(f"checked.{one}" for one in found["checked"]),
        *(f"problems.{one}" for one in found["problems"][0]),
    }
    printed |= {f"summary.{one}" for one in found["summary"]}
    printed |= {f"problems.query.{one}" for one in found["problems"][0]["query"]}
    assert described == printed - {"checked", "problems", "summary", "problems.query"}


def sarif_of(*words: str, capsys: pytest.CaptureFixture[str]) -> Mapping[str, Any]:
    main(["check", "--format", "sarif", *words])
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_sarif_has_what_the_standard_requires(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a query.nrql").write_text(TWO_LINES)
    found = sarif_of(str(tmp_path / "a query.nrql"), capsys=capsys)
    assert (found["version"], found["$schema"].rpartition("/")[2]) == ("2.1.0", "sarif-schema-2.1.0.json")
    (run,) = found["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"] == "lookout"
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["shortDescription"]["text"].endswith(".")
        assert rule["help"]["text"].startswith(f"# {rule['id']}\n")
        assert rule["help"]["markdown"] == rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
    (result,) = run["results"]
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == "query/time-range"
    assert result["level"] == "error"
    assert result["message"]["text"].startswith("query of an alert condition: A condition's query has no SINCE")
    (place,) = result["locations"]
    assert place["physicalLocation"]["region"] == {
        "startLine": 2,
        "startColumn": 17,
        "endLine": 2,
        "endColumn": 32,
        "snippet": {"text": TWO_LINES},
    }
    assert place["physicalLocation"]["artifactLocation"]["uri"] == f"file://{tmp_path}/a%20query.nrql"
    assert set(result["partialFingerprints"]) == {"lookoutProblem/v1", "primaryLocationLineHash"}


def test_sarif_paths_are_relative_to_the_checkout_and_begin_at_the_declaration() -> None:
    (run,) = log(Report((), CHECKS, (PROBLEM,)))["runs"]
    (place,) = run["results"][0]["locations"]
    assert place["physicalLocation"]["artifactLocation"] == {
        "uri": "monitors/catalog/terms.py",
        "uriBaseId": "%SRCROOT%",
    }
    assert place["physicalLocation"]["region"] == {
        "startLine": 7,
        "snippet": {"text": "FROM A SELECT count(*) LIMIT 5"},
    }
    assert place["logicalLocations"] == [{"fullyQualifiedName": "condition/some-key.query", "kind": "resource"}]
    assert run["results"][0]["properties"] == {"stacks": ["staging", "prod"]}


def test_a_fingerprint_survives_a_move_and_tells_two_alike_apart() -> None:
    moved = Problem(**{**_fields(PROBLEM), "place": Place(str(CHECKOUT / "monitors/catalog/terms.py"), 70)})
    other = Problem(**{**_fields(PROBLEM), "message": "Another thing."})
    prints = [one["partialFingerprints"]["lookoutProblem/v1"] for one in _results(PROBLEM, PROBLEM, other)]
    assert prints[0] == _results(moved)[0]["partialFingerprints"]["lookoutProblem/v1"]
    assert len(set(prints)) == 3
    assert prints[0].rpartition(":")[0] == prints[1].rpartition(":")[0]


def test_sarif_has_a_rule_for_every_code_of_a_whole_run() -> None:
    (run,) = log(Report((), CHECKS, ()))["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [one.code for one in CODES]
    assert run["results"] == []


def test_a_problem_without_a_place_has_a_logical_one_alone() -> None:
    (result,) = _results(Problem(**{**_fields(PROBLEM), "place": None}))
    assert list(result["locations"][0]) == ["logicalLocations"]


def test_annotations_are_escaped_as_github_reads_them() -> None:
    lines = list(workflow_commands(Report((), CHECKS, (PROBLEM,))))
    assert lines[0] == (
        "::warning file=monitors/catalog/terms.py,line=7,"
        'title=query/limit%3A NRQL condition "100 %25%2C a%3A b"::'
        "It is 100 %25.%0D%0AOn two lines.%0AMend it."
    )
    assert len(lines) == 2


@pytest.mark.parametrize(("level", "command"), [("error", "error"), ("warning", "warning"), ("note", "notice")])
def test_each_level_has_its_command(level: str, command: str) -> None:
    problem = Problem(**{**_fields(PROBLEM), "level": Level(level), "place": None})
    assert next(workflow_commands(Report((), CHECKS, (problem,)))).startswith(f"::{command} title=")


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_half_a_surrogate_pair_does_not_stop_the_report(form: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["check", "--format", form, "--query", "FROM A\ud800 SELECT count(*) LIMIT 5"]) == 1
    assert b"query/syntax" in capsysbinary.readouterr().out


def test_the_default_stays_text_in_github_actions(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    main(["check", "--query", TWO_LINES])
    assert "::error" not in capsys.readouterr().out


def _fields(problem: Problem) -> dict[str, Any]:
    return {name: getattr(problem, name) for name in Problem.__dataclass_fields__}


def _results(*problems: Problem) -> list[dict[str, Any]]:
    (run,) = log(Report((), CHECKS, problems))["runs"]
    results: list[dict[str, Any]] = run["results"]
    return results
