"""Small specs of a response, for the tests of what becomes of them at PagerDuty."""

from __future__ import annotations

from typing import Any

from monitors.spec import (
    ConstantUrgency,
    EscalationLevel,
    EscalationPolicy,
    EventOrchestration,
    EventRule,
    IncidentWorkflow,
    Integration,
    Layer,
    Response,
    Restriction,
    Route,
    Schedule,
    ScheduleTarget,
    Service,
    Setting,
    SettingKind,
    Team,
    User,
    UserTarget,
    WebhookSubscription,
    WorkflowStep,
)

DAY = 86_400
USER_IDS = {"ana": "PANA001", "bo": "PBO0002", "cy": "PCY0003"}
PUBLIC_URL = Setting(name="publicUrl", kind=SettingKind.URL, meaning="Where the service is reached.")
SETTINGS = {"publicUrl": "https://legal.example/", "scheduleResource": "schedule"}


def a_layer(**changes: Any) -> Layer:
    fields: dict[str, Any] = {
        "name": "Weekly",
        "start": "2026-01-05T09:00:00-08:00",  # a Monday
        "turn_seconds": 7 * DAY,
        "users": ("ana", "bo", "cy"),
    }
    return Layer(**(fields | changes))


def a_schedule(*layers: Layer) -> Schedule:
    return Schedule(
        key="primary", name="Primary", team="ai", time_zone="America/Los_Angeles", layers=layers or (a_layer(),)
    )


def working_hours(start: str = "09:00:00", hours: int = 8, days: tuple[Any, ...] = (1, 2, 3, 4, 5)) -> Any:
    return tuple(
        Restriction(kind="weekly", start=start, duration_seconds=hours * 3600, weekday=weekday) for weekday in days
    )


def daily(start: str, hours: int) -> Any:
    return (Restriction(kind="daily", start=start, duration_seconds=hours * 3600),)


def a_service(**changes: Any) -> Service:
    fields: dict[str, Any] = {
        "key": "sev1",
        "name": "SEV1",
        "description": "Users are affected now.",
        "escalation_policy": "sev1",
        "urgency": ConstantUrgency(urgency="high"),
    }
    return Service(**(fields | changes))


def a_policy() -> EscalationPolicy:
    return EscalationPolicy(
        key="sev1",
        name="SEV1",
        team="ai",
        levels=(
            EscalationLevel(targets=(ScheduleTarget(schedule="primary"),), delay_minutes=5),
            EscalationLevel(targets=(ScheduleTarget(schedule="primary"), UserTarget(user="cy")), delay_minutes=10),
        ),
        loops=3,
    )


def an_orchestration() -> EventOrchestration:
    return EventOrchestration(
        key="events",
        name="Own events",
        team="ai",
        routes=(Route(label="SEV1 events", condition="event.severity matches 'critical'", service="sev1"),),
        otherwise="sev2",
    )


def a_webhook() -> WebhookSubscription:
    return WebhookSubscription(
        key="rollback",
        description="Tells the service of incidents.",
        service="sev1",
        base_url=PUBLIC_URL,
        path="/hooks/pagerduty",
        events=("incident.triggered", "incident.resolved"),
    )


def a_workflow() -> IncidentWorkflow:
    return IncidentWorkflow(
        key="status",
        name="Status update",
        description="Tells those who subscribed.",
        team="ai",
        services=("sev1",),
        condition="incident.urgency matches 'high'",
        steps=(
            WorkflowStep(
                name="Send status update",
                action="pagerduty.com:incident-workflows:send-status-update:1",
                inputs={"Message": "Being worked on."},
            ),
        ),
    )


def a_response(**changes: Any) -> Response:
    rule = EventRule(label="Note the runbook", condition="event.severity matches 'critical'", note="See the runbook.")
    fields: dict[str, Any] = {
        "users": tuple(User(key=key, role=f"Engineer {key}") for key in USER_IDS),
        "teams": (Team(key="ai", name="AI team", description="Owns the skills.", members=("ana", "bo", "cy")),),
        "schedules": (a_schedule(),),
        "escalation_policies": (a_policy(),),
        "services": (
            a_service(grouping_window_seconds=300, event_rules=(rule,)),
            a_service(key="sev2", name="SEV2"),
        ),
        "integrations": (
            Integration(key="new-relic", name="New Relic", service="sev1", kind="new_relic"),
            Integration(key="changes", name="Deploys", service="sev1", kind="events_api_v2"),
        ),
        "orchestrations": (an_orchestration(),),
        "webhooks": (a_webhook(),),
        "incident_workflows": (a_workflow(),),
    }
    return Response(**(fields | changes))
