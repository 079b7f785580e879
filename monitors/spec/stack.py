"""Everything one environment has, and that its parts refer to each other rightly."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Annotated, ClassVar, Final, Literal

from pydantic import AfterValidator, BaseModel, Field, model_validator

from monitors.spec.alerting import NrqlCondition, Policy
from monitors.spec.assertions import PathAssertion, Reaches
from monitors.spec.base import Spec
from monitors.spec.consistency import misfits
from monitors.spec.dashboards import Dashboard
from monitors.spec.notification import (
    Channel,
    Destination,
    EmailChannel,
    EmailDestination,
    PagerDutyChannel,
    PagerDutyDestination,
    SlackChannel,
    SlackDestination,
    WebhookChannel,
    WebhookDestination,
    Workflow,
)
from monitors.spec.objectives import ServiceLevel
from monitors.spec.oncall import EscalationPolicy, Schedule, ScheduleTarget, Team, User
from monitors.spec.paging import EventOrchestration, IncidentWorkflow, Integration, Service, WebhookSubscription
from monitors.spec.platform import (
    EnvVar,
    IntegrationKey,
    Platform,
    ServiceAddress,
    StoreAddress,
    WebhookSecret,
)
from monitors.spec.settings import Setting
from monitors.spec.traffic import Traffic
from monitors.spec.upkeep import DataRule, Monitor, MutingRule
from monitors.spec.values import FrozenDict, Key

Tags = Annotated[
    dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")], Annotated[str, Field(min_length=1)]],
    AfterValidator(FrozenDict),
    Field(description="Write tags as lower-case words joined by hyphens, each with a value."),
]
_DESTINATION_OF: Final[dict[type[Channel], type[Destination]]] = {
    PagerDutyChannel: PagerDutyDestination,
    SlackChannel: SlackDestination,
    EmailChannel: EmailDestination,
    WebhookChannel: WebhookDestination,
}


class Observability(Spec):
    """What is at New Relic."""

    LABEL: ClassVar[str] = "observability"

    policies: tuple[Policy, ...]
    destinations: tuple[Destination, ...]
    workflows: tuple[Workflow, ...]
    dashboards: tuple[Dashboard, ...]
    service_levels: tuple[ServiceLevel, ...] = ()
    monitors: tuple[Monitor, ...] = ()
    muting_rules: tuple[MutingRule, ...] = ()
    data_rules: tuple[DataRule, ...] = ()

    @property
    def conditions(self) -> tuple[NrqlCondition, ...]:
        """Every condition of every policy."""
        return tuple(condition for policy in self.policies for condition in policy.conditions)


class Response(Spec):
    """What is at PagerDuty."""

    LABEL: ClassVar[str] = "response"

    users: tuple[User, ...]
    teams: tuple[Team, ...]
    schedules: tuple[Schedule, ...]
    escalation_policies: tuple[EscalationPolicy, ...]
    services: tuple[Service, ...]
    integrations: tuple[Integration, ...] = ()
    orchestrations: tuple[EventOrchestration, ...] = ()
    webhooks: tuple[WebhookSubscription, ...] = ()
    incident_workflows: tuple[IncidentWorkflow, ...] = ()


class Stack(Spec):
    """One environment, whole. Raises `SpecError` when a key is given twice or a reference leads nowhere."""

    LABEL: ClassVar[str] = "stack"

    name: Literal["staging", "prod"]
    tags: Tags
    platform: Platform
    observability: Observability
    response: Response
    traffic: Annotated[
        tuple[Traffic, ...], Field(description="State what is known of the traffic, or leave it out.")
    ] = ()
    assertions: Annotated[
        tuple[PathAssertion, ...], Field(description="Say what has to be true of the ways to people, or leave it out.")
    ] = ()

    @model_validator(mode="after")
    def _parts_fit_together(self) -> Stack:
        faults = [*_repeats(self), *_dangling(self), *_unheard(self.observability), *misfits(self)]
        if faults:
            raise ValueError("\n  ".join(faults))
        return self

    @property
    def settings(self) -> tuple[Setting, ...]:
        """Every setting that some spec of the stack needs, by name, each once."""
        found = {setting.name: setting for setting in _settings_in(self)}
        return tuple(found[name] for name in sorted(found))


def _keys(specs: Iterable[Spec]) -> list[Key]:
    return [getattr(spec, "key") for spec in specs]  # noqa: B009  # every spec with a place in a list has one


def _groups(stack: Stack) -> Iterator[tuple[str, list[Key]]]:
    """Yield each namespace of keys with what it is called."""
    seen, response, platform = stack.observability, stack.response, stack.platform
    yield "traffic", _keys(stack.traffic)
    yield "assertion", _keys(stack.assertions)
    yield "condition", _keys(seen.conditions)
    yield "policy", _keys(seen.policies)
    yield "destination", _keys(seen.destinations)
    yield "workflow", _keys(seen.workflows)
    yield "dashboard", _keys(seen.dashboards)
    yield "service level", _keys(seen.service_levels)
    yield "monitor", _keys(seen.monitors)
    yield "muting rule", _keys(seen.muting_rules)
    yield "data rule", _keys(seen.data_rules)
    yield "user", _keys(response.users)
    yield "team", _keys(response.teams)
    yield "schedule", _keys(response.schedules)
    yield "escalation policy", _keys(response.escalation_policies)
    yield "PagerDuty service", _keys(response.services)
    yield "integration", [*_keys(response.integrations), *_keys(response.orchestrations)]
    yield "webhook subscription", _keys(response.webhooks)
    yield "incident workflow", _keys(response.incident_workflows)
    yield "environment group", _keys(platform.groups)
    yield "service", _keys([*platform.web_services, *platform.private_services])
    yield "store", _keys([*platform.postgres, *platform.key_values])


def _repeats(stack: Stack) -> Iterator[str]:
    for what, keys in _groups(stack):
        for key in sorted(key for key, count in Counter(keys).items() if count > 1):
            yield f'{what} "{key}" is declared twice; give one of them another key.'


def _dangling(stack: Stack) -> Iterator[str]:
    known = {what: set(keys) for what, keys in _groups(stack)}
    listed: dict[str, str] = {}
    for where, what, key in (
        *_of_new_relic(stack.observability),
        *_of_pagerduty(stack.response),
        *_of_render(stack.platform),
        *_of_assertions(stack.assertions),
    ):
        if key not in known[what]:
            names = listed.setdefault(what, ", ".join(sorted(known[what])) or "none")
            yield f'{where} names the {what} "{key}", which is not declared; declared are {names}.'
    yield from _wrong_destinations(stack.observability)
    yield from _unknown_team_members(stack)


Reference = tuple[str, str, Key]


def _of_new_relic(seen: Observability) -> Iterator[Reference]:
    for condition in seen.conditions:
        yield f'condition "{condition.key}" (owner)', "team", condition.owner
    for workflow in seen.workflows:
        yield from ((f'workflow "{workflow.key}"', "policy", key) for key in workflow.policies)
        yield from ((f'workflow "{workflow.key}"', "destination", channel.destination) for channel in workflow.channels)
    for destination in seen.destinations:
        if isinstance(destination, PagerDutyDestination):
            yield f'destination "{destination.key}"', "integration", destination.integration
    for rule in seen.muting_rules:
        yield from ((f'muting rule "{rule.key}"', "policy", key) for key in rule.policies)
    for level in seen.service_levels:
        yield f'service level "{level.key}"', "monitor", level.monitor
        yield from ((f'service level "{level.key}"', "condition", burn.condition) for burn in level.burn_rates)


def _of_pagerduty(response: Response) -> Iterator[Reference]:
    for team in response.teams:
        yield from ((f'team "{team.key}"', "user", key) for key in team.members)
    for schedule in response.schedules:
        yield f'schedule "{schedule.key}"', "team", schedule.team
        users = (key for layer in schedule.layers for key in layer.users)
        yield from ((f'schedule "{schedule.key}"', "user", key) for key in users)
    for policy in response.escalation_policies:
        where = f'escalation policy "{policy.key}"'
        yield where, "team", policy.team
        for target in (target for level in policy.levels for target in level.targets):
            if isinstance(target, ScheduleTarget):
                yield where, "schedule", target.schedule
            else:
                yield where, "user", target.user
    for service in response.services:
        yield f'PagerDuty service "{service.key}"', "escalation policy", service.escalation_policy
    for integration in response.integrations:
        yield f'integration "{integration.key}"', "PagerDuty service", integration.service
    for orchestration in response.orchestrations:
        where = f'event orchestration "{orchestration.key}"'
        yield where, "team", orchestration.team
        services = [*(route.service for route in orchestration.routes), orchestration.otherwise]
        yield from ((where, "PagerDuty service", key) for key in services)
    for webhook in response.webhooks:
        yield f'webhook subscription "{webhook.key}"', "PagerDuty service", webhook.service
    for workflow in response.incident_workflows:
        yield f'incident workflow "{workflow.key}"', "team", workflow.team
        yield from ((f'incident workflow "{workflow.key}"', "PagerDuty service", key) for key in workflow.services)


def _of_render(platform: Platform) -> Iterator[Reference]:
    services = (*platform.web_services, *platform.private_services)
    for service in services:
        yield from ((f'service "{service.key}"', "environment group", key) for key in service.groups)
    holders = [(service.key, service.variables) for service in services]
    for key, variables in [*holders, *((group.key, group.variables) for group in platform.groups)]:
        for variable in variables:
            yield from _of_variable(f'variable {variable.name} of "{key}"', variable)


def _of_assertions(assertions: Iterable[PathAssertion]) -> Iterator[Reference]:
    for assertion in assertions:
        where = f'assertion "{assertion.key}"'
        yield from ((where, "condition", key) for key in assertion.conditions)
        if isinstance(assertion.expects, Reaches):
            named = (("team", assertion.expects.team), ("schedule", assertion.expects.schedule))
            for what, key in (*named, ("user", assertion.expects.user)):
                if key is not None:
                    yield f"{where} (expects)", what, key


def _of_variable(where: str, variable: EnvVar) -> Iterator[Reference]:
    match variable.value:
        case StoreAddress(store=key):
            yield where, "store", key
        case ServiceAddress(service=key):
            yield where, "service", key
        case IntegrationKey(integration=key):
            yield where, "integration", key
        case WebhookSecret(webhook=key):
            yield where, "webhook subscription", key


def _wrong_destinations(seen: Observability) -> Iterator[str]:
    by_key = {destination.key: destination for destination in seen.destinations}
    for workflow in seen.workflows:
        for channel in workflow.channels:
            found, wanted = by_key.get(channel.destination), _DESTINATION_OF[type(channel)]
            if found is not None and not isinstance(found, wanted):
                yield (
                    f'workflow "{workflow.key}" sends a {channel.LABEL} to "{found.key}", which is a {found.LABEL}; '
                    f"name a {wanted.LABEL}."
                )


def _unknown_team_members(stack: Stack) -> Iterator[str]:
    members = {team.key: set(team.members) for team in stack.response.teams}
    for schedule in stack.response.schedules:
        for user in sorted({key for layer in schedule.layers for key in layer.users}):
            if schedule.team in members and user not in members[schedule.team]:
                yield (
                    f'schedule "{schedule.key}" puts "{user}" on call, who is not in its team "{schedule.team}"; add '
                    "them to its members."
                )


def _unheard(seen: Observability) -> Iterator[str]:
    """Name conditions whose incidents nobody would hear of, and pages that would reach no pager."""
    of_policy: dict[Key, list[Workflow]] = defaultdict(list)
    for workflow in seen.workflows:
        for key in workflow.policies:
            of_policy[key].append(workflow)
    for policy in seen.policies:
        workflows = of_policy[policy.key]
        if not workflows:
            yield (f'policy "{policy.key}" is in no workflow: nobody hears of its incidents; add it to one.')
            continue
        for condition in policy.conditions:
            yield from _unheard_condition(policy, condition, workflows)


def _unheard_condition(policy: Policy, condition: NrqlCondition, workflows: list[Workflow]) -> Iterator[str]:
    heard = [workflow for workflow in workflows if condition.severity in workflow.severities]
    if not heard:
        yield (
            f'condition "{condition.key}" is {condition.severity}, which no workflow of its policy "{policy.key}" is '
            "for; move it, or add the severity to a workflow."
        )
        return
    priorities = {priority for workflow in heard for priority in workflow.priorities}
    silence_opens = condition.loss_of_signal is not None and condition.loss_of_signal.open_incident
    opened = (("CRITICAL", condition.critical is not None or silence_opens), ("HIGH", condition.warning is not None))
    for priority, opens in opened:
        if opens and priority not in priorities and not (condition.severity.pages and priority == "HIGH"):
            what = f'condition "{condition.key}" opens {priority} issues'
            yield f'{what}, which no workflow of policy "{policy.key}" takes; add the priority to one.'
    pages = any(isinstance(channel, PagerDutyChannel) for workflow in heard for channel in workflow.channels)
    if condition.severity.pages and not pages:
        yield (
            f'condition "{condition.key}" is {condition.severity}, and no workflow of policy "{policy.key}" pages; '
            "give one of them a PagerDuty channel."
        )


def _settings_in(spec: object) -> Iterator[Setting]:
    """Yield the settings anywhere below a spec."""
    if isinstance(spec, Setting):
        yield spec
    elif isinstance(spec, BaseModel):
        for name in type(spec).model_fields:
            yield from _settings_in(getattr(spec, name))
    elif isinstance(spec, tuple):
        for part in spec:
            yield from _settings_in(part)
    elif isinstance(spec, dict):
        for part in spec.values():
            yield from _settings_in(part)
