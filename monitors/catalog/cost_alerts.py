"""Alerts on what the AI calls cost.

The hourly and daily limits are those the product owner set. At full load (1,000 requests a minute) and the target of
0.02 USD a request they would be reached within a minute and five minutes: they are limits for the rollout's first
stages, and have to grow with the load.
"""

from __future__ import annotations

from monitors.catalog.environments import Environment
from monitors.catalog.queries import equals, from_metrics, of, percent, total
from monitors.catalog.terms import AI_TEAM, DAY, HOUR, MINUTE, SMOOTHED, above, below, runbook
from monitors.spec import Baseline, EventFlow, NrqlCondition, Severity, Signal
from service.metrics import BASELINE_COST, DAILY_COST, EXECUTION_COUNT, MODEL, REQUEST_COST, Unit


def slack(environment: Environment) -> tuple[NrqlCondition, ...]:
    """Return the alerts on cost that a team looks at in working hours."""
    return (
        NrqlCondition(
            key="cost-spike-detected",
            name="Cost Spike Detected",
            query=from_metrics(total(REQUEST_COST), environment),
            unit=Unit.USD,
            severity=Severity.SEV3,
            owner=AI_TEAM,
            user_impact="None: the AI calls of one hour cost more than 10 USD.",
            runbook=runbook("cost-optimization", "cost-spike-detected"),
            # The last hour, looked at every minute: an hour's total cannot be had sooner than within a minute.
            signal=Signal(window_seconds=HOUR, slide_seconds=MINUTE, method=EventFlow(delay_seconds=120)),
            critical=above(10, MINUTE),
        ),
        NrqlCondition(
            key="cost-spike-relative",
            name="Cost Spike (relative)",
            query=from_metrics(total(REQUEST_COST), environment),
            unit=Unit.USD,
            severity=Severity.SEV3,
            owner=AI_TEAM,
            user_impact="None: an hour's AI calls cost about half as much again as is usual at this time.",
            runbook=runbook("cost-optimization", "cost-spike-relative"),
            signal=Signal(window_seconds=HOUR, method=EventFlow(delay_seconds=120)),
            # A condition cannot compare with another time (no COMPARE WITH), so "150 % of usual" is asked of New
            # Relic's learnt baseline. Three deviations are half again where the hourly cost varies by a sixth.
            baseline=Baseline(direction="upper_only", seasonality="weekly"),
            warning=above(3, HOUR),
        ),
        NrqlCondition(
            key="daily-cost",
            name="Daily cost",
            query=from_metrics(f"max({of(DAILY_COST)})", environment),
            unit=Unit.USD,
            severity=Severity.SEV3,
            owner=AI_TEAM,
            user_impact="None: the AI calls since midnight UTC cost more than 100 USD.",
            runbook=runbook("cost-optimization", "daily-cost"),
            signal=SMOOTHED,
            critical=above(100, 5 * MINUTE),
        ),
        NrqlCondition(
            key="cost-per-request",
            name="Cost per request",
            query=from_metrics(f"average({of(REQUEST_COST)})", environment),
            unit=Unit.USD,
            severity=Severity.SEV3,
            owner=AI_TEAM,
            user_impact="None: a request costs more than two and a half times its target of 0.02 USD.",
            runbook=runbook("cost-optimization", "cost-per-request"),
            signal=SMOOTHED,
            critical=above(0.05, HOUR),
            warning=above(0.02, HOUR),
        ),
    )


def email(environment: Environment) -> tuple[NrqlCondition, ...]:
    """Return the daily notices on cost."""
    quarter_day = Signal(window_seconds=6 * HOUR, slide_seconds=15 * MINUTE, method=EventFlow(delay_seconds=120))
    opus = total(EXECUTION_COUNT, equals(MODEL, "opus"))
    return (
        NrqlCondition(
            key="savings-below-target",
            name="Savings below target",
            # Sums are divided, not averaged: a dear request counts for what it costs.
            query=from_metrics(f"100 - {percent(total(REQUEST_COST), total(BASELINE_COST))}", environment),
            unit=Unit.PERCENT,
            severity=Severity.SEV3,
            owner=AI_TEAM,
            user_impact="None: skills save less than 35 % against doing the same work without them.",
            runbook=runbook("cost-optimization", "savings-below-target"),
            signal=quarter_day,  # New Relic's longest window; below target all day long
            critical=below(35, DAY),
        ),
        NrqlCondition(
            key="unexpected-model-distribution",
            name="Unexpected model distribution",
            # The dearest model's share: where routing drifts, it moves first and costs most.
            query=from_metrics(percent(opus, total(EXECUTION_COUNT)), environment),
            unit=Unit.PERCENT,
            severity=Severity.SEV4,
            owner=AI_TEAM,
            user_impact="None directly: requests go to other models than usual, which changes cost and quality.",
            runbook=runbook("cost-optimization", "unexpected-model-distribution"),
            signal=Signal(window_seconds=6 * HOUR, method=EventFlow(delay_seconds=120)),
            baseline=Baseline(direction="upper_and_lower", seasonality="weekly"),
            warning=above(3, 6 * HOUR),
        ),
    )
