"""Alerts on the skills and on the vendors behind them: down, failing, slow, missing their caches."""

from __future__ import annotations

from typing import Final

from monitors.catalog.environments import Environment
from monitors.catalog.queries import (
    differs,
    equals,
    execution_p95,
    from_event,
    from_metrics,
    of,
    percent,
    percent_with_floor,
    total,
)
from monitors.catalog.terms import (
    AI_TEAM,
    HOUR,
    MINUTE,
    PLATFORM_TEAM,
    SMOOTHED,
    STEADY,
    above,
    ai_service,
    below,
    runbook,
)
from monitors.spec import LossOfSignal, NrqlCondition, Severity
from service.metrics import (
    ANSWERED_BY,
    API_CALLS,
    BASELINE_TOKENS,
    CACHE_RESULT,
    COMPONENT,
    EXECUTION_COUNT,
    EXECUTION_TIME,
    HEALTH,
    OUTCOME,
    REQUEST_COUNT,
    RESPONSE_TIME,
    SERVICE,
    SKILL_CACHE_LOOKUPS,
    SKILL_EXECUTION,
    SKILL_ID,
    TOKEN_KIND,
    TOKENS_USED,
    Unit,
)

# With fewer executions in a minute than this the share of errors is taken of this many: at 5 %, one error stays at the
# threshold and does not page, two do. The load this is built for is 1,000 a minute.
EXECUTIONS_FLOOR: Final = 20


def paging_sev1(environment: Environment) -> tuple[NrqlCondition, ...]:
    """Return the alerts that wake somebody at once."""
    return (
        NrqlCondition(
            key="skills-service-down",
            name="Skills Service Down",
            # The service reports its health every 20 s; the greatest value of a minute is 0 only when all reports are.
            query=from_metrics(
                f"max({of(HEALTH)})",
                environment,
                f"{equals(COMPONENT, 'service')} AND {equals(SERVICE, ai_service(environment))}",
            ),
            unit=Unit.ONE,
            severity=Severity.SEV1,
            owner=AI_TEAM,
            user_impact="No AI request is answered: analysis, drafting, research and compliance checks all fail.",
            runbook=runbook("incident-response", "skills-service-down"),
            signal=STEADY,
            critical=below(1, MINUTE),
            # A process that is gone reports nothing, and no window is empty enough to be 0: silence has to count too.
            loss_of_signal=LossOfSignal(after_seconds=3 * MINUTE, open_incident=True),
        ),
        NrqlCondition(
            key="high-skill-error-rate",
            name="High Skill Error Rate",
            query=from_metrics(
                percent_with_floor(
                    total(EXECUTION_COUNT, differs(OUTCOME, "success")), total(EXECUTION_COUNT), EXECUTIONS_FLOOR
                ),
                environment,
            ),
            unit=Unit.PERCENT,
            severity=Severity.SEV1,
            owner=AI_TEAM,
            user_impact="More than one AI request in twenty fails, or comes back without the skill's quality.",
            runbook=runbook("incident-response", "high-skill-error-rate"),
            signal=STEADY,
            critical=above(5, 5 * MINUTE),
        ),
    )


def paging_sev2(environment: Environment) -> tuple[NrqlCondition, ...]:
    """Return the alerts that page with half an hour to answer."""
    failed_calls = total(API_CALLS, differs(OUTCOME, "success"))
    return (
        NrqlCondition(
            key="skills-response-time-critical",
            name="Skills Response Time Critical",
            query=from_event(SKILL_EXECUTION, execution_p95(), environment),
            unit=Unit.MILLISECONDS,
            severity=Severity.SEV2,
            owner=AI_TEAM,
            user_impact="One AI request in twenty takes longer than ten seconds; people wait or give up.",
            runbook=runbook("incident-response", "skills-response-time-critical"),
            signal=STEADY,
            critical=above(10_000, 5 * MINUTE),
        ),
        NrqlCondition(
            key="claude-api-success-rate",
            name="Claude API success rate",
            # Target above 99 %. Counted from the failures, so that the floor keeps one failed call from paging.
            query=from_metrics(
                f"100 - {percent_with_floor(failed_calls, total(API_CALLS), EXECUTIONS_FLOOR)}", environment
            ),
            unit=Unit.PERCENT,
            severity=Severity.SEV2,
            owner=AI_TEAM,
            user_impact="Requests fall back to the second vendor: answers are slower and without skills.",
            runbook=runbook("incident-response", "claude-api-success-rate"),
            signal=STEADY,
            critical=below(95, 5 * MINUTE),
        ),
        NrqlCondition(
            key="average-ai-response-time",
            name="Average AI response time",
            query=from_metrics(f"average({of(RESPONSE_TIME)})", environment),  # target below 5,000 ms
            unit=Unit.MILLISECONDS,
            severity=Severity.SEV2,
            owner=AI_TEAM,
            user_impact="Every AI feature feels stuck: the usual answer takes more than ten seconds.",
            runbook=runbook("incident-response", "average-ai-response-time"),
            signal=STEADY,
            critical=above(10_000, 5 * MINUTE),
        ),
    )


