"""dashboard/comparison: COMPARE WITH has a time to compare, and one that is not the same."""

from __future__ import annotations

import spec_builders as build
from check_cases import messages

from monitors.rules.dashboard.comparison import CHECK

COUNT = "FROM SkillExecution SELECT count(*)"


def test_a_comparison_without_since_is_found() -> None:
    (message,) = messages(CHECK, build.chart(queries=(f"{COUNT} TIMESERIES COMPARE WITH 1 week ago",)))
    assert message == (
        "COMPARE WITH has no SINCE beside it: what is compared is whatever time is chosen on the dashboard."
    )


def test_a_comparison_with_mostly_the_same_time_is_found() -> None:
    query = f"{COUNT} TIMESERIES SINCE 1 week ago COMPARE WITH 1 day ago"
    assert messages(CHECK, build.chart(queries=(query,))) == [
        "The query looks at 1 week and compares with 1 day before: most of both is the same time."
    ]


def test_a_bullet_that_compares_is_found() -> None:
    widget = build.bullet(queries=(f"{COUNT} SINCE 1 day ago COMPARE WITH 1 week ago",))
    (message,) = messages(CHECK, widget)
    assert message == "A bullet with COMPARE WITH shows two values, and New Relic then colours none."


def test_a_billboard_that_compares_loses_its_thresholds() -> None:
    query = f"{COUNT} SINCE 1 day ago COMPARE WITH 1 week ago"
    assert messages(CHECK, build.billboard(queries=(query,))) == []
    (message,) = messages(CHECK, build.billboard(queries=(query,), critical=5))
    assert message == "A billboard with COMPARE WITH shows two values, and New Relic then colours none."


def test_a_comparison_with_another_time_is_fine() -> None:
    query = f"{COUNT} TIMESERIES SINCE 1 day ago COMPARE WITH 1 day ago"
    assert messages(CHECK, build.chart(queries=(query,))) == []
