"""What an event becomes at PagerDuty: services, urgency, event rules, webhooks and incident workflows."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator

from monitors.spec.base import Spec
from monitors.spec.conditions import pagerduty_condition
from monitors.spec.oncall import Name, Weekday
from monitors.spec.settings import UrlSetting
from monitors.spec.values import (
    Key,
    Keys,
    NoRepeats,
    NotBlank,
    OneTrimmedLine,
    Path,
    Sentence,
    Table,
    TimeOfDay,
    TimeZone,
)

_TIMEOUT = Field(ge=60, description="Give at least 60 s, or None for never.")
Urgency = Literal["high", "low"]
Condition = Annotated[
    str,
    Field(
        min_length=3, description="Write a PagerDuty condition such as event.custom_details.severity matches 'SEV1'."
    ),
    NotBlank,
    AfterValidator(pagerduty_condition),
]
Label = Annotated[
    str, Field(min_length=3, max_length=255, description="Use 3 to 255 characters on one line."), OneTrimmedLine
]


class ConstantUrgency(Spec):
    """The same urgency at every hour; `severity_based` takes it from the event."""

    LABEL: ClassVar[str] = "urgency"

    urgency: Literal["high", "low", "severity_based"]


class SupportHours(Spec):
    """One urgency within working hours and another outside; weekdays from 1, Monday, to 7."""

    LABEL: ClassVar[str] = "support hours"

    time_zone: TimeZone
    weekdays: Annotated[
        tuple[Weekday, ...], Field(min_length=1, description="Give days from 1, Monday, to 7."), NoRepeats
    ]
    start: TimeOfDay
    end: TimeOfDay
    inside: Urgency
    outside: Urgency
    raise_at_start: bool = False

    @model_validator(mode="after")
    def _is_a_span(self) -> SupportHours:
        if self.end <= self.start:
            raise ValueError(
                f"end {self.end} is not after start {self.start}; for the night, give the day's hours and swap "
                "inside and outside"
            )
        if self.raise_at_start and (self.outside, self.inside) != ("low", "high"):
            raise ValueError(
                f"raise_at_start raises waiting incidents from low to high; outside is {self.outside} and inside is "
                f"{self.inside}; leave it out, or make them low and high"
            )
        return self


class EventRule(Spec):
    """What a service does with events that match: set severity, add a note, or make no incident of them."""

    LABEL: ClassVar[str] = "event rule"

    label: Label
    condition: Condition
    severity: Literal["critical", "error", "warning", "info"] | None = None
    note: Annotated[str | None, Field(max_length=25_000, description="Use up to 25,000 characters.")] = None
    suppress: bool = False

    @model_validator(mode="after")
    def _does_something(self) -> EventRule:
        if self.severity is None and self.note is None and not self.suppress:
            raise ValueError("give severity, note or suppress: the rule would do nothing")
        return self


class Service(Spec):
    """What incidents belong to. `auto_resolve_seconds` None keeps an incident open until the monitor closes it;
    the provider's default would resolve a real outage after four hours."""

    LABEL: ClassVar[str] = "PagerDuty service"

    key: Key
    name: Name
    description: Sentence
    escalation_policy: Key
    urgency: ConstantUrgency | SupportHours
    acknowledgement_timeout_seconds: Annotated[int | None, _TIMEOUT] = 1800
    auto_resolve_seconds: Annotated[int | None, _TIMEOUT] = None
    grouping_window_seconds: Annotated[
        int | None, Field(ge=300, le=86_400, description="PagerDuty takes 300 to 86,400 s.")
    ] = None
    event_rules: tuple[EventRule, ...] = ()

    @model_validator(mode="after")
    def _every_rule_can_match(self) -> Service:
        _refuse_hidden("event_rules", self.event_rules)
        return self


class Integration(Spec):
    """A way into a service with a key of its own: New Relic's, or the Events API for programs and deploys."""

    LABEL: ClassVar[str] = "integration"

    key: Key
    name: Name
    service: Key
    kind: Literal["new_relic", "events_api_v2"]


class Route(Spec):
    """Events that match go to a service."""

    LABEL: ClassVar[str] = "route"

    label: Label
    condition: Condition
    service: Key


class EventOrchestration(Spec):
    """One key for events of every kind, routed by their content; what matches nothing goes to `otherwise`."""

    LABEL: ClassVar[str] = "event orchestration"

    key: Key
    name: Name
    team: Key
    routes: Annotated[tuple[Route, ...], Field(min_length=1, description="Give at least one route.")]
    otherwise: Key

    @model_validator(mode="after")
    def _every_route_can_match(self) -> EventOrchestration:
        _refuse_hidden("routes", self.routes)
        return self


class WebhookSubscription(Spec):
    """What a service's incidents tell an address of ours; signed with a secret that PagerDuty makes."""

    LABEL: ClassVar[str] = "webhook subscription"

    key: Key
    description: Sentence
    service: Key
    base_url: UrlSetting
    path: Path
    events: Annotated[
        tuple[
            Literal[
                "incident.triggered",
                "incident.acknowledged",
                "incident.unacknowledged",
                "incident.resolved",
                "incident.reopened",
                "incident.escalated",
                "incident.delegated",
                "incident.reassigned",
                "incident.annotated",
                "incident.priority_updated",
            ],
            ...,
        ],
        Field(min_length=1, description="Give at least one event."),
        NoRepeats,
    ]


class WorkflowStep(Spec):
    """One action of an incident workflow, by PagerDuty's id of the action."""

    LABEL: ClassVar[str] = "incident workflow step"

    name: Name
    action: Annotated[
        str,
        Field(
            pattern=r"^pagerduty\.com:incident-workflows:[a-z-]+:\d+$",
            description="Write an id such as pagerduty.com:incident-workflows:send-status-update:1.",
        ),
    ]
    inputs: Annotated[Table[str], Field(description="Give texts by the names of the action's inputs.")]


class IncidentWorkflow(Spec):
    """Steps that run by themselves when an incident of the services meets the condition."""

    LABEL: ClassVar[str] = "incident workflow"

    key: Key
    name: Name
    description: Sentence
    team: Key
    services: Annotated[Keys, Field(min_length=1, description="Name at least one PagerDuty service.")]
    condition: Condition
    steps: Annotated[tuple[WorkflowStep, ...], Field(min_length=1, description="Give at least one step.")]


def _refuse_hidden(field: str, rules: tuple[EventRule, ...] | tuple[Route, ...]) -> None:
    """Refuse a rule that an earlier one with the same condition hides: PagerDuty takes the first that matches."""
    seen: dict[str, str] = {}
    for rule in rules:
        if rule.condition in seen:
            earlier = seen[rule.condition]
            raise ValueError(
                f'{field} "{rule.label}" never matches: "{earlier}" before it has the same condition; give it '
                "another, or delete it"
            )
        seen[rule.condition] = rule.label
