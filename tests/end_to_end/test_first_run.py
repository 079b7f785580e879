"""What `make sandbox` does after the set-up: one command, one screen, and nothing to do the second time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from checkout import Checkout

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Checkout, str]]:
    """A checkout after its first run, and what that printed."""
    checkout = Checkout(tmp_path_factory.mktemp("first") / "sandbox")
    yield checkout, checkout.succeed("first-run")
    checkout.stop()


def test_pulumis_own_progress_is_shown(first: tuple[Checkout, str]) -> None:
    assert "Updating (staging):" in first[1]
    assert re.search(r"newrelic:index:NrqlAlertCondition high-skill-error-rate created", first[1])


def test_the_screen_counts_what_there_is_by_vendor_and_kind(first: tuple[Checkout, str]) -> None:
    assert re.search(r"Provisioned staging in the local account: \d+ objects", first[1])
    for told in ("32 NRQL conditions", "7 dashboards", "2 escalation policies", "1 private service"):
        assert told in first[1]


def test_the_screen_says_whom_a_sev1_would_wake(first: tuple[Checkout, str]) -> None:
    assert re.search(r"A SEV1 right now \(\w+ \d\d:\d\d UTC\) wakes\n  staging  .+\n  prod +\w+ engineer", first[1])


def test_every_link_of_the_screen_opens(first: tuple[Checkout, str]) -> None:
    links = re.findall(r"http://127\.0\.0\.1:\d+/\S*", first[1].partition("\nOpen\n")[2])
    assert len(links) >= 5
    for link in links:
        page = requests.get(link, timeout=10)
        assert page.status_code == 200, link
        anchor = link.partition("#")[2]
        assert not anchor or f'id="{anchor}"' in page.text


def test_the_second_run_changes_nothing_and_says_so(first: tuple[Checkout, str]) -> None:
    assert "Nothing changed. staging in the local account" in first[0].succeed("first-run")


def test_pulumis_own_home_is_not_written(first: tuple[Checkout, str]) -> None:
    checkout, _ = first
    home = Path(checkout.environment["HOME"]) / ".pulumi"
    known = set(home.rglob("*")) if home.exists() else set()
    checkout.succeed("preview", "--stack", "staging", "--sandbox")
    assert (set(home.rglob("*")) if home.exists() else set()) == known
