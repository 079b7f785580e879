"""From a condition or an event to everybody who is told of it: what each step decides, at one moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from math import inf
from typing import Final

from monitors.alerting.muting import Mute, mute
from monitors.alerting.paths.model import Hop, Path, PathKind, Proof
from monitors.alerting.paths.paging import Pager, hop, place_of
from monitors.alerting.paths.words import duration, moment
from monitors.alerting.pcl import Event, meets
from monitors.alerting.responses import issue_event
from monitors.alerting.responses import moment as moment_of
from monitors.alerting.rota import Override
from monitors.spec import (
    Channel,
    EmailChannel,
    EmailDestination,
    EventOrchestration,
    NrqlCondition,
    PagerDutyChannel,
    PagerDutyDestination,
    Policy,
    Priority,
    SlackChannel,
    SlackDestination,
    Stack,
    Trigger,
    WebhookChannel,
    WebhookDestination,
    Workflow,
)
from monitors.spec.notification import Destination
from monitors.words import listed

_KINDS: Final[Mapping[type[Channel], PathKind]] = {
    PagerDutyChannel: "page",
    SlackChannel: "slack",
    EmailChannel: "e-mail",
    WebhookChannel: "webhook",
}
# Windows of muting rules are weekly: what mutes for longer than this mutes for ever.
_LONGEST_MUTE: Final = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class _Opening:
    """An issue as it opens: at once, or where the window of a muting rule ends that muted one before (`after`).

    `muted` mutes this one until its window ends.
    """

    at: datetime
    muted: Mute | None
    after: Mute | None

    @property
    def ends(self) -> float:
        return inf if self.muted is None else self.muted.until_seconds


@dataclass(frozen=True, slots=True)
class _Outcome:
    paths: tuple[Path, ...]
    refusals: tuple[Hop, ...]


class Prover:
    """Proves who is told in one stack of what happens at a moment, to the second; the moment has a time zone."""

    def __init__(self, stack: Stack, at: datetime, overrides: Sequence[Override] = ()) -> None:
        seen = stack.observability
        self.stack = stack
        self.at = at.astimezone(UTC).replace(microsecond=0)
        self._pager = Pager(stack, overrides)
        self._policy_of = {condition.key: policy for policy in seen.policies for condition in policy.conditions}
        self._destinations = {destination.key: destination for destination in seen.destinations}
        self._integrations = {integration.key: integration for integration in stack.response.integrations}
        self._rules = {rule.key: rule for rule in seen.muting_rules}
        self._workflows: dict[str, list[Workflow]] = {}
        for workflow in seen.workflows:
            for key in workflow.policies:
                self._workflows.setdefault(key, []).append(workflow)
        # All conditions of a policy go the same ways: a catalogue of ten thousand has some twenty policies.
        self._outcomes: dict[tuple[str, Priority], _Outcome] = {}

    def issue(self, condition: NrqlCondition, priority: Priority | None = None) -> Proof:
        """Prove who is told of an issue that a condition of the stack opens, and that never closes.

        Without a priority it is the worst that the condition opens.
        """
        opened = _opens(condition)
        chosen = priority or next(iter(opened))
        policy = self._policy_of[condition.key]
        subject = hop("condition", condition, _condition_says(condition, chosen, opened.get(chosen)))
        if not condition.enabled or chosen not in opened:
            return Proof(subject, self.at, chosen, (), (subject,))
        outcome = self._outcomes.get((policy.key, chosen))
        if outcome is None:
            outcome = self._outcomes[policy.key, chosen] = self._outcome(policy, chosen)
        paths = tuple(replace(path, hops=(subject, *path.hops)) for path in outcome.paths)
        return Proof(subject, self.at, chosen, paths, outcome.refusals, (policy.key, chosen))

    def event(self, orchestration: EventOrchestration, event: Event) -> Proof:
        """Prove who is told of an event that a program sends to an orchestration's key."""
        known = listed(f"{'.'.join(path)} {text!r}" for path, text in event.fields.items() if text is not None)
        subject = hop("orchestration", orchestration, f"Takes an event with {known or 'content that is not known'}.")
        return Proof(subject, self.at, None, tuple(self._routed(orchestration, subject, event)))

    def _routed(self, orchestration: EventOrchestration, subject: Hop, event: Event) -> Iterator[Path]:
        """Yield a path for each service that the routes may choose: PagerDuty takes the first that matches."""
        passed: list[Hop] = []
        doubts: list[str] = []
        for route in orchestration.routes:
            verdict = meets(route.condition, event, self.at)
            title = f'route "{route.label}"'
            if verdict is False:
                says = f"Does not match: not {route.condition}."
                passed.append(Hop("route-passed", route.label, title, says, place_of(route)))
                continue
            doubt = f"It goes here only if {route.condition}, which is not known before the event comes."
            says = f"{route.condition}: the event goes to its service." if verdict else doubt
            taken = Hop("route", route.label, title, says, place_of(route))
            yield self._arrived(
                route.service, (subject, *passed, taken), event, doubts if verdict else [*doubts, doubt]
            )
            if verdict:
                return
            passed.append(replace(taken, kind="route-passed"))
            doubts = ["It goes here only if no earlier route matches, which is not known before the event comes."]
        taken = hop("orchestration", orchestration, "No route matches: the event goes to the service for all others.")
        yield self._arrived(orchestration.otherwise, (subject, *passed, taken), event, doubts)

    def _arrived(self, service: str, hops: tuple[Hop, ...], event: Event, doubts: Sequence[str]) -> Path:
        by = "The program that sent the event"
        page = self._pager.page(self._pager.service(service), event, self.at, self.at, resolver=by)
        return Path(
            "page",
            (*hops, *page.hops),
            page.notified,
            ends=page.ends,
            ends_seconds=page.ends_seconds,
            service=service,
            next=page.next,
            unsure=(*doubts, *page.unsure),
        )

    def _outcome(self, policy: Policy, priority: Priority) -> _Outcome:
        """Return what becomes of every issue of a policy and priority: the hops from the policy on."""
        workflows = self._workflows.get(policy.key, [])
        openings = tuple(self._openings(policy))
        first = hop("policy", policy, "Holds the condition; workflows choose issues by their policy and priority.")
        refusals = [
            hop("workflow", one, f"Takes {listed(one.priorities)} issues of this policy, and this one is {priority}.")
            for one in workflows
            if priority not in one.priorities
        ]
        if not workflows:
            refusals.append(hop("policy", policy, "It is in no workflow: nobody hears of its issues."))
        paths: list[Path] = []
        for opening in openings:
            for workflow in workflows:
                if priority not in workflow.priorities:
                    continue
                if opening.muted is not None and workflow.muted_issues != "NOTIFY_ALL_ISSUES":
                    refusals.append(self._mute_hop(opening.muted, f'workflow "{workflow.name}" is not told'))
                    continue
                paths.extend(self._sent(workflow, priority, opening, first))
        return _Outcome(tuple(paths), tuple(refusals))

    def _openings(self, policy: Policy) -> Iterator[_Opening]:
        """Yield the issue, and those that are made of it anew where a window ends that muted it."""
        at, rules, before = self.at, self.stack.observability.muting_rules, None
        while at < self.at + _LONGEST_MUTE:
            muted = mute(rules, policy.key, at.timestamp())
            yield _Opening(at, muted, before)
            if muted is None:
                return
            at, before = moment_of(muted.until_seconds), muted

    def _sent(self, workflow: Workflow, priority: Priority, opening: _Opening, first: Hop) -> Iterator[Path]:
        """Yield a path for each channel of a workflow that tells of an issue."""
        hops = [first]
        if opening.muted is not None:
            hops.append(self._mute_hop(opening.muted, "the workflow is told all the same"))
        elif opening.after is not None:
            hops.append(self._unmuted_hop(opening, opening.after))
        events = listed(trigger for trigger in workflow.triggers if trigger is not Trigger.ACKNOWLEDGED)
        hops.append(hop("workflow", workflow, f"Takes {priority} issues of this policy; sends at {events}."))
        for number, channel in enumerate(workflow.channels, 1):
            yield self._channel(workflow, number, channel, priority, opening, tuple(hops))

    def _channel(
        self,
        workflow: Workflow,
        number: int,
        channel: Channel,
        priority: Priority,
        opening: _Opening,
        hops: tuple[Hop, ...],
    ) -> Path:
        destination = self._destinations[channel.destination]
        says = _channel_says(channel)
        sends = Hop("channel", f"{workflow.key}/{number}", channel.LABEL, says, place_of(channel))
        hops = (*hops, sends, hop("destination", destination, _destination_says(destination)))
        kind = _KINDS[type(channel)]
        after = round((opening.at - self.at).total_seconds())
        if not isinstance(channel, PagerDutyChannel) or not isinstance(destination, PagerDutyDestination):
            return Path(kind, hops, after_seconds=after)
        integration = self._integrations[destination.integration]
        service = self._pager.service(integration.service)
        event = issue_event(channel, priority)
        by = "New Relic, when the issue closes"
        page = self._pager.page(service, event, opening.at, self.at, resolver=by, ends=opening.ends)
        into = hop("integration", integration, f'Leads into the service "{service.name}".')
        return Path(
            kind,
            (*hops, into, *page.hops),
            page.notified,
            after,
            page.ends,
            page.ends_seconds,
            service.key,
            page.next,
            page.unsure,
        )

    def _mute_hop(self, muted: Mute, then: str) -> Hop:
        rule = self._rules[muted.rule]
        until = moment(moment_of(muted.until_seconds), rule.time_zone)
        return hop("muting-rule", rule, f"Mutes the policy until {until}: {then}.")

    def _unmuted_hop(self, opening: _Opening, after: Mute) -> Hop:
        rule = self._rules[after.rule]
        waited = duration((opening.at - self.at).total_seconds())
        until = moment(opening.at, rule.time_zone)
        return hop("muting-rule", rule, f"Ends {until}: what is still open then, {waited} later, is a new issue.")


