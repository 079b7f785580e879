"""What answers an alert at PagerDuty, as resources, as infra registers it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from monitors.review.resources.registered import Ref, Registered, Surroundings, value_of
from monitors.spec import (
    ConstantUrgency,
    EscalationPolicy,
    EventOrchestration,
    IncidentWorkflow,
    Integration,
    Schedule,
    ScheduleTarget,
    Service,
    Team,
    UserTarget,
    WebhookSubscription,
)


def owner_tag(around: Surroundings) -> Iterator[Registered]:
    """Yield the tag that says whose everything is."""
    yield Registered("Tag", "managed-by", {"label": (around.owner, around.stack)})


def team(around: Surroundings, spec: Team) -> Iterator[Registered]:
    """Yield a team, its memberships and its tag."""
    yield Registered("Team", spec.key, {"name": spec.name, "description": (spec.description, around.owner)})
    for user in spec.members:
        yield Registered("TeamMembership", f"{spec.key}-{user}", {"teamId": Ref("Team", spec.key), "userId": user})
    yield _tagged("teams", "Team", spec.key)


def schedule(around: Surroundings, spec: Schedule) -> Iterator[Registered]:
    """Yield a schedule, of the kind that every account has."""
    inputs = {
        "name": spec.name,
        "description": (spec.name, around.owner),
        "timeZone": spec.time_zone,
        "teams": Ref("Team", spec.team),
        "layers": spec.layers,
    }
    yield Registered("Schedule", spec.key, inputs)


def escalation_policy(around: Surroundings, spec: EscalationPolicy) -> Iterator[Registered]:
    """Yield an escalation policy and its tag."""
    inputs = {
        "name": spec.name,
        "description": (spec.name, around.owner),
        "teams": Ref("Team", spec.team),
        "numLoops": spec.loops,
        "rules": tuple(
            (level.delay_minutes, tuple(_target(target) for target in level.targets)) for level in spec.levels
        ),
    }
    yield Registered("EscalationPolicy", spec.key, inputs)
    yield _tagged("escalation_policies", "EscalationPolicy", spec.key)


def service(around: Surroundings, spec: Service) -> Iterator[Registered]:
    """Yield a service, and how its alerts are grouped and its events are treated, where that is said."""
    urgency = spec.urgency
    hours = None if isinstance(urgency, ConstantUrgency) else urgency
    inputs = {
        "name": spec.name,
        "description": (spec.description, around.owner),
        "escalationPolicy": Ref("EscalationPolicy", spec.escalation_policy),
        "acknowledgementTimeout": str(spec.acknowledgement_timeout_seconds),
        "autoResolveTimeout": str(spec.auto_resolve_seconds),
        "incidentUrgencyRule": urgency if hours is None else (hours.inside, hours.outside),
        "supportHours": (hours.time_zone, hours.weekdays, hours.start, hours.end) if hours else None,
        "scheduledActions": hours.inside if hours and hours.raise_at_start else None,
    }
    yield Registered("Service", spec.key, inputs)
    of_service = Ref("Service", spec.key)
    if spec.grouping_window_seconds is not None:
        window = spec.grouping_window_seconds
        grouping = {
            "name": spec.name,
            "description": (window, around.owner),
            "services": of_service,
            "config": window,
        }
        yield Registered("AlertGroupingSetting", spec.key, grouping)
    if spec.event_rules:
        rules = {"service": of_service, "sets": spec.event_rules}
        yield Registered("EventOrchestrationService", spec.key, rules)


def integration(around: Surroundings, spec: Integration) -> Iterator[Registered]:
    """Yield a way into a service."""
    inputs = {
        "name": spec.name,
        "service": Ref("Service", spec.service),
        "vendor": spec.kind if spec.kind == "new_relic" else None,
        "type": spec.kind if spec.kind == "events_api_v2" else None,
    }
    yield Registered("ServiceIntegration", spec.key, inputs, serves="integration")


def orchestration(around: Surroundings, spec: EventOrchestration) -> Iterator[Registered]:
    """Yield an event orchestration, the way into it, and where it routes events."""
    inputs = {"name": spec.name, "description": (spec.name, around.owner), "team": Ref("Team", spec.team)}
    yield Registered("EventOrchestration", spec.key, inputs)
    it = Ref("EventOrchestration", spec.key)
    way_in = {"eventOrchestration": it, "label": spec.name}
    yield Registered("EventOrchestrationIntegration", spec.key, way_in, serves="integration")
    routes = tuple((route.label, route.condition, Ref("Service", route.service)) for route in spec.routes)
    router = {"eventOrchestration": it, "set": routes, "catchAll": Ref("Service", spec.otherwise)}
    yield Registered("EventOrchestrationRouter", spec.key, router)


def webhook(around: Surroundings, spec: WebhookSubscription) -> Iterator[Registered]:
    """Yield a webhook subscription."""
    inputs = {
        "description": (spec.description, around.owner),
        "events": spec.events,
        "filters": Ref("Service", spec.service),
        "deliveryMethods": (value_of(spec.base_url), spec.path),
    }
    yield Registered("WebhookSubscription", spec.key, inputs)


def incident_workflow(around: Surroundings, spec: IncidentWorkflow) -> Iterator[Registered]:
    """Yield an incident workflow and what starts it."""
    inputs = {
        "name": spec.name,
        "description": (spec.description, around.owner),
        "team": Ref("Team", spec.team),
        "steps": tuple((step.name, step.action, tuple(step.inputs.items())) for step in spec.steps),
    }
    yield Registered("IncidentWorkflow", spec.key, inputs)
    trigger = {
        "workflow": Ref("IncidentWorkflow", spec.key),
        "condition": spec.condition,
        "services": tuple(Ref("Service", key) for key in spec.services),
    }
    yield Registered("IncidentWorkflowTrigger", spec.key, trigger)


def _target(target: ScheduleTarget | UserTarget) -> Any:
    return Ref("Schedule", target.schedule) if isinstance(target, ScheduleTarget) else target.user


def _tagged(entity_type: str, kind: str, key: str) -> Registered:
    inputs = {"tagId": Ref("Tag", "managed-by"), "entityType": entity_type, "entityId": Ref(kind, key)}
    return Registered("TagAssignment", f"{entity_type}-{key}", inputs)
