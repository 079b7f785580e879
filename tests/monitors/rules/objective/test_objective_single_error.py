"""objective/single-error: one error in the quiet hours pages nobody."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages
from objective_cases import HOUR, busy, share

from monitors import spec
from monitors.catalog import stack
from monitors.rules.objective.single_error import CHECK

MINUTE = build.threshold(value=5, duration_seconds=60)


def test_one_error_of_few_requests_is_found_with_a_floor_that_would_do() -> None:
    (found,) = findings(CHECK, busy(build.condition(query=share(), critical=MINUTE), quiet=5))
    assert found.message == (
        "At the quiet rate of 5 a minute a window of 1 minute holds 5: one error is 20 %, over the threshold of 5 %, "
        "and pages."
    )
    assert found.advice == "Take the share of at least 20, with clamp_min(..., 20), or lengthen the window."


@pytest.mark.parametrize(
    ("floor", "threshold", "found"),
    [
        (20, MINUTE, 0),  # one of twenty is 5 %, which is not above 5 %
        (19, MINUTE, 1),
        (20, build.threshold(value=5, duration_seconds=60, operator=spec.Operator.ABOVE_OR_EQUALS), 1),
        (0, build.threshold(value=5, duration_seconds=300), 0),  # every window of five needs an error of its own
        (0, build.threshold(value=5, duration_seconds=300, occurrences=spec.Occurrences.AT_LEAST_ONCE), 1),
    ],
)
def test_the_floor_the_operator_and_the_duration_decide(floor: int, threshold: spec.Threshold, found: int) -> None:
    condition = build.condition(query=share(floor), critical=threshold)
    assert len(messages(CHECK, busy(condition, quiet=5))) == found


def test_a_sliding_window_holds_one_error_for_its_whole_length() -> None:
    signal = spec.Signal(window_seconds=HOUR, slide_seconds=60)
    long = build.condition(query=share(), signal=signal, critical=build.threshold(value=0.5, duration_seconds=600))
    assert len(messages(CHECK, busy(long, quiet=2))) == 1


def test_a_success_rate_that_is_counted_from_the_failures_is_judged_alike() -> None:
    query = share().replace("SELECT ", "SELECT 100 - ")
    below = build.threshold(value=95, duration_seconds=60, operator=spec.Operator.BELOW)
    assert len(messages(CHECK, busy(build.condition(query=query, critical=below), quiet=5))) == 1
    floored = share(20).replace("SELECT ", "SELECT 100 - ")
    assert messages(CHECK, busy(build.condition(query=floored, critical=below), quiet=5)) == []


def test_percentage_is_a_share_too() -> None:
    query = "FROM SkillExecution SELECT percentage(count(*), WHERE success IS FALSE)"
    assert len(messages(CHECK, busy(build.condition(query=query, critical=MINUTE), quiet=5))) == 1


def test_what_can_wait_other_values_and_unstated_traffic_are_not_judged() -> None:
    cost = build.condition(query="FROM SkillExecution SELECT sum(cost)", critical=MINUTE)
    assert messages(CHECK, busy(cost, quiet=5)) == []
    assert messages(CHECK, build.condition(query=share(), critical=MINUTE)) == []


def test_no_alert_of_the_catalogue_pages_for_one_error() -> None:
    assert findings(CHECK, stack("prod")) == []
