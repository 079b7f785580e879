"""Errors: what fails, where and since when."""

from __future__ import annotations

from monitors.catalog.dashboards.grid import at, chart, figure, line, over, over_time
from monitors.catalog.environments import Environment
from monitors.catalog.queries import (
    differs,
    equals,
    error_percent_of_executions,
    error_percent_of_requests,
    field,
    from_event,
    from_metrics,
    percent,
    total,
)
from monitors.spec import Band, Dashboard, Page, Widget
from service.metrics import (
    ANSWERED_BY,
    API_CALLS,
    BREAKER_OPENINGS,
    CONNECTION_FAILURES,
    DROP_REASON,
    EXECUTION_COUNT,
    MODEL,
    OUTCOME,
    RATE_LIMITED,
    REQUEST_COUNT,
    SKILL_EXECUTION,
    SKILL_ID,
    SPOOL_AGE,
    SPOOL_BYTES,
    SPOOL_DROPPED,
    STATUS_CODE,
    TASK,
)


def dashboard(environment: Environment) -> Dashboard:
    """Return the dashboard."""
    return Dashboard(
        key="errors",
        name=environment.named("Errors"),
        description="Failures by task, skill, model and vendor, and whether the telemetry itself is whole.",
        pages=(
            Page(name="Failures", widgets=_failures(environment)),
            Page(name="Telemetry", widgets=_telemetry(environment)),
        ),
    )


def _failures(environment: Environment) -> tuple[Widget, ...]:
    failed = total(EXECUTION_COUNT, differs(OUTCOME, "success"))
    timeouts = percent(total(EXECUTION_COUNT, equals(OUTCOME, "timeout")), total(EXECUTION_COUNT))
    calls = percent(total(API_CALLS, equals(OUTCOME, "success")), total(API_CALLS))
    kinds = f"{field(SKILL_EXECUTION, 'errorKind')}, {SKILL_ID.name}"
    return (
        figure(
            "Failed requests (%)",
            at(1, 1, 3),
            from_metrics(error_percent_of_requests(), environment),
            warning=2,
            critical=10,
        ),
        figure(
            "Failed executions (%)",
            at(1, 4, 3),
            from_metrics(error_percent_of_executions(), environment),
            warning=2,
            critical=5,
        ),
        figure("Timeouts (%)", at(1, 7, 3), from_metrics(timeouts, environment), warning=1, critical=5),
        figure("Claude API success (%)", at(1, 10, 3), from_metrics(calls, environment)),
        line(
            "Failed requests by task (%)",
            at(4, 1, 6),
            from_metrics(error_percent_of_requests(), environment, facet=TASK.name),
            bands=over(2, 10),
        ),
        chart(
            "stacked_bar",
            "Failed executions by outcome",
            at(4, 7, 6),
            over_time(from_metrics(failed, environment, facet=OUTCOME.name)),
        ),
        chart("bar", "Failed executions by skill", at(7, 1, 4), from_metrics(failed, environment, facet=SKILL_ID.name)),
        chart(
            "bar",
            "Claude API answers by status",
            at(7, 5, 4),
            from_metrics(total(API_CALLS), environment, facet=STATUS_CODE.name),
        ),
        chart(
            "area",
            "Who answered",
            at(7, 9, 4),
            over_time(from_metrics(total(REQUEST_COUNT), environment, facet=ANSWERED_BY.name)),
        ),
        line(
            "Circuit breaker openings", at(10, 1, 4), from_metrics(total(BREAKER_OPENINGS), environment, facet="vendor")
        ),
        line("Database connection failures", at(10, 5, 4), from_metrics(total(CONNECTION_FAILURES), environment)),
        line(
            "Requests over a user's rate limit",
            at(10, 9, 4),
            from_metrics(total(RATE_LIMITED), environment, facet=TASK.name),
        ),
        chart(
            "table",
            "Kinds of error",
            at(13, 1, 12, 4),
            from_event(
                SKILL_EXECUTION,
                f"count(*) AS 'Failures', latest({field(SKILL_EXECUTION, 'requestId')}) AS 'Latest request'",
                environment,
                differs(OUTCOME, "success"),
                facet=f"{kinds}, {MODEL.name}",
            ),
            bands=(Band(severity="warning", above=10, column_name="Failures"),),
        ),
    )


def _telemetry(environment: Environment) -> tuple[Widget, ...]:
    return (
        line("Telemetry on disk (bytes)", at(1, 1, 4), from_metrics(f"max(`{SPOOL_BYTES.name}`)", environment)),
        line(
            "Oldest record not delivered (s)",
            at(1, 5, 4),
            from_metrics(f"max(`{SPOOL_AGE.name}`)", environment),
            bands=over(300, 900),
        ),
        line("Records let go", at(1, 9, 4), from_metrics(total(SPOOL_DROPPED), environment, facet=DROP_REASON.name)),
    )
