"""Inputs of resources as a program declares them, right in everything."""

from __future__ import annotations

from typing import Any


def condition(**changed: Any) -> dict[str, Any]:
    """A static alert condition."""
    critical = {"operator": "above", "threshold": 5, "thresholdDuration": 300, "thresholdOccurrences": "all"}
    return {
        "name": "High error rate",
        "policyId": "1000001",
        "nrql": {"query": "SELECT count(*) FROM SkillExecution"},
        "critical": critical,
        **changed,
    }


def destination(**changed: Any) -> dict[str, Any]:
    """A destination for one PagerDuty service."""
    return {
        "name": "PagerDuty",
        "type": "PAGERDUTY_SERVICE_INTEGRATION",
        "authToken": {"prefix": "Token token=", "token": "seededIntegrationKey"},
        "properties": [{"key": "", "value": ""}],
        **changed,
    }


def channel(destination_id: str, **changed: Any) -> dict[str, Any]:
    """A channel of a destination."""
    return {
        "name": "Page",
        "type": "PAGERDUTY_SERVICE_INTEGRATION",
        "product": "IINT",
        "destinationId": destination_id,
        "properties": [{"key": "summary", "value": "{{ issueTitle }}"}],
        **changed,
    }


def workflow(channel_id: str, **changed: Any) -> dict[str, Any]:
    """A workflow that sends the issues of one policy to a channel."""
    predicate = {"attribute": "labels.policyIds", "operator": "EXACTLY_MATCHES", "values": ["1000001"]}
    return {
        "name": "Pages",
        "mutingRulesHandling": "NOTIFY_ALL_ISSUES",
        "destinations": [{"channelId": channel_id}],
        "issuesFilter": {"name": "filter", "type": "FILTER", "predicates": [predicate]},
        **changed,
    }


def dashboard(*widgets: dict[str, Any]) -> dict[str, Any]:
    """A dashboard of one page."""
    return {"name": "Skills overview", "pages": [{"name": "Overview", "widgetLines": list(widgets)}]}


def widget(title: str, row: int, column: int, **changed: Any) -> dict[str, Any]:
    """A line chart at a place."""
    query = {"query": "SELECT count(*) FROM SkillExecution TIMESERIES"}
    return {"title": title, "row": row, "column": column, "nrqlQueries": [query], **changed}


def service_level(guid: str, **changed: Any) -> dict[str, Any]:
    """A service level over 28 days."""
    return {
        "name": "Availability",
        "guid": guid,
        "events": {
            "accountId": "1000001",
            "validEvents": {"from": "SkillExecution"},
            "goodEvents": {"from": "SkillExecution", "where": "success IS true"},
        },
        "objective": {"target": 99.9, "timeWindow": {"rolling": {"count": 28, "unit": "DAY"}}},
        **changed,
    }


def schedule(*users: str, **changed: Any) -> dict[str, Any]:
    """A schedule with one weekly layer."""
    layer = {
        "name": "Weekly",
        "start": "2026-01-05T09:00:00Z",
        "rotationVirtualStart": "2026-01-05T09:00:00Z",
        "rotationTurnLengthSeconds": 604_800,
        "users": list(users),
    }
    return {"name": "Primary", "timeZone": "Europe/Berlin", "layers": [layer], **changed}


def escalation(target_id: str, kind: str = "schedule_reference", **changed: Any) -> dict[str, Any]:
    """An escalation policy of one level."""
    rule = {"escalationDelayInMinutes": 15, "targets": [{"id": target_id, "type": kind}]}
    return {"name": "Platform", "numLoops": 2, "rules": [rule], **changed}


def webhook(service_id: str, **changed: Any) -> dict[str, Any]:
    """A webhook about one service."""
    return {
        "type": "webhook_subscription",
        "deliveryMethods": [{"url": "https://ai.example/hooks/pagerduty", "type": "http_delivery_method"}],
        "events": ["incident.triggered"],
        "filters": [{"id": service_id, "type": "service_reference"}],
        **changed,
    }
