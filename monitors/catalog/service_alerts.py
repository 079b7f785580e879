"""Alerts on the services themselves: reachable, telling all they know, keys in date, canary no worse than control."""

from __future__ import annotations

from monitors.catalog.environments import Environment
from monitors.catalog.queries import (
    equals,
    error_percent_of_requests,
    from_metrics,
    of,
    percent,
    total,
)
from monitors.catalog.terms import AI_TEAM, DAY, HOUR, MINUTE, PLATFORM_TEAM, SMOOTHED, SPARSE, above, runbook
from monitors.spec import EventFlow, EventTimer, LossOfSignal, NrqlCondition, Severity, Signal
from service.metrics import KEY_AGE, KEY_NAME, RESPONSE_TIME, SPOOL_AGE, SPOOL_DROPPED, VARIANT, Unit


def paging_sev1(environment: Environment, health_monitor: str) -> tuple[NrqlCondition, ...]:
    """Return the alert on the web service as the world sees it; `health_monitor` is the synthetic monitor's name."""
    failed = percent("filter(count(*), WHERE result = 'FAILED')", "count(*)")
    return (
        NrqlCondition(
            key="web-unreachable",
            name="Web service unreachable",
            query=f"FROM SyntheticCheck SELECT {failed} WHERE monitorName = '{health_monitor}'",
            unit=Unit.PERCENT,
            severity=Severity.SEV1,
            owner=PLATFORM_TEAM,
            user_impact="The product cannot be opened from most places, or answers that it is not healthy.",
            runbook=runbook("incident-response", "web-unreachable"),
            # Results of a check arrive up to minutes late; half of five minutes' checks is no single bad location.
            signal=Signal(window_seconds=5 * MINUTE, method=EventTimer(timer_seconds=5 * MINUTE)),
            critical=above(50, 5 * MINUTE),
        ),
    )


def slack(environment: Environment, certificate_monitor: str) -> tuple[NrqlCondition, ...]:
    """Return the alerts that a team looks at in working hours; `certificate_monitor` is a monitor's name."""
    return (*_canary(environment), *_upkeep(environment), _certificate(certificate_monitor))


def _canary(environment: Environment) -> tuple[NrqlCondition, ...]:
    canary, control = equals(VARIANT, "canary"), equals(VARIANT, "control")
    hourly = Signal(window_seconds=HOUR, slide_seconds=5 * MINUTE, method=EventFlow(delay_seconds=120))
    mean = f"average({of(RESPONSE_TIME)})"
    return (
        NrqlCondition(
            key="canary-error-rate",
            name="Canary error rate",
            query=from_metrics(
                f"({error_percent_of_requests(canary)}) - ({error_percent_of_requests(control)})", environment
            ),
            unit=Unit.PERCENT,
            severity=Severity.SEV3,
            owner=AI_TEAM,
            user_impact="Users in the rollout see more than one more failure in a hundred requests than the others.",
            runbook=runbook("production-rollout-playbook", "canary-error-rate"),
            signal=hourly,
            critical=above(1, 5 * MINUTE),
        ),
        NrqlCondition(
            key="canary-response-time",
            name="Canary response time",
            query=from_metrics(f"filter({mean}, WHERE {canary}) - filter({mean}, WHERE {control})", environment),
            unit=Unit.MILLISECONDS,
            severity=Severity.SEV3,
            owner=AI_TEAM,
            user_impact="Users in the rollout wait more than a second longer than the others.",
            runbook=runbook("production-rollout-playbook", "canary-response-time"),
            signal=hourly,
            critical=above(1_000, 5 * MINUTE),
        ),
    )


def _upkeep(environment: Environment) -> tuple[NrqlCondition, ...]:
    return (
        NrqlCondition(
            key="api-key-age",
            name="API key too old",
            query=from_metrics(f"max({of(KEY_AGE)})", environment, facet=KEY_NAME.name),
            unit=Unit.DAYS,
            severity=Severity.SEV3,
            owner=PLATFORM_TEAM,
            user_impact="None: a vendor's key is older than 90 days and has to be replaced.",
            runbook=runbook("skills-deployment", "api-key-age"),
            signal=SMOOTHED,
            critical=above(90, HOUR),
            warning=above(83, HOUR),  # a week to do it in
            # A key stays old until somebody replaces it; the usual three days would tell Slack of it again and again.
            violation_time_limit_seconds=30 * DAY,
        ),
        NrqlCondition(
            key="telemetry-dropped",
            name="Telemetry dropped",
            query=from_metrics(total(SPOOL_DROPPED), environment),
            unit=Unit.ONE,
            severity=Severity.SEV3,
            owner=PLATFORM_TEAM,
            user_impact="None directly: figures and alerts are built on incomplete data.",
            runbook=runbook("incident-response", "telemetry-dropped"),
            signal=SPARSE,
            critical=above(0, MINUTE),
            # No drop is no data, never 0: only silence can say that it is over.
            loss_of_signal=LossOfSignal(after_seconds=10 * MINUTE, open_incident=False, close_incidents=True),
        ),
        NrqlCondition(
            key="telemetry-delayed",
            name="Telemetry delayed",
            query=from_metrics(f"max({of(SPOOL_AGE)})", environment),
            unit=Unit.SECONDS,
            severity=Severity.SEV3,
            owner=PLATFORM_TEAM,
            user_impact="None directly: alerts see what happened a quarter of an hour ago.",
            runbook=runbook("incident-response", "telemetry-delayed"),
            signal=SPARSE,
            critical=above(900, 5 * MINUTE),
        ),
    )


def _certificate(monitor_name: str) -> NrqlCondition:
    failed = "filter(count(*), WHERE result = 'FAILED')"
    return NrqlCondition(
        key="web-certificate-expiring",
        name="Web certificate expires soon",
        # Each place checks at an hour of its own: as one signal, a place that succeeds would close what another opened.
        query=f"FROM SyntheticCheck SELECT {failed} WHERE monitorName = '{monitor_name}' FACET location",
        unit=Unit.ONE,
        severity=Severity.SEV3,
        owner=PLATFORM_TEAM,
        user_impact="None yet: browsers will refuse the product in 14 days or sooner.",
        runbook=runbook("incident-response", "web-certificate-expiring"),
        # A result a day: between two the signal's history is dropped, so one window alone has to open and to close it.
        signal=Signal(window_seconds=5 * MINUTE, method=EventTimer(timer_seconds=5 * MINUTE)),
        critical=above(0, 5 * MINUTE),
        # It stays open from day to day until a check succeeds; the usual three days would tell of it anew.
        violation_time_limit_seconds=30 * DAY,
    )
