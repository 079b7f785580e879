"""paging/low-urgency: what pages in prod is urgent at every hour."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import messages

from monitors import spec
from monitors.rules.paging.low_urgency import CHECK


@pytest.mark.parametrize(
    ("urgency", "when"),
    [
        (build.urgency(urgency="low"), "at every hour"),
        (build.support_hours(), "outside 09:00:00 to 17:00:00"),
        (build.support_hours(inside="low", outside="high"), "within support hours"),
        (build.support_hours(inside="low"), "at every hour"),
    ],
)
def test_low_urgency_at_some_hour_is_found(urgency: spec.ConstantUrgency | spec.SupportHours, when: str) -> None:
    assert messages(CHECK, build.service(urgency=urgency)) == [
        f"A SEV1 has low urgency {when}: by most people's rules that wakes nobody."
    ]


def test_high_urgency_and_staging_are_fine() -> None:
    assert messages(CHECK, build.service()) == []
    assert messages(CHECK, build.service(urgency=build.urgency(urgency="severity_based"))) == []
    response = build.response(services=(build.service(urgency=build.support_hours()),))
    assert messages(CHECK, build.stack(name="staging", response=response)) == []
