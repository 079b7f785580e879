"""The verb as it is run: what it asks, prints and refuses, and its exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from who_catalogues import MANY, NIGHT, REFUSED, SAME_NAMES, WITHOUT_ORCHESTRATIONS, written

CHECKOUT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    "name", ["High Skill Error Rate", "high skill error rate", "high-skill-error-rate", "HIGH-SKILL-error-rate"]
)
def test_an_alert_is_asked_for_by_name_or_key_whatever_the_case(name: str, who: Any) -> None:
    run = who(name, "--at", NIGHT)
    assert run.code == 0
    assert "0 min o  AI engineer C" in run.out
    assert "15 min o  Engineering lead" in run.out
    assert "30 min o  the same again, at 30 min, 1 h and 1 h 30 min" in run.out


def test_a_page_that_has_to_reach_somebody_and_does_not_is_a_finding(who: Any) -> None:
    run = who("high-skill-error-rate", "--at", NIGHT, "--env", "staging")
    assert run.code == 1
    assert "PagerDuty makes no incident, and nobody is notified." in run.out
    assert "Next on call: AI engineer C in AI primary (staging), from Thu 24 Dec 2026 09:00" in " ".join(
        run.out.split()
    )


def test_an_alert_that_pages_nobody_is_no_finding(who: Any) -> None:
    assert who("slow-skill", "--at", NIGHT, "--env", "staging").code == 0


def test_an_override_puts_somebody_else_first(who: Any, tmp_path: Path) -> None:
    path = tmp_path / "overrides.json"
    entry = {"start": "2026-12-24T00:00:00-08:00", "end": "2026-12-25T00:00:00-08:00", "user": "ai-engineer-b"}
    path.write_text(json.dumps({"ai-primary": [entry]}), encoding="utf-8")
    run = who("high-skill-error-rate", "--at", NIGHT, "--overrides", str(path))
    assert "0 min o  AI engineer B              AI primary (prod), by an override" in run.out


def test_why_prints_every_step_with_its_file_and_line(who: Any) -> None:
    out = who("high-skill-error-rate", "--at", NIGHT, "--why").out
    for step in (
        'workflow "Page SEV1 (prod)"  monitors/catalog/routing.py:',
        'layer "AI primary weekly"  monitors/catalog/oncall.py:',
    ):
        assert step in out


def test_no_secret_setting_is_printed_but_its_name(who: Any) -> None:
    assert "the setting slackAlertChannelId" in " ".join(who("slow-skill", "--at", NIGHT).out.split())


def test_a_time_that_does_not_exist_is_told(who: Any) -> None:
    run = who("high-skill-error-rate", "--at", "2026-03-08T02:30")
    assert "02:30 on 2026-03-08 does not exist in America/Los_Angeles" in run.out


def test_an_event_is_routed_by_its_severity(who: Any) -> None:
    run = who("--event", "SEV1", "--at", NIGHT)
    assert run.code == 0
    assert 'route "SEV1 to the SEV1 service" -> PagerDuty service "AI service SEV1 (prod)"' in run.out
    assert (
        who("ai-events", "--event", "event.custom_details.severity=SEV2", "--at", NIGHT).out.count("SEV2 service") == 1
    )


def test_an_event_that_reaches_nobody_is_a_finding(who: Any) -> None:
    assert who("--event", "SEV1", "--at", NIGHT, "--env", "staging").code == 1


def test_an_orchestration_without_an_event_shows_every_way_and_its_condition(who: Any) -> None:
    out = " ".join(who("ai-events", "--at", NIGHT).out.split())
    assert out.count("Not sure: It goes here only if") == 4


def test_all_tells_together_what_goes_one_way(who: Any) -> None:
    run = who("--all", "--at", NIGHT)
    assert run.code == 0
    assert "4 alerts, SEV1, CRITICAL" in run.out
    assert "First for all 13 alerts that page: AI engineer C." in run.out
    assert max(map(len, run.out.splitlines())) <= 100


def test_all_fits_eighty_columns(who: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert max(map(len, who("--all", "--at", NIGHT).out.splitlines())) <= 80


def test_all_of_a_priority_tells_together_what_opens_none(who: Any) -> None:
    out = who("--all", "--at", NIGHT, "--priority", "warning").out
    assert out.count("It opens no HIGH issue: it has no warning threshold.") == 1


def test_all_of_staging_at_night_is_a_finding_and_says_who_is_next(who: Any) -> None:
    run = who("--all", "--at", NIGHT, "--env", "staging")
    assert run.code == 1
    assert "First for all 13 alerts that page: nobody." in run.out


def test_json_names_each_way_once(who: Any) -> None:
    document = json.loads(who("--all", "--at", NIGHT, "--json").out)
    assert document["stack"] == "prod"
    assert document["at"] == "2026-12-24T03:00:00-08:00"
    proofs = {proof["key"]: proof for proof in document["proofs"]}
    assert len(proofs) == 32
    assert len(document["ways"]) < len(proofs)
    way = document["ways"][proofs["high-skill-error-rate"]["way"]]
    assert way["paths"][0]["notified"][0]["users"] == ["ai-engineer-c"]
    assert way["paths"][0]["hops"][0]["place"]["file"] == "monitors/catalog/routing.py"


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (
            (),
            "who is told of what?\n"
            'Name an alert, such as `lookout who "High Skill Error Rate"`, or ask of all with --all.',
        ),
        (
            ("high-skil-error-rate",),
            "the stack prod has no alert or event orchestration 'high-skil-error-rate'.\n"
            "Did you mean high-skill-error-rate or rollback-skill-error-rate?",
        ),
        (
            ("cost",),
            "the stack prod has no alert or event orchestration 'cost'.\n"
            "Did you mean cost-spike-detected, cost-spike-relative, daily-cost or cost-per-request?",
        ),
        (("qqqqq", "--event", "SEV1"), "the stack prod has no event orchestration 'qqqqq'.\nIt has ai-events."),
        (
            ("slow-skill", "--at", "noon"),
            "--at 'noon' is no time.\nWrite one such as 2026-12-24, 2026-12-24T03:00 or 2026-12-24T03:00Z.",
        ),
        (("slow-skill", "--all"), "--all asks of every alert.\nLeave NAME and --event out, or --all."),
        (
            ("--event", "SEV1", "--priority", "critical"),
            "--priority is an issue's, and an event has none.\nLeave it out.",
        ),
        *(
            (
                ("--event", text),
                f"--event {text!r} is neither a severity nor a field with its value.\n"
                "Write SEV1, or event.source=deploy, with a path as in PagerDuty's conditions.",
            )
            for text in ("severity=SEV1", "", "=", "event.source", "event=x", "a b=c")
        ),
        (
            ("slow-skill", "--catalog", "monitors"),
            "--catalog is 'monitors', which is not of the form module:attribute\nOurs is monitors.catalog:stack.",
        ),
    ],
)
def test_what_it_cannot_answer_is_told_with_the_next_step(arguments: tuple[str, ...], fault: str, who: Any) -> None:
    run = who(*arguments)
    assert (run.code, run.out) == (2, "")
    assert run.err == f"lookout: {fault}\n"


def test_an_environment_that_is_none_is_refused(who: Any) -> None:
    run = who("slow-skill", "--env", "live")
    assert run.code == 2
    assert "'live' is not one of 'prod', 'staging'" in run.err


def test_a_name_of_two_alerts_is_asked_back_and_a_key_is_not(
    who: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = written(tmp_path, monkeypatch, "who_same_names", SAME_NAMES)
    run = who("High Skill Error Rate", "--catalog", target)
    assert run.code == 2
    assert run.err == (
        "lookout: 2 alerts of prod are called 'High Skill Error Rate'.\n"
        "Name one: skills-service-down, high-skill-error-rate.\n"
    )
    assert who("high-skill-error-rate", "--catalog", target, "--at", NIGHT).code == 0


def test_an_event_without_an_orchestration_is_refused(
    who: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = written(tmp_path, monkeypatch, "who_without_orchestrations", WITHOUT_ORCHESTRATIONS)
    run = who("--event", "SEV1", "--catalog", target)
    assert run.err == "lookout: the stack prod has no event orchestration.\nName an alert instead.\n"


def test_a_catalogue_that_is_refused_is_told_by_its_place(
    who: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = written(tmp_path, monkeypatch, "who_refused", REFUSED)
    run = who("slow-skill", "--catalog", target)
    assert run.code == 2
    assert "who_refused.py:4" in run.err
    assert "Bad Key" in run.err


def test_ten_thousand_alerts_are_told_on_a_few_screens(
    who: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(CHECKOUT))
    target = written(tmp_path, monkeypatch, "who_many", MANY)
    run = who("--all", "--at", NIGHT, "--catalog", target)
    assert run.code == 0
    assert len(run.out) < 10_000


def test_a_reader_that_is_gone_is_no_fault() -> None:
    command = [sys.executable, "-m", "lookout.main", "who", "--all", "--why", "--at", NIGHT]
    run = subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert run.stdout is not None
    run.stdout.close()
    assert run.stderr is not None
    assert run.stderr.read() == b""
    assert run.wait(timeout=60) == 141


def test_where_nobody_watches_nothing_is_coloured(who: Any) -> None:
    assert "\x1b" not in who("--all", "--at", NIGHT).out
