"""Who is told of an issue: workflows by policy, priority, trigger and muting; people by schedule and urgency.

Sources: docs.newrelic.com, "Workflows" and "Muting rules"; support.pagerduty.com, "Escalation Policies" and
"Configurable Service Settings".
"""

from __future__ import annotations

from typing import Any

import pytest
from small_stack import at, incident, prod, the_issue, with_workflow

from monitors import catalog
from monitors.alerting import Notification, issues_of, notify
from monitors.spec import ConstantUrgency, EmailChannel, Priority, Stack, SupportHours, Trigger

NIGHT = at("2026-02-18T03:00")
SEV1, SLACK = "high-skill-error-rate", "fallback-rate"
HOURS = SupportHours(
    time_zone="America/Los_Angeles",
    weekdays=(1, 2, 3, 4, 5),
    start="09:00:00",
    end="17:00:00",
    inside="high",
    outside="low",
)


def told(stack: Stack, *incidents: Any) -> tuple[Notification, ...]:
    return notify(stack, issues_of(stack, incidents))


def news(found: tuple[Notification, ...]) -> list[tuple[float, str, str]]:
    return [(one.at - NIGHT, one.trigger.value, one.destination) for one in found]


def with_service(key: str, **changes: Any) -> Stack:
    stack = prod()
    services = tuple(one.model_copy(update=changes) if one.key == key else one for one in stack.response.services)
    return stack.model_copy(update={"response": stack.response.model_copy(update={"services": services})})


def paged(found: tuple[Notification, ...]) -> list[tuple[float, tuple[str, ...], str]]:
    """Return minutes since the night's start, users and urgency of everything that rings."""
    return [((page.at - NIGHT) / 60, page.users, page.urgency) for one in found for page in one.pages]


def test_a_critical_alert_pages_people_in_turn_until_it_closes_and_tells_its_runbook() -> None:
    found = told(prod(), incident(SEV1, NIGHT, NIGHT + 16 * 60))
    assert news(found) == [(0, "ACTIVATED", "pagerduty-sev1"), (960, "CLOSED", "pagerduty-sev1")]
    assert paged(found) == [
        (0, ("ai-engineer-a",), "high"),
        (5, ("ai-engineer-b", "platform-engineer-a"), "high"),
        (15, ("engineering-lead",), "high"),
    ]
    first = found[0]
    assert (first.kind, first.workflow, first.condition) == ("page", "page-sev1", SEV1)
    assert first.runbook.url("https://example.com/runbooks") == (
        "https://example.com/runbooks/incident-response.md#high-skill-error-rate"
    )


def test_nobody_is_paged_any_more_once_it_has_closed() -> None:
    assert paged(told(prod(), incident(SEV1, NIGHT, NIGHT + 5 * 60))) == [(0, ("ai-engineer-a",), "high")]


def test_what_nobody_acknowledges_goes_through_all_loops() -> None:
    (policy,) = [one for one in prod().response.escalation_policies if one.key == "sev1"]
    pages = paged(told(prod(), incident(SEV1, NIGHT)))
    assert len(pages) == len(policy.levels) * (policy.loops + 1)
    of_a_loop = sum(level.delay_minutes for level in policy.levels)
    assert [minutes for minutes, users, _ in pages if users == ("ai-engineer-a",)] == [
        loop * of_a_loop for loop in range(policy.loops + 1)
    ]


def test_pagerdutys_own_timeout_ends_the_pages_too() -> None:
    stack = with_service("ai-sev1", auto_resolve_seconds=600)
    assert [minutes for minutes, *_ in paged(told(stack, incident(SEV1, NIGHT)))] == [0, 5]


def test_a_low_urgency_does_not_escalate() -> None:
    stack = with_service("ai-sev1", urgency=ConstantUrgency(urgency="low"))
    assert paged(told(stack, incident(SEV1, NIGHT))) == [(0, ("ai-engineer-a",), "low")]


def test_urgency_by_severity_follows_the_priority() -> None:
    stack = with_service("ai-sev1", urgency=ConstantUrgency(urgency="severity_based"))
    assert {urgency for *_, urgency in paged(told(stack, incident(SEV1, NIGHT)))} == {"high"}


def test_a_waiting_incident_rings_when_support_hours_raise_it() -> None:
    stack = with_service("ai-sev1", urgency=HOURS.model_copy(update={"raise_at_start": True}))
    pages = paged(told(stack, incident(SEV1, NIGHT, NIGHT + 6 * 3600 + 6 * 60)))
    assert [(minutes, urgency) for minutes, _, urgency in pages] == [(0, "low"), (360, "high"), (365, "high")]


def test_on_a_friday_evening_it_waits_for_monday() -> None:
    stack = with_service("ai-sev1", urgency=HOURS.model_copy(update={"raise_at_start": True}))
    found = told(stack, incident(SEV1, at("2026-02-20T20:00"), at("2026-02-23T09:01")))
    assert [(page.at, page.urgency) for page in found[0].pages] == [
        (at("2026-02-20T20:00"), "low"),
        (at("2026-02-23T09:00"), "high"),
    ]


