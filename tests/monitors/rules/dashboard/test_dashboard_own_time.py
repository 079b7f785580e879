"""dashboard/own-time: a widget that ignores the dashboard's time has its own."""

from __future__ import annotations

import spec_builders as build
from check_cases import messages

from monitors.rules.dashboard.own_time import CHECK


def test_a_widget_without_its_own_time_is_found() -> None:
    assert messages(CHECK, build.billboard(ignores_time_range=True)) == [
        "ignores_time_range is set, and the query has no SINCE: it shows the last hour, always."
    ]


def test_a_widget_with_its_own_time_or_with_the_dashboards_is_fine() -> None:
    query = "FROM SkillExecution SELECT count(*) SINCE 1 day ago"
    assert messages(CHECK, build.billboard(ignores_time_range=True, queries=(query,))) == []
    assert messages(CHECK, build.billboard(), build.bullet(place=build.place(column=5))) == []
