"""What a page becomes at PagerDuty: services by severity, their integrations, routing, webhooks and workflows."""

from __future__ import annotations

from typing import Final, Literal

from monitors.catalog.environments import Environment
from monitors.catalog.oncall import SEV1_ESCALATION, SEV2_ESCALATION, TIME_ZONE, WORK_END, WORK_START, WORKDAYS
from monitors.catalog.routing import SEV1_INTEGRATION, SEV2_INTEGRATION
from monitors.catalog.settings import PUBLIC_URL
from monitors.catalog.terms import AI_TEAM
from monitors.spec import (
    ConstantUrgency,
    EventOrchestration,
    EventRule,
    IncidentWorkflow,
    Integration,
    Route,
    Service,
    SupportHours,
    WebhookSubscription,
    WorkflowStep,
)

SEV1_SERVICE: Final = "ai-sev1"
SEV2_SERVICE: Final = "ai-sev2"
CHANGE_EVENTS: Final = "ai-sev1-changes"
OWN_EVENTS: Final = "ai-events"
ROLLBACK_WEBHOOK: Final = "rollback"

_SEV1: Final = "event.custom_details.severity matches 'SEV1'"
_SEV2: Final = "event.custom_details.severity matches 'SEV2'"


def services(environment: Environment) -> tuple[Service, ...]:
    """Return a service for each severity that pages."""
    return (
        Service(
            key=SEV1_SERVICE,
            name=environment.named("AI service SEV1"),
            description="Users are affected now: acknowledge within 15 minutes, resolve within an hour.",
            escalation_policy=SEV1_ESCALATION,
            urgency=_urgency(environment),
            # An acknowledged SEV1 that is not solved within its hour pages again.
            acknowledgement_timeout_seconds=3600,
            # A fault trips several alerts, and the rollback's own: within five minutes they are one incident.
            grouping_window_seconds=300,
            event_rules=(_runbook_note(_SEV1, "critical"),),
        ),
        Service(
            key=SEV2_SERVICE,
            name=environment.named("AI service SEV2"),
            description="Quality is much reduced: acknowledge within 30 minutes, resolve within four hours.",
            escalation_policy=SEV2_ESCALATION,
            urgency=_urgency(environment),
            acknowledgement_timeout_seconds=4 * 3600,
            grouping_window_seconds=300,
            event_rules=(_runbook_note(_SEV2, "error"),),
        ),
    )


def integrations(environment: Environment) -> tuple[Integration, ...]:
    """Return the ways in: New Relic's into each service, and one for change events, which take a service's own key."""
    return (
        Integration(key=SEV1_INTEGRATION, name="New Relic SEV1", service=SEV1_SERVICE, kind="new_relic"),
        Integration(key=SEV2_INTEGRATION, name="New Relic SEV2", service=SEV2_SERVICE, kind="new_relic"),
        Integration(key=CHANGE_EVENTS, name="Deploys and rollouts", service=SEV1_SERVICE, kind="events_api_v2"),
    )


def orchestrations(environment: Environment) -> tuple[EventOrchestration, ...]:
    """Return the one key for events that programs send, routed by the severity they carry."""
    return (
        EventOrchestration(
            key=OWN_EVENTS,
            name=environment.named("AI service events"),
            team=AI_TEAM,
            routes=(
                Route(label="SEV1 to the SEV1 service", condition=_SEV1, service=SEV1_SERVICE),
                Route(label="SEV2 to the SEV2 service", condition=_SEV2, service=SEV2_SERVICE),
            ),
            otherwise=SEV2_SERVICE,
        ),
    )


def webhooks(environment: Environment) -> tuple[WebhookSubscription, ...]:
    """Return what PagerDuty tells the service, which rolls back while a SEV1 is open."""
    return (
        WebhookSubscription(
            key=ROLLBACK_WEBHOOK,
            description=f"Tells the {environment.name} service of SEV1 incidents, for the automatic rollback.",
            service=SEV1_SERVICE,
            base_url=PUBLIC_URL,
            path="/hooks/pagerduty",
            events=("incident.triggered", "incident.acknowledged", "incident.escalated", "incident.resolved"),
        ),
    )


def incident_workflows(environment: Environment) -> tuple[IncidentWorkflow, ...]:
    """Return what runs by itself on a SEV1: the people who asked to know are told."""
    return (
        IncidentWorkflow(
            key="sev1-status-update",
            name=environment.named("SEV1 status update"),
            description="Tells everybody who subscribed to the incident that a SEV1 is being worked on.",
            team=AI_TEAM,
            services=(SEV1_SERVICE,),
            condition="incident.urgency matches 'high'",
            steps=(
                WorkflowStep(
                    name="Send status update",
                    action="pagerduty.com:incident-workflows:send-status-update:1",
                    inputs={"Message": "A SEV1 on the AI service is being worked on. The runbook is in the incident."},
                ),
            ),
        ),
    )


def _urgency(environment: Environment) -> ConstantUrgency | SupportHours:
    if environment.wakes:
        return ConstantUrgency(urgency="high")
    return SupportHours(
        time_zone=TIME_ZONE, weekdays=WORKDAYS, start=WORK_START, end=WORK_END, inside="high", outside="low"
    )


def _runbook_note(condition: str, severity: Literal["critical", "error"]) -> EventRule:
    return EventRule(
        label=f"Note the runbook, severity {severity}",
        condition=condition,
        severity=severity,
        note="Begin with the runbook: {{event.custom_details.runbook}}",
    )
