"""Whom the incidents of a backtest would have reached: channels, and for pages the people by role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import inf

from monitors.alerting import Incident
from monitors.alerting.issues import Issue, issues_of
from monitors.alerting.notifications import Notification, Paged, notify
from monitors.backtest.result import Notice, Reached
from monitors.spec import Destination, PagerDutyDestination, SlackDestination, Stack, Trigger


@dataclass(frozen=True)
class Heard:
    """Who heard of one incident.

    `muted_by` names the muting rule that kept it from everybody; `joined` says that its issue was told of before, by
    an earlier incident.
    """

    notices: tuple[Notice, ...] = ()
    muted_by: str | None = None
    joined: bool = False


def heard(stack: Stack, incidents: Sequence[Incident], until: float) -> dict[Incident, Heard]:
    """Return who heard of each incident until a moment, the first time only: recoveries are not counted."""
    issues = issues_of(stack, incidents, until_seconds=until)
    notices: dict[Incident, list[Notice]] = {incident: [] for incident in incidents}
    for notification, notice in _first_news(stack, notify(stack, issues), until):
        notices[_told_of(notification)].append(notice)
    found: dict[Incident, Heard] = {}
    for issue in issues:
        for incident in issue.incidents:
            own = tuple(notices[incident])
            found[incident] = Heard(own, None if own else issue.muted_by, not own and _was_told(issue, notices))
    return found


def _told_of(notification: Notification) -> Incident:
    """Return the incident that a message is caused by: the one that opened then, else the issue's first."""
    members = notification.issue.incidents
    return next((one for one in members if one.opened_at == notification.at), members[0])


def _was_told(issue: Issue, notices: dict[Incident, list[Notice]]) -> bool:
    return any(notices[incident] for incident in issue.incidents)


def _first_news(
    stack: Stack, notifications: Iterable[Notification], until: float
) -> Iterator[tuple[Notification, Notice]]:
    """Yield each message that is the first of its issue through a channel, in the order of time."""
    destinations = {destination.key: destination for destination in stack.observability.destinations}
    roles = {user.key: user.role for user in stack.response.users}
    grouping = _Grouping(stack)
    told: set[tuple[int, str, str]] = set()
    for one in notifications:
        place = (id(one.issue), one.workflow, one.destination)
        if one.trigger is Trigger.CLOSED or one.at >= until or place in told:
            continue
        told.add(place)
        yield (
            one,
            Notice(
                channel=_name(destinations[one.destination]),
                kind=one.kind,
                at=one.at,
                levels=_levels(one, roles),
                is_urgent=any(page.urgency == "high" for page in one.pages),
                grouped=one.kind == "page" and grouping.joins(one),
            ),
        )


def _name(destination: Destination) -> str:
    return "Slack" if isinstance(destination, SlackDestination) else destination.name


def _levels(notification: Notification, roles: dict[str, str]) -> tuple[Reached, ...]:
    """Return the levels of an escalation, each person where they are reached first."""
    seen: set[str] = set()
    levels: list[Reached] = []
    for page in notification.pages:
        new = [user for user in page.users if user not in seen]
        seen.update(new)
        if new:
            levels.append(Reached(_minutes(page, notification), tuple(roles[user] for user in new)))
    return tuple(levels)


def _minutes(page: Paged, notification: Notification) -> int:
    return round((page.at - notification.at) / 60)


class _Grouping:
    """PagerDuty's grouping of alerts by time, for messages in the order of time.

    The first alert makes an incident; those that follow within the service's time are added to it while it is open, and
    notify nobody anew (support.pagerduty.com, "Time-Based Alert Grouping").
    """

    def __init__(self, stack: Stack) -> None:
        services = {service.key: service for service in stack.response.services}
        integrations = {one.key: services[one.service] for one in stack.response.integrations}
        self._services = {
            one.key: integrations[one.integration]
            for one in stack.observability.destinations
            if isinstance(one, PagerDutyDestination)
        }
        self._open: dict[str, tuple[float, float]] = {}  # of each service: when its incident began, when it ends

    def joins(self, notification: Notification) -> bool:
        """Say whether a page is added to an incident that is open already."""
        service = self._services[notification.destination]
        ends = inf if notification.issue.closed_at is None else notification.issue.closed_at
        begun, open_until = self._open.get(service.key, (-inf, -inf))
        if notification.at < min(begun + (service.grouping_window_seconds or 0), open_until):
            self._open[service.key] = begun, max(open_until, ends)
            return True
        self._open[service.key] = notification.at, ends
        return False