def test_without_raising_it_waits_as_it_is() -> None:
    stack = with_service("ai-sev1", urgency=HOURS)
    assert [(minutes, urgency) for minutes, _, urgency in paged(told(stack, incident(SEV1, NIGHT)))] == [(0, "low")]


def test_where_nobody_is_on_call_nobody_is_paged() -> None:
    staging = catalog.stack("staging")
    found = told(staging, incident(SEV1, NIGHT))
    assert [one.kind for one in found] == ["page"]
    assert paged(found) == []


def test_a_webhook_hears_of_it_beside_the_pager() -> None:
    found = told(prod(), incident("rollback-memory", NIGHT))
    assert [(one.kind, one.destination, bool(one.pages)) for one in found] == [
        ("page", "pagerduty-sev1", True),
        ("webhook", "rollback", False),
    ]


@pytest.mark.parametrize(
    ("condition", "kind"), [(SLACK, "slack"), ("prompt-cache-hit-rate", "e-mail"), ("daily-cost", "slack")]
)
def test_what_can_wait_is_told_through_its_channel(condition: str, kind: str) -> None:
    found = told(prod(), incident(condition, NIGHT, NIGHT + 60))
    assert [(one.kind, one.pages) for one in found] == [(kind, ()), (kind, ())]


def test_a_warning_reaches_workflows_for_high_only() -> None:
    warning = incident(SLACK, NIGHT, NIGHT + 60, priority="warning")
    assert news(told(prod(), warning)) == [(0, "ACTIVATED", "slack"), (60, "CLOSED", "slack")]
    assert news(told(critical_apart(), warning)) == [(0, "ACTIVATED", "team-mail"), (60, "CLOSED", "team-mail")]


def critical_apart(**changes: Any) -> Stack:
    """Return a stack whose Slack workflow takes critical issues only; warnings go by mail."""
    (slack,) = [one for one in prod().observability.workflows if one.key == "slack"]
    critical = slack.model_copy(update={"priorities": (Priority.CRITICAL,), **changes})
    high = slack.model_copy(
        update={
            "key": "warnings",
            "name": "Warnings",
            "priorities": (Priority.HIGH,),
            "channels": (EmailChannel(destination="team-mail", subject="{{ annotations.title.[0] }}"),),
        }
    )
    others = tuple(one for one in prod().observability.workflows if one.key != "slack")
    return prod(workflows=(*others, critical, high))


def rising() -> tuple[Any, Any]:
    """Return a warning that turns critical a minute later."""
    return incident(SLACK, NIGHT, NIGHT + 300, priority="warning"), incident(SLACK, NIGHT + 60, NIGHT + 200)


def test_a_workflow_for_critical_alone_does_not_hear_that_an_issue_became_critical() -> None:
    """It is no activation: "issues that match the workflow filter and their matching notification triggers"."""
    found = news(told(critical_apart(), *rising()))
    assert found == [(0, "ACTIVATED", "team-mail"), (300, "CLOSED", "slack")]


def test_it_does_with_the_trigger_for_it() -> None:
    triggers = (Trigger.ACTIVATED, Trigger.PRIORITY_CHANGED, Trigger.CLOSED)
    found = news(told(critical_apart(triggers=triggers), *rising()))
    assert found == [(0, "ACTIVATED", "team-mail"), (60, "PRIORITY_CHANGED", "slack"), (300, "CLOSED", "slack")]


def test_an_issue_that_joined_incidents_is_told_of_once() -> None:
    assert news(told(prod(), *rising())) == [(0, "ACTIVATED", "slack"), (300, "CLOSED", "slack")]


@pytest.mark.parametrize(
    ("muted_issues", "messages"),
    [
        ("NOTIFY_ALL_ISSUES", 2),
        ("DONT_NOTIFY_FULLY_MUTED_ISSUES", 0),
        ("DONT_NOTIFY_FULLY_OR_PARTIALLY_MUTED_ISSUES", 0),
    ],
)
def test_a_muted_issue_is_told_of_as_the_workflow_says(muted_issues: str, messages: int) -> None:
    stack = with_workflow("slack", muted_issues=muted_issues)
    opened = at("2026-03-03T10:10")
    assert len(told(stack, incident(SLACK, opened, opened + 60))) == messages


def test_what_is_still_open_when_the_muting_ends_is_told_then() -> None:
    opened, ends = at("2026-03-03T10:10"), at("2026-03-03T10:30")
    found = told(prod(), incident(SLACK, opened, ends + 60))
    assert [(one.at - ends, one.trigger) for one in found] == [(0, Trigger.ACTIVATED), (60, Trigger.CLOSED)]


def test_an_issue_of_no_length_still_rings_once() -> None:
    assert len(paged(told(prod(), incident(SEV1, NIGHT, NIGHT)))) == 1


def test_a_notification_knows_its_issue() -> None:
    issue = the_issue(prod(), incident(SEV1, NIGHT))
    assert {one.issue for one in notify(prod(), [issue])} == {issue}
