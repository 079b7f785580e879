"""Small specs for the tests of what is made at New Relic, and a recording of one component."""

from __future__ import annotations

from typing import Any

import pulumi
from stack_mocks import a_context

from infra.context import Context
from monitors.spec import (
    NrqlCondition,
    Observability,
    Operator,
    Policy,
    RunbookSection,
    Setting,
    SettingKind,
    Severity,
    Threshold,
)
from service.metrics import Unit

BASE_URL = Setting(name="publicUrl", kind=SettingKind.URL, meaning="Where users reach the service.")
TOKEN = Setting(name="hookToken", kind=SettingKind.TEXT, meaning="What the hook is called with.", secret=True)
URL = "https://legal.example.com/"


def context() -> Context:
    """A context whose service has a whole address."""
    return a_context(settings={BASE_URL.name: URL})


def condition(key: str = "high-error-rate", **changes: Any) -> NrqlCondition:
    """A condition that pages when more than 5 % fail for 5 minutes."""
    fields: dict[str, Any] = {
        "key": key,
        "name": "High Error Rate",
        "query": "SELECT average(`Custom/Skills/ErrorRate`) FROM Metric",
        "unit": Unit.PERCENT,
        "severity": Severity.SEV1,
        "owner": "ai-platform",
        "user_impact": "Every twentieth answer fails.",
        "runbook": RunbookSection(file="incident-response.md", anchor=key),
        "critical": Threshold(operator=Operator.ABOVE, value=5, duration_seconds=300),
    }
    return NrqlCondition(**{**fields, **changes})


def policy(key: str = "page-sev1", *conditions: NrqlCondition) -> Policy:
    """A policy; without conditions it has the usual one."""
    return Policy(key=key, name=f"AI service: {key}", conditions=conditions or (condition(),))


def observability(**parts: Any) -> Observability:
    """What is at New Relic, nothing but the parts that are given."""
    empty: dict[str, Any] = {"policies": (), "destinations": (), "workflows": (), "dashboards": ()}
    return Observability(**{**empty, **parts})


def policy_ids(*keys: str) -> dict[str, pulumi.Output[str]]:
    """Ids of policies that tell their keys; to be made inside the recorded program, whose event loop they belong to."""
    return {key: pulumi.Output.from_input(f"id-of-{key}") for key in keys}
