"""Cost optimization: what is spent, what is saved, and what the next 30 days will cost."""

from __future__ import annotations

from monitors.catalog.dashboards.grid import at, chart, figure, line, over, over_time
from monitors.catalog.environments import Environment
from monitors.catalog.queries import equals, field, from_event, from_metrics, of, percent, total
from monitors.spec import Band, Dashboard, Page, Widget
from service.metrics import (
    BASELINE_COST,
    BASELINE_TOKENS,
    COST_ANOMALIES,
    DAILY_COST,
    EXECUTION_COUNT,
    MODEL,
    PROJECTED_COST,
    REQUEST_COST,
    SAVINGS_PERCENT,
    SKILL_EXECUTION,
    SKILL_ID,
    TASK,
    TOKEN_KIND,
    TOKEN_SAVINGS,
    TOKENS_USED,
)

_SAVED = f"100 - {percent(total(REQUEST_COST), total(BASELINE_COST))}"
_TOKENS_SAVED = f"100 - {percent(total(TOKENS_USED), total(BASELINE_TOKENS))}"


def dashboard(environment: Environment) -> Dashboard:
    """Return the dashboard."""
    return Dashboard(
        key="cost-optimization",
        name=environment.named("Cost optimization"),
        description="Cost and savings against the same work without skills; targets: 35 % saved, 0.02 USD a request.",
        pages=(
            Page(name="Cost", widgets=_cost(environment)),
            Page(name="Tokens", widgets=_tokens(environment)),
        ),
    )


def _cost(environment: Environment) -> tuple[Widget, ...]:
    anomalies = from_metrics(total(COST_ANOMALIES), environment, facet=SKILL_ID.name)
    return (
        figure(
            "Today (USD)", at(1, 1, 3), from_metrics(f"max({of(DAILY_COST)})", environment), warning=80, critical=100
        ),
        figure("Saved (%)", at(1, 4, 3), from_metrics(_SAVED, environment)),
        figure(
            "A request (USD)",
            at(1, 7, 3),
            from_metrics(f"average({of(REQUEST_COST)})", environment),
            warning=0.02,
            critical=0.05,
        ),
        figure("Next 30 days (USD)", at(1, 10, 3), from_metrics(f"latest({of(PROJECTED_COST)})", environment)),
        line(
            "Cost and baseline (USD)",
            at(4, 1, 8),
            from_metrics(f"{total(REQUEST_COST)} AS 'Cost', {total(BASELINE_COST)} AS 'Without skills'", environment),
        ),
        line(
            "Saved, over time (%)",
            at(4, 9, 4),
            from_metrics(_SAVED, environment),
            bands=(Band(severity="critical", below=35),),
        ),
        chart("pie", "Cost by model", at(7, 1, 4), from_metrics(total(REQUEST_COST), environment, facet=MODEL.name)),
        chart("bar", "Cost by skill", at(7, 5, 4), from_metrics(total(REQUEST_COST), environment, facet=SKILL_ID.name)),
        chart("bar", "Cost by task", at(7, 9, 4), from_metrics(total(REQUEST_COST), environment, facet=TASK.name)),
        chart(
            "line",
            "Cost an hour (USD)",
            at(10, 1, 6),
            f"{from_metrics(total(REQUEST_COST), environment)} TIMESERIES 1 hour SINCE 1 week ago",
            bands=over(10),
        ),
        chart(
            "stacked_bar",
            "Anomalies a day",
            at(10, 7, 6),
            f"{anomalies} TIMESERIES 1 day SINCE 4 weeks ago",
        ),
        chart(
            "table",
            "Skills",
            at(13, 1, 12, 4),
            from_event(
                SKILL_EXECUTION,
                f"count(*) AS 'Executions', sum({field(SKILL_EXECUTION, 'cost')}) AS 'Cost', "
                f"sum({field(SKILL_EXECUTION, 'baselineCost')}) AS 'Without skills', "
                f"average({field(SKILL_EXECUTION, 'cost')}) AS 'A request'",
                environment,
                facet=SKILL_ID.name,
            ),
            bands=(Band(severity="critical", above=0.05, column_name="A request"),),
        ),
    )


def _tokens(environment: Environment) -> tuple[Widget, ...]:
    read = total(TOKENS_USED, equals(TOKEN_KIND, "cache_read"))
    prompts = total(TOKENS_USED, equals(TOKEN_KIND, "input", "cache_read", "cache_creation"))
    return (
        figure("Tokens saved (%)", at(1, 1, 4), from_metrics(_TOKENS_SAVED, environment)),
        figure("Prompts read from cache (%)", at(1, 5, 4), from_metrics(percent(read, prompts), environment)),
        figure("Tokens saved by an execution", at(1, 9, 4), from_metrics(f"average({of(TOKEN_SAVINGS)})", environment)),
        chart(
            "area",
            "Tokens by kind",
            at(4, 1, 6),
            over_time(from_metrics(total(TOKENS_USED), environment, facet=TOKEN_KIND.name)),
        ),
        chart(
            "area",
            "Executions by model",
            at(4, 7, 6),
            over_time(from_metrics(total(EXECUTION_COUNT), environment, facet=MODEL.name)),
        ),
        line(
            "Savings of single executions: least, mean, greatest (%)",
            at(7, 1, 12),
            from_metrics(
                f"min({of(SAVINGS_PERCENT)}), average({of(SAVINGS_PERCENT)}), max({of(SAVINGS_PERCENT)})", environment
            ),
        ),
    )
