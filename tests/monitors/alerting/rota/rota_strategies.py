"""Schedules of many kinds, near changes of their zone's clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from monitors.alerting.rota import Override
from monitors.spec import Layer, Restriction, Schedule
from monitors.spec.oncall import Weekday

# Moments at which clocks change: spring and autumn, by half an hour at Lord Howe, at midnight in Beirut and Havana.
CHANGES = {
    "America/Los_Angeles": ("2026-03-08T10:00", "2026-11-01T09:00"),
    "Europe/Berlin": ("2026-03-29T01:00", "2026-10-25T01:00"),
    "Australia/Lord_Howe": ("2026-04-04T15:00", "2026-10-03T15:30"),
    "Asia/Beirut": ("2026-03-28T22:00", "2026-10-24T21:00"),
    "America/Havana": ("2026-03-08T05:00", "2026-11-01T05:00"),
    "Asia/Kathmandu": ("2026-06-01T00:00",),
    "Etc/UTC": ("2026-06-01T00:00",),
}
USERS = ("a", "b", "c")
HOUR, DAY = 3600, 86_400
zones = st.sampled_from(sorted(CHANGES))
users = st.lists(st.sampled_from(USERS), min_size=1, max_size=3).map(tuple)
# Near midnight and near the hours at which clocks change, where mistakes would be.
times_of_day = st.one_of(
    st.sampled_from(["00:00:00", "01:00:00", "01:30:00", "02:00:00", "02:30:00", "03:00:00", "23:30:00"]),
    st.times().map(lambda time: time.strftime("%H:%M:%S")),
)


def change(zone: str, index: int = 0) -> datetime:
    """Return a moment at which a zone's clock changes, or any where it never does."""
    return datetime.fromisoformat(f"{CHANGES[zone][index % len(CHANGES[zone])]}:00+00:00")


@st.composite
def restrictions(draw: st.DrawFn) -> Restriction:
    start = draw(times_of_day)
    if draw(st.booleans()):
        seconds = draw(st.one_of(st.integers(60, DAY - 1), st.integers(1, 47).map(lambda half: half * 1800)))
        return Restriction(kind="daily", start=start, duration_seconds=seconds)
    seconds = draw(st.one_of(st.integers(60, 7 * DAY - 1), st.integers(1, 167).map(lambda hours: hours * HOUR)))
    weekday: Weekday = draw(st.sampled_from((1, 2, 3, 4, 5, 6, 7)))
    return Restriction(kind="weekly", start=start, duration_seconds=seconds, weekday=weekday)


@st.composite
def layers(draw: st.DrawFn, zone: str, around: datetime) -> Layer:
    near = st.timedeltas(timedelta(days=-20), timedelta(days=1))
    start = (around + draw(near)).replace(microsecond=0).astimezone(ZoneInfo(zone))
    if draw(st.booleans()):
        start = datetime.fromisoformat(f"{start.date()}T{draw(times_of_day)}").replace(tzinfo=ZoneInfo(zone))
    turn = draw(
        st.one_of(
            st.sampled_from([HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY]),
            st.integers(HOUR, 3 * DAY),
        )
    )
    limits = tuple(draw(st.lists(restrictions(), max_size=3)))
    offset = start.astimezone(UTC) if draw(st.booleans()) else start
    return Layer(
        name=f"layer {draw(st.integers(100, 999))}",
        start=offset.isoformat(),
        turn_seconds=turn,
        users=draw(users),
        restrictions=limits,
    )


@st.composite
def schedules(draw: st.DrawFn, *, whole_minutes: bool = False) -> tuple[Schedule, datetime]:
    """Draw a schedule, to the second or to the minute, and a moment at which its zone's clock changes."""
    zone = draw(zones)
    around = change(zone, draw(st.integers(0, 1)))
    drawn = draw(st.lists(layers(zone, around), min_size=1, max_size=3))
    named = [one.model_copy(update={"name": f"layer {index}"}) for index, one in enumerate(drawn, 1)]
    if whole_minutes:
        named = [_to_the_minute(one) for one in named]
    return Schedule(key="primary", name="Primary", team="ai", time_zone=zone, layers=tuple(named)), around


def _to_the_minute(layer: Layer) -> Layer:
    limits = (
        one.model_copy(update={"start": f"{one.start[:5]}:00", "duration_seconds": one.duration_seconds // 60 * 60})
        for one in layer.restrictions
    )
    start = datetime.fromisoformat(layer.start).replace(second=0).isoformat()
    turn = layer.turn_seconds // 60 * 60
    return layer.model_copy(update={"start": start, "turn_seconds": turn, "restrictions": tuple(limits)})


@st.composite
def overrides(draw: st.DrawFn, around: datetime) -> Override:
    start = around + draw(st.timedeltas(timedelta(days=-2), timedelta(days=2)))
    length = draw(st.timedeltas(timedelta(seconds=1), timedelta(days=1)))
    return Override(draw(st.sampled_from(["primary", "other"])), "stand-in", start, start + length)
