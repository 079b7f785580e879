"""Staging that calls somebody at night: what is tried there is not worth anybody's sleep."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from monitors.alerting.oncall import escalation
from monitors.alerting.pages import urgency_at
from monitors.rules.check import Check, Finding
from monitors.rules.page_paths import page_paths
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.spec import Schedule

_AT_NIGHT: Final = 3  # o'clock


def _run(review: Review) -> Iterator[Finding]:
    if review.stack.name != "staging":
        return
    schedules = review.stack.response.schedules
    for path in page_paths(review.stack):
        for schedule in schedules[:1]:
            night = _night(schedule, schedules)
            steps = escalation(path.policy, schedules, night)
            if steps and urgency_at(path.service, night) != "low":
                who = ", ".join(steps[0].users)
                message = f"At 03:00 ({schedule.time_zone}) a {path.worst} of staging calls {who} at high urgency."
                advice = "Restrict staging's schedules to working hours, or use SupportHours with low urgency outside."
                yield Finding(review.subject("pagerduty-service", path.service), "urgency", message, advice)


def _night(schedule: Schedule, schedules: tuple[Schedule, ...]) -> datetime:
    """Return three o'clock of the first Wednesday after every layer has begun: no weekend, no handover."""
    begin = max(datetime.fromisoformat(layer.start) for one in schedules for layer in one.layers)
    local = begin.astimezone(ZoneInfo(schedule.time_zone)) + timedelta(days=1)
    local += timedelta(days=(3 - local.isoweekday()) % 7)
    return local.replace(hour=_AT_NIGHT, minute=0, second=0, microsecond=0)


CHECK = Check(
    code="paging/staging-at-night",
    level=Level.WARNING,
    summary="Staging calls somebody at night.",
    run=_run,
)
