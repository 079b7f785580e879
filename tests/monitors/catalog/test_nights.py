"""Who is woken: in prod somebody at every hour, in staging nobody outside working hours, hour by hour."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from monitors.alerting.oncall import on_call
from monitors.alerting.pages import pages
from monitors.catalog import stack
from monitors.catalog.oncall import TIME_ZONE
from monitors.spec import Schedule, Severity

# An ordinary week, and those in which daylight-saving time begins and ends in Los Angeles. Each begins on a Saturday,
# so that the clock change, on a Sunday, comes before all five of its working days.
WEEKS = {
    "ordinary": datetime(2026, 5, 30, 12, tzinfo=UTC),
    "spring": datetime(2026, 3, 7, 12, tzinfo=UTC),
    "autumn": datetime(2026, 10, 31, 12, tzinfo=UTC),
}
PAGING = (Severity.SEV1, Severity.SEV2)


def hours(week: str) -> Iterator[datetime]:
    """Yield the half hours of a week: working hours begin and end on the hour, so half past is not at an edge."""
    return (WEEKS[week] + timedelta(minutes=30 * count) for count in range(7 * 48))


def at_work(moment: datetime) -> bool:
    """Say whether a moment is from Monday to Friday, 09:00 to 17:00, in Los Angeles."""
    local = moment.astimezone(ZoneInfo(TIME_ZONE))
    return local.isoweekday() <= 5 and 9 <= local.hour < 17


@pytest.mark.parametrize("week", WEEKS)
def test_staging_notifies_nobody_outside_working_hours(week: str) -> None:
    quiet = [moment for moment in hours(week) if not at_work(moment)]
    assert len(quiet) > 7 * 24  # the greater part of a week
    for moment in quiet:
        for page in (page for severity in PAGING for page in pages(stack("staging"), severity, moment)):
            assert (page.steps, page.urgency) == ((), "low"), moment


@pytest.mark.parametrize("week", WEEKS)
def test_staging_notifies_somebody_within_working_hours(week: str) -> None:
    for moment in filter(at_work, hours(week)):
        for page in (page for severity in PAGING for page in pages(stack("staging"), severity, moment)):
            assert page.urgency == "high", moment
            assert page.steps, moment


@pytest.mark.parametrize("week", WEEKS)
def test_prod_notifies_somebody_at_once_at_every_hour(week: str) -> None:
    for moment in hours(week):
        for page in (page for severity in PAGING for page in pages(stack("prod"), severity, moment)):
            assert page.urgency == "high", moment
            assert page.steps[0].after_minutes == 0, moment
            assert page.steps[0].users, moment


@pytest.mark.parametrize(("severity", "within_minutes"), [(Severity.SEV1, 15), (Severity.SEV2, 30)])
def test_an_unanswered_page_reaches_the_lead_by_the_time_it_should_be_acknowledged(
    severity: Severity, within_minutes: int
) -> None:
    for moment in hours("ordinary"):
        (page,) = pages(stack("prod"), severity, moment)
        assert page.steps[-1].users == ("engineering-lead",)
        assert page.steps[-1].after_minutes <= within_minutes == severity.acknowledge_within_seconds // 60
        assert len(page.steps) == 3


@pytest.mark.parametrize("week", WEEKS)
def test_nobody_is_first_and_second_line_at_once(week: str) -> None:
    first, second = schedule("ai-primary"), schedule("ai-secondary")
    assert all(on_call(first, moment) != on_call(second, moment) for moment in hours(week))


def test_handovers_are_on_monday_morning_at_work() -> None:
    rota = schedule("ai-primary")
    moments = [datetime(2026, 6, 1, tzinfo=UTC) + timedelta(minutes=30 * count) for count in range(5 * 7 * 48)]
    handovers = [later for earlier, later in pairwise(moments) if on_call(rota, earlier) != on_call(rota, later)]
    local = {
        (moment.astimezone(ZoneInfo(TIME_ZONE)).isoweekday(), f"{moment.astimezone(ZoneInfo(TIME_ZONE)):%H:%M}")
        for moment in handovers
    }
    assert local == {(1, "09:00")}
    assert len(handovers) == 5


def schedule(key: str) -> Schedule:
    """Return a schedule of prod by its key."""
    return next(one for one in stack("prod").response.schedules if one.key == key)
