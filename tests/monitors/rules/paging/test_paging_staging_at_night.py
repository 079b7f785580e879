"""paging/staging-at-night: staging calls nobody at night."""

from __future__ import annotations

import spec_builders as build
from check_cases import messages
from response_cases import responding

from monitors.catalog import stack
from monitors.rules.paging.staging_at_night import CHECK


def test_somebody_on_call_at_night_at_high_urgency_is_found() -> None:
    assert messages(CHECK, build.stack(name="staging")) == [
        "At 03:00 (Etc/UTC) a SEV1 of staging calls engineer at high urgency."
    ]


def test_nobody_on_call_at_night_or_low_urgency_is_fine() -> None:
    by_day = build.schedule(layers=(build.layer(restrictions=(build.restriction(),)),))
    assert messages(CHECK, responding("staging", schedules=(by_day,))) == []
    low = build.service(urgency=build.support_hours())
    assert messages(CHECK, responding("staging", services=(low,))) == []


def test_prod_is_not_judged_and_the_catalogue_is_fine() -> None:
    assert messages(CHECK, build.stack()) == []
    assert messages(CHECK, stack("staging")) == []
