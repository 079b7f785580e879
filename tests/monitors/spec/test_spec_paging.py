"""PagerDuty services, orchestrations, webhooks and incident workflows: rules that match, hours that are a span."""

from __future__ import annotations

import pytest
from spec_builders import (
    event_rule,
    incident_workflow,
    integration,
    orchestration,
    route,
    service,
    setting,
    support_hours,
    urgency,
    webhook_subscription,
    workflow_step,
)
from spec_refusals import Builder, case, refusal

REFUSED = (
    case(
        urgency,
        "urgency: field urgency is 'medium': input should be 'high', 'low' or 'severity_based'.",
        urgency="medium",
    ),
    case(
        support_hours,
        "support hours: field weekdays is (): tuple should have at least 1 item, not 0. Give days from "
        "1, Monday, to 7.",
        weekdays=(),
    ),
    case(
        support_hours,
        "support hours: field weekdays is (1, 1): the same 1 is given more than once. Give days from 1, Monday, to 7.",
        weekdays=(1, 1),
    ),
    case(
        support_hours,
        "support hours: field weekdays.0 is 0: input should be 1, 2, 3, 4, 5, 6 or 7. Give days from 1, Monday, to 7.",
        weekdays=(0,),
    ),
    case(
        support_hours,
        "support hours: field start is '24:00:00': string should match pattern "
        "'^([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d$'. Write a time of day as HH:MM:SS, such as 09:00:00.",
        start="24:00:00",
    ),
    case(
        support_hours,
        "support hours: end 08:00:00 is not after start 09:00:00; for the night, give the day's "
        "hours and swap inside and outside.",
        end="08:00:00",
    ),
    case(
        support_hours,
        "support hours: field inside is 'severity_based': input should be 'high' or 'low'.",
        inside="severity_based",
    ),
    case(
        support_hours,
        "support hours: raise_at_start raises waiting incidents from low to high; outside is low and "
        "inside is low; leave it out, or make them low and high.",
        raise_at_start=True,
        inside="low",
    ),
    case(
        support_hours,
        "support hours: raise_at_start raises waiting incidents from low to high; outside is high and "
        "inside is high; leave it out, or make them low and high.",
        raise_at_start=True,
        outside="high",
    ),
    case(
        event_rule,
        "event rule \"ab\": field label is 'ab': string should have at least 3 characters. Use 3 to "
        "255 characters on one line.",
        label="ab",
    ),
    case(
        event_rule,
        "event rule \"Note\": field condition is '  ': string should have at least 3 characters. "
        "Write a PagerDuty condition such as event.custom_details.severity matches 'SEV1'.",
        condition="  ",
    ),
    case(
        event_rule,
        "event rule \"Note\": field condition is '     ': it is blank. Write a PagerDuty condition "
        "such as event.custom_details.severity matches 'SEV1'.",
        condition=" " * 5,
    ),
    case(
        event_rule,
        "event rule \"Note\": field severity is 'sev1': input should be 'critical', 'error', 'warning' or 'info'.",
        severity="sev1",
    ),
    case(event_rule, 'event rule "Note": give severity, note or suppress: the rule would do nothing.', note=None),
    case(
        event_rule,
        f'event rule "Note": field note is \'{"n" * 119}...: '
        "string should have at most 25000 characters. Use up to 25,000 characters.",
        note="n" * 25_001,
    ),
    case(
        service,
        "PagerDuty service \"AI SEV1\": field urgency is 'high': ConstantUrgency or SupportHours is needed.",
        urgency="high",
    ),
    case(
        service,
        'PagerDuty service "AI SEV1": field acknowledgement_timeout_seconds is 59: input should be '
        "greater than or equal to 60. Give at least 60 s, or None for never.",
        acknowledgement_timeout_seconds=59,
    ),
    case(
        service,
        'PagerDuty service "AI SEV1": field auto_resolve_seconds is 0: input should be greater than or '
        "equal to 60. Give at least 60 s, or None for never.",
        auto_resolve_seconds=0,
    ),
    case(
        service,
        'PagerDuty service "AI SEV1": field grouping_window_seconds is 299: input should be greater than '
        "or equal to 300. PagerDuty takes 300 to 86,400 s.",
        grouping_window_seconds=299,
    ),
    case(
        service,
        'PagerDuty service "AI SEV1": event_rules "Other" never matches: "Note" before it has the '
        "same condition; give it another, or delete it.",
        event_rules=(event_rule(), event_rule(label="Other")),
    ),
    case(
        integration,
        "integration \"New Relic\": field kind is 'new relic': input should be 'new_relic' or "
        "'events_api_v2'. Did you mean 'new_relic'?",
        kind="new relic",
    ),
    case(
        route,
        "route \"Errors\": field condition is '': string should have at least 3 characters. Write a "
        "PagerDuty condition such as event.custom_details.severity matches 'SEV1'.",
        condition="",
    ),
    case(
        orchestration,
        'event orchestration "Own events": field routes is (): tuple should have at least 1 item, not 0. '
        "Give at least one route.",
        routes=(),
    ),
    case(
        orchestration,
        'event orchestration "Own events": routes "Other" never matches: "Errors" before it has '
        "the same condition; give it another, or delete it.",
        routes=(route(), route(label="Other")),
    ),
    case(
        webhook_subscription,
        'webhook subscription "rollback": field base_url is setting "apiToken": it is declared with '
        "kind=SettingKind.TEXT. Name a setting that is declared with kind=SettingKind.URL.",
        base_url=setting(),
    ),
    case(
        webhook_subscription,
        "webhook subscription \"rollback\": field path is 'hooks': string should match pattern '^/\\S*$'. "
        "Begin the path with a slash and leave spaces out.",
        path="hooks",
    ),
    case(
        webhook_subscription,
        'webhook subscription "rollback": field events is (): tuple should have at least 1 item, not 0. '
        "Give at least one event.",
        events=(),
    ),
    case(
        webhook_subscription,
        "webhook subscription \"rollback\": field events.0 is 'incident.closed': input should be "
        "'incident.triggered', 'incident.acknowledged', 'incident.unacknowledged', "
        "'incident.resolved', 'incident.reopened', 'incident.escalated', 'incident.delegated', "
        "'incident.reassigned', 'incident.annotated' or 'incident.priority_updated'. Did you mean "
        "'incident.resolved'? Give at least one event.",
        events=("incident.closed",),
    ),
    case(
        webhook_subscription,
        "webhook subscription \"rollback\": field events is ('incident.triggered', 'incident.triggered'): "
        "the same incident.triggered is given more than once. Give at least one event.",
        events=("incident.triggered", "incident.triggered"),
    ),
    case(
        workflow_step,
        "incident workflow step \"Tell\": field action is 'send-status-update': string should match "
        "pattern '^pagerduty\\.com:incident-workflows:[a-z-]+:\\d+$'. Write an id such as "
        "pagerduty.com:incident-workflows:send-status-update:1.",
        action="send-status-update",
    ),
    case(
        workflow_step,
        'incident workflow step "Tell": field inputs.Message is 1: input should be a valid string. Give '
        "texts by the names of the action's inputs.",
        inputs={"Message": 1},
    ),
    case(
        incident_workflow,
        'incident workflow "SEV1 update": field services is (): value should have at least 1 item, not '
        "0. Name at least one PagerDuty service.",
        services=(),
    ),
    case(
        incident_workflow,
        "incident workflow \"SEV1 update\": field services is ('ai-sev1', 'ai-sev1'): the same ai-sev1 is "
        "given more than once. Name at least one PagerDuty service.",
        services=("ai-sev1", "ai-sev1"),
    ),
    case(
        incident_workflow,
        "incident workflow \"SEV1 update\": field condition is '': string should have at least 3 "
        "characters. Write a PagerDuty condition such as event.custom_details.severity matches 'SEV1'.",
        condition="",
    ),
    case(
        incident_workflow,
        'incident workflow "SEV1 update": field steps is (): tuple should have at least 1 item, not 0. '
        "Give at least one step.",
        steps=(),
    ),
    case(
        route,
        f'route "{"l" * 120}...": field label is '
        f"'{'l' * 119}...: "
        "string should have at most 255 characters. Use 3 to 255 characters on one line.",
        label="l" * 256,
    ),
    case(
        service,
        'PagerDuty service "AI SEV1": field grouping_window_seconds is 86401: input should be less than '
        "or equal to 86400. PagerDuty takes 300 to 86,400 s.",
        grouping_window_seconds=86_401,
    ),
)


