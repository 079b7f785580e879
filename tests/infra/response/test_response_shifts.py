"""Shifts say the same as the layers they stand for, hour by hour, or they are refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from response_specs import DAY, USER_IDS, a_layer, a_schedule, daily, working_hours
from stack_mocks import a_context

from infra.response.shifts import Event, ShiftsError, events_of, schedule_arguments
from monitors.alerting.oncall import on_call
from monitors.spec import Layer, Schedule

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _occurrences(event: Event, until: datetime) -> list[tuple[datetime, datetime]]:
    """The event's hours by RFC 5545, by the wall clock of its time zone, as far as these rules need it."""
    rule = dict(part.split("=") for part in event.recurrence.removeprefix("RRULE:").split(";"))
    interval = int(rule.get("INTERVAL", "1"))
    days = rule["BYDAY"].split(",") if "BYDAY" in rule else None
    step = interval * (7 if rule["FREQ"] == "WEEKLY" and days is None else 1)
    found, start, length = [], event.start, event.end.replace(tzinfo=None) - event.start.replace(tzinfo=None)
    while start < until:
        if days is None or _WEEKDAYS[start.weekday()] in days:
            found.append((start, start + length))
        start += timedelta(days=1 if days else step)
    return found


def _by_shifts(schedule: Schedule, layer: Layer, moments: list[datetime]) -> list[str | None]:
    hours = []
    for event in events_of(schedule, layer):
        for count, (start, end) in enumerate(_occurrences(event, moments[-1])):
            user = layer.users[count // event.shifts_per_member % len(layer.users)]
            hours.append((start.astimezone(UTC), end.astimezone(UTC), user))
    return [next((user for start, end, user in hours if start <= at < end), None) for at in moments]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="a week each, around the clock"),
        pytest.param({"turn_seconds": 14 * DAY}, id="two weeks each"),
        pytest.param({"turn_seconds": DAY}, id="a day each"),
        pytest.param({"turn_seconds": 3 * DAY, "users": ("ana", "bo")}, id="three days each"),
        pytest.param({"restrictions": working_hours()}, id="working hours"),
        pytest.param({"turn_seconds": 14 * DAY, "restrictions": working_hours()}, id="working hours, two weeks each"),
        pytest.param({"restrictions": working_hours("22:00:00", 12)}, id="nights of weekdays, handed over at nine"),
        pytest.param(
            {"restrictions": working_hours("06:00:00", 60, (6,))}, id="a weekend that lasts into the handover"
        ),
        pytest.param({"turn_seconds": DAY, "restrictions": daily("22:00:00", 13)}, id="nights, handed over at nine"),
        pytest.param({"turn_seconds": 2 * DAY, "restrictions": daily("10:00:00", 6)}, id="six hours of every day"),
        pytest.param(
            {"restrictions": working_hours() + working_hours("12:00:00", 4, (6, 7))}, id="other hours at weekends"
        ),
        pytest.param(
            {"start": "2026-01-07T12:00:00+00:00", "restrictions": working_hours()}, id="begun on a Wednesday"
        ),
    ],
)
def test_shifts_put_the_same_user_on_call_as_the_layer_does_in_every_hour_of_a_year(changes: dict[str, Any]) -> None:
    layer = a_layer(**changes)
    schedule = a_schedule(layer)
    start = datetime(2026, 1, 1, 0, 30, tzinfo=UTC)
    moments = [start + timedelta(hours=hour) for hour in range(365 * 24)]
    differing = [
        (at.astimezone(ZoneInfo(schedule.time_zone)).isoformat(), layered, shifted)
        for at, shifted in zip(moments, _by_shifts(schedule, layer, moments), strict=True)
        if (layered := on_call(schedule, at)) != shifted
    ]
    assert differing == []


def test_working_hours_of_five_days_are_one_event_with_five_shifts_in_a_row() -> None:
    (event,) = events_of(a_schedule(), a_layer(restrictions=working_hours()))
    assert event.recurrence == "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
    assert event.shifts_per_member == 5
    assert event.start.isoformat() == "2026-01-05T09:00:00-08:00"
    assert event.end.isoformat() == "2026-01-05T17:00:00-08:00"


def test_arguments_hold_the_members_by_pagerduty_id_in_their_order() -> None:
    arguments: Any = schedule_arguments(a_schedule(), team_id="T1", users=USER_IDS, context=a_context())
    assert arguments.time_zone == "America/Los_Angeles"
    assert arguments.teams == ["T1"]
    (event,) = arguments.rotations[0].events
    (strategy,) = event.assignment_strategies
    assert strategy.type == "rotating_member_assignment_strategy"
    assert [member.user_id for member in strategy.members] == ["PANA001", "PBO0002", "PCY0003"]
    assert event.recurrences == ["RRULE:FREQ=WEEKLY;INTERVAL=1"]
    assert event.effective_since == "2026-01-05T09:00:00-08:00"


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        (
            (a_layer(), a_layer(name="Nights")),
            'schedule "primary" has 2 layers, and PagerDuty does not say which of two rotations of shifts covers the '
            "other; give it one layer, or set scheduleResource to schedule",
        ),
        (
            (a_layer(turn_seconds=12 * 3600),),
            'schedule "primary", layer "Weekly" has turn_seconds 43200; shifts need whole days; change it, or set '
            "scheduleResource to schedule",
        ),
        (
            (a_layer(turn_seconds=DAY, restrictions=working_hours()),),
            'schedule "primary", layer "Weekly" has turn_seconds 86400; shifts need whole weeks because its '
            "restrictions are weekly; change it, or set scheduleResource to schedule",
        ),
        (
            (a_layer(users=("ana",) * 21),),
            'schedule "primary", layer "Weekly" has 21 users; shifts take 20; use fewer, or set scheduleResource to '
            "schedule",
        ),
    ],
)
def test_what_shifts_cannot_say_is_refused_with_the_next_step(layers: tuple[Layer, ...], message: str) -> None:
    with pytest.raises(ShiftsError) as raised:
        events_of(a_schedule(*layers), layers[0])
    assert str(raised.value) == message
