"""The availability objective, and the alerts on how fast its error budget burns."""

from __future__ import annotations

from typing import Final

from monitors.catalog.environments import Environment
from monitors.catalog.queries import differs, equals, from_metrics, percent_with_floor, total
from monitors.catalog.terms import HOUR, MINUTE, PLATFORM_TEAM, above, runbook
from monitors.spec import BurnRate, EventFlow, Events, NrqlCondition, ServiceLevel, Severity, Signal
from service.metrics import ENV, OUTCOME, REQUEST_COUNT, Unit

# 99.9 % a month is 43 minutes. A page for 2 % of the budget in an hour, a ticket for 5 % in six, as in the Site
# Reliability Workbook, chapter "Alerting on SLOs" (https://sre.google/workbook/alerting-on-slos/).
TARGET_PERCENT: Final = 99.9
FAST: Final = BurnRate(condition="availability-fast-burn", budget_percent=2, window_seconds=HOUR)
SLOW: Final = BurnRate(condition="availability-slow-burn", budget_percent=5, window_seconds=6 * HOUR)

# One failure at night must not page: below these many requests in a window the share is taken of this many, so that it
# takes 7 failures in an hour, or 17 in six hours, to burn fast enough. The load this is built for is 60,000 an hour.
_FAST_FLOOR: Final = 500
_SLOW_FLOOR: Final = 3_000


def availability(environment: Environment, monitor: str) -> ServiceLevel:
    """Return the objective; `monitor` is the key of the synthetic monitor that it is shown with."""
    where = equals(ENV, environment.name)
    return ServiceLevel(
        key="availability",
        name=environment.named("AI service availability"),
        description="The share of requests that were answered as they should be, over 28 days.",
        monitor=monitor,
        valid=_requests(where),
        bad=_requests(f"{where} AND {differs(OUTCOME, 'success')}"),
        target_percent=TARGET_PERCENT,
        burn_rates=(FAST, SLOW),
    )


def fast_burn(environment: Environment, objective: ServiceLevel) -> NrqlCondition:
    """Return the alert for a budget that would be gone within two days."""
    return NrqlCondition(
        key=FAST.condition,
        name="Availability: fast error-budget burn",
        query=_failure_percent(environment, _FAST_FLOOR),
        unit=Unit.PERCENT,
        severity=Severity.SEV1,
        owner=PLATFORM_TEAM,
        user_impact="So many requests fail that a month's allowance of failures would be used up within two days.",
        runbook=runbook("incident-response", FAST.condition),
        signal=Signal(window_seconds=FAST.window_seconds, slide_seconds=MINUTE, method=EventFlow(delay_seconds=120)),
        critical=above(objective.burn_threshold_percent(FAST), MINUTE),
    )


def slow_burn(environment: Environment, objective: ServiceLevel) -> NrqlCondition:
    """Return the alert for a budget that would be gone within five days."""
    return NrqlCondition(
        key=SLOW.condition,
        name="Availability: slow error-budget burn",
        query=_failure_percent(environment, _SLOW_FLOOR),
        unit=Unit.PERCENT,
        severity=Severity.SEV3,
        owner=PLATFORM_TEAM,
        user_impact="A few requests in a thousand fail, for hours: the month's allowance would last five days.",
        runbook=runbook("incident-response", SLOW.condition),
        # New Relic slides a six-hour window by a 24th of it at least: 15 minutes.
        signal=Signal(
            window_seconds=SLOW.window_seconds, slide_seconds=15 * MINUTE, method=EventFlow(delay_seconds=120)
        ),
        critical=above(objective.burn_threshold_percent(SLOW), 15 * MINUTE),
    )


def _failure_percent(environment: Environment, floor: int) -> str:
    failed = total(REQUEST_COUNT, differs(OUTCOME, "success"))
    return from_metrics(percent_with_floor(failed, total(REQUEST_COUNT), floor), environment)


def _requests(where: str) -> Events:
    return Events(source="Metric", function="SUM", attribute=REQUEST_COUNT.name, where=where)
