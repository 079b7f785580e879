"""How much traffic alerts have to work with.

The product is built for 1,000 requests a minute. What is typical and what is quiet was not stated, and nothing is
recorded yet: the figures here are assumptions, to be replaced by measured ones after the first month. Of staging
nothing is stated at all, so that its alerts are not judged by traffic.
"""

from __future__ import annotations

from monitors.catalog.environments import Environment
from monitors.spec import Traffic
from service.metrics import API_CALLS, EXECUTION_COUNT, REQUEST_COUNT, SKILL_EXECUTION


def traffic(environment: Environment) -> tuple[Traffic, ...]:
    """Return what is known of an environment's traffic."""
    if environment.name != "prod":
        return ()
    return (
        Traffic(
            key="requests",
            # One execution and one call of the model answer a request, but for what the cache answers.
            counts=(REQUEST_COUNT.name, EXECUTION_COUNT.name, API_CALLS.name, SKILL_EXECUTION.name),
            peak_per_minute=1_000.0,
            typical_per_minute=300.0,
            quiet_per_minute=20.0,
            basis="The product is built for 1,000 a minute; typical and quiet hours are assumed until measured.",
        ),
    )
