"""objective/slow-detection: a full outage is noticed before the budget is spent."""

from __future__ import annotations

import spec_builders as build
from check_cases import findings
from objective_cases import fast_burn, share, with_level

from monitors.catalog import stack
from monitors.rules.objective.burns import budget_seconds, detection_seconds, watched_burns
from monitors.rules.objective.slow_detection import CHECK
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.rules.shares import alarm


def test_an_alert_after_the_budget_is_spent_is_an_error() -> None:
    slow = fast_burn(critical=build.threshold(value=1.344, duration_seconds=3600))
    (found,) = findings(CHECK, with_level(slow))
    assert found.message == (
        'At a full outage it opens after 3,768 s, and the 28 days\' budget of "Availability" is spent after 2,419 s: '
        "it comes too late to save any of it."
    )
    assert found.level is Level.ERROR


def test_a_first_alert_when_most_of_the_budget_is_spent_is_a_warning() -> None:
    slow = fast_burn(critical=build.threshold(value=1.344, duration_seconds=1800))
    (found,) = findings(CHECK, with_level(slow))
    assert found.message == (
        'It is the first alert of "Availability", and opens 1,968 s into a full outage, when 81% of the 28 days\' '
        "budget is spent."
    )


def test_a_floor_above_the_traffic_delays_the_alert_for_good() -> None:
    stack_ = with_level(fast_burn(query=share(10_000_000))).model_copy(update={"traffic": (build.traffic(),)})
    (found,) = findings(CHECK, stack_)
    assert found.message.startswith("At a full outage it never opens, ")


def test_an_alert_within_minutes_is_fine() -> None:
    assert findings(CHECK, with_level(fast_burn())) == []
    assert findings(CHECK, stack("prod")) == []


def test_the_fast_burn_of_the_catalogue_opens_within_four_minutes_and_a_tenth_of_the_budget() -> None:
    review = Review(stack("prod"))
    fast, slow = watched_burns(review)
    times = []
    for watched in (fast, slow):
        found = alarm(watched.condition, watched.condition.spec.critical)
        assert found is not None
        times.append(detection_seconds(found, watched.condition.spec, review.stack.traffic[0]))
    # 1.344 % of an hour to fill the window, a minute's duration, two minutes' delay.
    assert times == [48.384 + 60 + 120, 0.0056 * 21_600 + 900 + 120]
    assert round(budget_seconds(fast.level)) == 2_419
