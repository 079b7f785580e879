"""What New Relic refuses of an alert condition when it is made, after a preview that let it pass."""

from __future__ import annotations

from typing import Any

import pytest
from accounts_harness import ServedAccount
from declared_resources import condition


def critical(**changed: Any) -> dict[str, Any]:
    return {"critical": {**condition()["critical"], **changed}}


@pytest.fixture
def policy(account: ServedAccount) -> str:
    return str(account.make("AlertPolicy", {"name": "Skills"})["id"])


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"aggregationWindow": 20}, '"aggregationWindow" value 20 is outside 30 to 21600'),
        ({"aggregationWindow": 86_400}, '"aggregationWindow" value 86400 is outside 30 to 21600'),
        (
            {"aggregationWindow": 300, "slideBy": 70},
            '"slideBy" value 70 must be at least 30, smaller than the aggregation window (300) and a factor of it',
        ),
        ({"aggregationWindow": 300, "slideBy": 300}, '"slideBy" value 300 must be at least 30, smaller than'),
        (critical(thresholdDuration=90), '"critical.thresholdDuration" value 90 is no multiple of 60'),
        (critical(thresholdDuration=30), '"critical.thresholdDuration" value 30 is outside 60 to 86400'),
        (critical(thresholdDuration=None), '"critical.thresholdDuration" is missing'),
        ({"name": "x" * 129}, '"name" has 129 characters; 128 is the most'),
        ({"aggregationMethod": "event_timer", "aggregationDelay": "60"}, '"aggregationDelay" does not go with'),
        ({"aggregationTimer": "60"}, '"aggregationTimer" does not go with the method event_flow'),
        ({"type": "baseline"}, 'a baseline condition needs "baselineDirection"'),
        (
            {"type": "baseline", "baselineDirection": "upper_only", **critical(operator="below")},
            '"critical.operator" of a baseline condition must be above, not "below"',
        ),
        (
            {"type": "baseline", "baselineDirection": "upper_only", **critical(threshold=0.5)},
            '"critical.threshold" of a baseline condition is outside 1 to 1000',
        ),
    ],
)
def test_a_condition_outside_the_limits_is_refused(
    account: ServedAccount, policy: str, changed: dict[str, Any], refusal: str
) -> None:
    assert refusal in account.refusal("NrqlAlertCondition", condition(policyId=policy, **changed))


def test_a_condition_without_a_threshold_is_refused(account: ServedAccount, policy: str) -> None:
    inputs = condition(policyId=policy)
    del inputs["critical"]
    assert account.refusal("NrqlAlertCondition", inputs) == 'a condition needs a "critical" or a "warning" threshold'


@pytest.mark.parametrize(
    "changed",
    [
        {"aggregationWindow": 21_600, "slideBy": 900, **critical(thresholdDuration=900)},
        {"aggregationMethod": "EVENT_TIMER", "aggregationTimer": "120"},
        {"type": "baseline", "baselineDirection": "upper_only", **critical(threshold=3)},
    ],
)
def test_a_condition_within_the_limits_is_taken(account: ServedAccount, policy: str, changed: dict[str, Any]) -> None:
    account.make("NrqlAlertCondition", condition(policyId=policy, **changed))


def test_a_condition_with_the_timer_is_told_the_timers_default_and_no_delay(
    account: ServedAccount, policy: str
) -> None:
    made = account.make("NrqlAlertCondition", condition(policyId=policy, aggregationMethod="event_timer"))
    assert made["outputs"]["aggregationTimer"] == "60"
    assert "aggregationDelay" not in made["outputs"]


def test_every_reason_is_told_at_once(account: ServedAccount, policy: str) -> None:
    told = account.refusal("NrqlAlertCondition", condition(policyId="7", aggregationWindow=20))
    assert '"policyId" value "7"' in told
    assert '"aggregationWindow" value 20' in told
