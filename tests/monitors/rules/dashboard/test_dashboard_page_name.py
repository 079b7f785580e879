"""dashboard/page-name: a single page is named like its dashboard, several unlike each other."""

from __future__ import annotations

import spec_builders as build
from check_cases import messages

from monitors.rules.dashboard.page_name import CHECK


def test_a_single_page_with_another_name_is_found() -> None:
    assert messages(CHECK, build.dashboard(name="Errors (prod)", pages=(build.page(name="Overview"),))) == [
        'With a single page New Relic shows its name, "Overview", for the dashboard\'s.'
    ]


def test_two_pages_of_one_name_are_found() -> None:
    assert messages(CHECK, build.dashboard(pages=(build.page(), build.page()))) == [
        '2 pages are named "Errors": nobody can tell which is meant.'
    ]


def test_pages_that_can_be_told_apart_are_fine() -> None:
    assert messages(CHECK, build.dashboard(pages=(build.page(name="Now"), build.page(name="Then")))) == []
    assert messages(CHECK, build.dashboard()) == []
