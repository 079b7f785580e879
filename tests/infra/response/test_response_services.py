"""PagerDuty services: their timeouts, urgency, grouping and event rules."""

from __future__ import annotations

from typing import Any

import pytest
from response_specs import a_service
from stack_mocks import a_context

from infra.response.services import event_rules_arguments, grouping_arguments, service_arguments
from monitors.spec import EventRule, SupportHours


def _arguments(**changes: Any) -> Any:
    return service_arguments(a_service(**changes), escalation_policy_id="E1", context=a_context())


def _hours(*, raise_at_start: bool) -> SupportHours:
    return SupportHours(
        time_zone="Europe/Paris",
        weekdays=(1, 5),
        start="09:00:00",
        end="17:00:00",
        inside="high",
        outside="low",
        raise_at_start=raise_at_start,
    )


def test_an_incident_stays_open_until_the_monitor_closes_it() -> None:
    assert _arguments().auto_resolve_timeout == "null"


@pytest.mark.parametrize(("seconds", "said"), [(None, "null"), (3600, "3600")])
def test_timeouts_are_said_as_texts_and_never_left_to_the_providers_defaults(seconds: int | None, said: str) -> None:
    arguments = _arguments(acknowledgement_timeout_seconds=seconds, auto_resolve_seconds=seconds)
    assert (arguments.acknowledgement_timeout, arguments.auto_resolve_timeout) == (said, said)


def test_a_constant_urgency_needs_no_support_hours() -> None:
    arguments = _arguments()
    assert (arguments.incident_urgency_rule.type, arguments.incident_urgency_rule.urgency) == ("constant", "high")
    assert arguments.support_hours is None
    assert arguments.scheduled_actions is None


def test_support_hours_set_one_urgency_within_and_another_outside() -> None:
    arguments = _arguments(urgency=_hours(raise_at_start=False))
    rule, hours = arguments.incident_urgency_rule, arguments.support_hours
    assert rule.type == "use_support_hours"
    assert (rule.during_support_hours.urgency, rule.outside_support_hours.urgency) == ("high", "low")
    assert (hours.type, hours.time_zone, hours.days_of_weeks) == ("fixed_time_per_day", "Europe/Paris", [1, 5])
    assert (hours.start_time, hours.end_time) == ("09:00:00", "17:00:00")
    assert arguments.scheduled_actions is None


def test_incidents_of_the_night_are_raised_when_support_hours_start_if_the_spec_says_so() -> None:
    (action,) = _arguments(urgency=_hours(raise_at_start=True)).scheduled_actions
    assert (action.type, action.to_urgency) == ("urgency_change", "high")
    assert [(at.type, at.name) for at in action.ats] == [("named_time", "support_hours_start")]


def test_alerts_are_grouped_by_time_within_the_window() -> None:
    grouping: Any = grouping_arguments(a_service(), 300, service_id="S1", context=a_context())
    assert (grouping.type, grouping.config.timeout, grouping.services) == ("time", 300, ["S1"])


def test_event_rules_set_severity_add_a_note_or_suppress_and_are_switched_on() -> None:
    rules = (
        EventRule(label="Note it", condition="event.severity matches 'error'", severity="critical", note="Look here."),
        EventRule(label="Drop it", condition="event.summary matches 'test'", suppress=True),
    )
    arguments: Any = event_rules_arguments(a_service(event_rules=rules), service_id="S1")
    assert arguments.enable_event_orchestration_for_service is True
    (rule_set,) = arguments.sets
    assert rule_set.id == "start"
    found = [(one.actions.severity, one.actions.annotate, one.actions.suppress) for one in rule_set.rules]
    assert found == [("critical", "Look here.", None), (None, None, True)]
    assert [one.conditions[0].expression for one in rule_set.rules] == [rule.condition for rule in rules]
