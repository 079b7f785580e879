"""Cases against the catalogue from Python: what `monitors.testing` offers to a plain test."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitors.testing import (
    AlertCase,
    CaseError,
    CaseFailed,
    case,
    check,
    check_case,
    incident,
    load_cases,
    run_cases,
    series,
)
from monitors.testing.running import condition_of

FAILING = series("0 for 5m, 9 for 3m, 0 for 10m", metric="Custom/Service/DatabaseConnectionFailureCount")
ALERT = "rollback-database-connections"
TUESDAY_DEPLOYS = "2026-03-03T10:05:00-08:00"


def test_a_case_written_in_python_is_checked_against_the_catalogue() -> None:
    check(ALERT, case("nine failures on each report", FAILING, expect=[incident(opens="9m", closes="12m")]))


def test_a_case_that_goes_otherwise_fails_with_a_sentence_and_the_picture() -> None:
    with pytest.raises(CaseFailed) as caught:
        check(ALERT, case("nine failures on each report", FAILING))
    lines = str(caught.value).split("\n")
    assert lines[0] == "rollback-database-connections/prod/nine failures on each report"
    assert lines[1] == ("expected nothing more, but a critical incident (value 27) opened at 9m and closed at 12m.")
    assert any("critical > 5" in line for line in lines)


def test_a_case_that_shows_the_alert_nothing_proves_nothing_and_fails() -> None:
    elsewhere = series("1 for 10m", metric="Custom/Service/Health")
    with pytest.raises(CaseFailed, match="the alert sees no whole window of what is emitted"):
        check(ALERT, case("nothing happens at all", elsewhere))


def test_a_case_can_be_checked_against_a_condition_of_ones_own() -> None:
    condition = condition_of(ALERT, "prod")
    assert condition.critical is not None
    stricter = condition.model_copy(update={"critical": condition.critical.model_copy(update={"value": 30.0})})
    check(ALERT, case("nine failures on each report", FAILING), condition=stricter)


def test_who_is_told_depends_on_the_stack_and_the_hour() -> None:
    expect = [
        incident(
            opens="9m",
            closes="12m",
            told=["pagerduty-sev1", "rollback"],
            paged={"prod": ["ai-engineer-b"], "staging": []},
        )
    ]
    for stack in ("prod", "staging"):
        check(ALERT, case("at one in the night only prod wakes", FAILING, expect=expect), stack=stack)


def test_a_muting_rule_tells_nobody() -> None:
    slow = series("6000 for 10m", metric="Custom/Skills/ExecutionTime", skillId="contract-review")
    opened = incident(opens="7m", priority="warning", facet="contract-review", told=[])
    check("slow-skill", case("slow during a deploy", slow, expect=[opened], start=TUESDAY_DEPLOYS))


def test_an_incident_that_joins_an_open_issue_tells_nobody_anew() -> None:
    check(
        "skills-service-down",
        case(
            "it fails, then falls silent",
            series("1 for 5m, 0 for 4m, _ for 6m", metric="Custom/Service/Health", component="service"),
            expect=[
                incident(opens="8m", told=["pagerduty-sev1"]),
                incident(opens="11m40s", cause="loss of signal", told=[]),
            ],
        ),
    )


def test_an_alert_that_does_not_exist_is_answered_with_the_one_that_was_meant() -> None:
    with pytest.raises(CaseError, match=r"the catalogue has no alert 'slow-skil'. Did you mean slow-skill\?"):
        check("slow-skil", case("nothing happens at all", FAILING))


def test_case_files_are_loaded_for_the_stacks_and_alerts_asked_for() -> None:
    loaded = load_cases(alerts=["slow-skill"], stacks=["staging"])
    assert {(one.alert, one.stack) for one in loaded} == {("slow-skill", "staging")}
    assert str(loaded[0]).startswith("slow-skill/staging/tells Slack of the one skill")


def test_a_case_for_one_stack_alone_is_loaded_for_that_one(tmp_path: Path) -> None:
    text = "- {name: a promise about it, stack: prod, series: [{event: SkillExecution, values: 1}], expect: nothing}"
    (tmp_path / "slow-skill.yaml").write_text(text, encoding="utf-8")
    assert [one.stack for one in load_cases(tmp_path)] == ["prod"]


def test_a_file_named_like_no_alert_is_refused_with_all_other_faults(tmp_path: Path) -> None:
    (tmp_path / "slow-skil.yaml").write_text("- name: x", encoding="utf-8")
    (tmp_path / "slow-skill.yaml").write_text("- name: x", encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        load_cases(tmp_path)
    assert caught.value.faults[0] == "slow-skil.yaml: the catalogue has no alert 'slow-skil'. Did you mean slow-skill?"
    assert caught.value.faults[1].startswith('slow-skill.yaml:1: case "x": ')


def test_cases_of_several_alerts_come_back_in_the_order_given() -> None:
    cases = [*load_cases(alerts=["daily-cost"])[:2], *load_cases(alerts=["slow-skill"])[:1]]
    assert [result.case for result in run_cases(cases)] == cases


def test_a_case_checked_alone_needs_no_file() -> None:
    check_case(AlertCase(ALERT, "prod", case("nothing is emitted but good news", series("0 for 5m", metric=metric()))))


def metric() -> str:
    return "Custom/Service/DatabaseConnectionFailureCount"
