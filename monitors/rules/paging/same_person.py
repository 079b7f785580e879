"""People who are on two levels of one escalation at once: whoever sleeps through the first page sleeps on.

The 90 days from the last layer's beginning are looked at, exactly.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from monitors.alerting.rota import Calendar, Double, calendar
from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.spec import EscalationPolicy, ScheduleTarget

_NO_SCHEDULE = datetime(2026, 1, 1, tzinfo=UTC)  # users who are named are so always


def _run(review: Review) -> Iterator[Finding]:
    response = review.stack.response
    starts = (datetime.fromisoformat(layer.start) for one in response.schedules for layer in one.layers)
    found = calendar(review.stack, max(starts, default=_NO_SCHEDULE))
    zones = {schedule.key: ZoneInfo(schedule.time_zone) for schedule in response.schedules}
    for policy in response.escalation_policies:
        zone = next((zones[key] for key in _schedules_of(policy)), ZoneInfo("Etc/UTC"))
        firsts = {(one.user, one.levels): one for one in reversed(found.doubles) if one.policy == policy.key}
        for (user, (one, other)), first in firsts.items():
            since = _since(found, first, zone)
            message = f'"{user}" is on level {one} and level {other} at once{since}: level {other} wakes nobody else.'
            advice = "Shift one rotation by a turn, or name somebody else."
            yield Finding(review.subject("escalation-policy", policy), f"levels.{other - 1}", message, advice)


def _since(found: Calendar, first: Double, zone: ZoneInfo) -> str:
    if (first.start, first.end) == (found.start, found.end):
        return ""
    return f", first on {first.start.astimezone(zone):%A %Y-%m-%d at %H:%M}"


def _schedules_of(policy: EscalationPolicy) -> Iterator[str]:
    targets = (target for level in policy.levels for target in level.targets)
    return (target.schedule for target in targets if isinstance(target, ScheduleTarget))


CHECK = Check(
    code="paging/same-person",
    level=Level.WARNING,
    summary="Somebody is on two levels of one escalation at once.",
    run=_run,
)
