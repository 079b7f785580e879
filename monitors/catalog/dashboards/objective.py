"""Service level: how much of the month's error budget is left."""

from __future__ import annotations

from monitors.catalog.dashboards.grid import at, chart, figure, text
from monitors.catalog.dashboards.reachability import reachability
from monitors.catalog.environments import Environment
from monitors.catalog.objectives import FAST, SLOW, TARGET_PERCENT, availability
from monitors.catalog.queries import differs, error_percent_of_requests, from_metrics, percent, total
from monitors.catalog.upkeep import HEALTH_MONITOR
from monitors.spec import Band, Dashboard, Page, Widget
from service.metrics import OUTCOME, REQUEST_COUNT, TASK

_PERIOD = "SINCE 28 days ago"


def dashboard(environment: Environment) -> Dashboard:
    """Return the dashboard."""
    return Dashboard(
        key="service-level",
        name=environment.named("Service level"),
        description="Availability against 99.9 % over 28 days, and how fast the error budget burns.",
        pages=(Page(name=environment.named("Service level"), widgets=_widgets(environment)),),
    )


def _widgets(environment: Environment) -> tuple[Widget, ...]:
    objective = availability(environment, HEALTH_MONITOR)
    failed, requests = total(REQUEST_COUNT, differs(OUTCOME, "success")), total(REQUEST_COUNT)
    available = f"100 - {percent(failed, requests)}"
    left = f"100 - {percent(failed, requests)} / {round(objective.error_budget_percent, 5):g} * 100"
    errors = from_metrics(error_percent_of_requests(), environment)
    fast, slow = (objective.burn_threshold_percent(burn) for burn in (FAST, SLOW))
    return (
        figure("Available, 28 days (%)", at(1, 1, 4), f"{from_metrics(available, environment)} {_PERIOD}"),
        figure("Error budget left, 28 days (%)", at(1, 5, 4), f"{from_metrics(left, environment)} {_PERIOD}"),
        text(
            at(1, 9, 4),
            f"**Objective**: {TARGET_PERCENT} % of requests over 28 days.\n\n"
            f"**Fast burn** pages: {FAST.budget_percent:g} % of the budget in 1 h, an error rate above {fast:g} %.\n\n"
            f"**Slow burn** goes to Slack: {SLOW.budget_percent:g} % in 6 h, above {slow:g} %.",
        ),
        chart(
            "line",
            "Error rate over the last hour (%), fast burn",
            at(4, 1, 6),
            f"{errors} TIMESERIES 1 hour SLIDE BY 5 minutes SINCE 1 day ago",
            bands=(Band(severity="critical", above=fast),),
        ),
        chart(
            "line",
            "Error rate over six hours (%), slow burn",
            at(4, 7, 6),
            f"{errors} TIMESERIES 6 hours SLIDE BY 15 minutes SINCE 3 days ago",
            bands=(Band(severity="warning", above=slow),),
        ),
        chart(
            "bar",
            "Failures by task, 28 days",
            at(7, 1, 6),
            f"{from_metrics(failed, environment, facet=TASK.name)} {_PERIOD}",
        ),
        reachability(at(7, 7, 6), environment),
    )
