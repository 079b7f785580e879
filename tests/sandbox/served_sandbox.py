"""The sandbox's application served on loopback, and an account with one of each thing that has a page of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import requests

from sandbox.controls import Controls
from sandbox.server import Activity
from sandbox.store import Store

TOKEN = "the-token-of-the-test"
INTEGRATION_KEY = "0123456789abcdef0123456789abcdef"
RUNBOOK = """# Skills rollback

Put the percentage to 0.

## High skill error rate

See [the incident response](incident-response.md#sev1), [the code](../service/app.py) and `curl`.

## High skill error rate

<script>alert(1)</script>

| a | b |
|---|---|
| 1 | 2 |
"""


@dataclass
class Served:
    """An application that listens on loopback."""

    url: str
    store: Store
    controls: Controls
    activity: Activity
    session: requests.Session = field(default_factory=requests.Session)

    def ask(self, method: str, path: str, *, token: str | None = TOKEN, **options: Any) -> requests.Response:
        """Send one request, with the token unless told otherwise."""
        headers = {**({"Authorization": f"Bearer {token}"} if token else {}), **options.pop("headers", {})}
        return self.session.request(method, self.url + path, headers=headers, timeout=10, **options)


Serve = Callable[..., Served]


def account(store: Store) -> None:
    """Fill the store as the accounts' API does, with one of each kind that has a view of its own."""
    _put_render(store)
    _put_newrelic(store)
    _put_pagerduty(store)


def _put_render(store: Store) -> None:
    service = {
        "id": "srv-abc123",
        "name": "legal-platform-ai-service",
        "type": "private_service",
        "dashboardUrl": "http://127.0.0.1/objects/render/service/srv-abc123",
        "envVars": [
            {"key": "ANTHROPIC_API_KEY", "value": "sk-ant-very-secret"},
            {"key": "ANTHROPIC_SKILLS_ENABLED", "value": "true-but-hidden"},
        ],
        "secretFiles": [{"name": "key.pem", "content": "PRIVATE-LINES"}],
        "serviceDetails": {"plan": "standard", "region": "oregon", "numInstances": 1, "runtime": "image"},
    }
    store.put("render", "service", "srv-abc123", "legal-platform-ai-service", service)
    store.put("render", "deploy", "dep-1", "", {"id": "dep-1", "serviceId": "srv-abc123", "status": "live"})


def _put_newrelic(store: Store) -> None:
    store.put(
        "newrelic",
        "AlertPolicy",
        "1234567",
        "Skills <prod>",
        {"inputs": {"name": "Skills <prod>", "incidentPreference": "PER_CONDITION_AND_TARGET"}, "outputs": {}},
    )
    inputs = {
        "name": "High Skill Error Rate",
        "policyId": "1234567",
        "type": "static",
        "enabled": True,
        "description": "More than 1 in 20 skill executions fail.",
        "nrql": {"query": "SELECT percentage(count(*), WHERE success IS false) FROM SkillExecution WHERE env = 'prod'"},
        "critical": {
            "operator": "above",
            "threshold": 5.0,
            "thresholdDuration": 300,
            "thresholdOccurrences": "all",
        },
        "aggregationWindow": 60,
        "aggregationMethod": "event_flow",
        "aggregationDelay": "120",
        "runbookUrl": "https://github.com/o/r/blob/main/runbooks/skills-rollback.md#high-skill-error-rate",
    }
    document = {"inputs": inputs, "outputs": {"entityGuid": "MXxBSU9QU3xDT05E", "id": "1234567:42"}}
    store.put("newrelic", "NrqlAlertCondition", "1234567:42", "High Skill Error Rate", document)
    pages = [
        {
            "name": "Overview",
            "widgetBillboards": [
                {
                    "title": "Availability",
                    "row": 1,
                    "column": 1,
                    "width": 4,
                    "height": 3,
                    "nrqlQueries": [{"query": "SELECT percentage(count(*), WHERE success) FROM SkillExecution"}],
                }
            ],
            "widgetLines": [
                {
                    "title": "p95",
                    "row": 1,
                    "column": 5,
                    "width": 8,
                    "height": 3,
                    "nrqlQueries": [
                        {"query": "SELECT percentile(executionTime, 95) FROM SkillExecution FACET skillId TIMESERIES"}
                    ],
                },
                {"title": "Cost", "row": 4, "column": 9, "width": 9, "height": 3},
            ],
            "widgetMarkdowns": [{"title": "", "row": 4, "column": 1, "width": 8, "text": "**Read** this"}],
        }
    ]
    dashboard = {"inputs": {"name": "Skills overview", "pages": pages}, "outputs": {"guid": "MXxWSVp8REFTSEJP"}}
    store.put("newrelic", "OneDashboard", "MXxWSVp8REFTSEJP", "Skills overview", dashboard)


def _put_pagerduty(store: Store) -> None:
    layers = [
        {
            "name": "Weekly",
            "start": "2026-01-01T00:00:00Z",
            "rotationVirtualStart": "2026-01-05T09:00:00Z",
            "rotationTurnLengthSeconds": 604800,
            "users": ["PUSER01", "PUSER02"],
            "restrictions": [
                {
                    "type": "weekly_restriction",
                    "startDayOfWeek": 1,
                    "startTimeOfDay": "09:00:00",
                    "durationSeconds": 28800,
                }
            ],
        }
    ]
    for user, role in (("PUSER01", "First on call"), ("PUSER02", "Second on call")):
        store.put("pagerduty", "User", user, role, {"inputs": {"name": role}, "outputs": {}})
    schedule = {"inputs": {"name": "Platform", "timeZone": "Europe/Berlin", "layers": layers}, "outputs": {}}
    store.put("pagerduty", "Schedule", "PSCHED1", "Platform on call", schedule)
    rules = [
        {"escalationDelayInMinutes": 15, "targets": [{"type": "schedule_reference", "id": "PSCHED1"}]},
        {"escalationDelayInMinutes": 30, "targets": [{"type": "user_reference", "id": "PUSER02"}]},
    ]
    policy = {"inputs": {"name": "Platform", "numLoops": 2, "rules": rules}, "outputs": {}}
    store.put("pagerduty", "EscalationPolicy", "PESCAL1", "Platform escalation", policy)
    integration = {
        "inputs": {"name": "New Relic", "service": "PSERV01", "note": "declared-secret"},
        "outputs": {"integrationKey": INTEGRATION_KEY, "integrationEmail": ""},
        "secret_paths": ["inputs.note"],
    }
    store.put("pagerduty", "ServiceIntegration", "PINTEG1", "New Relic", integration)
