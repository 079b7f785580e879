"""Escalation for all moments at which an incident may begin at once: whom each level reaches, how long after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from monitors.alerting.rota import shifts
from monitors.alerting.rota.spans import Span, common, difference, moved, union
from monitors.alerting.tellings.telling import Telling
from monitors.spec import EscalationLevel, ScheduleTarget, Stack

_OnCall = tuple[str, str | None, list[Span]]  # a user, the schedule that they are on call in, and when


# A muting rule's window is a day at most, and support hours begin again within a week.
_HELD_BACK: Final = timedelta(days=8)


def longest_wait(stack: Stack) -> timedelta:
    """Return how long after an issue opened somebody may still be notified for the first time, at the most."""
    minutes = (
        sum(level.delay_minutes for level in policy.levels) * (policy.loops + 1)
        for policy in stack.response.escalation_policies
    )
    return _HELD_BACK + timedelta(minutes=max(minutes, default=0))


# When incidents begin that have waited so long, and have been passed over by so many levels since.
_Waited = dict[tuple[timedelta, int], list[Span]]


class Ladders:
    """The escalation policies of one stack within a time."""

    def __init__(self, stack: Stack, whole: Span) -> None:
        self._whole = whole
        self._schedules = {schedule.key: schedule for schedule in stack.response.schedules}
        self._policies = {policy.key: policy for policy in stack.response.escalation_policies}
        self._turns: dict[str, list[_OnCall]] = {}

    def climb(self, key: str, begins: Sequence[Span], limit: timedelta) -> Iterator[Telling]:
        """Yield whom a policy reaches within a time, loops included, for high-urgency incidents of some spans.

        A level with nobody on call is passed over without waiting (support.pagerduty.com, "Escalation Policies"), so
        that incidents part: each step goes on with those that have waited as long as one another.
        """
        policy = self._policies[key]
        waited: _Waited = {(timedelta(0), 0): [*begins]}
        for level in (level for _ in range(policy.loops + 1) for level in policy.levels):
            following: _Waited = defaultdict(list)
            on_call = [*self._on_call(level)]
            for (after, passed), spans in waited.items():
                reached: list[Span] = []
                for user, schedule, times in on_call:
                    found = common(spans, moved(times, -after))
                    if found:
                        yield Telling("page", found, after, user=user, schedule=schedule)
                        reached += found
                reached = union(reached)
                later = after + timedelta(minutes=level.delay_minutes)
                if later <= limit:
                    following[later, 0] += reached
                # Whom no level of a whole loop has reached, at one moment, no further loop reaches.
                if passed + 1 < len(policy.levels):
                    following[after, passed + 1] += difference(spans, reached)
            waited = {one: union(spans) for one, spans in following.items() if spans}

    def covered(self, key: str) -> list[Span]:
        """Return when anybody is on call at any level of a policy."""
        policy = self._policies[key]
        return union(span for level in policy.levels for _, _, times in self._on_call(level) for span in times)

    def _on_call(self, level: EscalationLevel) -> Iterator[_OnCall]:
        for target in level.targets:
            if isinstance(target, ScheduleTarget):
                yield from self._in_turns(target.schedule)
            else:
                yield target.user, None, [self._whole]

    def _in_turns(self, key: str) -> list[_OnCall]:
        if key not in self._turns:
            times: dict[str, list[Span]] = defaultdict(list)
            for shift in shifts(self._schedules[key], *self._whole):
                if shift.user is not None:
                    times[shift.user].append((shift.start, shift.end))
            self._turns[key] = [(user, key, union(spans)) for user, spans in times.items()]
        return self._turns[key]
