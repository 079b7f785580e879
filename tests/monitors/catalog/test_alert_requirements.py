"""The product's table of alerts, row by row: figure, time, unit, severity, and where the alert goes."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from catalog_cases import CONDITIONS, channels_of, condition, workflows_of

from monitors.catalog import STACKS, stack
from monitors.spec import (
    CertificateMonitor,
    EmailChannel,
    EventTimer,
    NrqlCondition,
    Occurrences,
    Operator,
    PagerDutyChannel,
    Priority,
    Severity,
    SlackChannel,
    Threshold,
    WebhookChannel,
)
from service.metrics import Unit

MINUTE, HOUR, DAY = 60, 3600, 86_400
PAGE, SLACK, EMAIL = PagerDutyChannel, SlackChannel, EmailChannel
ABOVE, BELOW = Operator.ABOVE, Operator.BELOW
SEV1, SEV2, SEV3, SEV4 = Severity


@dataclass(frozen=True)
class Row:
    """One row of the table: what makes the alert critical (or, without a critical value, warn), and whom it tells."""

    key: str
    operator: Operator
    unit: Unit
    severity: Severity
    goes_to: tuple[type, ...]
    duration_seconds: int
    critical: float | None = None
    warning: float | None = None


ROWS = (
    Row("skills-service-down", BELOW, Unit.ONE, SEV1, (PAGE,), MINUTE, critical=1),
    Row("high-skill-error-rate", ABOVE, Unit.PERCENT, SEV1, (PAGE,), 5 * MINUTE, critical=5),
    Row("skills-response-time-critical", ABOVE, Unit.MILLISECONDS, SEV2, (PAGE,), 5 * MINUTE, critical=10_000),
    Row("elevated-skill-timeout-rate", ABOVE, Unit.PERCENT, SEV3, (SLACK,), 10 * MINUTE, critical=5),
    Row("low-cache-hit-rate", BELOW, Unit.PERCENT, SEV3, (EMAIL,), 15 * MINUTE, critical=30),
    Row("cost-spike-detected", ABOVE, Unit.USD, SEV3, (SLACK,), MINUTE, critical=10),
    Row("slow-skill", ABOVE, Unit.MILLISECONDS, SEV3, (SLACK,), 5 * MINUTE, warning=5_000),
    Row("daily-cost", ABOVE, Unit.USD, SEV3, (SLACK,), 5 * MINUTE, critical=100),
    Row("savings-below-target", BELOW, Unit.PERCENT, SEV3, (EMAIL,), DAY, critical=35),
    Row("claude-api-success-rate", BELOW, Unit.PERCENT, SEV2, (PAGE,), 5 * MINUTE, critical=95),
    Row("skills-token-reduction", BELOW, Unit.PERCENT, SEV3, (SLACK,), HOUR, critical=60, warning=70),
    Row("average-ai-response-time", ABOVE, Unit.MILLISECONDS, SEV2, (PAGE,), 5 * MINUTE, critical=10_000),
    Row("cost-per-request", ABOVE, Unit.USD, SEV3, (SLACK,), HOUR, critical=0.05, warning=0.02),
    Row("fallback-rate", ABOVE, Unit.PERCENT, SEV3, (SLACK,), 15 * MINUTE, critical=15, warning=5),
    Row("prompt-cache-hit-rate", BELOW, Unit.PERCENT, SEV3, (EMAIL,), 30 * MINUTE, critical=25, warning=40),
    Row("availability-fast-burn", ABOVE, Unit.PERCENT, SEV1, (PAGE,), MINUTE, critical=1.344),
    Row("availability-slow-burn", ABOVE, Unit.PERCENT, SEV3, (SLACK,), 15 * MINUTE, critical=0.56),
    Row("rollback-health-checks", BELOW, Unit.ONE, SEV1, (PAGE, WebhookChannel), MINUTE, critical=1),
    Row("rollback-error-rate", ABOVE, Unit.PERCENT, SEV1, (PAGE, WebhookChannel), 5 * MINUTE, critical=10),
    Row("rollback-memory", ABOVE, Unit.PERCENT, SEV1, (PAGE, WebhookChannel), 2 * MINUTE, critical=95),
    Row("rollback-database-connections", ABOVE, Unit.ONE, SEV1, (PAGE, WebhookChannel), 2 * MINUTE, critical=5),
    Row("rollback-skill-error-rate", ABOVE, Unit.PERCENT, SEV1, (PAGE, WebhookChannel), 5 * MINUTE, critical=5),
    Row(
        "rollback-skill-response-time",
        ABOVE,
        Unit.MILLISECONDS,
        SEV1,
        (PAGE, WebhookChannel),
        5 * MINUTE,
        critical=10_000,
    ),
    Row("canary-error-rate", ABOVE, Unit.PERCENT, SEV3, (SLACK,), 5 * MINUTE, critical=1),
    Row("canary-response-time", ABOVE, Unit.MILLISECONDS, SEV3, (SLACK,), 5 * MINUTE, critical=1_000),
    Row("api-key-age", ABOVE, Unit.DAYS, SEV3, (SLACK,), HOUR, critical=90, warning=83),
    Row("telemetry-dropped", ABOVE, Unit.ONE, SEV3, (SLACK,), MINUTE, critical=0),
    Row("telemetry-delayed", ABOVE, Unit.SECONDS, SEV3, (SLACK,), 5 * MINUTE, critical=900),
    Row("web-certificate-expiring", ABOVE, Unit.ONE, SEV3, (SLACK,), 5 * MINUTE, critical=0),
    Row("web-unreachable", ABOVE, Unit.PERCENT, SEV1, (PAGE,), 5 * MINUTE, critical=50),
)
BASELINES = {
    "cost-spike-relative": (SEV3, SLACK, Unit.USD),
    "unexpected-model-distribution": (SEV4, EMAIL, Unit.PERCENT),
}


@pytest.mark.parametrize("name", STACKS)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_an_alert_has_the_figures_that_its_row_asks_for(row: Row, name: str) -> None:
    found = condition(row.key, name)
    assert found.critical == _threshold(row, row.critical)
    assert found.warning == _threshold(row, row.warning)
    assert (found.unit, found.severity) == (row.unit, row.severity)


@pytest.mark.parametrize("name", STACKS)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_an_alert_goes_where_its_row_says_and_nowhere_else(row: Row, name: str) -> None:
    assert {type(channel) for channel in channels_of(stack(name), condition(row.key, name))} == set(row.goes_to)


@pytest.mark.parametrize("key", BASELINES)
def test_what_is_compared_with_the_usual_warns_above_a_learnt_baseline(key: str) -> None:
    found = condition(key)
    severity, channel, unit = BASELINES[key]
    assert found.baseline is not None
    assert (found.critical, found.severity, found.unit) == (None, severity, unit)
    assert {type(one) for one in channels_of(stack("prod"), found)} == {channel}


def test_the_tables_hold_every_alert() -> None:
    rows = {row.key for row in ROWS} | set(BASELINES)
    assert rows == {one.key for one in stack("prod").observability.conditions}


@pytest.mark.parametrize("one", CONDITIONS)
def test_an_alert_that_pages_is_told_of_its_critical_issues_alone(one: NrqlCondition) -> None:
    spec = stack("staging" if "'staging'" in one.query or "(staging)" in one.query else "prod")
    for workflow in workflows_of(spec, one):
        if one.severity.pages:
            assert workflow.priorities == (Priority.CRITICAL,)
        else:
            assert set(workflow.priorities) == set(Priority)


@pytest.mark.parametrize("key", ["skills-service-down", "rollback-health-checks"])
def test_silence_of_the_service_opens_an_incident_within_three_minutes(key: str) -> None:
    loss = condition(key).loss_of_signal
    assert loss is not None
    assert loss.open_incident
    assert 2 * MINUTE <= loss.after_seconds <= 3 * MINUTE


def test_the_hourly_cost_is_the_last_hour_looked_at_every_minute() -> None:
    signal = condition("cost-spike-detected").signal
    assert (signal.window_seconds, signal.slide_seconds) == (HOUR, MINUTE)


def test_what_comes_seldom_closes_its_windows_by_timer() -> None:
    for key in ("telemetry-dropped", "telemetry-delayed", "web-certificate-expiring", "web-unreachable"):
        signal = condition(key).signal
        assert isinstance(signal.method, EventTimer), key
        assert signal.method.timer_seconds >= signal.window_seconds, key


@pytest.mark.parametrize("name", STACKS)
def test_an_expiring_certificate_is_one_incident_from_the_first_failing_day_to_its_end(name: str) -> None:
    (monitor,) = (one for one in stack(name).observability.monitors if isinstance(one, CertificateMonitor))
    alert = condition("web-certificate-expiring", name)
    assert alert.violation_time_limit_seconds > monitor.days_before * DAY
    assert f"in {monitor.days_before} days or sooner" in alert.user_impact


@pytest.mark.parametrize("one", CONDITIONS)
def test_an_alert_says_what_users_notice_and_whose_it_is(one: NrqlCondition) -> None:
    assert one.user_impact.endswith(".")
    assert len(one.user_impact.split()) >= 6
    assert one.owner in {"ai", "platform"}


def _threshold(row: Row, value: float | None) -> Threshold | None:
    if value is None:
        return None
    return Threshold(
        operator=row.operator, value=value, duration_seconds=row.duration_seconds, occurrences=Occurrences.ALL
    )
