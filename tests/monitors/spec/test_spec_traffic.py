"""Stated traffic: three rates that rise, of something that is named, with where they come from."""

from __future__ import annotations

import pytest
import spec_builders as build
from spec_refusals import Builder, case, refusal

REFUSED = (
    case(
        build.traffic,
        'traffic "requests": quiet_per_minute 400, typical_per_minute 300 and peak_per_minute 1000 do not rise; quiet '
        "is the least of the three.",
        quiet_per_minute=400.0,
    ),
    case(
        build.traffic,
        'traffic "requests": field quiet_per_minute is 0.0: input should be greater than 0. Give a number a minute '
        "above 0.",
        quiet_per_minute=0.0,
    ),
    case(
        build.traffic,
        'traffic "requests": field counts is (): tuple should have at least 1 item, not 0. Name '
        "metrics or event types, such as Custom/Service/RequestCount.",
        counts=(),
    ),
)


@pytest.mark.parametrize(("builder", "changes", "message"), REFUSED)
def test_a_wrong_value_is_refused_with_advice(builder: Builder, changes: dict[str, object], message: str) -> None:
    assert refusal(builder, **changes) == message


def test_the_three_rates_may_be_one() -> None:
    same = build.traffic(peak_per_minute=5.0, typical_per_minute=5.0, quiet_per_minute=5.0)
    assert same.quiet_per_minute == 5