@pytest.mark.parametrize(("build", "changes", "message"), REFUSED)
def test_it_is_refused_with_its_field_its_value_and_what_to_write_instead(
    build: Builder, changes: dict[str, object], message: str
) -> None:
    assert refusal(build, **changes) == message


def test_waiting_incidents_can_be_raised_when_the_working_hours_begin() -> None:
    assert support_hours(raise_at_start=True).raise_at_start


def test_an_incident_stays_open_until_the_monitor_closes_it_not_for_four_hours_as_by_default() -> None:
    assert service().auto_resolve_seconds is None


def test_rules_with_conditions_of_their_own_are_kept_in_order() -> None:
    rules = (event_rule(), event_rule(label="Other", condition="event.severity matches 'info'"))
    assert service(event_rules=rules).event_rules == rules


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ('event.severity matches "error"', "PagerDuty's conditions have no \"; write texts in single quotes"),
        ("event.severity != 'error'", "PagerDuty's conditions have no !=; write not ... == ... instead"),
        ("event.severity = 'error'", "PagerDuty's conditions have no =; write == instead"),
        ("event.summary =~ 'down'", "PagerDuty's conditions have no =~; write matches regex instead"),
        ("event.a exists && event.b exists", "PagerDuty's conditions have no &&; write and instead"),
        ("event.a exists || event.b exists", "PagerDuty's conditions have no ||; write or instead"),
        ("event.severity equals 'error'", "PagerDuty's conditions have no equals; write matches instead"),
        ("event.summary contains 'down'", "PagerDuty's conditions have no contains; write matches part instead"),
        ("event.severity matches 'error", "a text is not closed: a single quote is missing"),
        ("(event.severity matches 'error'", "it opens ( 1 times and closes ) 0 times"),
        ("event.severity", "it compares nothing, so that it is never true; use matches, exists or =="),
    ],
)
def test_a_condition_of_another_language_is_refused_with_what_pagerduty_takes(condition: str, reason: str) -> None:
    assert refusal(route, condition=condition) == (
        f'route "Errors": field condition is {condition!r}: {reason}. Write a PagerDuty condition such as '
        "event.custom_details.severity matches 'SEV1'."
    )


@pytest.mark.parametrize(
    "condition",
    [
        "event.summary matches part 'prod' and (event.location == 'US' or event.location == 'Canada')",
        "event.x > 5 and not event.y <= 6",
        "event.custom_details['is = a \\'like\\' name'].like exists",
        "raw_event.links[0].href matches regex '^https://[a-z]+[.]test/(a|b)'",
        "now in Mon,Tue,Wed,Thu,Fri 09:00:00 to 17:00:00 America/New_York",
    ],
)
def test_a_condition_as_pagerduty_documents_it_is_taken(condition: str) -> None:
    assert route(condition=condition).condition == condition
