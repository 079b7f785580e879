"""What a query's times mean: the examples of New Relic's "Set a query's time range"."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitors.nrql import parse
from monitors.nrql.evaluator import NotEvaluated
from monitors.nrql.evaluator.moments import range_of
from monitors.nrql.tree import Query

NOW = datetime(2023, 12, 18, 12, 34, 56, 789_000, tzinfo=UTC).timestamp()  # a Monday


def since(clause: str) -> str:
    query = parse(f"FROM X SELECT count(*) SINCE {clause} UNTIL '2100-01-01'")
    assert isinstance(query, Query)
    return datetime.fromtimestamp(range_of(query, NOW)[0], UTC).isoformat(timespec="milliseconds")[:-6]


@pytest.mark.parametrize(
    ("clause", "resolved"),
    [
        ("NOW", "2023-12-18T12:34:56.789"),
        ("2 milliseconds ago", "2023-12-18T12:34:56.787"),
        ("2 seconds ago", "2023-12-18T12:34:54.789"),
        ("2 minutes ago", "2023-12-18T12:32:56.789"),
        ("2 hours ago", "2023-12-18T10:34:56.789"),
        ("2 days ago", "2023-12-16T12:34:56.789"),
        ("2 weeks ago", "2023-12-04T12:34:56.789"),
        ("2 months ago", "2023-10-19T12:34:56.789"),
        ("2 quarters ago", "2023-06-19T12:34:56.789"),
        ("2 years ago", "2021-12-18T12:34:56.789"),
        ("today", "2023-12-18T00:00:00.000"),
        ("today AT '01:23:45'", "2023-12-18T01:23:45.000"),
        ("today AT '23:45'", "2023-12-17T23:45:00.000"),
        ("yesterday", "2023-12-17T00:00:00.000"),
        ("yesterday AT '01:23:45'", "2023-12-17T01:23:45.000"),
        ("monday", "2023-12-18T00:00:00.000"),
        ("tuesday", "2023-12-12T00:00:00.000"),
        ("wednesday AT '01:23:45'", "2023-12-13T01:23:45.000"),
        ("thursday", "2023-12-14T00:00:00.000"),
        ("friday", "2023-12-15T00:00:00.000"),
        ("saturday", "2023-12-16T00:00:00.000"),
        ("sunday", "2023-12-17T00:00:00.000"),
        ("this hour", "2023-12-18T12:00:00.000"),
        ("last hour", "2023-12-18T11:00:00.000"),
        ("this week", "2023-12-18T00:00:00.000"),
        ("last week", "2023-12-11T00:00:00.000"),
        ("this month", "2023-12-01T00:00:00.000"),
        ("last month", "2023-11-01T00:00:00.000"),
        ("this quarter", "2023-10-01T00:00:00.000"),
        ("last quarter", "2023-07-01T00:00:00.000"),
        ("this year", "2023-01-01T00:00:00.000"),
        ("last year", "2022-01-01T00:00:00.000"),
        ("1702899296789", "2023-12-18T11:34:56.789"),
        ("'2023-12-18T12:34:56.789'", "2023-12-18T12:34:56.789"),
        ("'2023-12-18 12:34:56.789Z'", "2023-12-18T12:34:56.789"),
        ("'2023-12-18T06:34:56.789-0600'", "2023-12-18T12:34:56.789"),
        ("'2023-12-18T06:34:56.789-06:00'", "2023-12-18T12:34:56.789"),
        ("'2023-12-18T06:34:56.789 [America/Chicago]'", "2023-12-18T12:34:56.789"),
        ("'2023-12-18 12:34:56'", "2023-12-18T12:34:56.000"),
        ("'2023-12-18T06:34 [America/Chicago]'", "2023-12-18T12:34:00.000"),
        ("'2023-12-18 01:23 PM'", "2023-12-18T13:23:00.000"),
        ("'2023-12-18T07:23-0600 AM'", "2023-12-18T13:23:00.000"),
        ("'20231218T123456.789'", "2023-12-18T12:34:56.789"),
        ("'2023-12-18'", "2023-12-18T00:00:00.000"),
        ("'2023-12-18Z'", "2023-12-18T00:00:00.000"),
        ("'2023-12-18-06:00'", "2023-12-18T06:00:00.000"),
        ("'12:34'", "2023-12-18T12:34:00.000"),
        ("'12:35'", "2023-12-17T12:35:00.000"),
        ("monday WITH TIMEZONE 'America/New_York'", "2023-12-18T05:00:00.000"),
        ("'2022-05-19T12:00' WITH TIMEZONE 'America/Los_Angeles'", "2022-05-19T19:00:00.000"),
        ("'2022-05-19T12:00-0500' WITH TIMEZONE 'America/Los_Angeles'", "2022-05-19T17:00:00.000"),
    ],
)
def test_a_time_is_what_new_relic_resolves_it_to(clause: str, resolved: str) -> None:
    words, _, zone = clause.partition(" WITH ")
    query = parse(f"FROM X SELECT count(*) SINCE {words} UNTIL '2100-01-01'{f' WITH {zone}' if zone else ''}")
    assert isinstance(query, Query)
    found = datetime.fromtimestamp(range_of(query, NOW)[0], UTC)
    assert found.isoformat(timespec="milliseconds")[:-6] == resolved


def test_a_range_is_the_last_hour_by_itself() -> None:
    query = parse("FROM X SELECT count(*)")
    assert isinstance(query, Query)
    assert range_of(query, NOW) == (NOW - 3600, NOW)


@pytest.mark.parametrize(
    ("clause", "told"),
    [
        ("'soon'", "'soon' is no date that is evaluated; write it like '2026-01-31T12:00:00Z'"),
        ("''", "'' is no date that is evaluated; write it like '2026-01-31T12:00:00Z'"),
        (
            "'2023-12-18 06:34 CST'",
            "'2023-12-18 06:34 CST' is no date that is evaluated; write it like '2026-01-31T12:00:00Z'",
        ),
        ("'2023-13-18'", "'2023-13-18' is no date: month must be in 1..12"),
        ("today AT 'noon'", "AT 'noon' is no time of day; write it like '09:30' or '09:30:15'"),
        ("today AT '25:00'", "AT '25:00' is no time of day: hour must be in 0..23"),
        ("{{start}}", "the template variable {{start}} as a time is not evaluated"),
    ],
)
def test_a_time_that_is_none_is_told(clause: str, told: str) -> None:
    with pytest.raises(NotEvaluated) as refused:
        since(clause)
    assert str(refused.value) == told