def _opens(condition: NrqlCondition) -> Mapping[Priority, str]:
    """Return the priorities of the issues that a condition opens, the worst first, each with what opens them."""
    loss = condition.loss_of_signal
    critical = [
        *(["critical threshold"] if condition.critical is not None else []),
        *(["loss of signal"] if loss is not None and loss.open_incident else []),
    ]
    found = {Priority.CRITICAL: " or ".join(critical)} if critical else {}
    return found | ({Priority.HIGH: "warning threshold"} if condition.warning is not None else {})


def _condition_says(condition: NrqlCondition, priority: Priority, by: str | None) -> str:
    if not condition.enabled:
        return "It is disabled, and opens nothing."
    if by is None:
        return (
            f"It opens no {priority} issue: it has no {'critical' if priority == 'CRITICAL' else 'warning'} threshold."
        )
    closes = duration(condition.violation_time_limit_seconds)
    return f"{condition.severity}; its {by} opens a {priority} issue, which closes after {closes} at the latest."


def _channel_says(channel: Channel) -> str:
    match channel:
        case SlackChannel():
            return f"Posts in the channel of the setting {channel.channel_id.name}."
        case EmailChannel():
            return "Mails the destination's addresses."
        case WebhookChannel():
            return f"Sends JSON with {listed(channel.payload)}."
        case _:
            return f"Sends an event with {listed(channel.details)}."


def _destination_says(destination: Destination) -> str:
    match destination:
        case SlackDestination():
            return f"The Slack workspace of the setting {destination.id.name}."
        case EmailDestination():
            return f"The addresses of the setting {destination.addresses.name}."
        case WebhookDestination():
            return f"The address of the setting {destination.base_url.name}, path {destination.path}."
        case _:
            return f"PagerDuty, by the integration key of {destination.integration}."
