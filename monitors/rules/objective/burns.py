"""Burn rates with the conditions that watch them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from monitors.rules.review import Review, ReviewedCondition
from monitors.rules.shares import Alarm, traffic_of
from monitors.spec import BurnRate, EventTimer, NrqlCondition, ServiceLevel, Traffic


@dataclass(frozen=True, slots=True)
class WatchedBurn:
    """A burn rate of a service level, and the condition that is to open at it."""

    level: ServiceLevel
    burn: BurnRate
    condition: ReviewedCondition

    @property
    def threshold_percent(self) -> float:
        """The error percentage at which the budget burns so fast."""
        return self.level.burn_threshold_percent(self.burn)


def watched_burns(review: Review) -> Iterator[WatchedBurn]:
    """Yield every burn rate of every service level."""
    levels = [level for level in review.stack.observability.service_levels if level.burn_rates]
    if not levels:
        return
    conditions = {condition.spec.key: condition for condition in review.conditions}
    for level in levels:
        yield from (WatchedBurn(level, burn, conditions[burn.condition]) for burn in level.burn_rates)


def budget_seconds(level: ServiceLevel) -> float:
    """Return how long a full outage may last until the period's budget is spent."""
    return level.period_days * 86_400 * level.error_budget_percent / 100


def detection_seconds(found: Alarm, condition: NrqlCondition, traffic: Traffic | None) -> float | None:
    """Return how long a full outage lasts until the alert opens at the latest, None when it never does.

    The share of errors in the window grows with the outage's time; once it is over the threshold it has to stay there
    for the duration, and the last window has to close.
    """
    filled = float(found.window_seconds)
    if traffic is not None:
        filled = max(filled, found.share.floor * 60 / traffic.typical_per_minute)
    growing = found.percent / 100 * filled
    if growing >= found.window_seconds:
        return None
    method = condition.signal.method
    waited = method.timer_seconds if isinstance(method, EventTimer) else method.delay_seconds
    return growing + found.term.duration_seconds + waited


def stated_traffic(review: Review, found: Alarm) -> Traffic | None:
    """Return the traffic that an alarm's share is taken of, where it is stated."""
    return traffic_of(found.share, review.stack.traffic)
