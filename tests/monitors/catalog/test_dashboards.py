"""The dashboards: laid out without gaps, built on what is emitted, drawn within New Relic's limits."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from catalog_cases import PAGES, queries_of
from query_faults import faults

from monitors.catalog import STACKS, stack
from monitors.spec import Dashboard, MarkdownWidget, Page
from service.metrics import METRICS

POINTS_MOST = 366  # docs.newrelic.com, "NRQL syntax, clauses, and functions": TIMESERIES


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_no_gap(page: Page) -> None:
    taken = {
        (row, column)
        for place in (widget.place for widget in page.widgets)
        for row in range(place.row, place.row + place.height)
        for column in range(place.column, place.column + place.width)
    }
    rows = max(row for row, _ in taken)
    assert {(row, column) for row in range(1, rows + 1) for column in range(1, 13)} - taken == set()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_only_what_the_service_or_the_vendor_emits(page: Page) -> None:
    assert [fault for query in queries_of(page) for fault in faults(query)] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_gives_each_widget_a_title_of_its_own(page: Page) -> None:
    titles = [widget.title for widget in page.widgets if not isinstance(widget, MarkdownWidget)]
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize("page", PAGES)
def test_a_chart_with_steps_of_its_own_holds_no_more_points_than_are_drawn(page: Page) -> None:
    for query in queries_of(page):
        step = re.search(r"TIMESERIES (\d+) (\w+?)s?\b(?: SLIDE BY (\d+) (\w+?)s?\b)?", query)
        if step:
            length, unit = (step[3], step[4]) if step[3] else (step[1], step[2])
            assert _span(query) / _duration(length, unit) <= POINTS_MOST, query


@pytest.mark.parametrize("name", STACKS)
def test_every_dashboard_the_product_needs_is_there(name: str) -> None:
    assert {one.key for one in stack(name).observability.dashboards} == {
        "skills-overview",
        "cost-optimization",
        "performance",
        "errors",
        "user-experience",
        "service-level",
        "rollout",
    }


def test_a_dashboard_says_its_environment_since_both_may_share_an_account() -> None:
    for name in STACKS:
        for one in stack(name).observability.dashboards:
            assert one.name.endswith(f"({name})")
            # With a single page New Relic shows the page's name instead of the dashboard's.
            assert len(one.pages) > 1 or one.pages[0].name == one.name


def test_the_last_day_can_be_seen_at_steps_of_a_minute_without_a_gap() -> None:
    page = next(one for one in _dashboard("skills-overview").pages if one.name == "24 hours by the minute")
    stretches = [
        (int(match[1]), 0 if match[2] == "now" else int(match[2].split()[0]))
        for query in queries_of(page)
        if (match := re.search(r"TIMESERIES 1 minute SINCE (\d+) hours ago UNTIL (now|\d+ hours ago)", query))
    ]
    assert len(stretches) == len(queries_of(page))
    hours = {hour for since, until in stretches for hour in range(until, since)}
    assert hours == set(range(24))


def test_the_history_of_alerts_can_be_seen() -> None:
    queries = queries_of(next(one for one in _dashboard("skills-overview").pages if one.name == "Alert history"))
    assert any("FROM NrAiIncident" in query and "runbookUrl" in query for query in queries)


def test_the_budget_is_shown_part_by_part() -> None:
    limits = {
        widget.limit for page in _dashboard("performance").pages for widget in page.widgets if hasattr(widget, "limit")
    }
    assert limits == {5_100, 5_000, 100, 10}


def test_every_metric_can_be_seen_on_a_dashboard() -> None:
    """Except what is drawn from other points of the same executions, and what only alerts look at."""
    shown = "\n".join(
        query for one in stack("prod").observability.dashboards for page in one.pages for query in queries_of(page)
    )
    assert {name for name in METRICS if f"`{name}`" not in shown} == {
        "Custom/Skills/ErrorRate",
        "Custom/Security/ApiKeyAge",
    }


def _dashboard(key: str) -> Dashboard:
    return next(one for one in stack("prod").observability.dashboards if one.key == key)


def _span(query: str) -> timedelta:
    since = re.search(r"SINCE (\d+) (\w+?)s? ago", query)
    until = re.search(r"UNTIL (\d+) (\w+?)s? ago", query)
    assert since, f"{query} has steps and no beginning: its points depend on what somebody chooses"
    return _duration(since[1], since[2]) - (_duration(until[1], until[2]) if until else timedelta())


def _duration(length: str, unit: str) -> timedelta:
    return (
        int(length)
        * {
            "minute": timedelta(minutes=1),
            "hour": timedelta(hours=1),
            "day": timedelta(days=1),
            "week": timedelta(weeks=1),
        }[unit]
    )
