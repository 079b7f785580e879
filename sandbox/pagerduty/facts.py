"""What PagerDuty's real plugin does in a preview, and no SDK class tells.

Sources: the SDK's docstrings (pulumi-pagerduty 4.37.0) and previews of the real plugin against local servers. What the
real preview lets pass (an unknown urgency, an unknown webhook event, an empty escalation policy) passes here too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sandbox.plugins.facts import Choice, Facts, PreviewRule, places

_ONE_HOUR_SECONDS = 3600
_ONE_YEAR_SECONDS = 365 * 24 * 3600
_MOST_LOOPS = 9


def _time_zones(*paths: str) -> PreviewRule:
    def rule(inputs: Mapping[str, Any]) -> Iterator[str]:
        for path in paths:
            for exact, value in places(inputs, path):
                if isinstance(value, str) and not _is_time_zone(value):
                    better = 'use "Etc/UTC"' if value == "UTC" else "use a name such as Europe/Paris"
                    yield f'property "{exact}" value "{value}" is no time zone that PagerDuty takes; {better}'

    return rule


def _is_time_zone(name: str) -> bool:
    if name == "UTC":
        return False  # the real plugin's list has Etc/UTC only
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _schedule_layers(inputs: Mapping[str, Any]) -> Iterator[str]:
    for path in ("layers.*.start", "layers.*.end", "layers.*.rotationVirtualStart"):
        for exact, value in places(inputs, path):
            if isinstance(value, str) and value and not _is_moment(value):
                yield f'property "{exact}" value "{value}" is no time with an offset, such as 2026-01-05T09:00:00+01:00'
    for exact, value in places(inputs, "layers.*.rotationTurnLengthSeconds"):
        if isinstance(value, int) and not _ONE_HOUR_SECONDS <= value <= _ONE_YEAR_SECONDS:
            yield f'property "{exact}" value {value} is outside {_ONE_HOUR_SECONDS} to {_ONE_YEAR_SECONDS} seconds'


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _escalation(inputs: Mapping[str, Any]) -> Iterator[str]:
    loops = inputs.get("numLoops")
    if isinstance(loops, int) and not 0 <= loops <= _MOST_LOOPS:
        yield f'property "numLoops" value {loops} is outside 0 to {_MOST_LOOPS}'
    for exact, value in places(inputs, "rules.*.escalationDelayInMinutes"):
        if isinstance(value, int) and value < 1:
            yield f'property "{exact}" value {value} is below 1 minute'


def _both(*rules: PreviewRule) -> Callable[[Mapping[str, Any]], Iterator[str]]:
    def rule(inputs: Mapping[str, Any]) -> Iterator[str]:
        for one in rules:
            yield from one(inputs)

    return rule


FACTS: Mapping[str, Facts] = {
    "Team": Facts(computed=frozenset({"defaultRole"})),
    "User": Facts(
        defaults={"role": "user"},
        choices={
            "role": Choice(
                (
                    "admin",
                    "limited_user",
                    "observer",
                    "owner",
                    "read_only_user",
                    "read_only_limited_user",
                    "restricted_access",
                    "user",
                )
            )
        },
        computed=frozenset({"timeZone", "color", "license", "teams"}),
        rule=_time_zones("timeZone"),
    ),
    "UserContactMethod": Facts(
        replaces=frozenset({"userId"}),
        choices={
            "type": Choice(
                (
                    "email_contact_method",
                    "phone_contact_method",
                    "push_notification_contact_method",
                    "sms_contact_method",
                )
            )
        },
        computed=frozenset({"countryCode"}),
    ),
    "UserNotificationRule": Facts(replaces=frozenset({"userId"})),
    "TeamMembership": Facts(
        replaces=frozenset({"teamId", "userId"}),
        defaults={"role": "manager"},
        choices={"role": Choice(("observer", "responder", "manager"))},
    ),
    "Schedule": Facts(
        choices={"layers.*.restrictions.*.type": Choice(("daily_restriction", "weekly_restriction"))},
        computed=frozenset({"layers.*.id", "layers.*.renderedCoveragePercentage", "layers.*.name"}),
        rule=_both(_time_zones("timeZone"), _schedule_layers),
    ),
    "Schedulev2": Facts(
        computed=frozenset({"rotations.*.id", "rotations.*.events.*.id"}), rule=_time_zones("timeZone")
    ),
    "EscalationPolicy": Facts(
        defaults={"rules.*.targets.*.type": "user_reference"},
        choices={"rules.*.targets.*.type": Choice(("user_reference", "schedule_reference"))},
        computed=frozenset({"rules.*.id", "rules.*.escalationRuleAssignmentStrategy"}),
        rule=_escalation,
    ),
    "Service": Facts(
        defaults={"autoResolveTimeout": "14400", "acknowledgementTimeout": "1800"},
        computed=frozenset(
            {
                "alertCreation",
                "incidentUrgencyRule",
                "alertGrouping",
                "alertGroupingTimeout",
                "alertGroupingParameters",
                "autoPauseNotificationsParameters",
            }
        ),
        rule=_time_zones("supportHours.timeZone"),
    ),
    "ServiceIntegration": Facts(
        replaces=frozenset({"service", "type", "vendor"}),
        computed=frozenset({"type", "vendor", "integrationKey", "integrationEmail", "emailFilterMode"}),
    ),
    "EventOrchestration": Facts(computed=frozenset({"integrations"})),
    "EventOrchestrationIntegration": Facts(computed=frozenset({"id", "parameters"})),
    "EventOrchestrationRouter": Facts(
        replaces=frozenset({"eventOrchestration"}), computed=frozenset({"set.rules.*.id"})
    ),
    "EventOrchestrationGlobal": Facts(
        replaces=frozenset({"eventOrchestration"}), computed=frozenset({"sets.*.rules.*.id"})
    ),
    "EventOrchestrationUnrouted": Facts(
        replaces=frozenset({"eventOrchestration"}), computed=frozenset({"sets.*.rules.*.id"})
    ),
    "EventOrchestrationService": Facts(
        replaces=frozenset({"service"}),
        computed=frozenset({"enableEventOrchestrationForService", "sets.*.rules.*.id"}),
    ),
    "WebhookSubscription": Facts(
        replaces=frozenset({"deliveryMethods.*.customHeaders"}),
        defaults={"active": True, "type": "webhook_subscription"},
        computed=frozenset({"deliveryMethods.*.secret", "deliveryMethods.*.temporarilyDisabled"}),
    ),
    "AlertGroupingSetting": Facts(computed=frozenset({"config"})),
    "TagAssignment": Facts(replaces=frozenset({"tagId", "entityId", "entityType"})),
    "Tag": Facts(replaces=frozenset({"label"})),
    "ServiceDependency": Facts(replaces=frozenset({"dependency"})),
    "BusinessService": Facts(defaults={"type": "business_service"}),
    "Extension": Facts(replaces=frozenset({"extensionSchema"}), computed=frozenset({"type", "config"})),
    "SlackConnection": Facts(replaces=frozenset({"workspaceId"}), computed=frozenset({"workspaceId"})),
}


def facts_of(kind: str) -> Facts:
    """The facts of a kind."""
    return FACTS.get(kind, Facts())
