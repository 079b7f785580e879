"""The mutation score: the catalogue's own cases notice every change, and a weak set of them is told what it lacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitors import catalog
from monitors.testing import CaseError, case, incident, load_cases, series
from monitors.testing.mutation.equivalents import EQUIVALENTS, read_equivalents
from monitors.testing.mutation.scoring import score, score_condition
from monitors.testing.running import condition_of

ALERTS = tuple(condition.key for condition in catalog.stack("prod").observability.conditions)
DECLARED = read_equivalents()
HEALTH = "Custom/Service/Health"
UP = series("1 for 10m", metric=HEALTH, component="service")
DOWN = series("1 for 5m, 0 for 3m, 1 for 7m", metric=HEALTH, component="service")
WEAK = (
    case("a healthy service pages nobody", UP),
    case("a sick one pages", DOWN, expect=[incident(opens="8m", closes="11m")]),
)


@pytest.mark.parametrize("alert", ALERTS)
def test_the_catalogues_cases_notice_every_change_of_an_alert_that_means_anything(alert: str) -> None:
    found = score(alert, "prod", load_cases(alerts=[alert], stacks=["prod"]), DECLARED.of(alert))
    assert [verdict.title for verdict in found.survivors] == []
    assert found.faults == ()
    assert found.noticed + found.equivalent == len(found.verdicts) > 15


def test_only_alerts_of_the_catalogue_have_equivalent_mutants() -> None:
    assert set(DECLARED.reasons) <= set(ALERTS)
    assert EQUIVALENTS.name == DECLARED.file


def test_a_weak_set_of_cases_leaves_survivors_with_names_and_advice() -> None:
    found = score_condition(condition_of("skills-service-down", "prod"), "prod", WEAK, {})
    survivors = {verdict.title: verdict.notice for verdict in found.survivors}
    assert survivors["loss_of_signal: opens after 3m → none"] == "a case with silence of 3m, and one of a little less"
    assert survivors["query: env = 'prod' in AND → left out"] == "a case with data that only `env = 'prod'` leaves out"
    assert survivors["query: max(`Custom/Service/Health`) → min(`Custom/Service/Health`)"].startswith(
        "a case whose points differ within a window"
    )
    assert "critical.value: 1 → 0" not in survivors
    assert "critical.value: 1 → 2" not in survivors
    assert found.noticed == len(found.verdicts) - len(survivors)
    assert {verdict.noticed_by for verdict in found.verdicts if not verdict.survived} == {one.name for one in WEAK}


def test_a_case_that_fails_on_the_alert_itself_can_notice_nothing_and_is_told() -> None:
    wrong = case("a sick service pages nobody", DOWN)
    with pytest.raises(CaseError) as caught:
        score_condition(condition_of("skills-service-down", "prod"), "prod", [wrong], {})
    assert str(caught.value) == (
        'skills-service-down: case "a sick service pages nobody" fails on the alert itself; mend that first, '
        "`lookout test skills-service-down` shows it"
    )


def test_a_declared_equivalent_that_is_no_change_any_more_is_told() -> None:
    found = score_condition(condition_of("skills-service-down", "prod"), "prod", WEAK, {"critical.value: 7 → 8": "x"})
    assert found.faults == (
        "skills-service-down: no change is 'critical.value: 7 → 8' any more; "
        "take it out of the list of equivalent ones",
    )


def test_a_declared_equivalent_that_a_case_notices_is_told() -> None:
    declared = {"critical.value: 1 → 0": "nobody reads it"}
    found = score_condition(condition_of("skills-service-down", "prod"), "prod", WEAK, declared)
    assert found.faults == (
        "skills-service-down: 'critical.value: 1 → 0' is declared to mean the same, but case 'a sick one pages' "
        "notices it; take it out of the list of equivalent ones",
    )


def test_a_declared_equivalent_is_no_survivor() -> None:
    title = "loss_of_signal: opens after 3m → none"
    found = score_condition(condition_of("skills-service-down", "prod"), "prod", WEAK, {title: "a reason"})
    assert title not in {verdict.title for verdict in found.survivors}
    assert found.equivalent == 1
    assert found.faults == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("alerts: x", "list.yaml: the file holds no list; begin each entry with `- alerts: [...]`"),
        ("- x", "list.yaml: entry 1: fields are needed: alerts, changes and reason"),
        (
            "- {alerts: [a], changes: [b]}",
            "list.yaml: entry 1: field reason is missing. Say why no data can tell them from the original.",
        ),
        (
            "- {alerts: [a], changes: [b], reason: because}",
            "list.yaml: entry 1: field reason is 'because': string should have at least 20 characters. "
            "Say why no data can tell them from the original.",
        ),
        (
            "- {alerts: [a, a], changes: [b], reason: it is the same in each and every way}",
            "list.yaml: entry 1: a, 'b' is declared twice; keep one of them",
        ),
    ],
)
def test_a_wrong_list_of_equivalents_is_told_with_its_entry(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "list.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        read_equivalents(path)
    assert str(caught.value) == told


def test_no_list_of_equivalents_declares_nothing(tmp_path: Path) -> None:
    assert read_equivalents(tmp_path / "none.yaml").of("slow-skill") == {}
