"""Short forms of what most alerts are made of."""

from __future__ import annotations

from typing import Final

from monitors.catalog.environments import Environment
from monitors.spec import EventFlow, EventTimer, Operator, RunbookSection, Signal, Threshold

MINUTE: Final = 60
HOUR: Final = 3600
DAY: Final = 86_400

# Points come every few seconds at the load this is built for (1,000 requests a minute), so windows close by event flow.
STEADY: Final = Signal(window_seconds=MINUTE, method=EventFlow(delay_seconds=120))
# Five minutes smooth what is only of interest over a quarter of an hour and longer.
SMOOTHED: Final = Signal(window_seconds=5 * MINUTE, method=EventFlow(delay_seconds=120))
# What is reported seldom would hold its window open under event flow; a timer as long as the window closes it.
SPARSE: Final = Signal(window_seconds=MINUTE, method=EventTimer(timer_seconds=MINUTE))

AI_TEAM: Final = "ai"
PLATFORM_TEAM: Final = "platform"


def above(value: float, duration_seconds: int) -> Threshold:
    """Return a threshold that every window of the duration has to exceed."""
    return Threshold(operator=Operator.ABOVE, value=value, duration_seconds=duration_seconds)


def below(value: float, duration_seconds: int) -> Threshold:
    """Return a threshold that every window of the duration has to stay under."""
    return Threshold(operator=Operator.BELOW, value=value, duration_seconds=duration_seconds)


def runbook(file: str, key: str) -> RunbookSection:
    """Return the section of a runbook file (named without its ending) for an alert."""
    return RunbookSection(file=f"{file}.md", anchor=key)


def ai_service(environment: Environment) -> str:
    """Return the name of the AI service, which is also the `service` attribute of what it emits."""
    return f"legal-platform-ai-service{environment.suffix}"


def web_service(environment: Environment) -> str:
    """Return the name of the web service."""
    return f"legal-platform-web{environment.suffix}"
