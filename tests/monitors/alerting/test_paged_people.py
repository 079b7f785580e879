"""Whom the catalogue's alerts page: prod at every hour, staging in working hours only."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from monitors import catalog
from monitors.alerting.pages import pages, urgency_at
from monitors.spec import Severity

PACIFIC = ZoneInfo("America/Los_Angeles")
NIGHT = datetime(2026, 3, 4, 3, tzinfo=PACIFIC)
MORNING = datetime(2026, 3, 4, 10, tzinfo=PACIFIC)
HOURS_OF_A_YEAR = [datetime(2026, 1, 6, tzinfo=UTC) + timedelta(hours=hour) for hour in range(365 * 24)]


@pytest.mark.parametrize("severity", [Severity.SEV1, Severity.SEV2])
def test_a_page_in_prod_reaches_somebody_at_every_hour_of_a_year(severity: Severity) -> None:
    prod = catalog.stack("prod")
    assert all(page.steps for at in HOURS_OF_A_YEAR[::7] for page in pages(prod, severity, at))


@pytest.mark.parametrize("severity", [Severity.SEV1, Severity.SEV2])
def test_staging_notifies_nobody_outside_working_hours(severity: Severity) -> None:
    staging = catalog.stack("staging")
    for at in HOURS_OF_A_YEAR[::7]:
        local = at.astimezone(PACIFIC)
        working = local.isoweekday() <= 5 and 9 <= local.hour < 17
        for page in pages(staging, severity, at):
            assert bool(page.steps) == working, local
            assert (page.urgency == "high") == working, local


def test_a_sev1_in_prod_escalates_within_its_quarter_of_an_hour() -> None:
    (page,) = pages(catalog.stack("prod"), Severity.SEV1, NIGHT)
    assert [step.after_minutes for step in page.steps] == [0, 5, 15]
    assert page.steps[-1].users == ("engineering-lead",)


def test_nobody_is_on_two_lines_of_one_escalation_at_once() -> None:
    prod = catalog.stack("prod")
    for at in HOURS_OF_A_YEAR[::24]:
        for page in pages(prod, Severity.SEV1, at):
            named = [user for step in page.steps for user in step.users]
            assert len(named) == len(set(named)), at


def test_a_page_that_reaches_nobody_says_who_is_next() -> None:
    (page,) = pages(catalog.stack("staging"), Severity.SEV1, NIGHT)
    assert page.steps == ()
    assert page.next_at is not None
    assert page.next_at.astimezone(PACIFIC) == datetime(2026, 3, 4, 9, tzinfo=PACIFIC)
    assert page.next_user is not None


@pytest.mark.parametrize("severity", [Severity.SEV3, Severity.SEV4])
def test_what_can_wait_pages_nobody(severity: Severity) -> None:
    assert pages(catalog.stack("prod"), severity, MORNING) == ()


def test_urgency_follows_the_support_hours_to_the_minute() -> None:
    service = catalog.stack("staging").response.services[0]
    edges = [datetime(2026, 3, 4, 8, 59, tzinfo=PACIFIC), datetime(2026, 3, 4, 9, tzinfo=PACIFIC)]
    assert [urgency_at(service, at) for at in edges] == ["low", "high"]
