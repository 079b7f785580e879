"""dashboard/buckets: no more than 366 points over the query's time."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors.rules.dashboard.buckets import CHECK

COUNT = "FROM SkillExecution SELECT count(*)"


@pytest.mark.parametrize(
    ("clauses", "message", "advice"),
    [
        (
            "TIMESERIES 1 minute SINCE 1 day ago",
            "1 day at steps of 1 minute are 1,440 points, and New Relic draws 366 at most.",
            "Take steps of 5 minutes, a shorter time, or TIMESERIES AUTO.",
        ),
        (
            "TIMESERIES 1 hour SLIDE BY 5 minutes SINCE 2 days ago",
            "2 days at steps of 5 minutes are 576 points, and New Relic draws 366 at most.",
            "Take steps of 10 minutes, a shorter time, or TIMESERIES AUTO.",
        ),
        (
            "TIMESERIES 5 seconds",
            "1 hour at steps of 5 seconds are 720 points, and New Relic draws 366 at most.",
            "Take steps of 10 seconds, a shorter time, or TIMESERIES AUTO.",
        ),
    ],
)
def test_too_many_points_are_counted_and_answered_with_a_step(clauses: str, message: str, advice: str) -> None:
    (found,) = findings(CHECK, build.chart(queries=(f"{COUNT} {clauses}",)))
    assert (found.message, found.advice) == (message, advice)


@pytest.mark.parametrize(
    "clauses",
    [
        "TIMESERIES 1 minute SINCE 6 hours ago",
        "TIMESERIES 1 minute SINCE 12 hours ago UNTIL 6 hours ago",
        "TIMESERIES 1 day SINCE 1 year ago",
        "TIMESERIES AUTO SINCE 1 year ago",
        "TIMESERIES 1 minute SINCE this month",
    ],
)
def test_366_points_and_times_of_the_calendar_are_fine(clauses: str) -> None:
    assert messages(CHECK, build.chart(queries=(f"{COUNT} {clauses}",))) == []
