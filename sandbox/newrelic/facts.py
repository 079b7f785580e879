"""What New Relic's real plugin does in a preview, and no SDK class tells.

Sources: the SDK's docstrings (pulumi-newrelic 5.80.4), its schema's replacement marks, and previews of the real plugin
against local servers. What the real preview lets pass is left out on purpose: `up` meets it at the account.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.plugins.facts import Choice, Facts
from sandbox.plugins.schema import load

_OPERATORS = Choice(("above", "above_or_equals", "below", "below_or_equals", "equals", "not_equals"), ignore_case=True)
_OCCURRENCES = Choice(("all", "at_least_once"), ignore_case=True)
_PERIODS = Choice(
    (
        "EVERY_MINUTE",
        "EVERY_5_MINUTES",
        "EVERY_10_MINUTES",
        "EVERY_15_MINUTES",
        "EVERY_30_MINUTES",
        "EVERY_HOUR",
        "EVERY_6_HOURS",
        "EVERY_12_HOURS",
        "EVERY_DAY",
    )
)
_DESTINATION_TYPES = Choice(
    (
        "EMAIL",
        "WEBHOOK",
        "PAGERDUTY_ACCOUNT_INTEGRATION",
        "PAGERDUTY_SERVICE_INTEGRATION",
        "SERVICE_NOW",
        "SERVICE_NOW_APP",
        "JIRA",
        "MOBILE_PUSH",
        "EVENT_BRIDGE",
        "SLACK",
        "SLACK_COLLABORATION",
        "MICROSOFT_TEAMS",
        "WORKFLOW_AUTOMATION",
    )
)
# The muting rule's times are local, without an offset; the zone is a field of its own.
_LOCAL_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}")
_SHORTEST_TIME_LIMIT_SECONDS = 300
_LONGEST_TIME_LIMIT_SECONDS = 2_592_000
DEFAULT_TIME_LIMIT_SECONDS = 259_200


def _condition_rule(inputs: Mapping[str, Any]) -> Iterator[str]:
    limit = inputs.get("violationTimeLimitSeconds")
    if isinstance(limit, int) and not _SHORTEST_TIME_LIMIT_SECONDS <= limit <= _LONGEST_TIME_LIMIT_SECONDS:
        yield (
            f'property "violationTimeLimitSeconds" value {limit} is outside '
            f"{_SHORTEST_TIME_LIMIT_SECONDS} to {_LONGEST_TIME_LIMIT_SECONDS}"
        )
    if limit is not None and "violationTimeLimit" in inputs:
        yield 'property "violationTimeLimit" conflicts with "violationTimeLimitSeconds"; leave out the first'
    for term in ("critical", "warning"):
        if term in inputs and "terms" in inputs:
            yield f'property "terms" conflicts with "{term}"; leave out "terms"'


def _muting_rule(inputs: Mapping[str, Any]) -> Iterator[str]:
    schedule = inputs.get("schedule")
    for name in ("startTime", "endTime", "endRepeat") if isinstance(schedule, Mapping) else ():
        value = schedule.get(name) if isinstance(schedule, Mapping) else None
        if isinstance(value, str) and not _LOCAL_TIME.fullmatch(value):
            yield (
                f'property "schedule.{name}" value "{value}" is no local time without an offset, '
                "such as 2026-01-31T22:00:00; the zone belongs into schedule.timeZone"
            )


def _widget_defaults() -> dict[str, Any]:
    widgets = [name for name in load("newrelic").types["OneDashboardPage"].fields if name.startswith("widget")]
    sizes = {"width": 4, "height": 3}
    return {f"pages.*.{widget}.*.{name}": size for widget in widgets for name, size in sizes.items()}


def _term_choices() -> dict[str, Choice]:
    found: dict[str, Choice] = {"terms.*.priority": Choice(("critical", "warning"))}
    for term in ("critical", "warning", "terms.*"):
        found[f"{term}.operator"] = _OPERATORS
        found[f"{term}.thresholdOccurrences"] = _OCCURRENCES
        found[f"{term}.timeFunction"] = Choice(("all", "any"))
    return found


_CONDITION = Facts(
    replaces=frozenset({"policyId", "type"}),
    defaults={
        "enabled": True,
        "type": "static",
        "critical.operator": "equals",
        "warning.operator": "equals",
        "terms.*.operator": "equals",
        "terms.*.priority": "critical",
    },
    choices={
        "type": Choice(("static", "baseline", "outlier")),
        "aggregationMethod": Choice(("cadence", "event_flow", "event_timer"), ignore_case=True),
        "fillOption": Choice(("none", "last_value", "static"), ignore_case=True),
        "baselineDirection": Choice(("lower_only", "upper_and_lower", "upper_only"), ignore_case=True),
        "violationTimeLimit": Choice(
            (
                "ONE_HOUR",
                "TWO_HOURS",
                "FOUR_HOURS",
                "EIGHT_HOURS",
                "TWELVE_HOURS",
                "TWENTY_FOUR_HOURS",
                "THIRTY_DAYS",
            ),
            ignore_case=True,
        ),
        **_term_choices(),
    },
    computed=frozenset(
        {
            "aggregationWindow",
            "aggregationMethod",
            "aggregationDelay",
            "aggregationTimer",
            "nrql.dataAccountId",
            "violationTimeLimitSeconds",
        }
    ),
    rule=_condition_rule,
)

FACTS: Mapping[str, Facts] = {
    "AlertPolicy": Facts(
        replaces=frozenset({"accountId", "channelIds"}),
        defaults={"incidentPreference": "PER_POLICY"},
        choices={"incidentPreference": Choice(("PER_POLICY", "PER_CONDITION", "PER_CONDITION_AND_TARGET"))},
    ),
    "NrqlAlertCondition": _CONDITION,
    "AlertMutingRule": Facts(
        choices={
            "condition.operator": Choice(("AND", "OR")),
            "schedule.repeat": Choice(("DAILY", "WEEKLY", "MONTHLY")),
        },
        computed=frozenset({"actionOnMutingRuleWindowEnded"}),
        rule=_muting_rule,
    ),
    "NotificationDestination": Facts(
        replaces=frozenset({"accountId", "type"}),
        defaults={"active": True},
        choices={"type": _DESTINATION_TYPES},
        secrets=frozenset(
            {"authToken.token", "authBasic.password", "authCustomHeaders.*.value", "secureUrl.secureSuffix"}
        ),
        write_only=frozenset(
            {"authToken.token", "authBasic.password", "authCustomHeaders.*.value", "secureUrl.secureSuffix"}
        ),
        computed=frozenset({"scope"}),
    ),
    "NotificationChannel": Facts(
        replaces=frozenset({"accountId", "destinationId", "product", "type"}),
        defaults={"active": True},
        choices={"product": Choice(("DISCUSSIONS", "ERROR_TRACKING", "IINT"))},
    ),
    "Workflow": Facts(
        replaces=frozenset({"accountId"}),
        defaults={
            "enabled": True,
            "enrichmentsEnabled": True,
            "destinationsEnabled": True,
            "destinations.*.updateOriginalMessage": True,
        },
        choices={
            "issuesFilter.type": Choice(("FILTER", "VIEW")),
            "mutingRulesHandling": Choice(
                (
                    "NOTIFY_ALL_ISSUES",
                    "DONT_NOTIFY_FULLY_MUTED_ISSUES",
                    "DONT_NOTIFY_FULLY_OR_PARTIALLY_MUTED_ISSUES",
                )
            ),
        },
        computed=frozenset({"destinations.*.notificationTriggers", "destinations.*.name", "destinations.*.type"}),
    ),
    "OneDashboard": Facts(
        defaults={"permissions": "public_read_only", **_widget_defaults()},
        choices={"permissions": Choice(("private", "public_read_only", "public_read_write"))},
    ),
    "OneDashboardRaw": Facts(
        defaults={"permissions": "public_read_only"},
        choices={"permissions": Choice(("private", "public_read_only", "public_read_write"))},
    ),
    "ServiceLevel": Facts(
        replaces=frozenset({"guid"}),
        choices={
            "objective.timeWindow.rolling.count": Choice((1, 7, 28)),
            "objective.timeWindow.rolling.unit": Choice(("DAY",)),
        },
    ),
    "EntityTags": Facts(replaces=frozenset({"guid"})),
    "Monitor": Facts(replaces=frozenset({"type"}), choices={"period": _PERIODS}, computed=frozenset({"period"})),
    "ScriptMonitor": Facts(replaces=frozenset({"accountId", "type"}), choices={"period": _PERIODS}),
    "StepMonitor": Facts(choices={"period": _PERIODS}),
    "BrokenLinksMonitor": Facts(choices={"period": _PERIODS}),
    "CertCheckMonitor": Facts(choices={"period": _PERIODS}),
    "SecureCredential": Facts(
        replaces=frozenset({"accountId", "key"}),
        write_only=frozenset({"value"}),
        computed=frozenset({"lastUpdated"}),
    ),
    "MonitorDowntime": Facts(
        replaces=frozenset({"mode"}), choices={"mode": Choice(("ONE_TIME", "DAILY", "WEEKLY", "MONTHLY"))}
    ),
}


def facts_of(kind: str) -> Facts:
    """The facts of a kind; the account's id is filled in for every one that takes it."""
    found = FACTS.get(kind, Facts())
    return Facts(
        found.replaces,
        found.defaults,
        found.choices,
        found.secrets,
        found.write_only,
        found.computed | {"accountId"},
        found.rule,
    )
