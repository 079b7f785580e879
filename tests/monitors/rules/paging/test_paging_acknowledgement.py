"""paging/acknowledgement: an acknowledged incident pages again in time."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import messages
from response_cases import responding

from monitors.rules.paging.acknowledgement import CHECK


def test_no_timeout_is_found() -> None:
    assert messages(CHECK, build.service(acknowledgement_timeout_seconds=None)) == [
        "acknowledgement_timeout_seconds is None: an incident that somebody acknowledged and forgot never pages again."
    ]


def test_a_timeout_beyond_the_time_to_resolve_is_found() -> None:
    assert messages(CHECK, build.service(acknowledgement_timeout_seconds=7_200)) == [
        "acknowledgement_timeout_seconds is 7200, and a SEV1 is to be resolved within 3600 s: it would page again only "
        "after that."
    ]


@pytest.mark.parametrize("seconds", [600, 3_600])
def test_a_timeout_within_it_is_fine(seconds: int) -> None:
    assert messages(CHECK, build.service(acknowledgement_timeout_seconds=seconds)) == []


def test_a_service_that_no_alert_pages_is_not_judged() -> None:
    other = build.service(key="batch", name="Batch", acknowledgement_timeout_seconds=None)
    assert messages(CHECK, responding(services=(build.service(), other))) == []
