"""What a case's series emit: rows as New Relic keeps them, with the attributes of the stack they are emitted in."""

from __future__ import annotations

from typing import Any

import pytest

from monitors.testing import Series, case, series
from monitors.testing.cases import StackName
from monitors.testing.emission import emitted

START = 1_772_442_000.0


def rows(one: Series, stack: StackName = "prod") -> list[dict[str, Any]]:
    return [made.row for made in emitted(case("a promise about it", one), stack)]


def test_a_count_or_gauge_is_one_value() -> None:
    (row,) = rows(series("3", metric="Custom/Service/Health", component="redis"))
    assert row == {
        "timestamp": START,
        "eventType": "Metric",
        "metricName": "Custom/Service/Health",
        "env": "prod",
        "service": "legal-platform-ai-service",
        "component": "redis",
        "value": 3,
    }


def test_a_distribution_is_the_summary_of_all_its_measurements() -> None:
    (row,) = rows(series("250", metric="Custom/Service/ResponseTime", times=40))
    assert {name: row[name] for name in ("count", "sum", "min", "max")} == {
        "count": 40,
        "sum": 10_000,
        "min": 250,
        "max": 250,
    }
    assert "value" not in row


def test_an_event_is_a_row_for_each_measurement() -> None:
    made = rows(series("4000, 5000", event="SkillExecution", values_of="executionTime", times=2, success="true"))
    assert [row["executionTime"] for row in made] == [4000, 4000, 5000, 5000]
    assert {row["eventType"] for row in made} == {"SkillExecution"}
    assert made[0]["success"] is True


def test_events_without_a_measured_attribute_are_as_many_as_the_value_says() -> None:
    assert len(rows(series("3, _, 0, 1", event="SkillExecution"))) == 4


@pytest.mark.parametrize(
    ("stack", "by", "env", "service"),
    [
        ("prod", "own", "prod", "legal-platform-ai-service"),
        ("prod", "other", "staging", "legal-platform-ai-service-staging"),
        ("staging", "own", "staging", "legal-platform-ai-service-staging"),
        ("staging", "other", "prod", "legal-platform-ai-service"),
    ],
)
def test_env_and_service_are_the_stacks_own_or_the_others(stack: StackName, by: str, env: str, service: str) -> None:
    (row,) = rows(series("1", metric="Custom/Service/Health", stack=by), stack)
    assert (row["env"], row["service"]) == (env, service)


def test_attributes_that_are_given_stand_in_for_the_stacks() -> None:
    (row,) = rows(series("1", metric="Custom/Service/Health", service="legal-platform-web", env="staging"))
    assert (row["env"], row["service"]) == ("staging", "legal-platform-web")


def test_placeholders_are_the_stack_that_emits() -> None:
    (row,) = rows(series("1", event="SyntheticCheck", monitorName="health (<env>) of <service>", stack="other"))
    assert row["monitorName"] == "health (staging) of legal-platform-ai-service-staging"


def test_the_other_environments_name_can_be_written_too() -> None:
    (row,) = rows(series("1", metric="Custom/Service/Health", env="<other>"))
    assert (row["env"], row["service"]) == ("staging", "legal-platform-ai-service")


def test_what_new_relic_makes_itself_carries_none_of_the_services_attributes() -> None:
    (row,) = rows(series("1", event="SyntheticCheck", result="FAILED"))
    assert set(row) == {"timestamp", "eventType", "result"}


def test_points_are_stamped_with_their_tick_and_arrive_as_late_as_is_written() -> None:
    late = case("a promise about it", series("1, _, 1 late 5m", metric="Custom/Service/Health"))
    assert [(one.row["timestamp"] - START, one.arrives_at - START) for one in emitted(late, "prod")] == [
        (0, 0),
        (40, 340),
    ]
