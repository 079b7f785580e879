"""`lookout diff` from the command line, on real repositories with this checkout's catalogue."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from git_checkouts import CHECKOUT, SMALL, TARGET, Checkout

from lookout.main import main

SKILL_ALERTS, HOSTING = "monitors/catalog/skill_alerts.py", "monitors/catalog/hosting.py"
DASHBOARD = "monitors/catalog/dashboards/errors.py"
RAISED = ("critical=above(5, 5 * MINUTE)", "critical=above(7, 5 * MINUTE)")
AT = "2026-12-24T03:00"


@pytest.fixture
def raised(ours: Checkout, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    """Return a repository in whose working tree a threshold is higher than on main, and stand in it."""
    ours.replace(SKILL_ALERTS, *RAISED)
    monkeypatch.chdir(ours.folder)
    return ours


def told(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert main(["diff", *arguments]) == code
    return capsys.readouterr().out


def subjects(text: str) -> list[str]:
    found: dict[str, Any] = json.loads(text)
    return [one["subject"] for one in found["changes"]]


def test_what_is_not_committed_is_told_of_against_main_in_a_sentence_with_its_place(
    raised: Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = told(capsys)
    short = raised.git("rev-parse", "main")[:7]
    assert f"main ({short}) against the working tree, from the specs alone." in shown
    assert re.search(r'"High Skill Error Rate" .*7 %', shown)
    assert re.search(rf"condition/high-skill-error-rate, staging and prod, {SKILL_ALERTS}:\d+", shown)


def test_the_same_question_has_the_same_answer(raised: Checkout, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "--json", "--at", AT) == told(capsys, "--json", "--at", AT)


def test_one_environment_alone_is_told_of_when_asked(raised: Checkout, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(told(capsys, "--json", "--env", "prod"))
    assert found["stacks"] == ["prod"]
    assert {tuple(one["stacks"]) for one in found["changes"]} == {("prod",)}


def test_two_commits_are_compared_by_name(raised: Checkout, capsys: pytest.CaptureFixture[str]) -> None:
    raised.commit()
    assert subjects(told(capsys, "--json", "HEAD~1", "HEAD")) == ["condition/high-skill-error-rate"]
    assert subjects(told(capsys, "--json", "main")) == []


def test_a_branch_is_compared_from_where_it_left_main(raised: Checkout, capsys: pytest.CaptureFixture[str]) -> None:
    raised.git("checkout", "-q", "-b", "topic")
    raised.commit()
    raised.git("checkout", "-q", "main")
    raised.replace(SKILL_ALERTS, "critical=above(15, 15 * MINUTE)", "critical=above(16, 15 * MINUTE)")
    raised.commit("On main since")
    assert subjects(told(capsys, "--json", "main", "topic")) == ["condition/high-skill-error-rate"]
    assert len(subjects(told(capsys, "--json", "--direct", "main", "topic"))) == 2


def test_the_code_is_that_of_findings_only_where_it_was_asked_for(
    raised: Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    worst = json.loads(told(capsys, "--json"))["worst"]
    assert worst in ("low", "medium", "high")
    told(capsys, "--fail-on", "low", code=1)
    told(capsys, "--fail-on", worst, code=1)
    raised.git("checkout", "-q", SKILL_ALERTS)
    told(capsys, "--fail-on", "low", code=0)


def test_every_format_is_written_to_a_file(
    raised: Checkout, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for form, begin in (("text", "1 "), ("json", "{"), ("md", "<!-- lookout-diff -->"), ("html", "<!doctype html>")):
        out = tmp_path / f"out.{form}"
        assert told(capsys, "--format", form, "--out", str(out), "--at", AT) == ""
        assert out.read_text(encoding="utf-8").lower().startswith(begin)


def test_the_page_has_pictures_of_a_dashboard_that_looks_otherwise(
    ours: Checkout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ours.folder)
    ours.replace(DASHBOARD, 'figure("Timeouts (%)", at(1, 7, 3)', 'figure("Too slow (%)", at(1, 7, 3)')
    shown = told(capsys, "--format", "html")
    assert shown.count("data:image/svg+xml") + shown.count("<svg") >= 2
    assert subjects(told(capsys, "--json")) != []


def test_another_catalogue_is_looked_for_in_the_current_folder(
    little: Checkout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(little.folder)
    little.write("watched.py", SMALL.replace("The team", "Another team"))
    assert subjects(told(capsys, "--json", "--catalog", TARGET)) == ["team/team"]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["nonsense"], "lookout: git knows no commit 'nonsense' here.\n"),
        (["--at", "tomorrow"], "lookout: --at 'tomorrow' is no time.\n"),
        (["--json", "--format", "md"], "lookout: --json and --format md ask for two forms.\n"),
        (["--sandbox"], "lookout: --sandbox says where --provisioned looks.\n"),
        (["--provisioned"], "lookout: --provisioned needs to know whose state to read.\n"),
        (["--catalog", "nothing:stack"], "lookout: there is no module nothing below "),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line_with_a_next_step_and_ends_with_two(
    arguments: list[str],
    complaint: str,
    little: Checkout,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(little.folder)
    extra = [] if "--provisioned" in arguments or "--catalog" in arguments else ["--catalog", TARGET]
    assert main(["diff", *arguments, *extra]) == 2
    said = capsys.readouterr().err
    assert said.startswith(complaint)
    assert len(said.splitlines()) == 2


def test_no_secret_shows_in_any_format_wherever_it_stands(
    ours: Checkout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kept: Path
) -> None:
    """A secret may be in the environment, in git's settings, in Pulumi's, or, wrongly, in a literal of a variable."""
    secrets = {name: f"sk-ant-{name}-7Q1c9Zr4kV0w" for name in ("environment", "git", "old", "new", "literal", "gone")}
    monkeypatch.chdir(ours.folder)
    for name in ("PULUMI_CONFIG_PASSPHRASE", "NEW_RELIC_API_KEY", "ANTHROPIC_API_KEY"):
        monkeypatch.setenv(name, secrets["environment"])
    ours.git("config", "http.extraHeader", f"Authorization: {secrets['git']}")
    ours.git("remote", "add", "origin", f"https://x:{secrets['git']}@legal-platform.example/specs.git")
    first = ours.git("show", "HEAD:monitors/catalog/hosting.py")
    variable = re.search(r'EnvVar\(name="[A-Z_]+", value="[^"]*"\)', first)
    assert variable is not None
    for name, literal in (("old", "gone"), ("new", "literal")):
        ours.write("Pulumi.prod.yaml", f"config:\n  legal-platform:anthropicApiKey: {secrets[name]}\n")
        text = re.sub('value="[^"]*"', f'value="{secrets[literal]}"', variable[0])
        ours.write(HOSTING, first.replace(variable[0], text))
        ours.commit()
    documents = [
        told(capsys, "HEAD~1", "HEAD", "--at", AT, "--format", form) for form in ("text", "json", "md", "html")
    ]
    assert [one for one in documents if name_of(variable[0]) not in one.replace("\\", "")] == []
    assert [name for name, secret in secrets.items() if any(secret in one for one in documents)] == []
    beyond = {name: secret for name, secret in secrets.items() if name not in ("literal", "gone")}
    assert [name for name, secret in beyond.items() for file in kept.iterdir() if secret in file.read_text()] == []


def name_of(variable: str) -> str:
    return variable.split('"')[1]


def test_two_commits_are_compared_from_a_cold_start_in_well_under_two_seconds_of_work(
    raised: Checkout, tmp_path: Path
) -> None:
    raised.commit()
    command = [sys.executable, "-m", "lookout.main", "diff", "--json", "HEAD~1", "HEAD"]
    before = os.times()
    done = subprocess.run(command, cwd=raised.folder, capture_output=True, text=True, check=True)
    after = os.times()
    assert subjects(done.stdout) == ["condition/high-skill-error-rate"]
    # Processor time: what the clock says depends on what else the machine does. Two processors share it.
    assert after.children_user + after.children_system - before.children_user - before.children_system < 4


def test_comparing_starts_without_the_heavy_libraries() -> None:
    program = (
        "import sys; from lookout.main import main; code = main(['diff', 'HEAD', 'HEAD', '--json']);"
        "print(*sys.modules, file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert set(done.stderr.split()).isdisjoint({"pulumi", "duckdb", "numpy", "rich", "requests", "sandbox"})
