"""The triggers of the automatic rollback: each pages, and asks the service to go back.

Those on skills set the rollout percentage to 0; the others bring back the last deploy.
"""

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
    percent_with_floor,
    total,
)
from monitors.catalog.skill_alerts import EXECUTIONS_FLOOR
from monitors.catalog.terms import AI_TEAM, MINUTE, PLATFORM_TEAM, STEADY, above, ai_service, below, runbook
from monitors.spec import LossOfSignal, NrqlCondition, Severity
from service.metrics import (
    COMPONENT,
    CONNECTION_FAILURES,
    EXECUTION_COUNT,
    HEALTH,
    MEMORY_PERCENT,
    OUTCOME,
    REQUEST_COUNT,
    SERVICE,
    SKILL_EXECUTION,
    Unit,
)

# One refused connection is mended by the pool's own retry; five in each of two minutes are not.
_CONNECTION_FAILURES_A_MINUTE: Final = 5
_FILE: Final = "skills-rollback"


def conditions(environment: Environment) -> tuple[NrqlCondition, ...]:
    """Return every trigger."""
    return (*_of_the_deploy(environment), *_of_the_skills(environment))


def _of_the_deploy(environment: Environment) -> tuple[NrqlCondition, ...]:
    own_health = f"{equals(COMPONENT, 'service')} AND {equals(SERVICE, ai_service(environment))}"
    failed_requests = total(REQUEST_COUNT, differs(OUTCOME, "success"))
    return (
        NrqlCondition(
            key="rollback-health-checks",
            name="Rollback: health checks failing",
            # Health is reported every 20 s: a minute whose greatest value is 0 is three failures in a row.
            query=from_metrics(f"max({of(HEALTH)})", environment, own_health),
            unit=Unit.ONE,
            severity=Severity.SEV1,
            owner=PLATFORM_TEAM,
            user_impact="The AI service is not healthy; the last deploy is rolled back by itself.",
            runbook=runbook(_FILE, "rollback-health-checks"),
            signal=STEADY,
            critical=below(1, MINUTE),
            # A process that is gone fails its checks by silence.
            loss_of_signal=LossOfSignal(after_seconds=3 * MINUTE, open_incident=True),
        ),
        NrqlCondition(
            key="rollback-error-rate",
            name="Rollback: error rate",
            query=from_metrics(
                percent_with_floor(failed_requests, total(REQUEST_COUNT), EXECUTIONS_FLOOR), environment
            ),
            unit=Unit.PERCENT,
            severity=Severity.SEV1,
            owner=PLATFORM_TEAM,
            user_impact="More than one request in ten fails; the last deploy is rolled back by itself.",
            runbook=runbook(_FILE, "rollback-error-rate"),
            signal=STEADY,
            critical=above(10, 5 * MINUTE),
        ),
        NrqlCondition(
            key="rollback-memory",
            name="Rollback: memory",
            query=from_metrics(f"max({of(MEMORY_PERCENT)})", environment),
            unit=Unit.PERCENT,
            severity=Severity.SEV1,
            owner=PLATFORM_TEAM,
            user_impact="An instance is about to run out of memory and be restarted; requests on it are lost.",
            runbook=runbook(_FILE, "rollback-memory"),
            signal=STEADY,
            critical=above(95, 2 * MINUTE),  # one minute can be a single large upload
        ),
        NrqlCondition(
            key="rollback-database-connections",
            name="Rollback: database connections",
            query=from_metrics(total(CONNECTION_FAILURES), environment),
            unit=Unit.ONE,
            severity=Severity.SEV1,
            owner=PLATFORM_TEAM,
            user_impact="The service cannot reach its database: rollout settings and audit records are not available.",
            runbook=runbook(_FILE, "rollback-database-connections"),
            signal=STEADY,
            critical=above(_CONNECTION_FAILURES_A_MINUTE, 2 * MINUTE),
        ),
    )


def _of_the_skills(environment: Environment) -> tuple[NrqlCondition, ...]:
    failed = total(EXECUTION_COUNT, differs(OUTCOME, "success"))
    return (
        NrqlCondition(
            key="rollback-skill-error-rate",
            name="Rollback: skill error rate",
            query=from_metrics(percent_with_floor(failed, total(EXECUTION_COUNT), EXECUTIONS_FLOOR), environment),
            unit=Unit.PERCENT,
            severity=Severity.SEV1,
            owner=AI_TEAM,
            user_impact="Skills fail too often; they are switched off for everybody and requests run without them.",
            runbook=runbook(_FILE, "rollback-skill-error-rate"),
            signal=STEADY,
            critical=above(5, 5 * MINUTE),
        ),
        NrqlCondition(
            key="rollback-skill-response-time",
            name="Rollback: skill response time",
            query=from_event(SKILL_EXECUTION, execution_p95(), environment),
            unit=Unit.MILLISECONDS,
            severity=Severity.SEV1,
            owner=AI_TEAM,
            user_impact="Skills are too slow; they are switched off for everybody and requests run without them.",
            runbook=runbook(_FILE, "rollback-skill-response-time"),
            signal=STEADY,
            critical=above(10_000, 5 * MINUTE),
        ),
    )
