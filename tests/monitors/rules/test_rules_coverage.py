"""Coverage of a week, exactly: equal to asking who is on call, over 90 days and both changes of the clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import spec_builders as build
from hypothesis import given, settings
from hypothesis import strategies as st

from monitors import spec
from monitors.alerting.oncall import on_call
from monitors.rules.coverage import WEEK, gaps, in_words, joined, total

HOUR = 3600
AFTER_THE_START = {
    "spring": datetime(2026, 3, 1, tzinfo=UTC),  # clocks go forward on 8 March in America, 29 March in Europe
    "autumn": datetime(2026, 9, 15, tzinfo=UTC),  # and back on 25 October in Europe, 1 November in America
}


def schedule(*restrictions: spec.Restriction, zone: str = "America/Los_Angeles", key: str = "primary") -> spec.Schedule:
    return build.schedule(key=key, name=key, time_zone=zone, layers=(build.layer(restrictions=restrictions),))


def level(*keys: str) -> spec.EscalationLevel:
    return build.escalation_level(targets=tuple(build.schedule_target(schedule=key) for key in keys))


def test_a_layer_without_restrictions_leaves_no_gap() -> None:
    assert gaps((level("primary"),), (schedule(),)) == ([], "America/Los_Angeles")


def test_a_restriction_over_the_end_of_the_week_goes_on_at_its_beginning() -> None:
    weekend = build.restriction(kind="weekly", weekday=7, start="20:00:00", duration_seconds=8 * HOUR)
    (found,), _ = gaps((level("primary"),), (schedule(weekend),))
    assert in_words(found) == "Monday 04:00 to Sunday 20:00"


def test_a_gap_over_the_end_of_the_week_is_told_in_one_piece() -> None:
    workdays = build.restriction(kind="weekly", weekday=1, start="09:00:00", duration_seconds=4 * 24 * HOUR)
    found, _ = gaps((level("primary"),), (schedule(workdays),))
    assert [in_words(span) for span in joined(found)] == ["Friday 09:00 to Monday 09:00"]
    assert total(found) == 3 * 24 * HOUR


_RESTRICTIONS = st.one_of(
    st.builds(
        lambda hour, hours: build.restriction(start=f"{hour:02}:00:00", duration_seconds=hours * HOUR),
        st.integers(0, 23),
        st.integers(1, 23),
    ),
    st.builds(
        lambda day, hour, hours: build.restriction(
            kind="weekly", weekday=day, start=f"{hour:02}:30:00", duration_seconds=hours * HOUR
        ),
        st.integers(1, 7),
        st.integers(0, 23),
        st.integers(1, 150),
    ),
)


@pytest.mark.parametrize("season", AFTER_THE_START)
@given(restrictions=st.lists(_RESTRICTIONS, min_size=1, max_size=4))
@settings(max_examples=8, deadline=None)
def test_a_weeks_gaps_are_when_nobody_is_on_call_for_ninety_days(
    season: str, restrictions: list[spec.Restriction]
) -> None:
    rota = schedule(*restrictions)
    found, zone = gaps((level("primary"),), (rota,))
    for step in range(0, 90 * 24, 5):
        moment = AFTER_THE_START[season] + timedelta(hours=step, minutes=15)
        local = moment.astimezone(ZoneInfo(zone))
        second = (local.isoweekday() - 1) * 86_400 + local.hour * HOUR + local.minute * 60
        uncovered = any(start <= second < end for start, end in found)
        assert (on_call(rota, moment) is None) == uncovered, local


def test_several_time_zones_are_judged_at_the_worst_of_the_years_offsets() -> None:
    day = build.restriction(start="06:00:00", duration_seconds=12 * HOUR)
    night = build.restriction(start="18:00:00", duration_seconds=12 * HOUR)
    schedules = (
        schedule(day, zone="Europe/Paris", key="paris"),
        schedule(night, zone="Europe/Paris", key="same"),
        schedule(night, zone="Africa/Lagos", key="lagos"),  # Paris's winter time, all year
    )
    assert gaps((level("paris", "same"),), schedules)[0] == []
    found, zone = gaps((level("paris", "lagos"),), schedules)
    assert (zone, total(found)) == ("Etc/UTC", 7 * HOUR)
    assert in_words(found[0]) == "Monday 16:00 to Monday 17:00"


def test_a_user_who_is_named_is_always_there() -> None:
    named = build.escalation_level(targets=(build.user_target(),))
    assert gaps((named,), ()) == ([], "Etc/UTC")
    assert total([(0, WEEK)]) == WEEK