def slack(environment: Environment) -> tuple[NrqlCondition, ...]:
    """Return the alerts that a team looks at in working hours."""
    grok, every_request = total(REQUEST_COUNT, equals(ANSWERED_BY, "grok")), total(REQUEST_COUNT)
    return (
        NrqlCondition(
            key="elevated-skill-timeout-rate",
            name="Elevated Skill Timeout Rate",
            query=from_metrics(
                percent(total(EXECUTION_COUNT, equals(OUTCOME, "timeout")), total(EXECUTION_COUNT)), environment
            ),
            unit=Unit.PERCENT,
            severity=Severity.SEV3,
            owner=AI_TEAM,
            user_impact="Some requests reach their time limit and are answered late, by the second vendor.",
            runbook=runbook("incident-response", "elevated-skill-timeout-rate"),
            signal=STEADY,
            critical=above(5, 10 * MINUTE),
        ),
        NrqlCondition(
            key="slow-skill",
            name="Slow skill",
            query=from_metrics(
                f"average({of(EXECUTION_TIME)})", environment, differs(SKILL_ID, "none"), facet=SKILL_ID.name
            ),
            unit=Unit.MILLISECONDS,
            severity=Severity.SEV3,
            owner=AI_TEAM,
            user_impact="One kind of request is slower than its budget of five seconds; the others are not affected.",
            runbook=runbook("performance-tuning", "slow-skill"),
            signal=SMOOTHED,
            warning=above(5_000, 5 * MINUTE),
        ),
        NrqlCondition(
            key="skills-token-reduction",
            name="Skills token reduction",
            query=from_metrics(
                f"100 - {percent(total(TOKENS_USED), total(BASELINE_TOKENS))}", environment, differs(SKILL_ID, "none")
            ),
            unit=Unit.PERCENT,
            severity=Severity.SEV3,
            owner=AI_TEAM,
            user_impact="None directly: skills save fewer tokens than they should, and every request costs more.",
            runbook=runbook("cost-optimization", "skills-token-reduction"),
            signal=SMOOTHED,
            critical=below(60, HOUR),
            warning=below(70, HOUR),
        ),
        NrqlCondition(
            key="fallback-rate",
            name="Fallback rate to the second vendor",
            query=from_metrics(percent(grok, every_request), environment),
            unit=Unit.PERCENT,
            severity=Severity.SEV3,
            owner=PLATFORM_TEAM,
            user_impact="More requests than usual are answered by the second vendor, without skills.",
            runbook=runbook("incident-response", "fallback-rate"),
            signal=STEADY,
            critical=above(15, 15 * MINUTE),
            warning=above(5, 15 * MINUTE),
        ),
    )


def email(environment: Environment) -> tuple[NrqlCondition, ...]:
    """Return the alerts that a mail is enough for."""
    read = total(TOKENS_USED, equals(TOKEN_KIND, "cache_read"))
    prompts = total(TOKENS_USED, equals(TOKEN_KIND, "input", "cache_read", "cache_creation"))
    return (
        NrqlCondition(
            key="low-cache-hit-rate",
            name="Low Cache Hit Rate",
            query=from_metrics(
                percent(total(SKILL_CACHE_LOOKUPS, equals(CACHE_RESULT, "hit")), total(SKILL_CACHE_LOOKUPS)),
                environment,
            ),
            unit=Unit.PERCENT,
            severity=Severity.SEV3,
            owner=AI_TEAM,
            user_impact="Repeated requests are computed again: slower by seconds, and dearer.",
            runbook=runbook("performance-tuning", "low-cache-hit-rate"),
            signal=SMOOTHED,
            critical=below(30, 15 * MINUTE),
        ),
        NrqlCondition(
            key="prompt-cache-hit-rate",
            name="Prompt cache hit rate",
            query=from_metrics(percent(read, prompts), environment),
            unit=Unit.PERCENT,
            severity=Severity.SEV3,
            owner=AI_TEAM,
            user_impact="None directly: prompts are sent whole instead of from Claude's cache, and cost more.",
            runbook=runbook("performance-tuning", "prompt-cache-hit-rate"),
            signal=SMOOTHED,
            critical=below(25, 30 * MINUTE),
            warning=below(40, 30 * MINUTE),
        ),
    )
