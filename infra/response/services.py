"""PagerDuty services as the provider takes them: urgency, timeouts, grouping and event rules."""

from __future__ import annotations

import pulumi
import pulumi_pagerduty as pagerduty

from infra.context import Context
from infra.response.ownership import described
from monitors.spec import ConstantUrgency, EventRule, Service, SupportHours

_NEVER = "null"  # the provider's word; leaving a timeout out means 30 min and 4 h (pulumi-pagerduty 4.37.0, Service)


def service_arguments(
    service: Service, *, escalation_policy_id: pulumi.Input[str], context: Context
) -> pagerduty.ServiceArgs:
    """Return a service that resolves and un-acknowledges incidents only when the spec says so."""
    urgency = service.urgency
    hours = urgency if isinstance(urgency, SupportHours) else None
    return pagerduty.ServiceArgs(
        name=service.name,
        description=described(service.description, context),
        escalation_policy=escalation_policy_id,
        alert_creation="create_alerts_and_incidents",
        acknowledgement_timeout=_seconds(service.acknowledgement_timeout_seconds),
        auto_resolve_timeout=_seconds(service.auto_resolve_seconds),
        incident_urgency_rule=_urgency_rule(urgency),
        support_hours=_support_hours(hours) if hours else None,
        scheduled_actions=[_raise_at_start(hours)] if hours and hours.raise_at_start else None,
    )


def grouping_arguments(
    service: Service, window_seconds: int, *, service_id: pulumi.Input[str], context: Context
) -> pagerduty.AlertGroupingSettingArgs:
    """Return the setting that makes one incident of a service's alerts within a window."""
    return pagerduty.AlertGroupingSettingArgs(
        name=f"{service.name} alerts",
        description=described(f"Alerts within {window_seconds} s are one incident.", context),
        type="time",
        services=[service_id],
        config=pagerduty.AlertGroupingSettingConfigArgs(timeout=window_seconds),
    )


def event_rules_arguments(
    service: Service, *, service_id: pulumi.Input[str]
) -> pagerduty.EventOrchestrationServiceArgs:
    """Return a service's event rules; the first that matches is the only one applied."""
    nothing = pagerduty.EventOrchestrationServiceCatchAllActionsArgs()
    return pagerduty.EventOrchestrationServiceArgs(
        service=service_id,
        enable_event_orchestration_for_service=True,
        sets=[
            pagerduty.EventOrchestrationServiceSetArgs(
                id="start", rules=[_event_rule(one) for one in service.event_rules]
            )
        ],
        catch_all=pagerduty.EventOrchestrationServiceCatchAllArgs(actions=nothing),
    )


def _seconds(timeout_seconds: int | None) -> str:
    return _NEVER if timeout_seconds is None else str(timeout_seconds)


def _urgency_rule(urgency: ConstantUrgency | SupportHours) -> pagerduty.ServiceIncidentUrgencyRuleArgs:
    if isinstance(urgency, ConstantUrgency):
        return pagerduty.ServiceIncidentUrgencyRuleArgs(type="constant", urgency=urgency.urgency)
    return pagerduty.ServiceIncidentUrgencyRuleArgs(
        type="use_support_hours",
        during_support_hours=pagerduty.ServiceIncidentUrgencyRuleDuringSupportHoursArgs(
            type="constant", urgency=urgency.inside
        ),
        outside_support_hours=pagerduty.ServiceIncidentUrgencyRuleOutsideSupportHoursArgs(
            type="constant", urgency=urgency.outside
        ),
    )


def _support_hours(hours: SupportHours) -> pagerduty.ServiceSupportHoursArgs:
    return pagerduty.ServiceSupportHoursArgs(
        type="fixed_time_per_day",
        time_zone=hours.time_zone,
        days_of_weeks=list(hours.weekdays),
        start_time=hours.start,
        end_time=hours.end,
    )


def _raise_at_start(hours: SupportHours) -> pagerduty.ServiceScheduledActionArgs:
    return pagerduty.ServiceScheduledActionArgs(
        type="urgency_change",
        to_urgency=hours.inside,
        ats=[pagerduty.ServiceScheduledActionAtArgs(type="named_time", name="support_hours_start")],
    )


def _event_rule(rule: EventRule) -> pagerduty.EventOrchestrationServiceSetRuleArgs:
    return pagerduty.EventOrchestrationServiceSetRuleArgs(
        label=rule.label,
        conditions=[pagerduty.EventOrchestrationServiceSetRuleConditionArgs(expression=rule.condition)],
        actions=pagerduty.EventOrchestrationServiceSetRuleActionsArgs(
            severity=rule.severity, annotate=rule.note, suppress=rule.suppress or None
        ),
    )
