"""Who is asked about a page, in which order and after how many minutes, at every moment of a week, on one side.

Whom a schedule puts on call is the schedule's own affair: here it counts whether somebody is, so that a rotation that
moves is told once, at the schedule, and not again at everything that asks it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache, cached_property
from typing import Final
from zoneinfo import ZoneInfo

from monitors.alerting.oncall import on_call
from monitors.alerting.pages import urgency_at
from monitors.alerting.rota import shifts
from monitors.review.routing.sides import Specs
from monitors.spec import (
    EscalationLevel,
    EscalationPolicy,
    PagerDutyChannel,
    Schedule,
    ScheduleTarget,
    Service,
    SupportHours,
)

Asked = tuple[str, str]  # a kind, `schedule` or `user`, and the key
_DAYS: Final = 9  # a week, and a day on either side of it in every time zone


@dataclass(frozen=True, slots=True)
class Ladder:
    """Who is asked by a page that nobody answers: minutes after it, and who, in the first loop.

    All of one moment are asked together, whatever their order. `quiet` are those who are only told, without being
    woken: an incident of low urgency goes to the first level alone.
    """

    woken: tuple[tuple[int, tuple[Asked, ...]], ...] = ()
    quiet: tuple[Asked, ...] = ()

    @property
    def earliest(self) -> Mapping[Asked, int]:
        """After how many minutes each is first asked."""
        return {one: minutes for minutes, asked in reversed(self.woken) for one in asked}


class Pager:
    """One side's way from alert policies to people. `persons` has the user of each schedule that is one person's."""

    def __init__(self, specs: Specs, at: datetime, persons: Mapping[str, str]) -> None:
        self._specs = specs
        self._persons = persons
        self._start = at.astimezone(UTC) - timedelta(days=1)
        longest = max((loop_minutes(one) for one in specs["escalation-policy"].values()), default=0)
        self._end = self._start + timedelta(days=_DAYS, minutes=longest)
        # Once for each schedule and service, which several policies share.
        self._coverage = cache(self._covered)
        self.hours_begin = cache(self._hours_begin)

    def services(self, policy: str) -> tuple[str, ...]:
        """Return the services that an alert policy's critical issues page, each once."""
        return tuple(self._reached.get(policy, ()))

    @cached_property
    def _reached(self) -> Mapping[str, dict[str, None]]:
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for workflow in self._specs["workflow"].values():
            pages = (one.destination for one in workflow.channels if isinstance(one, PagerDutyChannel))
            services = [key for one in pages if (key := service_of(self._specs, one)) is not None]
            for policy in workflow.policies:
                found[policy] |= dict.fromkeys(services)
        return found

    def levels_of(self, service: str) -> tuple[EscalationLevel, ...]:
        """Return the levels by which a service asks people; none where its escalation policy does not exist."""
        policy = self._specs["escalation-policy"].get(self.policy_key(service))
        return () if policy is None else policy.levels

    def policy_key(self, service: str) -> str:
        """Return the key, of today, of a service's escalation policy."""
        return str(self._specs["pagerduty-service"][service].escalation_policy)

    def schedules_of(self, service: str) -> Iterator[str]:
        """Yield the schedules that a service's levels ask, in their order; those that do not exist are left out."""
        for target in (target for level in self.levels_of(service) for target in level.targets):
            if isinstance(target, ScheduleTarget) and target.schedule in self._specs["schedule"]:
                yield target.schedule

    def ladder(self, services: Collection[str], at: datetime) -> Ladder:
        """Return whom a page asks that goes to some services at a moment."""
        woken: dict[int, dict[Asked, None]] = {}
        quiet: dict[Asked, None] = {}
        for key in services:
            service: Service = self._specs["pagerduty-service"][key]
            steps = list(self._steps(key, at))
            # A page is of a critical issue, which a service that takes urgency from the event takes as high.
            if urgency_at(service, at) == "low":
                quiet |= dict.fromkeys(steps[0][1] if steps else ())
                continue
            for minutes, asked in steps:
                if service.auto_resolve_seconds is None or minutes * 60 < service.auto_resolve_seconds or not minutes:
                    woken.setdefault(minutes, {}).update(dict.fromkeys(asked))
        return Ladder(
            tuple((minutes, tuple(sorted(woken[minutes]))) for minutes in sorted(woken)), tuple(sorted(quiet))
        )

    def boundaries(self, service: str) -> Iterator[datetime]:
        """Yield the moments around the week at which a page to a service may begin to ask others."""
        waits = {0}
        for level in self.levels_of(service):
            for target in level.targets:
                if isinstance(target, ScheduleTarget) and target.schedule in self._specs["schedule"]:
                    starts, _ = self._coverage(target.schedule)
                    yield from (start - timedelta(minutes=wait) for start in starts for wait in waits)
            # A level with nobody on call is passed over without waiting.
            waits |= {wait + level.delay_minutes for wait in waits}
        yield from self.hours_begin(service)

    def _steps(self, service: str, at: datetime) -> Iterator[tuple[int, tuple[Asked, ...]]]:
        waited = 0
        for level in self.levels_of(service):
            moment = at + timedelta(minutes=waited)
            asked: list[Asked] = []
            for target in level.targets:
                if not isinstance(target, ScheduleTarget):
                    asked.append(("user", target.user))
                elif self._somebody(target.schedule, moment):
                    asked.append(self._asked(target.schedule))
            if asked:
                yield waited, tuple(dict.fromkeys(asked))
                waited += level.delay_minutes

    def _asked(self, schedule: str) -> Asked:
        if schedule in self._persons:
            return "user", self._persons[schedule]
        return "schedule", schedule

    def _somebody(self, schedule: str, at: datetime) -> bool:
        if schedule not in self._specs["schedule"]:
            return False
        if not self._start <= at < self._end:
            return on_call(self._specs["schedule"][schedule], at) is not None
        starts, covered = self._coverage(schedule)
        return covered[bisect_right(starts, at) - 1]

    def _covered(self, schedule: str) -> tuple[list[datetime], list[bool]]:
        """Return when somebody begins to be on call in a schedule and when nobody is, in turn."""
        spec: Schedule = self._specs["schedule"][schedule]
        starts: list[datetime] = []
        covered: list[bool] = []
        for shift in shifts(spec, self._start, self._end):
            if not covered or covered[-1] != (shift.user is not None):
                starts.append(shift.start)
                covered.append(shift.user is not None)
        return starts, covered

    def _hours_begin(self, service: str) -> tuple[datetime, ...]:
        """Return when a service's support hours begin and end around the week."""
        hours = self._specs["pagerduty-service"][service].urgency
        if not isinstance(hours, SupportHours):
            return ()
        zone = ZoneInfo(hours.time_zone)
        first = self._start.astimezone(zone).date()
        days = (first + timedelta(days=count) for count in range(_DAYS + 1))
        edges = [time.fromisoformat(hours.start), time.fromisoformat(hours.end)]
        return tuple(datetime.combine(day, edge, zone).astimezone(UTC) for day in days for edge in (time(), *edges))


def service_of(specs: Specs, destination: str) -> str | None:
    """Return the PagerDuty service behind a destination; None where the way to it is broken, as in an account."""
    found = specs["destination"].get(destination)
    integration = specs["integration"].get(getattr(found, "integration", ""))
    key = None if integration is None else str(integration.service)
    return key if key in specs["pagerduty-service"] else None


def loop_minutes(policy: EscalationPolicy) -> int:
    """Return how long an escalation takes to ask everybody once."""
    return sum(level.delay_minutes for level in policy.levels)


def gives_up_after_seconds(policy: EscalationPolicy) -> int:
    """Return how long after a page an escalation has asked everybody for the last time and waited in vain."""
    return loop_minutes(policy) * (policy.loops + 1) * 60
