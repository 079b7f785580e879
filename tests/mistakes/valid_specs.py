"""The builders of snippets: those of the vocabulary's tests, with what no check has anything to say of.

The least valid instance of a spec is not yet a good one: it watches every environment, or asks one person alone. Here
the stack around a mistake is one that `lookout check` passes, so that what is printed comes of the mistake.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

import spec_builders as build

from monitors import spec
from service.metrics import Unit

ERROR_PERCENT: Final = "FROM SkillExecution SELECT percentage(count(*), WHERE outcome = 'error') WHERE env = 'prod'"
EXECUTIONS: Final = "FROM SkillExecution SELECT count(*) WHERE env = 'prod'"
RUNBOOK: Final = "incident-response.md"
SECTIONS: Final = ("high-errors", "high-errors-2", "unreachable", "slow", "fast-burn")
# Secrets that snippets speak of by name, so that their values can be looked for in whatever is printed.
SECRETS: Final = {
    "A_PASSWORD": "hunter2-seeded",
    "AN_API_KEY": "sk-ant-api03-seeded0123456789",
    "A_PRIVATE_KEY": "-----BEGIN PRIVATE KEY-----\nseeded9876543210",
}


def builders() -> dict[str, Callable[..., Any]]:
    """Return builders by name, in place of those of the vocabulary's tests."""
    ping = partial(build.ping, locations=("US_EAST_1", "US_WEST_2", "EU_WEST_1"))
    condition = partial(_condition, build.condition)
    valid, bad = build.events(where="env = 'prod'"), build.events(where="env = 'prod' AND success IS FALSE")
    policy = partial(build.policy, conditions=(condition(), _unreachable()))
    levels = (build.escalation_level(), build.escalation_level(targets=(build.user_target(user="lead"),)))
    return {
        "condition": condition,
        "policy": policy,
        "pagerduty_channel": partial(build.pagerduty_channel, details={"runbook": "{{json accumulations.runbookUrl}}"}),
        "chart": partial(build.chart, queries=(f"{EXECUTIONS} TIMESERIES AUTO",)),
        "billboard": partial(build.billboard, queries=(EXECUTIONS,)),
        "bullet": partial(build.bullet, queries=(EXECUTIONS,)),
        "events": partial(build.events, where="env = 'prod'"),
        "service_level": partial(build.service_level, valid=valid, bad=bad),
        "ping": ping,
        "observability": partial(_observability, build.observability, ping),
        "team": partial(build.team, members=("engineer", "lead")),
        "escalation_policy": partial(build.escalation_policy, levels=levels),
        "response": partial(build.response, users=(build.user(), build.user(key="lead", role="Lead"))),
    }


def _condition(original: Callable[..., Any], **changes: Any) -> Any:
    """Return a condition; a snippet's own query counts things where it does not say what else it gives."""
    return original(**{"query": ERROR_PERCENT, **({"unit": Unit.ONE} if "query" in changes else {}), **changes})


def _observability(original: Callable[..., Any], ping: Callable[..., Any], **changes: Any) -> Any:
    """Return what is at New Relic, with a monitor that the policy's second condition reads."""
    return original(**{"monitors": (ping(),), **changes})


def _unreachable() -> spec.NrqlCondition:
    return build.condition(
        key="unreachable",
        name="Unreachable",
        query="FROM SyntheticCheck SELECT percentage(count(*), WHERE result = 'FAILED') WHERE monitorName = 'Health'",
        signal=spec.Signal(window_seconds=300, method=spec.EventTimer(timer_seconds=300)),
        critical=build.threshold(value=50),
    )
