"""What a PagerDuty service makes of an event: rules that suppress or set severity, urgency, its own end."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from monitors import catalog
from monitors.alerting.pcl import Event
from monitors.alerting.responses import Responder, Response, issue_event
from monitors.spec import ConstantUrgency, EventRule, PagerDutyChannel, Priority, Stack, SupportHours

PACIFIC = ZoneInfo("America/Los_Angeles")
NIGHT = datetime(2026, 3, 4, 3, tzinfo=PACIFIC).timestamp()
SEV1 = Event({("event", "custom_details", "severity"): "SEV1", ("event", "severity"): "critical"})
BY_SEVERITY = ConstantUrgency(urgency="severity_based")


def stack(**changes: Any) -> Stack:
    found = catalog.stack("prod")
    first, *others = found.response.services
    services = (first.model_copy(update=changes), *others)
    return found.model_copy(update={"response": found.response.model_copy(update={"services": services})})


def response(event: Event = SEV1, at: float = NIGHT, ends: float = float("inf"), **changes: Any) -> Response:
    changed = stack(**changes)
    return Responder(changed).respond(changed.response.services[0], event, at, ends)


def rule(condition: str, **does: Any) -> EventRule:
    return EventRule(label=f"Rule {condition[:40]}", condition=condition, **does)


def minutes(found: Response) -> list[int]:
    return [round((ring.at_seconds - NIGHT) / 60) for ring in found.rings]


def test_a_rule_that_suppresses_makes_no_incident() -> None:
    found = response(event_rules=(rule("event.custom_details.severity matches 'SEV1'", suppress=True),))
    assert found.suppressed
    assert not found.rings


def test_the_first_rule_that_matches_decides() -> None:
    rules = (
        rule("event.custom_details.severity matches 'SEV2'", suppress=True),
        rule("event.custom_details.severity matches 'SEV1'", severity="info"),
        rule("event.severity matches 'critical'", suppress=True),
    )
    found = response(event_rules=rules, urgency=BY_SEVERITY)
    assert [verdict for _, verdict in found.rules] == [False, True]
    assert (found.suppressed, found.severity, found.urgency) == (False, "info", "low")


def test_a_rule_that_what_is_known_does_not_decide_is_taken_as_not_matching_and_told() -> None:
    found = response(event_rules=(rule("event.summary matches part 'drill'", suppress=True),))
    assert [verdict for _, verdict in found.rules] == [None]
    assert found.reaches


@pytest.mark.parametrize(
    ("severity", "urgency"),
    [("critical", "high"), ("error", "high"), ("warning", "low"), ("info", "low"), (None, "high")],
)
def test_urgency_by_severity_is_pagerdutys(severity: str | None, urgency: str) -> None:
    event = Event({("event", "severity"): severity})
    assert response(event, event_rules=(), urgency=BY_SEVERITY).urgency == urgency


def test_low_urgency_reaches_the_first_level_that_has_somebody_and_no_other() -> None:
    found = response(urgency=ConstantUrgency(urgency="low"))
    assert minutes(found) == [0]
    assert found.escalation_ends is None


def test_support_hours_raise_what_waits_and_it_escalates_from_then_on() -> None:
    hours = SupportHours(
        time_zone="America/Los_Angeles", weekdays=(3,), start="09:00:00", end="17:00:00",
        inside="high", outside="low", raise_at_start=True,
    )  # fmt: skip
    found = response(urgency=hours)
    assert found.raised_at == datetime(2026, 3, 4, 9, tzinfo=PACIFIC).timestamp()
    assert minutes(found)[:4] == [0, 360, 365, 375]
    assert [ring.urgency for ring in found.rings[:2]] == ["low", "high"]


def test_the_escalation_ends_when_the_last_level_has_waited() -> None:
    found = response()
    assert minutes(found)[-1] == 105
    assert found.escalation_ends == NIGHT + 120 * 60


def test_a_service_that_resolves_by_itself_ends_the_escalation() -> None:
    found = response(auto_resolve_seconds=600)
    assert minutes(found) == [0, 5]
    assert (found.resolved_at, found.escalation_ends) == (NIGHT + 600, None)


def test_an_issue_that_closes_ends_the_escalation() -> None:
    assert minutes(response(ends=NIGHT + 300)) == [0]


def test_the_event_of_an_issue_knows_the_channels_own_texts_and_no_others() -> None:
    channel = PagerDutyChannel(
        destination="pagerduty",
        summary="{{ annotations.title.[0] }}",
        details={"severity": "SEV1", "issue": "{{json x}}"},
    )
    event = issue_event(channel, Priority.CRITICAL)
    assert event.fields[("event", "custom_details", "severity")] == "SEV1"
    assert event.fields[("event", "custom_details", "issue")] is None
    assert event.fields[("event", "severity")] == "critical"
    assert event.whole == (("event", "custom_details"),)
