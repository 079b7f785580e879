"""Policies and NRQL conditions as New Relic takes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

import pulumi
import pulumi_newrelic as newrelic

from infra.context import Context
from monitors.spec import EventTimer, NrqlCondition, Policy, Threshold


class _Term(TypedDict):
    """The arguments that a critical and a warning threshold have in common; they are two classes in the SDK."""

    operator: str
    threshold: float
    threshold_duration: int
    threshold_occurrences: str


def policy_arguments(policy: Policy, *, context: Context) -> newrelic.AlertPolicyArgs:
    """Return a policy; its incident preference is always said, the SDK's default would swallow later incidents."""
    return newrelic.AlertPolicyArgs(
        account_id=context.account_id, name=policy.name, incident_preference=str(policy.incident_preference)
    )


def nrql_condition_arguments(
    condition: NrqlCondition, *, policy_id: pulumi.Input[str], context: Context
) -> newrelic.NrqlAlertConditionArgs:
    """Return a condition with everything that decides when it opens, and with what on-call reads in it."""
    signal, silence, baseline = condition.signal, condition.loss_of_signal, condition.baseline
    return newrelic.NrqlAlertConditionArgs(
        account_id=context.account_id,
        policy_id=policy_id,
        name=condition.name,
        description=description(condition, context),
        runbook_url=condition.runbook.url(context.runbook_base_url),
        enabled=condition.enabled,
        type="baseline" if baseline else "static",
        baseline_direction=baseline.direction if baseline else None,
        signal_seasonality=baseline.seasonality.upper() if baseline else None,
        nrql=newrelic.NrqlAlertConditionNrqlArgs(query=condition.query),
        critical=newrelic.NrqlAlertConditionCriticalArgs(**_term(condition.critical)) if condition.critical else None,
        warning=newrelic.NrqlAlertConditionWarningArgs(**_term(condition.warning)) if condition.warning else None,
        aggregation_window=signal.window_seconds,
        slide_by=signal.slide_seconds,
        aggregation_method=signal.method.kind,
        aggregation_delay=None if isinstance(signal.method, EventTimer) else str(signal.method.delay_seconds),
        aggregation_timer=str(signal.method.timer_seconds) if isinstance(signal.method, EventTimer) else None,
        fill_option=signal.fill.option,
        fill_value=signal.fill.value,
        expiration_duration=silence.after_seconds if silence else None,
        open_violation_on_expiration=silence.open_incident if silence else False,
        close_violations_on_expiration=silence.close_incidents if silence else False,
        ignore_on_expected_termination=silence.ignore_expected_termination if silence else False,
        violation_time_limit_seconds=condition.violation_time_limit_seconds,
    )


def description(condition: NrqlCondition, context: Context) -> str:
    """Return what a notification says of a condition: how bad, what users feel, whose it is, where help stands."""
    return "\n".join(
        [
            f"{condition.severity}: {condition.user_impact}",
            f"Owner: {condition.owner}",
            f"Runbook: {condition.runbook.url(context.runbook_base_url)}",
        ]
    )


def condition_tags(condition: NrqlCondition, context: Context) -> Mapping[str, str]:
    """Return the stack's tags and, beside them, those by which an alert is found in its catalogue."""
    return {
        **context.tags,
        "alert": condition.key,
        "severity": str(condition.severity),
        "owner": condition.owner,
    }


def _term(threshold: Threshold) -> _Term:
    return _Term(
        operator=str(threshold.operator),
        threshold=threshold.value,
        threshold_duration=threshold.duration_seconds,
        threshold_occurrences=str(threshold.occurrences),
    )
