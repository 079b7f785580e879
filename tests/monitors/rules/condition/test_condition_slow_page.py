"""condition/slow-page: a page opens later than it should have been answered."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.condition.slow_page import CHECK
from monitors.spec import Severity

SIX_HOURS = spec.Signal(window_seconds=21_600)


def test_a_duration_longer_than_the_time_to_acknowledge_is_found() -> None:
    (found,) = findings(CHECK, build.condition(critical=build.threshold(duration_seconds=3600)))
    assert (found.subject.key, found.field) == ("condition/high-errors", "critical.duration_seconds")
    assert found.message == "It opens after 1 hour of trouble, and a SEV1 is to be acknowledged within 15 minutes."
    assert found.advice == "Give a duration of 900 s or less, or a milder severity."


def test_a_window_that_gives_a_value_too_seldom_is_found() -> None:
    slow = build.condition(signal=SIX_HOURS, critical=build.threshold(duration_seconds=21_600))
    (found,) = findings(CHECK, slow)
    assert found.field == "signal.window_seconds"
    assert found.message == "A value comes every 6 hours, and a SEV1 is to be acknowledged within 15 minutes."
    assert found.advice == "Give the signal slide_seconds, or a shorter window."


@pytest.mark.parametrize(
    ("severity", "duration_seconds", "found"),
    [
        (Severity.SEV1, 900, 0),
        (Severity.SEV1, 960, 1),
        (Severity.SEV2, 1800, 0),
        (Severity.SEV2, 1860, 1),
        (Severity.SEV3, 86_400, 0),
    ],
)
def test_the_severity_says_how_long_is_too_long(severity: Severity, duration_seconds: int, found: int) -> None:
    term = build.threshold(duration_seconds=duration_seconds)
    assert len(messages(CHECK, build.condition(severity=severity, critical=term))) == found


def test_burn_rates_are_left_to_the_check_that_knows_their_budget() -> None:
    burning = build.condition(key="fast-burn", critical=build.threshold(duration_seconds=3600))
    level = build.service_level(burn_rates=(build.burn_rate(),))
    assert messages(CHECK, burning, level, build.ping()) == []


def test_a_long_window_that_slides_is_let_be() -> None:
    sliding = spec.Signal(window_seconds=21_600, slide_seconds=900)
    assert messages(CHECK, build.condition(signal=sliding, critical=build.threshold(duration_seconds=900))) == []
