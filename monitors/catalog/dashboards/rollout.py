"""Rollout: canary against control, by everything the decision is made on."""

from __future__ import annotations

from monitors.catalog.dashboards.grid import at, chart, figure, line, over
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
from monitors.spec import Band, Dashboard, Page, Widget
from service.metrics import (
    CACHE_RESULT,
    REQUEST_COST,
    REQUEST_COUNT,
    RESPONSE_TIME,
    ROLLOUT_CHANGE,
    ROLLOUT_PERCENTAGE,
    SATISFACTION,
    SKILL_ADMINISTRATION,
    SKILL_CACHE_LOOKUPS,
    VARIANT,
)


def dashboard(environment: Environment) -> Dashboard:
    """Return the dashboard."""
    return Dashboard(
        key="rollout",
        name=environment.named("Rollout"),
        description="Canary against control. Alarm at 1 point more errors or 1 s longer answers.",
        pages=(Page(name=environment.named("Rollout"), widgets=_widgets(environment)),),
    )


def _widgets(environment: Environment) -> tuple[Widget, ...]:
    canary, control = equals(VARIANT, "canary"), equals(VARIANT, "control")
    mean = f"average({of(RESPONSE_TIME)})"
    more_errors = f"({error_percent_of_requests(canary)}) - ({error_percent_of_requests(control)})"
    slower = f"filter({mean}, WHERE {canary}) - filter({mean}, WHERE {control})"
    hits = percent(total(SKILL_CACHE_LOOKUPS, equals(CACHE_RESULT, "hit")), total(SKILL_CACHE_LOOKUPS))

    def by_side(select: str) -> str:
        return from_metrics(select, environment, facet=VARIANT.name)

    return (
        figure("Skills are on for (%)", at(1, 1, 3), from_metrics(f"latest({of(ROLLOUT_PERCENTAGE)})", environment)),
        figure("More errors (points)", at(1, 4, 3), from_metrics(more_errors, environment), warning=0.5, critical=1),
        figure("Slower (ms)", at(1, 7, 3), from_metrics(slower, environment), warning=500, critical=1_000),
        figure("Requests on each side", at(1, 10, 3), by_side(total(REQUEST_COUNT))),
        line("Errors (%)", at(4, 1, 6), by_side(error_percent_of_requests()), bands=over(2)),
        line("Response time (ms)", at(4, 7, 6), by_side(mean), bands=over(5_000)),
        line("Cost of a request (USD)", at(7, 1, 4), by_side(f"average({of(REQUEST_COST)})"), bands=over(0.02, 0.05)),
        line("Result cache hits (%)", at(7, 5, 4), by_side(hits), bands=(Band(severity="warning", below=30),)),
        line("Found useful (%)", at(7, 9, 4), by_side(f"average({of(SATISFACTION)})")),
        line(
            "Skills are on for, over time (%)",
            at(10, 1, 4),
            from_metrics(f"latest({of(ROLLOUT_PERCENTAGE)})", environment),
        ),
        chart(
            "log_table",
            "Changes of the rollout",
            at(10, 5, 4),
            from_event(
                ROLLOUT_CHANGE,
                "timestamp, "
                + ", ".join(field(ROLLOUT_CHANGE, name) for name in ("before", "after", "changedBy", "reason")),
                environment,
            ),
        ),
        chart(
            "log_table",
            "Changes of the skills",
            at(10, 9, 4),
            from_event(
                SKILL_ADMINISTRATION,
                "timestamp, "
                + ", ".join(field(SKILL_ADMINISTRATION, name) for name in ("action", "skillId", "changedBy", "result")),
                environment,
            ),
        ),
    )
