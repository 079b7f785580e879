"""Performance: every part of a request against its budget."""

from __future__ import annotations

from monitors.catalog.dashboards.grid import against, at, chart, figure, line, over
from monitors.catalog.environments import Environment
from monitors.catalog.queries import differs, equals, execution_p95, field, from_event, from_metrics, of, percent, total
from monitors.spec import Dashboard, Page, Variable, Widget
from service.metrics import (
    ANSWERED_BY,
    API_CALL_TIME,
    CPU_PERCENT,
    EXECUTION_COUNT,
    EXECUTION_TIME,
    INSTANCE,
    MEMORY_MEGABYTES,
    MEMORY_PERCENT,
    MODEL,
    OUTCOME,
    REQUEST_COUNT,
    RESPONSE_TIME,
    ROUTING_TIME,
    SKILL_CACHE_TIME,
    SKILL_EXECUTION,
    SKILL_ID,
    TASK,
    VERSION,
)

# The performance budget: execution 5,000 ms, routing 100 ms, cache hit 10 ms, in all 5,100 ms; errors 2 %, timeouts
# 1 %, fallbacks 5 % of requests.
_EXECUTION_MS, _ROUTING_MS, _CACHE_MS, _TOTAL_MS = 5_000, 100, 10, 5_100
_ERROR_PERCENT, _TIMEOUT_PERCENT, _FALLBACK_PERCENT = 2, 1, 5


def dashboard(environment: Environment) -> Dashboard:
    """Return the dashboard."""
    return Dashboard(
        key="performance",
        name=environment.named("Performance"),
        description="Response times against the budget, by skill and model, and what the instances use.",
        pages=(
            Page(name="Budget", widgets=_budget(environment)),
            Page(name="Instances", widgets=_instances(environment)),
        ),
        variables=(
            Variable(
                name="skill",
                title="Skill",
                query=from_event(SKILL_EXECUTION, f"uniques({field(SKILL_EXECUTION, 'skillId')})", environment),
                multiple=True,
            ),
        ),
    )


def _budget(environment: Environment) -> tuple[Widget, ...]:
    def mean(metric: str) -> str:
        return from_metrics(f"average({metric})", environment)

    chosen = "skillId IN ({{skill}})"
    timeouts = percent(total(EXECUTION_COUNT, equals(OUTCOME, "timeout")), total(EXECUTION_COUNT))
    fallbacks = percent(total(REQUEST_COUNT, equals(ANSWERED_BY, "grok")), total(REQUEST_COUNT))
    errors = percent(total(REQUEST_COUNT, differs(OUTCOME, "success")), total(REQUEST_COUNT))
    time = field(SKILL_EXECUTION, "executionTime")
    return (
        against("Whole answer (ms of 5,100)", at(1, 1, 3), mean(of(RESPONSE_TIME)), _TOTAL_MS),
        against("Execution (ms of 5,000)", at(1, 4, 3), mean(of(EXECUTION_TIME)), _EXECUTION_MS),
        against("Routing (ms of 100)", at(1, 7, 3), mean(of(ROUTING_TIME)), _ROUTING_MS),
        against("Cache look-up (ms of 10)", at(1, 10, 3), mean(of(SKILL_CACHE_TIME)), _CACHE_MS),
        figure("Errors (%)", at(4, 1, 4), from_metrics(errors, environment), critical=_ERROR_PERCENT),
        figure("Timeouts (%)", at(4, 5, 4), from_metrics(timeouts, environment), critical=_TIMEOUT_PERCENT),
        figure("Fallbacks (%)", at(4, 9, 4), from_metrics(fallbacks, environment), critical=_FALLBACK_PERCENT),
        line(
            "Execution time: median, p95, p99 (ms)",
            at(7, 1, 8),
            from_event(SKILL_EXECUTION, f"percentile({time}, 50, 95, 99)", environment, chosen),
            bands=over(_EXECUTION_MS, 10_000),
        ),
        chart(
            "histogram",
            "Execution time (ms)",
            at(7, 9, 4),
            from_event(SKILL_EXECUTION, f"histogram({time}, 12000, 24)", environment, chosen),
        ),
        chart(
            "heatmap",
            "Execution time by skill (ms)",
            at(10, 1, 6),
            from_event(SKILL_EXECUTION, f"histogram({time}, 12000, 24)", environment, chosen, facet=SKILL_ID.name),
        ),
        line(
            "p95 by model (ms)",
            at(10, 7, 6),
            from_event(SKILL_EXECUTION, execution_p95(), environment, chosen, facet=MODEL.name),
            bands=over(_EXECUTION_MS, 10_000),
        ),
        line(
            "Whole answer by task (ms)",
            at(13, 1, 6),
            from_metrics(f"average({of(RESPONSE_TIME)})", environment, facet=TASK.name),
        ),
        line(
            "Claude API call by model (ms)",
            at(13, 7, 6),
            from_metrics(f"average({of(API_CALL_TIME)})", environment, facet=MODEL.name),
        ),
    )


def _instances(environment: Environment) -> tuple[Widget, ...]:
    def by_instance(metric: str) -> str:
        return from_metrics(f"max({metric})", environment, facet=INSTANCE.name)

    return (
        line("Memory of the plan's (%)", at(1, 1, 6), by_instance(of(MEMORY_PERCENT)), bands=over(80, 95)),
        line("CPU of the plan's (%)", at(1, 7, 6), by_instance(of(CPU_PERCENT)), bands=over(70, 95)),
        line("Resident memory (MB)", at(4, 1, 6), by_instance(of(MEMORY_MEGABYTES))),
        line("Requests by instance", at(4, 7, 6), from_metrics(total(REQUEST_COUNT), environment, facet=INSTANCE.name)),
        chart(
            "table",
            "Versions that answer",
            at(7, 1, 12),
            from_metrics(
                f"{total(REQUEST_COUNT)} AS 'Requests'", environment, facet=f"{VERSION.name}, {INSTANCE.name}"
            ),
        ),
    )
