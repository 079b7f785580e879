from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from infra.render_provider import waiting
from infra.render_provider.errors import Cancelled
from infra.render_provider.waiting import RetryPolicy, cancel_waits, interruptible_sleep, server_wait_seconds


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "3"}, 3.0),
        ({"Retry-After": "3", "Ratelimit-Reset": "50"}, 3.0),
        ({"Ratelimit-Reset": "50"}, 50.0),
        ({"Ratelimit-Remaining": "0", "Ratelimit-Reset": "50"}, 50.0),
        ({"Ratelimit-Remaining": "12", "Ratelimit-Reset": "50"}, None),
        ({"Retry-After": "soon"}, None),
        ({"Ratelimit-Reset": "-1"}, None),
        ({"Ratelimit-Reset": "inf"}, None),
        ({}, None),
    ],
)
def test_the_server_s_own_headers_decide_the_wait(headers: dict[str, str], seconds: float | None) -> None:
    assert server_wait_seconds(headers) == seconds


def test_retry_after_may_be_a_date() -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    found = server_wait_seconds({"Retry-After": soon})
    assert found is not None
    assert 18 <= found <= 20


def test_a_date_in_the_past_means_no_wait() -> None:
    assert server_wait_seconds({"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}) == 0


def test_the_back_off_doubles_and_stays_under_its_ceiling() -> None:
    policy = RetryPolicy(first_wait_seconds=1.0, longest_wait_seconds=8.0)
    for tries, ceiling in [(1, 1.0), (2, 2.0), (3, 4.0), (4, 8.0), (9, 8.0)]:
        assert ceiling / 2 <= policy.backoff_seconds(tries) <= ceiling


def test_a_cancelled_run_ends_every_wait_and_says_how_to_carry_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "_stop", threading.Event())
    threading.Timer(0.05, cancel_waits).start()
    with pytest.raises(Cancelled, match="run `pulumi up` again to carry on from here"):
        interruptible_sleep(60)
