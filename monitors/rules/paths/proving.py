"""Whether assertions hold: every moment at which one does not, for each way that alerts take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from monitors.alerting.rota.spans import Span, at_least, common, difference, union
from monitors.alerting.tellings import TICK, Kind, Telling, Tellings, longest_wait
from monitors.rules.paths.times import horizon, spans
from monitors.rules.routes import opens
from monitors.spec import Dates, IsTold, NrqlCondition, PathAssertion, Policy, Priority, Reaches, Stack, WakesNobody

_PAGE: Final[tuple[Kind, ...]] = ("page",)


@dataclass(frozen=True, slots=True)
class Broken:
    """An assertion that does not hold for the alerts of one policy, in ascending spans of moments (UTC).

    They are those at which an issue may open; of `WakesNobody` those at which somebody is woken. `opens` is when an
    issue opens that shows the first, and `user` who is woken by it.
    """

    assertion: PathAssertion
    policy: Policy
    conditions: tuple[NrqlCondition, ...]
    priority: Priority
    spans: tuple[Span, ...]
    within: Span
    opens: datetime
    user: str | None = None


class Assertions:
    """Proves assertions on the ways from alerts to people in one stack."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._teams = {team.key: frozenset(team.members) for team in stack.response.teams}
        self._horizon = horizon(stack)
        self._tellings: dict[Span, Tellings] = {}

    def broken(self, assertion: PathAssertion) -> Iterator[Broken]:
        """Yield each policy and priority for whose alerts an assertion does not hold, and when."""
        within = self._within(assertion)
        when = spans(assertion.when, within)
        for policy, conditions in matched(self._stack, assertion):
            opened: dict[Priority, list[NrqlCondition]] = defaultdict(list)
            for condition in conditions:
                for priority in _priorities(assertion, condition):
                    opened[priority].append(condition)
            for priority, some in opened.items():
                one = Broken(assertion, policy, tuple(some), priority, (), within, within[0])
                yield from self._broken(one, when)

    def _broken(self, one: Broken, when: Sequence[Span]) -> Iterator[Broken]:
        expects, policy, priority = one.assertion.expects, one.policy.key, one.priority
        if isinstance(expects, WakesNobody):
            told = self._told_before(one.within).of(policy, priority, _PAGE, sure="most", at=when)
            yield from _woken(one, told, when)
            return
        kinds = expects.by if isinstance(expects, IsTold) else _PAGE
        limit = timedelta(minutes=expects.within_minutes)
        told = self._told(one.within).of(policy, priority, kinds, sure="least", limit=limit)
        failing = difference(when, self._fulfilled(expects, told, limit))
        if failing:
            yield replace(one, spans=tuple(failing), opens=failing[0][0])

    def _within(self, assertion: PathAssertion) -> Span:
        """Return the time that an assertion is proved for: of dates, themselves."""
        if isinstance(assertion.when, Dates):
            return spans(assertion.when, self._horizon)[0]
        return self._horizon

    def _told_before(self, within: Span) -> Tellings:
        """Return the tellings of a time and of before it: who is woken in it may be so by an issue that opened then."""
        if within == self._horizon:
            return self._told(within)
        return self._told((within[0] - longest_wait(self._stack), within[1]))

    def _told(self, within: Span) -> Tellings:
        if within not in self._tellings:
            self._tellings[within] = Tellings(self._stack, within)
        return self._tellings[within]

    def _fulfilled(self, expects: Reaches | IsTold, told: Iterable[Telling], limit: timedelta) -> list[Span]:
        """Return when issues open of which everything is told in time that is expected."""
        if isinstance(expects, IsTold):
            return union(span for one in told for span in one.within(limit))
        people: dict[str, list[Span]] = defaultdict(list)
        for one in told:
            if one.user is not None and self._is_meant(expects, one):
                people[one.user] += one.within(limit)
        return at_least(expects.people, (union(times) for times in people.values()))

    def _is_meant(self, expects: Reaches, one: Telling) -> bool:
        if expects.team is not None:
            return one.user in self._teams[expects.team]
        if expects.schedule is not None:
            return one.schedule == expects.schedule
        return expects.user in (None, one.user)


def matched(stack: Stack, assertion: PathAssertion) -> list[tuple[Policy, tuple[NrqlCondition, ...]]]:
    """Return the enabled alerts that an assertion is about, by policy."""
    keys = set(assertion.conditions)
    found = (
        (
            policy,
            tuple(
                one
                for one in policy.conditions
                if one.enabled and (one.severity in assertion.severities or one.key in keys)
            ),
        )
        for policy in stack.observability.policies
    )
    return [(policy, conditions) for policy, conditions in found if conditions]


def _woken(broken: Broken, told: Iterable[Telling], when: Sequence[Span]) -> Iterator[Broken]:
    """Yield the moments at which somebody is woken within some times, as of the one that is woken first."""
    found = [(times, one) for one in told if one.user is not None and (times := common(one.moments(), when))]
    if found:
        times, one = min(found, key=lambda pair: pair[0][0])
        first = times[0][0]
        opened = one.opens[-1][1] - TICK if one.at is not None else first - one.after
        every = union(span for times, _ in found for span in times)
        yield replace(broken, spans=tuple(every), opens=opened, user=one.user)


def _priorities(assertion: PathAssertion, condition: NrqlCondition) -> list[Priority]:
    """Return the priorities of a condition's issues that an assertion is about: of who is reached, the worst."""
    opened = [priority for priority in Priority if priority in opens(condition)]
    return opened[:1] if isinstance(assertion.expects, Reaches) else opened
