"""User experience: what people using the product notice."""

from __future__ import annotations

from monitors.catalog.dashboards.grid import at, chart, figure, line, over, over_time
from monitors.catalog.dashboards.reachability import reachability
from monitors.catalog.environments import Environment
from monitors.catalog.queries import (
    equals,
    error_percent_of_requests,
    field,
    from_event,
    from_metrics,
    of,
    percent,
    total,
)
from monitors.spec import Dashboard, Page, Widget
from service.metrics import (
    ACTIVE_USERS,
    ANSWERED_BY,
    REQUEST_COUNT,
    RESPONSE_TIME,
    SATISFACTION,
    SKILL_EXECUTION,
    SKILL_ID,
    SUCCESS_RATE,
    TASK,
)


def dashboard(environment: Environment) -> Dashboard:
    """Return the dashboard."""
    return Dashboard(
        key="user-experience",
        name=environment.named("User experience"),
        description="How long people wait, how often they fail, and whether they find the answers useful.",
        pages=(Page(name=environment.named("User experience"), widgets=_widgets(environment)),),
    )


def _widgets(environment: Environment) -> tuple[Widget, ...]:
    satisfied = f"average({of(SATISFACTION)})"
    time = field(SKILL_EXECUTION, "executionTime")
    cached = percent(total(REQUEST_COUNT, equals(ANSWERED_BY, "cache")), total(REQUEST_COUNT))
    return (
        figure("Found useful (%)", at(1, 1, 3), from_metrics(satisfied, environment)),
        figure(
            "Mean wait (ms)",
            at(1, 4, 3),
            from_metrics(f"average({of(RESPONSE_TIME)})", environment),
            warning=5_000,
            critical=10_000,
        ),
        figure(
            "Requests that failed (%)",
            at(1, 7, 3),
            from_metrics(error_percent_of_requests(), environment),
            warning=2,
            critical=5,
        ),
        figure("People active", at(1, 10, 3), from_metrics(f"max({of(ACTIVE_USERS)})", environment)),
        line("Found useful, by task (%)", at(4, 1, 6), from_metrics(satisfied, environment, facet=TASK.name)),
        line(
            "Wait by task (ms)",
            at(4, 7, 6),
            from_metrics(f"average({of(RESPONSE_TIME)})", environment, facet=TASK.name),
            bands=over(5_000, 10_000),
        ),
        chart(
            "area",
            "Requests by task",
            at(7, 1, 4),
            over_time(from_metrics(total(REQUEST_COUNT), environment, facet=TASK.name)),
        ),
        line("Answered from the cache (%)", at(7, 5, 4), from_metrics(cached, environment)),
        reachability(at(7, 9, 4), environment),
        chart(
            "bar",
            "Success by skill (%)",
            at(10, 1, 6),
            from_metrics(f"average({of(SUCCESS_RATE)})", environment, facet=SKILL_ID.name),
        ),
        chart(
            "table",
            "The slowest tenth, by task",
            at(10, 7, 6),
            from_event(SKILL_EXECUTION, f"percentile({time}, 90, 99)", environment, facet=TASK.name),
        ),
    )
