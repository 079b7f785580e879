"""Skills overview: what on-call opens first."""

from __future__ import annotations

from monitors.catalog.dashboards.grid import at, chart, figure, line, over, over_time, text
from monitors.catalog.environments import Environment
from monitors.catalog.queries import (
    differs,
    equals,
    error_percent_of_executions,
    execution_p95,
    from_event,
    from_metrics,
    of,
    percent,
    total,
)
from monitors.catalog.terms import ai_service, web_service
from monitors.spec import ChartWidget, Dashboard, Page, Widget
from service.metrics import (
    ACTIVE_SKILLS,
    CACHE_RESULT,
    COMPONENT,
    EXECUTION_COUNT,
    HEALTH,
    MODEL,
    OUTCOME,
    REQUEST_COUNT,
    SKILL_CACHE_LOOKUPS,
    SKILL_EXECUTION,
    SKILL_ID,
    TASK,
)

# NRQL draws at most 366 points: six hours at a step of a minute. The day at that step is four such stretches.
_STRETCHES = ("6 hours ago", "12 hours ago", "18 hours ago", "24 hours ago")


def dashboard(environment: Environment) -> Dashboard:
    """Return the dashboard."""
    return Dashboard(
        key="skills-overview",
        name=environment.named("Skills overview"),
        description="Is the AI service well, how much does it do, and what alerted lately.",
        pages=(
            Page(name="Now", widgets=_now(environment)),
            Page(name="Alert history", widgets=_alert_history(environment)),
            Page(name="24 hours by the minute", widgets=_by_the_minute(environment)),
        ),
    )


def _now(environment: Environment) -> tuple[Widget, ...]:
    hits = total(SKILL_CACHE_LOOKUPS, equals(CACHE_RESULT, "hit"))
    slowest = f"count(*) AS 'Executions', {execution_p95()} AS 'p95 (ms)'"
    return (
        # A warning above the critical figure makes New Relic colour values below them: 0 is red, 1 stays green.
        figure(
            "Healthy (1) or not (0)",
            at(1, 1, 2),
            from_metrics(f"min({of(HEALTH)})", environment),
            warning=0.9,
            critical=0.5,
        ),
        figure("Executions", at(1, 3, 2), from_metrics(total(EXECUTION_COUNT), environment)),
        figure(
            "Errors (%)", at(1, 5, 2), from_metrics(error_percent_of_executions(), environment), warning=2, critical=5
        ),
        figure(
            "p95 (ms)",
            at(1, 7, 2),
            from_event(SKILL_EXECUTION, execution_p95(), environment),
            warning=5_000,
            critical=10_000,
        ),
        figure(
            "Result cache hits (%)", at(1, 9, 2), from_metrics(percent(hits, total(SKILL_CACHE_LOOKUPS)), environment)
        ),
        figure("Active skills", at(1, 11, 2), from_metrics(f"latest({of(ACTIVE_SKILLS)})", environment)),
        chart(
            "area",
            "Executions by task",
            at(4, 1, 6),
            over_time(from_metrics(total(EXECUTION_COUNT), environment, facet=TASK.name)),
        ),
        line(
            "Errors by skill (%)",
            at(4, 7, 6),
            from_metrics(error_percent_of_executions(), environment, facet=SKILL_ID.name),
            bands=over(2, 5),
        ),
        chart("pie", "Models", at(7, 1, 4), from_metrics(total(EXECUTION_COUNT), environment, facet=MODEL.name)),
        chart(
            "bar", "Slowest skills", at(7, 5, 4), from_event(SKILL_EXECUTION, slowest, environment, facet=SKILL_ID.name)
        ),
        line("Health by component", at(7, 9, 4), from_metrics(f"min({of(HEALTH)})", environment, facet=COMPONENT.name)),
        _logs(environment),
    )


def _logs(environment: Environment) -> ChartWidget:
    services = f"service IN ('{ai_service(environment)}', '{web_service(environment)}')"
    query = f"FROM Log SELECT timestamp, level, message, trace.id WHERE {services} AND level IN ('error', 'critical')"
    return chart("log_table", "Errors in the logs", at(10, 1, 12, 4), query)


def _alert_history(environment: Environment) -> tuple[Widget, ...]:
    ours = f"policyName LIKE '%({environment.name})'"
    opened = f"FROM NrAiIncident SELECT count(*) WHERE event = 'open' AND {ours}"
    told = "FROM NrAiNotification SELECT timestamp, destinationType, workflowName, status"
    return (
        chart(
            "stacked_bar", "Incidents a day", at(1, 1, 8), f"{opened} FACET priority TIMESERIES 1 day SINCE 4 weeks ago"
        ),
        chart(
            "bar", "Most frequent conditions, 4 weeks", at(1, 9, 4), f"{opened} FACET conditionName SINCE 4 weeks ago"
        ),
        chart(
            "log_table",
            "Every incident, 1 week",
            at(4, 1, 12, 5),
            "FROM NrAiIncident SELECT timestamp, event, priority, conditionName, title, durationSeconds, runbookUrl "
            f"WHERE {ours} SINCE 1 week ago LIMIT MAX",
        ),
        chart("log_table", "Notifications, 1 week", at(9, 1, 12, 4), f"{told} SINCE 1 week ago LIMIT MAX"),
    )


def _by_the_minute(environment: Environment) -> tuple[Widget, ...]:
    requests = from_metrics(total(REQUEST_COUNT), environment)
    errors = from_metrics(total(REQUEST_COUNT, differs(OUTCOME, "success")), environment)
    ends = ("now", *_STRETCHES[:-1])
    rows = (
        ChartWidget(
            kind="line",
            title=f"Requests and errors a minute, {start} to {end}",
            place=at(3 + 3 * number, 1, 12),
            queries=tuple(f"{query} TIMESERIES 1 minute SINCE {start} UNTIL {end}" for query in (requests, errors)),
            ignores_time_range=True,
        )
        for number, (start, end) in enumerate(zip(_STRETCHES, ends, strict=True))
    )
    note = (
        "The last 24 hours at a step of one minute, in four stretches: a chart of New Relic's holds 366 points at most."
    )
    return (text(at(1, 1, 12, 2), note), *rows)
